"""A small town whose people sign in: what a test does in one line, and what it left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import event, func, select

from enabler.domain.permissions import Actor
from enabler.doors.secrets import KeyedSecrets
from enabler.persistence.database import db
from enabler.persistence.tables.members import MemberRow, RoleRow, SignInCodeRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import members, sign_in
from enabler.services.views import AddedMember, SignedIn

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
OPERATOR = Actor.operator("tester")
ANN, BEN, CAZ = "+447700900123", "+447700900456", "+447700900789"
POSTCODE = "ZZ1 0AA"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@dataclass
class Town:
    """The place ``smalltown`` of one database; ``elsewhere`` is another place, as noise."""

    app: Flask
    place_id: int
    elsewhere: int
    secrets: KeyedSecrets
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def key(self) -> str:
        """A key that was never used."""
        return f"test:{next(self.keys)}"

    def ask(self, phone: str = ANN, *, now: datetime = NOW, **other: Any) -> None:
        """Ask for a code."""
        asked = {
            "place_id": self.place_id, "browser": "b1", "from_address": "192.0.2.1",
            "key": self.key(), "secrets": self.secrets, **other,
        }  # fmt: skip
        sign_in.ask_code(phone_text=phone, now=now, **asked)

    def code(self, phone: str = ANN) -> str:
        """The code in the newest text that is queued for a number."""
        query = select(OutboxRow.parameters).where(OutboxRow.to_value == phone)
        with reading() as uow:
            parameters = uow.session.scalars(query.order_by(OutboxRow.id.desc())).first()
        assert parameters is not None, "no text is queued for this number"
        return self.secrets.code(parameters["nonce"])

    def enter(
        self, code: str, phone: str = ANN, *, now: datetime = NOW, browser: str = "b1",
        **other: Any,
    ) -> str:  # fmt: skip
        """Enter a code: the session's token."""
        asked = {"place_id": self.place_id, "shared_device": False, **other}
        return sign_in.check_code(
            phone_text=phone, code=code, browser=browser, secrets=self.secrets, now=now, **asked
        )

    def prove(self, phone: str = ANN, *, now: datetime = NOW, **other: Any) -> str:
        """Ask for a code and enter it: the session's token."""
        where = {"browser": other["browser"]} if "browser" in other else {}
        self.ask(phone, now=now, **where)
        return self.enter(self.code(phone), phone, now=now, **other)

    def sign_up(self, token: str, *, now: datetime = NOW, **other: Any) -> SignedIn:
        """Fill in the sign-up form."""
        said = {
            "name": "Ann Archer", "postcode_text": POSTCODE, "address": "1 High Street",
            "adult": True, "consented": True, "language": "en", "key": self.key(), **other,
        }  # fmt: skip
        return members.sign_up(session_token=token, secrets=self.secrets, now=now, **said)

    def join(self, phone: str = ANN, *, now: datetime = NOW, **other: Any) -> str:
        """Become a member, from the number to the form: the session's token."""
        token = self.prove(phone, now=now)
        self.sign_up(token, now=now, **other)
        return token

    def add(self, role: Any, *, now: datetime = NOW, **other: Any) -> AddedMember:
        """Add somebody as the command line does."""
        said = {"place_slug": "smalltown", "name": "Sue Staff", "key": self.key(), **other}
        said.setdefault("actor", OPERATOR)
        said.setdefault("secrets", self.secrets)
        return members.add_member(role=role, now=now, **said)

    def who(self, token: str, now: datetime = NOW) -> tuple[Actor, SignedIn] | None:
        """Who has this session."""
        return sign_in.who(token=token, secrets=self.secrets, now=now)

    def change(self, kind: type[Any], condition: Any, **values: Any) -> None:
        """Change rows behind the services' back, as an administrator's page will."""
        with unit_of_work() as uow:
            for row in uow.session.scalars(select(kind).where(condition)):
                for name, value in values.items():
                    setattr(row, name, value)
            uow.commit()

    def end_roles(self, member_id: int, at: datetime) -> None:
        """All roles of a member end."""
        self.change(RoleRow, RoleRow.member_id == member_id, until_at=at)

    def suspend(self, member_id: int) -> None:
        """A member is suspended."""
        self.change(MemberRow, MemberRow.id == member_id, state="suspended")


def rows(kind: type[Any], **like: Any) -> int:
    """How many rows of a table are like this."""
    with reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(kind).filter_by(**like)) or 0


def columns(kind: type[Any], *names: str, key: str = "id", **like: Any) -> list[tuple[Any, ...]]:
    """Some columns of the rows that are like this, in order of their key."""
    query = select(*(getattr(kind, name) for name in names)).filter_by(**like)
    with reading() as uow:
        return [tuple(row) for row in uow.session.execute(query.order_by(getattr(kind, key)))]


def codes(**like: Any) -> int:
    """How many codes were asked for."""
    return rows(SignInCodeRow, **like)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is told meanwhile, in order, without the values."""
    told: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
