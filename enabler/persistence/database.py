"""The one database object and its Base. No table is imported here, so that tables may import it."""

import re
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, MetaData, Result
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import DeclarativeBase

from enabler.persistence import spatial


class Base(DeclarativeBase):
    """Every row's base. Constraints are named by convention, so that both databases agree."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:  # to the type checker a row is a plain declarative class
    Model = Base
else:
    Model = db.Model


_SILENT: dict[str, object] = {"hide_parameters": True}  # an exception's text may reach a log


def engine_options(database_url: str) -> dict[str, object]:
    """Options for the engine of this address. Raises ValueError for a kind we do not keep."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _SILENT | spatial.sqlite_engine_options()
    if re.fullmatch(r"postgresql(\+psycopg)?", url.drivername):
        return _SILENT | {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    raise ValueError(f"{url.drivername} is not a database that Enabler can keep its rows in")


def normalised(database_url: str) -> str:
    """The address with our driver in it (postgresql:// means psycopg)."""
    url: URL = make_url(database_url)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def columns_of(row: type[Base]) -> Any:
    """The columns of a row's table, by name.

    What is selected by them comes as plain rows, in half the time that it takes by the class.
    """
    return row.__table__.c


def changed(result: Result[Any]) -> int:
    """How many rows an UPDATE or DELETE touched."""
    return cast(CursorResult[Any], result).rowcount
