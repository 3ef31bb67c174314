"""One use case, one transaction: ``unit_of_work()`` writes, ``reading()`` cannot.

Nothing is kept without an explicit ``commit``. Units never nest: a service that called another's
public function would fail here at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from enabler.persistence import spatial
from enabler.persistence.database import db
from enabler.persistence.repositories import Repositories


class NestedUnit(RuntimeError):
    """A unit of work was opened inside another, or a session was used outside one."""


class UnitOfWork(Repositories):
    """The repositories of one transaction. ``commit`` is the only way to keep anything."""

    def __init__(self, session: Session, *, writes: bool) -> None:
        super().__init__(session)
        self._writes = writes

    def commit(self) -> None:
        """Keep what was done. Raises RuntimeError in a reading unit."""
        if not self._writes:
            raise RuntimeError("a reading transaction has nothing to commit")
        self.session.commit()

    def flush(self) -> None:
        """Send what was added to the database, so that ids and constraints are known now."""
        self.session.flush()


@contextmanager
def unit_of_work() -> Iterator[UnitOfWork]:
    """A transaction that may write; rolled back unless it is committed. Raises NestedUnit."""
    _refuse_nesting()
    with spatial.writing_gate(db.engine):
        try:
            db.session.connection(execution_options={spatial.WRITES: True})
            yield UnitOfWork(db.session(), writes=True)
        finally:
            db.session.rollback()
            db.session.remove()


@contextmanager
def reading() -> Iterator[UnitOfWork]:
    """A transaction that only reads, all of one moment. Raises NestedUnit."""
    _refuse_nesting()
    options = spatial.reading_options(db.engine.dialect.name)
    try:
        db.session.connection(execution_options=options)
        yield UnitOfWork(db.session(), writes=False)
    finally:
        db.session.remove()  # which rolls back


def _refuse_nesting() -> None:
    if db.session.registry.has() and db.session().in_transaction():
        raise NestedUnit("a unit of work is open already: services do not call each other")
