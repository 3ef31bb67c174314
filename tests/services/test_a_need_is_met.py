"""The whole road of one need, from asking to confirmed."""

from datetime import timedelta

from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Outcome
from enabler.services import matches, mine, needs
from tests.builders import NOW, BuiltPlace, a_helper, a_member
from tests.services.deeds import a_key, accept, post, the_ask


def test_a_need_finds_its_neighbour_and_is_carried_to_confirmed(place: BuiltPlace) -> None:
    """Asha asks for shopping; Ben, round the corner, is asked, says yes, goes, and is thanked."""
    asha = a_member(place, "Asha Patel", at=(500, 500), address="12 Mill Lane")
    ben = a_helper(place, "Ben Carter", at=(800, 600))

    need = post(asha)

    assert (need.state, need.asked, need.next_step) == (NeedState.OPEN, 1, NextStep.ASK_MORE)
    ask = matches.show(actor=ben.actor, ref=the_ask(ben), now=NOW)
    assert (ask.other_name, ask.address, ask.postcode) == (None, None, None)
    assert ask.may == {"accept", "decline"}
    assert ask.where.ward == "West End"

    yes = accept(ben)

    assert yes.state is MatchState.ACCEPTED
    assert (yes.other_name, yes.address) == ("Asha", "12 Mill Lane")
    start = NOW + timedelta(days=1)
    matches.arrange(
        actor=ben.actor, match_ref=yes.ref, start=start, end=start + timedelta(hours=1),
        words="I will ring the bell twice.", key=a_key(), now=NOW,
    )  # fmt: skip
    shown = needs.show(actor=asha.actor, ref=need.ref, now=NOW)
    assert shown.state is NeedState.ARRANGED
    assert [match.other_name for match in shown.matches] == ["Ben"]

    later = start + timedelta(hours=2)
    matches.done(actor=ben.actor, match_ref=yes.ref, minutes=45, key=a_key(), now=later)
    matches.confirm(actor=asha.actor, match_ref=yes.ref, key=a_key(), now=later)

    ended = needs.show(actor=asha.actor, ref=need.ref, now=later)
    assert (ended.state, ended.outcome) == (NeedState.CLOSED, Outcome.HELPED)
    assert [entry.what for entry in ended.timeline] == [
        "need.posted", "match.asked", "match.accepted", "need.filled", "match.arranged",
        "need.arranged", "match.done", "need.done", "match.confirmed", "need.closed",
    ]  # fmt: skip
    past = mine.everything(actor=ben.actor, now=later)
    assert [match.state for match in past.past] == [MatchState.CONFIRMED]
