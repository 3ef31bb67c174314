"""Every column is tagged: personal or not, and if it is, why, how long, and whose."""

from sqlalchemy import Column, Integer, MetaData, Table

from enabler.persistence import tables
from enabler.persistence.database import Base
from enabler.persistence.tags import Personal

assert tables


def untagged(metadata: MetaData) -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if "personal" not in column.info
    ]


class TestColumns:
    def test_are_all_tagged(self) -> None:
        assert untagged(Base.metadata) == []

    def test_that_are_personal_say_whose(self) -> None:
        for table in Base.metadata.tables.values():
            for column in table.columns:
                tag = column.info["personal"]
                assert tag is None or isinstance(tag, Personal)
                assert tag is None or tag.whose in table.columns, f"{table.name}.{column.name}"

    def test_without_a_tag_are_seen(self) -> None:
        metadata = MetaData()
        Table("bad", metadata, Column("name", Integer))
        assert untagged(metadata) == ["bad.name"]
