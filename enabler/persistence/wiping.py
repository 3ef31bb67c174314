"""What was deleted is in no file either: SQLite keeps a log beside its file, in which rows of
before lie until it is folded in. PostgreSQL sees to its own pages."""

from enabler.persistence import spatial
from enabler.persistence.database import db


def wipe() -> bool:
    """Fold the log into the file and empty it; whether that was done. A reader that goes on
    holds it up: then it is done the next time. Must not be called inside a transaction."""
    if db.engine.dialect.name != "sqlite":
        return True
    with spatial.writing_gate(db.engine):
        return spatial.empty_log(db.engine)
