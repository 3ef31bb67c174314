"""How somebody of a test goes, and what is then looked for."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, literal_column, select, table

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CodeFor
from enabler.doors.wiring import wiring
from enabler.persistence.database import Base, db
from enabler.persistence.tables.members import SignInCodeRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import erasure, erasures, messages
from tests.builders import NOW, BuiltMember
from tests.services.deeds import a_key

BROWSER = "a-browser-of-whoever-goes"
JOB = Actor.system(erasures.JOB)


def the_code(member: BuiltMember) -> str:
    """The code that was sent last to delete an account."""
    with reading() as uow:
        query = select(SignInCodeRow.nonce).where(SignInCodeRow.purpose == CodeFor.ERASURE)
        nonce = uow.session.scalars(query.order_by(SignInCodeRow.id.desc())).first()
    assert nonce is not None
    return wiring().secrets.code(nonce)


def ask(member: BuiltMember, now: datetime = NOW) -> None:
    """Ask for a code."""
    erasure.ask_code(
        actor=member.actor, browser=BROWSER, from_address="192.0.2.7", secrets=wiring().secrets,
        key=a_key(), now=now,
    )  # fmt: skip


def go(member: BuiltMember, now: datetime = NOW) -> None:
    """Delete the account, as its member."""
    ask(member, now)
    finally_go(member, the_code(member), now)


def finally_go(member: BuiltMember, code: str, now: datetime = NOW) -> None:
    """The second half of it: with the code."""
    erasure.delete(
        actor=member.actor, code=code, browser=BROWSER, gateway=wiring().gateway,
        secrets=wiring().secrets, kept_in=wiring().erasures, now=now,
    )  # fmt: skip


def deliver(now: datetime) -> None:
    """Send what is due at this moment."""
    ports = wiring()
    while messages.deliver_outbox(gateway=ports.gateway, secrets=ports.secrets, now=now):
        pass


def finish(now: datetime) -> int:
    """The job behind it."""
    return erasures.finish(actor=JOB, kept_in=wiring().erasures, now=now)


NOBODYS = "spatial_ref_sys"
"""What PostGIS brings of coordinate systems: some of its many figures is always one of ours."""


def every_row() -> Iterator[tuple[str, str]]:
    """Every row of every table that we write to, the database's own among them, as text."""
    with unit_of_work() as uow:
        connection = uow.session.connection()
        names = [name for name in inspect(connection).get_table_names() if name != NOBODYS]
        for name in names:
            if name in Base.metadata.tables:
                rows: Iterable[object] = connection.execute(select(Base.metadata.tables[name]))
            else:
                rows = connection.execute(select(literal_column("*")).select_from(table(name)))
            for row in rows:
                yield name, repr([_read(value) for value in row])


def _read(value: object) -> object:
    """Moments as they are written, in whatever zone the database gives them."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def hits(needles: Iterable[str]) -> list[tuple[str, str]]:
    """Where any of these stands in any row: (table, needle)."""
    wanted = list(needles)
    return [(table, needle) for table, row in every_row() for needle in wanted if needle in row]


def file_bytes(app: Flask) -> bytes:
    """The database's file and all beside it, as they lie on the disk; nothing of PostgreSQL's."""
    if db.engine.dialect.name != "sqlite":
        return b""
    path = Path(str(db.engine.url.database))
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))
