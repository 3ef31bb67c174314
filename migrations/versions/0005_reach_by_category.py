"""The box of an offer's reach lies on a sheet for each of its categories: one index knows both."""

from zlib import crc32

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0005_reach_by_category"
down_revision = "0004_rounds"

SHEETS, SHEET_METRES = 64, 1_000_000
BOX = dict(geometry_type="POLYGON", srid=27700, dimension=2, spatial_index=False, name="geometry")
AROUND = "(easting + :sheet - reach_metres - 1, northing - reach_metres - 1," \
    " easting + :sheet + reach_metres + 1, northing + reach_metres + 1, 27700)"
OLD_INDEX, NEW_INDEX = "idx_offer_reach_box", "idx_offer_category_reach_box"


def upgrade() -> None:
    op.execute("CREATE TABLE kept AS SELECT offer_id, category FROM offer_category")
    op.drop_table("offer_category")
    op.create_geospatial_table(
        "offer_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("reach_box", Geometry(**BOX, nullable=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_category_offer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_category")),
        sa.UniqueConstraint(
            "offer_id", "category", name=op.f("uq_offer_category_offer_id_category")
        ),
    )
    op.create_geospatial_index(
        NEW_INDEX, "offer_category", ["reach_box"], unique=False, postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_offer_category_category"), "offer_category", ["category"])
    connection = op.get_bind()
    for category in connection.scalars(sa.text("SELECT DISTINCT category FROM kept ORDER BY 1")).all():
        sheet = SHEET_METRES * (crc32(category.encode()) % SHEETS)
        connection.execute(
            sa.text(
                "INSERT INTO offer_category (offer_id, category, reach_box)"
                f" SELECT id, category, {_box()} FROM kept JOIN offer ON offer.id = kept.offer_id"
                " WHERE category = :category ORDER BY id"
            ),
            {"sheet": sheet, "category": category},
        )
    op.drop_table("kept")
    _drop_column("offer", OLD_INDEX)


def downgrade() -> None:
    _add_column()
    op.execute("CREATE TABLE kept AS SELECT offer_id, category FROM offer_category")
    op.drop_geospatial_index(
        NEW_INDEX, table_name="offer_category", postgresql_using="gist", column_name="reach_box"
    )
    op.drop_geospatial_table("offer_category")
    op.create_table(
        "offer_category",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_category_offer_id")
        ),
        sa.PrimaryKeyConstraint("offer_id", "category", name=op.f("pk_offer_category")),
    )
    op.create_index(op.f("ix_offer_category_category"), "offer_category", ["category"])
    op.execute("INSERT INTO offer_category (offer_id, category) SELECT offer_id, category FROM kept")
    op.drop_table("kept")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _box() -> str:
    return ("BuildMbr" if _on_sqlite() else "ST_MakeEnvelope") + AROUND


def _drop_column(table: str, index: str) -> None:
    op.drop_geospatial_index(
        index, table_name=table, postgresql_using="gist", column_name="reach_box"
    )
    if _on_sqlite():
        op.execute(f"DROP TABLE {index}")
        op.execute(f"SELECT DiscardGeometryColumn('{table}', 'reach_box')")
    op.drop_column(table, "reach_box")


def _add_column() -> None:
    """Filled before anything else is asked of it, so that neither database need let it be empty."""
    if _on_sqlite():
        op.execute("SELECT AddGeometryColumn('offer', 'reach_box', 27700, 'POLYGON', 'XY')")
    else:
        op.execute("ALTER TABLE offer ADD reach_box geometry(Polygon, 27700)")
    op.get_bind().execute(sa.text(f"UPDATE offer SET reach_box = {_box()}"), {"sheet": 0})
    if not _on_sqlite():
        op.alter_column("offer", "reach_box", nullable=False)
    op.create_geospatial_index(
        OLD_INDEX, "offer", ["reach_box"], unique=False, postgresql_using="gist",
        postgresql_ops={},
    )
