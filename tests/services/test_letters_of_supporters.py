"""What a letter to a helper says of a supporter: for whom by whom, and nothing that leaks."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.meeting import NONE_SO
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import conversations, mandates, matches, messages, needs
from enabler.services.needs import NeedDraft
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper
from tests.services.deeds import a_key, accept, the_ask
from tests.services.mandating import DAY, a_mandate, as_for, rows

HOUR = timedelta(hours=1)
DRAFT = NeedDraft(category="shopping", words="Milk, please.", circumstances=NONE_SO)
BOTH = "Rose (through Sam)"


@pytest.fixture
def ben(place: BuiltPlace) -> BuiltMember:
    """Who goes."""
    return a_helper(place, "Ben Near", "shopping", at=(900, 900))


def letters(now: datetime = NOW, to: BuiltMember | None = None) -> list[str]:
    """All that was sent so far; to one number."""
    while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=now):
        pass
    with reading() as uow:
        sent = uow.session.query(SimulatedMessageRow).order_by(SimulatedMessageRow.id)
        theirs = None if to is None else uow.contacts.of(to.id)["phone"].value
        return [row.body for row in sent if theirs in (None, row.address)]


def asked_through(sam: BuiltMember, rose: BuiltMember) -> str:
    """What Sam asked for in her name; its ref."""
    acts = as_for(sam, a_mandate(rose, sam))
    return needs.post(actor=acts, draft=DRAFT, key=a_key(), now=NOW).ref


def test_who_helps_reads_for_whom_by_whom_once_they_said_yes_and_it_is_a_sight(
    rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    asked_through(sam, rose)
    asked = letters(to=ben)
    assert len(asked) == 1
    assert not any(name in asked[0] for name in ("Rose", "Sam"))
    accept(ben)
    (thanks,) = letters(NOW + HOUR, ben)[1:]
    assert f"You are helping {BOTH}." in thanks
    seen = rows(SightRow, member_id=sam.id, why="message", viewer=ben.ref)
    assert [one.what for one in seen] == ["name"]


def test_a_line_says_who_wrote_it_whoever_asked(
    rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    """She writes herself though Sam asked; and Sam writes though she asked."""
    asked_through(sam, rose)
    match = accept(ben).ref
    conversations.say(actor=rose.actor, match_ref=match, words="Hello", key=a_key(), now=NOW)
    assert any(one.startswith('Rose (Shopping): "Hello"') for one in letters(to=ben))
    matches.show(actor=ben.actor, ref=match, now=NOW)
    acts, later = as_for(sam, a_mandate(rose, sam)), NOW + HOUR
    conversations.say(actor=acts, match_ref=match, words="Blue", key=a_key(), now=later)
    assert any(one.startswith(f'{BOTH} (Shopping): "Blue"') for one in letters(later, ben))


def test_a_time_says_who_agreed_on_it(rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:  # fmt: skip
    needs.post(actor=rose.actor, draft=DRAFT, key=a_key(), now=NOW)
    match, acts = accept(ben).ref, as_for(sam, a_mandate(rose, sam))
    start = NOW + 2 * DAY
    meeting = conversations.Meeting(start, start + HOUR)
    conversations.propose(actor=acts, match_ref=match, meeting=meeting, key=a_key(), now=NOW)
    assert any(one.startswith(f"{BOTH} suggests a time") for one in letters(to=ben))
    matches.arrange(
        actor=acts, match_ref=match, start=start, end=start + HOUR, key=a_key(), now=NOW
    )
    assert any(one.startswith("It is agreed") and BOTH in one for one in letters(to=ben))


@pytest.mark.parametrize("what", ["apart", "hidden"])
def test_nobody_reads_of_a_supporter_whom_they_may_not_know(
    what: str, rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    asked_through(sam, rose)
    match = accept(ben).ref
    with unit_of_work() as uow:
        if what == "apart":
            uow.session.add(
                BlockRow(place_id=rose.place.id, member_id=sam.id, blocked_id=ben.id, since=NOW)
            )
        else:
            uow.hidden.add(
                member_id=sam.id, place_id=rose.place.id, words="Threat", by_member_id=rose.id,
                since=NOW, readers=[],
            )  # fmt: skip
        uow.commit()
    assert any("You are helping Rose. " in one for one in letters(to=ben)), match
    assert not any("Sam" in one for one in letters(to=ben))
    assert rows(SightRow, member_id=sam.id, why="message", viewer=ben.ref) == []


def test_of_a_hidden_asker_neither_is_named(
    rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    asked_through(sam, rose)
    accept(ben)
    with unit_of_work() as uow:
        uow.hidden.add(
            member_id=rose.id, place_id=rose.place.id, words="Threat", by_member_id=rose.id,
            since=NOW, readers=[],
        )  # fmt: skip
        uow.commit()
    said = " ".join(letters(to=ben))
    assert "You are helping" in said
    assert not any(name in said for name in ("Rose", "Sam"))


@pytest.mark.parametrize("ends", ["ended", "goes on"])
def test_that_a_mandate_ended_shows_in_no_letter(
    ends: str, rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    needs.post(actor=as_for(sam, mandate), draft=DRAFT, key=a_key(), now=NOW)
    accept(ben, the_ask(ben))
    if ends == "ended":
        mandates.end(actor=rose.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert any(f"You are helping {BOTH}." in one for one in letters(to=ben))


def deeds(rose: BuiltMember) -> list[str]:
    """What Rose is told was done for her, in order."""
    told = rows(OutboxRow, template="acted", member_id=rose.id)
    return [one.parameters["deed"] for one in sorted(told, key=lambda one: one.id)]


def test_what_is_written_in_one_hour_is_told_at_once_and_then_gathered(
    rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    needs.post(actor=rose.actor, draft=DRAFT, key=a_key(), now=NOW)
    match, acts = accept(ben).ref, as_for(sam, a_mandate(rose, sam))
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    for minute in (1, 2, 3, 30, 59, 61):
        at = hour + timedelta(minutes=minute)
        conversations.say(actor=acts, match_ref=match, words=f"{minute}", key=a_key(), now=at)
    assert deeds(rose) == ["conversations.say", "more", "conversations.say"]
    (more,) = [one for one in rows(OutboxRow, template="acted") if one.parameters["deed"] == "more"]
    assert more.due_at == hour + HOUR
    said = " ".join(letters(hour + 2 * HOUR, rose))
    assert "Sam did this for you: wrote to your helper." in said
    assert "Sam did this for you: did more about the same thing in this hour." in said


def test_what_is_big_is_each_told_at_once(rose: BuiltMember, sam: BuiltMember) -> None:
    acts = as_for(sam, a_mandate(rose, sam))
    ref = needs.post(actor=acts, draft=DRAFT, key=a_key(), now=NOW).ref
    needs.withdraw(actor=acts, ref=ref, key=a_key(), now=NOW)
    assert deeds(rose) == ["needs.post", "needs.withdraw"]


def test_much_that_is_done_for_somebody_eats_no_text_that_they_need(
    rose: BuiltMember, sam: BuiltMember, ben: BuiltMember
) -> None:
    acts = as_for(sam, a_mandate(rose, sam))
    for number in range(5):  # ten of them; the place lets 8 texts a day go to one person
        draft = NeedDraft(category="gardening", words=f"Bed {number}", circumstances=NONE_SO)
        ref = needs.post(actor=acts, draft=draft, key=a_key(), now=NOW).ref
        needs.withdraw(actor=acts, ref=ref, key=a_key(), now=NOW)
    letters()
    needs.post(actor=rose.actor, draft=DRAFT, key=a_key(), now=NOW)
    accept(ben)
    said = letters(to=rose)
    assert sum("Sam did this for you" in one for one in said) == 8
    assert any("Ben will help you" in one for one in said)
    with reading() as uow:
        assert uow.laws_of_people.texts_over_the_cap() == 0
