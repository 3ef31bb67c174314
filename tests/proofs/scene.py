"""Making proofs and reading them, in short words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from enabler.domain.errors import EnablerError
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import proofs, verifying
from enabler.services.views.proofs import CarriedView, VerifiedView
from tests.builders import LONG_AGO, NOW, BuiltMember, BuiltPlace, a_member
from tests.services.deeds import a_key

K = CredentialKind
DAY = timedelta(days=1)
BASE = "https://help.example.org"
ANYBODY = Actor.anonymous


def a_holder(
    place: BuiltPlace, name: str = "Hal Holder", kind: CredentialKind = K.DBS_ENHANCED,
    *, lasts: timedelta = 400 * DAY, **facts: Any,
) -> tuple[BuiltMember, str]:  # fmt: skip
    """Somebody of whom one thing was checked, and the ref of that check."""
    member = a_member(place, name, credentials=[])
    with unit_of_work() as uow:
        one = uow.credentials.add(
            place_id=place.id, holder=(member.id, None), kind=kind, seen_on=LONG_AGO,
            valid_until=NOW + lasts, checked_by="somebody", **facts,
        )  # fmt: skip
        uow.commit()
    return member, one.ref


def a_proof(
    holder: BuiltMember, check: str, *, until: Any = NOW + 30 * DAY, named: bool = False,
    for_whom: str = "The scouts", now: datetime = NOW,
) -> str:  # fmt: skip
    """A proof that the holder makes; its ref."""
    return proofs.make(
        actor=holder.actor, ref=check, for_whom=for_whom, until=until, named=named,
        secrets=wiring().secrets, signing=wiring().signing, key=a_key(), now=now,
    )  # fmt: skip


def carried(holder: BuiltMember, ref: str, now: datetime = NOW) -> CarriedView:
    """A proof as its owner shows it."""
    return proofs.show(
        actor=holder.actor, ref=ref, secrets=wiring().secrets, signing=wiring().signing,
        base_url=BASE, now=now,
    )  # fmt: skip


def text_of(holder: BuiltMember, ref: str, now: datetime = NOW) -> str:
    """The signed text of a proof."""
    text = carried(holder, ref, now).text
    assert text is not None
    return text


def read(place: BuiltPlace, text: str, now: datetime = NOW, base: str = BASE) -> VerifiedView:
    """What somebody hears who pastes a text in a place."""
    return verifying.by_text(
        actor=ANYBODY(place.id), text=text, signing=wiring().signing, base_url=base, now=now
    )


def opened(place: BuiltPlace, token: str, now: datetime = NOW) -> VerifiedView:
    """What somebody sees who opens a link."""
    return verifying.by_link(
        actor=ANYBODY(place.id), token=token, secrets=wiring().secrets, base_url=BASE, now=now
    )


def told_code(place: BuiltPlace, token: str, code: str, now: datetime = NOW) -> VerifiedView:
    """The same, with a code that was read out."""
    return verifying.by_link(
        actor=ANYBODY(place.id), token=token, code=code, secrets=wiring().secrets, base_url=BASE,
        now=now,
    )  # fmt: skip


@contextmanager
def refused(code: str, kind: type[EnablerError] = EnablerError) -> Iterator[None]:
    """What is done inside is refused with this code."""
    with pytest.raises(kind) as wrong:
        yield
    assert wrong.value.code == code


def rows(table: Any, **which: Any) -> list[Any]:
    """Rows of a table."""
    with reading() as uow:
        return list(uow.session.query(table).filter_by(**which))
