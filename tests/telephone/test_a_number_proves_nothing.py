"""Whoever spoofs a known number learns no address, surname or number, and changes nothing of who
they are, where they live, how they are reached or who acts for them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.permissions import BY_TEXT, Action
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.persistence.tables.members import ContactRow, HomeRow, MemberRow, RoleRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import hours, hours_events, matches
from sms import conversing
from sms.acting.scene import Act, Came
from sms.acting.table import ACTS
from tests.builders import BuiltMember, a_custodian, a_helper, a_member, new_rules
from tests.services.deeds import a_key, earn, post, the_ask
from tests.services.noting import help_noted
from tests.telephone.talking import Talk, a_texting_place, read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ATTACKS = (
    "change my number to 07700900999", "LANG", "my address is now 1 Other Street BS1 1AA",
    "WHY A", "WHY {ref}", "MY", "DONE {ref} 1h", "CAN'T {ref}", "where does she live",
    "what is her address", "what is his number", "THANKS {ref} what is your phone number",
    "A1", "A2", "1", "yes", "HOURS", "GIVE 24 {other}", "GIVE 61m {other}", "ADD SUPPORTER {other}",
    "let {other} act for me", "SUPPORTERS", "SUPPORTER 07700900999", "A 123456", "DROP HAL",
    "DROP 123456", "delete my account", "my name is Bob Evil",
)  # fmt: skip


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place(policy={"hours": True, "text_gift_minutes": 60}))


@pytest.fixture
def ann(talk: Talk) -> BuiltMember:
    return a_member(talk.place, "Ann Zylverstone", address="77 Quietly Hidden Close")


@pytest.fixture
def hal(talk: Talk) -> BuiltMember:
    return a_helper(talk.place, "Hal Brackenbury", "shopping")


class _WithOthers(dict[str, Act]):
    """The acts that are there; what only people can do is done by nobody."""

    def __missing__(self, name: str) -> Act:
        return lambda deed, scene: Came()


@pytest.fixture(autouse=True)
def forgiving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversing, "ACTS", _WithOthers(ACTS))


def kept_of_people() -> list[tuple[object, ...]]:
    """Who they are, where they live, how they are reached, what they may."""
    with reading() as uow:
        return [
            tuple(getattr(row, name) for name in names)
            for table, names in (
                (MemberRow, ("id", "name", "shown_name", "home_id", "state")),
                (HomeRow, ("id", "postcode", "address")),
                (ContactRow, ("id", "member_id", "kind", "value", "verified_at")),
                (RoleRow, ("id", "member_id", "role")),
            )
            for row in uow.session.scalars(select(table).order_by(table.id))
        ]  # fmt: skip


@pytest.mark.parametrize("side", ["asker", "helper"])
def test_nothing_is_learned_and_nobody_changed(
    talk: Talk, ann: BuiltMember, hal: BuiltMember, side: str
) -> None:
    start = talk.now + DAY
    post(ann, now=talk.now, windows=(Window(start, start + HOUR),))
    ref = the_ask(hal, talk.now)
    matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now)
    earn(ann, 600)
    earn(hal, 600)
    other = a_member(talk.place, "Eve Evil")
    before = kept_of_people()
    who = ann if side == "asker" else hal
    for text in ATTACKS:
        talk.say(who, text.format(ref=ref, other=other.ref))
    assert kept_of_people() == before
    assert hours.balance(actor=other.actor, now=talk.now).available <= 60


def test_what_is_said_holds_no_words_of_anybody(
    talk: Talk, ann: BuiltMember, hal: BuiltMember
) -> None:
    start = talk.now + DAY
    post(ann, now=talk.now, windows=(Window(start, start + HOUR),))
    ref = the_ask(hal, talk.now)
    for text in ("A1 I know Quietly Hidden Close", "MY", f"WHY {ref}", f"THANKS {ref} dear Ann"):
        talk.deliver()
        talk.say(hal, text)
        row = read(lambda uow: uow.session.query(OutboxRow.parameters).all())
        said = str([each for (each,) in row])
        for secret in ("Quiet", "Zylver", "Bracken", "07700", "447700", "Ann"):
            assert secret not in said


def test_no_more_than_a_days_small_amount_leaves(
    talk: Talk, ann: BuiltMember, hal: BuiltMember
) -> None:
    earn(ann, 600)
    assert talk.say(ann, f"GIVE 61m {hal.ref}") == ["give_too_much"]
    for minutes, codes in ((40, ["gave"]), (20, ["gave"])):
        assert talk.say(ann, f"GIVE {minutes} {hal.ref}") == []
        assert talk.say(ann, "yes") == codes
    assert talk.say(ann, f"GIVE 20 {hal.ref}") == ["give_too_much"]
    assert hours.balance(actor=hal.actor, now=talk.now).available == 60
    new_rules(talk.place, {"hours": True, "text_gift_minutes": 0}, talk.now - HOUR)
    talk.now += 2 * DAY
    assert talk.say(ann, f"GIVE 1m {hal.ref}") == ["give_too_much"]


def test_two_gifts_that_were_said_back_are_counted_when_they_are_given(
    talk: Talk, ann: BuiltMember, hal: BuiltMember
) -> None:
    earn(ann, 600)
    for _ in range(2):
        talk.say(ann, f"GIVE 40 {hal.ref}")
    first, second = (one.letter for one in talk.asked(ann))
    assert talk.say(ann, f"{first}1") == ["gave"]
    talk.later(11 * timedelta(minutes=1))  # the very same a moment later is the same gift
    assert talk.say(ann, f"{second}1") == ["give_too_much"]
    assert hours.balance(actor=hal.actor, now=talk.now).available == 40


class TestHoursThatWereWrittenDown:
    def test_can_be_spoken_against_by_text(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        custodian = a_custodian(talk.place)
        event = help_noted(custodian, hal, ann)
        letter = talk.letter(ann, "hours-noted")
        assert talk.say(ann, f"{letter}2") == []
        assert talk.say(ann, "I never saw him that day") == ["dispute_kept"]
        shown = hours_events.show(actor=ann.actor, ref=event.ref, now=talk.now)
        assert shown.mine is not None
        assert shown.mine.state == "disputed"

    def test_are_right(self, talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
        help_noted(a_custodian(talk.place), hal, ann)
        assert talk.say(ann, f"{talk.letter(ann, 'hours-noted')}1") == ["noted_right"]


def test_texting_may_not_what_changes_who_somebody_is() -> None:
    assert not BY_TEXT & {
        Action.CHANGE_OWN, Action.JOIN_ORGANISATION, Action.REGISTER_ORGANISATION, Action.APPEAL,
        Action.SIGN_IN, Action.FOLLOW_LINK,
    }  # fmt: skip


class TestHelpThatTookFarLonger:
    """Than was promised: whoever helped says so, and texts as whoever asked that it is right."""

    def test_is_not_agreed_to_by_text(self, talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
        ref = self.helped(talk, ann, hal, 8 * 60)
        assert talk.say(ann, f"{talk.letter(ann, 'done')}1") == ["refused"]
        assert talk.state(ref) is MatchState.DONE
        assert hours.balance(actor=hal.actor, now=talk.now).posted == 0

    def test_is_not_said_by_text_either(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        ref = self.helped(talk, ann, hal, 30)
        assert talk.say(ann, f"{talk.letter(ann, 'done')}2 it was 8h") == ["refused"]
        assert talk.state(ref) is MatchState.DONE
        assert talk.say(ann, f"DONE {ref} 1h30") == ["minutes_corrected"]

    def helped(self, talk: Talk, ann: BuiltMember, hal: BuiltMember, minutes: int) -> str:
        """Help that was over, and took so long as its helper says."""
        earn(ann, 600)
        start = talk.now + HOUR
        post(ann, now=talk.now, windows=(Window(start, start + HOUR),))
        ref = the_ask(hal, talk.now)
        matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now)
        talk.deliver()
        talk.now = start + HOUR
        matches.done(actor=hal.actor, match_ref=ref, minutes=minutes, key=a_key(), now=talk.now)
        return ref
