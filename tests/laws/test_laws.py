"""Every count of ``enabler check`` is nothing in a sound place, and finds what is planted."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import CheckConstraint, text

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState, Priority
from enabler.doors.wiring import wiring
from enabler.doors.words.laws import LAWS
from enabler.persistence import border_rules
from enabler.persistence.ledger_rules import without
from enabler.persistence.tables.ledger import AccountRow, TransferRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import clock, laws
from enabler.services._tell import tell
from enabler.services.messages import deliver_outbox
from enabler.timebank.accounts import AccountKind
from enabler.timebank.transfers import Reason, Transfer
from tests import rows

MINUTE = timedelta(minutes=1)
LATER = rows.NOON + 10 * MINUTE


@dataclass
class Sound:
    """A place in which every law holds: an ask that waits, a match that was accepted and told."""

    app: Flask
    town: rows.Town
    ids: dict[str, int]

    def plant(self, *statements: str) -> None:
        """Break something, straight in the rows."""
        with unit_of_work() as uow:
            for statement in statements:
                uow.session.execute(text(statement), self.ids)
            uow.commit()

    def broken(self, now: datetime = LATER) -> dict[str, int]:
        """The counts that are not nothing."""
        found = laws.check(now=now)
        return {each.what: each.count for each in found if each.count}


def audited(uow: UnitOfWork, kind: str, row: NeedRow | OfferRow | MatchRow) -> None:
    """What the services write of each change."""
    uow.audit.record(
        Actor.operator("test"), f"{kind}.made", place_id=row.place_id,
        subject=(kind, row.id, row.ref), now=rows.NOON, states=(None, row.state.value),
    )  # fmt: skip


@pytest.fixture
def sound(app: Flask) -> Iterator[Sound]:
    """The sound place, with a second one that shares with nobody beside it."""
    with app.app_context():
        with unit_of_work() as uow:
            town = rows.town(uow.session, invented=True)
            other = rows.town(uow.session, slug="otherton", invented=True)
            ids = _people(uow, town) | {"other": other.id, "other_cell": other.cell_id}
            ids |= {"third": rows.town(uow.session, slug="thirdham", invented=True).id}
            ids |= {"stranger": rows.member(uow.session, other, "Zoe Stranger")}
            ids |= _hours(uow, town)
            uow.commit()
        wired = wiring()
        deliver_outbox(gateway=wired.gateway, secrets=wired.secrets, now=rows.NOON)
        yield Sound(app, town, ids)


def _people(uow: UnitOfWork, town: rows.Town) -> dict[str, int]:
    session = uow.session
    asker, helper = rows.member(session, town), rows.member(session, town, "Bob Newhart")
    rows.credential(session, town, helper, CredentialKind.IDENTITY)
    asked = rows.need(session, town, asker)
    filled = rows.need(session, town, asker, state=NeedState.FILLED)
    offer = rows.offer(session, town, helper)
    waits = rows.match(session, asked, offer)
    agreed = rows.match(session, filled, offer, state=MatchState.ACCEPTED, answered_at=rows.NOON)
    for kind, row in (("need", asked), ("need", filled), ("offer", offer), ("match", waits),
                      ("match", agreed)):  # fmt: skip
        session.refresh(row)
        audited(uow, kind, row)
    tell(
        uow, place_id=town.id, member_id=helper, template="accepted_helper",
        parameters={"match": agreed.ref}, priority=Priority.MATCH, dedupe_key="1", now=rows.NOON,
    )  # fmt: skip
    return {
        "town": town.id, "asker": asker, "helper": helper, "asked": asked.id, "offer": offer.id,
        "filled": filled.id, "waits": waits.id, "agreed": agreed.id, "cell": town.cell_id,
        "ward": town.ward_id,
    }  # fmt: skip


def _hours(uow: UnitOfWork, town: rows.Town) -> dict[str, int]:
    """An hour that one gave to another."""
    hers, his = (uow.ledger.open(town.id, AccountKind.MEMBER, floor=-300).number for _ in "12")
    uow.ledger.post(Transfer("sound", town.id, hers, his, 60, Reason.GIVE), rows.NOON)
    return {"hers": hers, "his": his}


@contextmanager
def _unheld(uow: UnitOfWork, unheld: bool) -> Iterator[None]:
    """The ledger as a database has it that came from elsewhere: nothing in it refuses a row."""
    dialect = uow.session.get_bind().dialect.name
    if unheld:
        unheld_too = border_rules.without(dialect)
        for statement in (*unheld_too, *without(dialect), *_UNCHECKED[dialect]):
            uow.session.execute(text(statement))
    try:
        yield
    finally:
        if unheld and dialect == "sqlite":  # alone outlives the transaction
            uow.session.execute(text("PRAGMA ignore_check_constraints = OFF"))


_UNCHECKED = {
    "sqlite": ["PRAGMA ignore_check_constraints = ON"],
    "postgresql": [
        f"ALTER TABLE {each.table.name} DROP CONSTRAINT {each.name}"
        for table in (AccountRow, TransferRow)
        for each in table.__table__.constraints
        if isinstance(each, CheckConstraint)
    ],
}
PLANTED = [
    (each["what"], tuple(each["statements"]), each.get("unheld", False))
    for each in tomllib.loads((Path(__file__).parent / "planted.toml").read_text())["planted"]
]


class TestASoundPlace:
    def test_breaks_no_law(self, sound: Sound) -> None:
        assert sound.broken() == {}

    def test_has_words_for_every_count(self, sound: Sound) -> None:
        assert {each.what for each in laws.check(now=LATER)} == set(LAWS)

    def test_may_share_with_another(self, sound: Sound) -> None:
        sound.plant(
            "INSERT INTO sharing (place_id, with_place_id) VALUES (:town, :other)",
            "UPDATE outbox SET member_id = :stranger",
        )
        assert "rows_across_places" not in sound.broken()

    def test_is_not_helped_by_what_others_share(self, sound: Sound) -> None:
        sound.plant(
            "INSERT INTO sharing (place_id, with_place_id) VALUES (:third, :other)",
            "UPDATE outbox SET member_id = :stranger",
        )
        assert "rows_across_places" in sound.broken()

    def test_has_texts_that_were_answered_or_that_people_have(self, sound: Sound) -> None:
        sound.plant(
            "INSERT INTO phone (place_id, number, failures, idle_since)"
            " VALUES (:town, '+447700900199', 0, '2026-11-24 11:00:00.000000')",
            "INSERT INTO inbound_text (place_id, phone_id, number, provider_ref, body, failures,"
            " received_at, answered_at, came_of) SELECT place_id, id, number, 'in-1', 'MENU', 0,"
            " idle_since, idle_since, 'answered' FROM phone WHERE number LIKE '%900199'",
        )  # fmt: skip
        assert "messages_unanswered" not in sound.broken()

    def test_may_have_a_ward_of_few(self, sound: Sound) -> None:
        sound.plant("UPDATE cell SET households = 99 WHERE id = :cell")
        assert sound.broken() == {}


class TestACount:
    def test_finds_what_is_planted(self, sound: Sound) -> None:
        missed = []
        for what, statements, unheld in PLANTED:
            with unit_of_work() as uow, _unheld(uow, unheld):  # and nothing of it is kept
                for statement in statements:
                    uow.session.execute(text(statement), sound.ids)
                found = {each.what for each in laws.count(uow, LATER) if each.count}
            missed += [] if what in found else [(what, statements)]
        assert missed == []
        assert sound.broken() == {}

    def test_of_every_kind_is_planted(self) -> None:
        elsewhere = {
            "needs_passed_over", "clock_is_dead", "changes_without_audit", "erased_are_back",
            "erased_not_in_the_list",
        }  # fmt: skip
        assert {what for what, _, _ in PLANTED} | elsewhere == set(LAWS)

    def test_of_the_audit_finds_a_change_that_it_does_not_know(self, sound: Sound) -> None:
        sound.plant("UPDATE offer SET state = 'paused' WHERE id = :offer")
        assert sound.broken() == {"changes_without_audit": 1}

    def test_of_the_audit_finds_a_thing_that_it_never_knew(self, sound: Sound) -> None:
        with unit_of_work() as uow:
            rows.offer(uow.session, sound.town, sound.ids["helper"])
            uow.commit()
        assert sound.broken() == {"changes_without_audit": 1}


class TestTheFirstLaw:
    DUE = "UPDATE need SET next_step_at = '2026-11-24 12:00:00.000000' WHERE id = :asked"

    @pytest.mark.parametrize(("minutes", "count"), [(15, 0), (16, 1)])
    def test_gives_fifteen_minutes(self, sound: Sound, minutes: int, count: int) -> None:
        sound.plant(self.DUE)
        found = sound.broken(rows.NOON + minutes * MINUTE)
        assert found.get("needs_past_their_next_step", 0) == count

    @pytest.mark.parametrize(("minutes", "count"), [(35, 0), (36, 1)])
    def test_gives_them_from_the_last_tick(self, sound: Sound, minutes: int, count: int) -> None:
        sound.plant(self.DUE)
        clock.begin_run(name="j", slot="s", holder="h", now=rows.NOON + 20 * MINUTE)
        found = sound.broken(rows.NOON + minutes * MINUTE)
        assert found.get("needs_past_their_next_step", 0) == count

    def test_finds_what_a_living_clock_passes_over(self, sound: Sound) -> None:
        sound.plant(self.DUE)
        for minute in (1, 20):
            moment = rows.NOON + minute * MINUTE
            clock.begin_run(name=laws.WORKS_NEEDS, slot=str(minute), holder="h", now=moment)
            clock.end_run(name=laws.WORKS_NEEDS, slot=str(minute), outcome="done", now=moment)
        assert sound.broken(rows.NOON + 16 * MINUTE) == {}
        assert sound.broken(rows.NOON + 17 * MINUTE) == {"needs_passed_over": 1}

    @pytest.mark.parametrize(("minutes", "count"), [(60, 0), (61, 1)])
    def test_knows_a_dead_clock_from_none(self, sound: Sound, minutes: int, count: int) -> None:
        now = rows.NOON + minutes * MINUTE
        assert "clock_is_dead" not in sound.broken(now)
        clock.begin_run(name="j", slot="s", holder="h", now=rows.NOON)
        assert sound.broken(now).get("clock_is_dead", 0) == count
