"""A time is agreed when both want it: suggested, said yes to, replaced; or stated by the asker."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.services import conversations, matches
from enabler.services.conversations import Meeting
from enabler.services.views import MatchView, ProposalView
from tests.builders import NOW, BuiltMember
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = Window(NOW + DAY, NOW + DAY + HOUR)
LATER = Window(NOW + 2 * DAY, NOW + 2 * DAY + HOUR)


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A yes to "any time"."""
    post(asker)
    return accept(helper).ref


def propose(who: BuiltMember, ref: str, visit: Window = TOMORROW, *, where: str | None = None,
            now: datetime = NOW) -> MatchView:  # fmt: skip
    return conversations.propose(
        actor=who.actor, match_ref=ref, key=a_key(), now=now,
        meeting=Meeting(visit.start, visit.end, where=where),
    )  # fmt: skip


def agree(who: BuiltMember, ref: str, number: int = 1, now: datetime = NOW) -> MatchView:
    return conversations.agree(actor=who.actor, match_ref=ref, number=number, key=a_key(), now=now)


def standing(who: BuiltMember, ref: str) -> ProposalView | None:
    talk = matches.show(actor=who.actor, ref=ref, now=NOW).conversation
    assert talk is not None
    return talk.proposal


@pytest.mark.parametrize("by_asker", [True, False])
def test_it_is_agreed_when_the_other_side_says_yes(
    asker: BuiltMember, helper: BuiltMember, ref: str, by_asker: bool
) -> None:
    one, other = (asker, helper) if by_asker else (helper, asker)
    only_proposed = propose(one, ref, where="The library")
    assert (only_proposed.state, only_proposed.visit_start) == (MatchState.ACCEPTED, None)
    assert (len(texts("proposed", other.id)), texts("arranged")) == (1, [])
    with pytest.raises(NotAllowed):
        agree(one, ref)
    agreed = agree(other, ref)
    assert (agreed.state, agreed.visit_start) == (MatchState.ARRANGED, TOMORROW.start)
    assert agreed.conversation is not None
    assert (agreed.conversation.where, agreed.conversation.proposal) == ("The library", None)
    assert (len(texts("arranged", one.id)), len(texts("arranged", other.id))) == (1, 0)


def test_a_yes_is_to_the_time_that_was_read(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    propose(asker, ref)
    propose(asker, ref, LATER)
    with pytest.raises(WrongMoment) as wrong:
        agree(helper, ref, 1)
    assert wrong.value.code == "proposal_changed"
    assert agree(helper, ref, 2).visit_start == LATER.start
    with pytest.raises(WrongMoment):
        agree(helper, ref, 2)


def test_another_time_takes_the_place_of_the_first(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    propose(asker, ref)
    propose(helper, ref, LATER)
    seen = standing(asker, ref)
    assert seen is not None
    assert (seen.number, seen.mine, seen.visit) == (2, False, LATER)
    with pytest.raises(NotAllowed):
        agree(helper, ref, 2)


def test_what_is_agreed_stands_while_another_time_is_only_suggested(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    propose(asker, ref)
    agree(helper, ref)
    asked = propose(helper, ref, LATER)
    assert (asked.visit_start, asked.state) == (TOMORROW.start, MatchState.ARRANGED)
    assert agree(asker, ref, 2).visit_start == LATER.start


def test_a_time_that_the_asker_stated_is_agreed_at_once_and_no_other(
    asker: BuiltMember, helper: BuiltMember
) -> None:
    wanted = Window(NOW + 20 * HOUR, NOW + 30 * HOUR)
    post(asker, windows=(wanted,))
    ref = accept(helper).ref
    assert propose(helper, ref, LATER).visit_start is None
    elsewhere = propose(helper, ref, TOMORROW, where="The library")
    assert elsewhere.visit_start is None, "nobody is sent to another place without their yes"
    inside = propose(helper, ref, TOMORROW)
    assert inside.visit_start == TOMORROW.start
    assert inside.conversation is not None
    assert inside.conversation.proposal is None
    with pytest.raises(Invalid) as wrong:
        matches.arrange(
            actor=helper.actor, match_ref=ref, start=LATER.start, end=LATER.end, key=a_key(),
            now=NOW,
        )  # fmt: skip
    assert (wrong.value.field, wrong.value.code) == ("start", "visit_outside_wanted")


def test_a_time_that_is_past_is_not_agreed(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    propose(asker, ref)
    with pytest.raises(WrongMoment) as wrong:
        agree(helper, ref, now=TOMORROW.start + HOUR)
    assert wrong.value.code == "proposal_past"


@pytest.mark.parametrize(
    ("visit", "code"),
    [(Window(NOW - HOUR, NOW + HOUR), "visit_in_the_past"),
     (Window(NOW + 46 * DAY, NOW + 46 * DAY + HOUR), "visit_too_far_ahead")],
)  # fmt: skip
def test_a_time_that_cannot_be_is_not_suggested(
    asker: BuiltMember, ref: str, visit: Window, code: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        propose(asker, ref, visit)
    assert wrong.value.code == code


def test_nothing_is_suggested_once_it_is_done(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    propose(asker, ref)
    matches.done(actor=helper.actor, match_ref=ref, minutes=20, key=a_key(), now=NOW)
    assert standing(helper, ref) is None
    with pytest.raises(WrongMoment):
        propose(asker, ref, LATER)
    with pytest.raises(WrongMoment):
        agree(helper, ref)
