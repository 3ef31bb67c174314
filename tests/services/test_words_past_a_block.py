"""From the minute of a block no word of the one reaches the other, by desk or complaint."""

from datetime import timedelta

import pytest

from enabler.domain.errors import NotFound, WrongMoment
from enabler.persistence.unit_of_work import reading
from enabler.services import conduct, conversations, costs, held_messages, keeping_apart, matches
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key
from tests.services.test_apart_at_once import SOON, apart, met
from tests.services.test_asking import texts
from tests.services.test_costs import PAPER
from tests.services.test_held_messages import SCAM

Two = tuple[BuiltMember, BuiltMember]
HURT = "I know where you live."


@pytest.fixture
def two(place: BuiltPlace) -> Two:
    """An asker, and a helper with an open offer."""
    return a_member(place, "Anna", mail=True), a_helper(place, "Hallam")


def test_a_message_that_waited_is_not_passed_on(two: Two, place: BuiltPlace) -> None:
    custodian, ref = a_custodian(place), met(two)
    matches.done(actor=two[1].actor, match_ref=ref, minutes=30, key=a_key(), now=SOON)
    conversations.say(actor=two[1].actor, match_ref=ref, words=SCAM, key=a_key(), now=SOON)
    (waits,) = held_messages.waiting(actor=custodian.actor)
    apart(two[0], ref)
    before = len(texts("wrote"))
    decide = {"actor": custodian.actor, "ref": waits.ref, "now": SOON}
    with pytest.raises(WrongMoment, match="conversation_closed"):
        held_messages.decide(passing=True, key=a_key(), **decide)  # type: ignore[arg-type]
    assert len(texts("wrote")) == before
    with reading() as uow:
        lines = uow.conversations.of_match(uow.matches.by_ref(None, ref).id)
    assert SCAM not in [line.words for line in lines]
    held_messages.decide(passing=False, key=a_key(), **decide)  # type: ignore[arg-type]
    assert held_messages.waiting(actor=custodian.actor) == ()


class TestAComplaint:
    @pytest.mark.parametrize("kind", ["called-off-late", "was-rude"])
    @pytest.mark.parametrize("side", [0, 1])
    def test_is_not_made_by_whoever_is_kept_away(self, two: Two, kind: str, side: int) -> None:
        ref = met(two)
        late = SOON - timedelta(hours=2)
        if kind == "was-rude":
            matches.done(actor=two[1].actor, match_ref=ref, minutes=30, key=a_key(), now=SOON)
            late = SOON + timedelta(hours=2)
        keeping_apart.keep_apart(
            actor=two[side].actor, match_ref=ref, key=a_key(), now=late - timedelta(hours=1)
        )
        with pytest.raises(WrongMoment, match="conduct_no_visit"):
            conduct.say(actor=two[1 - side].actor, match_ref=ref, kind=kind, words=HURT,
                        key=a_key(), now=late)  # fmt: skip
        assert texts("conduct_said") == []

    def test_that_was_made_before_is_read_by_the_desk_alone(
        self, two: Two, place: BuiltPlace
    ) -> None:
        asker, helper = two
        custodian, ref = a_custodian(place), met(two)
        matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=SOON)
        said = conduct.say(actor=helper.actor, match_ref=ref, kind="was-rude", words=HURT,
                           key=a_key(), now=SOON)  # fmt: skip
        apart(asker, ref)
        conduct.answer(actor=asker.actor, ref=said, agrees=False, words="He shouted.",
                       key=a_key(), now=SOON)  # fmt: skip
        for who, mine, theirs in ((asker, "He shouted.", HURT), (helper, HURT, "He shouted.")):
            view = conduct.show(actor=who.actor, ref=said, now=SOON)
            assert mine in (view.words, view.answer)
            assert theirs not in (view.words, view.answer)
            (listed,) = conduct.mine(actor=who.actor, now=SOON)
            assert theirs not in (listed.words, listed.answer)
        seen = conduct.show(actor=custodian.actor, ref=said, now=SOON)
        assert (seen.words, seen.answer) == (HURT, "He shouted.")


def test_what_was_spent_stays_without_the_words_and_the_photo(two: Two, place: BuiltPlace) -> None:
    asker, helper = two
    ref = met(two)
    cost = costs.note(
        actor=helper.actor, match_ref=ref, kind="materials", pence=340, words=HURT, key=a_key(),
        now=NOW,
    ).ref  # fmt: skip
    costs.add_receipt(actor=helper.actor, ref=cost, content=PAPER, key=a_key(), now=NOW)
    matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=SOON)
    apart(asker, ref)
    view = costs.show(actor=asker.actor, ref=cost, now=SOON)
    assert (view.pence, view.words, view.has_receipt) == (340, None, False)
    with pytest.raises(NotFound):
        costs.receipt(actor=asker.actor, ref=cost, now=SOON)
    costs.answer(
        actor=asker.actor, ref=cost, agrees=False, words="He never bought it.", key=a_key(),
        now=SOON,
    )  # fmt: skip
    theirs = costs.show(actor=helper.actor, ref=cost, now=SOON)
    assert (theirs.words, theirs.answer_words) == (HURT, None)
    seen = costs.show(actor=a_custodian(place).actor, ref=cost, now=SOON)
    assert (seen.words, seen.answer_words) == (HURT, "He never bought it.")
