"""A check that ended a year ago goes, with all that was asked and shown of it; no other can."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.tables.credentials import (
    CredentialGrantRow,
    CredentialNoticeRow,
    CredentialWaiverRow,
    CredentialWantedRow,
)
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import checks_ending, clock
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_numbers = count(1)


@pytest.fixture
def holder(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Hal Helper", credentials=[])


def has(holder: BuiltMember, until: datetime, **facts: object) -> int:
    """A check of theirs; its id."""
    with unit_of_work() as uow:
        one = uow.credentials.add(
            place_id=holder.place.id, holder=(holder.id, None), kind=CredentialKind.IDENTITY,
            seen_on=NOW - 700 * DAY, valid_until=until, checked_by="a test", **facts,
        )  # fmt: skip
        uow.commit()
    return one.id


def left(holder: BuiltMember) -> set[int]:
    with reading() as uow:
        return {one.id for one in uow.credentials.of_holder((holder.id, None))}


class TestTheNight:
    def test_takes_what_ended_a_year_ago_and_nothing_sooner(self, holder: BuiltMember) -> None:
        ended, counts = has(holder, NOW), has(holder, NOW + 400 * DAY)
        checks_ending.look_at_ended(now=NOW)
        assert clock.forget_old(now=NOW + 365 * DAY - HOUR)["credential"] == 0
        assert left(holder) == {ended, counts}
        assert clock.forget_old(now=NOW + 365 * DAY)["credential"] == 1
        assert left(holder) == {counts}
        with reading() as uow:
            of_it = uow.session.query(CredentialNoticeRow).filter_by(credential_id=ended)
            assert of_it.count() == 0

    def test_counts_from_the_day_on_which_it_was_taken_back(self, holder: BuiltMember) -> None:
        one = has(holder, NOW + 900 * DAY)
        with unit_of_work() as uow:
            uow.credentials.revoke(one, by="a test", because="Wrong person.", now=NOW)
            uow.commit()
        clock.forget_old(now=NOW + 364 * DAY)
        assert left(holder) == {one}
        clock.forget_old(now=NOW + 366 * DAY)
        assert left(holder) == set()

    def test_takes_what_another_place_took_over_with_it(
        self, holder: BuiltMember, noise: BuiltPlace
    ) -> None:
        first = has(holder, NOW)
        there = a_member(noise, "Hal Helper", credentials=[])
        second = has(there, NOW - DAY, carried_from=first)
        with unit_of_work() as uow:
            uow.session.add(CredentialGrantRow(
                place_id=holder.place.id, ref=uow.refs.new(holder.place.id, "credential-grant"),
                credential_id=first, member_id=holder.id, to_place_id=noise.id,
                given_at=NOW - 9 * DAY, until_at=NOW - DAY, accepted_id=second,
            ))  # fmt: skip
            uow.commit()
        clock.forget_old(now=NOW + 366 * DAY)
        assert left(holder) == left(there) == set()
        with reading() as uow:
            assert uow.session.query(CredentialGrantRow).count() == 0

    def test_takes_what_was_asked_and_waived_too(self, holder: BuiltMember) -> None:
        kept = {
            "place_id": holder.place.id, "member_id": holder.id, "asked_at": NOW - DAY,
            "kind": CredentialKind.IDENTITY, "ended_at": NOW, "words": "On Monday.",
        }  # fmt: skip
        with unit_of_work() as uow:
            uow.session.add(CredentialWantedRow(ref=f"W{next(_numbers)}", state="seen", **kept))
            uow.session.add(CredentialWaiverRow(
                ref=f"V{next(_numbers)}", state="agreed", until_at=NOW + 30 * DAY,
                asked_by="a", ended_by="b", **kept,
            ))  # fmt: skip
            uow.commit()

        def rows() -> tuple[int, int]:
            with reading() as uow:
                query = uow.session.query
                return query(CredentialWantedRow).count(), query(CredentialWaiverRow).count()

        clock.forget_old(now=NOW + 366 * DAY)
        assert rows() == (0, 1)
        clock.forget_old(now=NOW + 396 * DAY)
        assert rows() == (0, 0)


@pytest.mark.parametrize("noticed", [None, NOW + 364 * DAY])
def test_the_database_deletes_no_other(holder: BuiltMember, noticed: datetime | None) -> None:
    one = has(holder, NOW)
    with unit_of_work() as uow:
        if noticed is not None:
            uow.session.add(CredentialNoticeRow(credential_id=one, days=-365, at=noticed))
            uow.session.flush()
        with pytest.raises(DBAPIError, match="append-only"):
            uow.session.execute(text("DELETE FROM credential WHERE id = :id"), {"id": one})
    assert left(holder) == {one}
