"""A visit that went wrong: both sides are heard, a third person decides, nobody is asked less."""

from datetime import timedelta

import pytest

from enabler.domain.conduct import KINDS
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, Role
from enabler.persistence.unit_of_work import reading
from enabler.services import conduct, keeping_apart, matches, moderation
from enabler.services.views.conduct import ConductView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.keeping import end_what_is_over
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts
from tests.services.test_reports import a_lead

SOON, HOUR, DAY = NOW + timedelta(hours=30), timedelta(hours=1), timedelta(days=1)
Two = tuple[BuiltMember, BuiltMember, str]


@pytest.fixture
def met(place: BuiltPlace) -> Two:
    """An asker, a helper and their match with a visit tomorrow."""
    return a_visit(a_member(place, "Anna"), a_helper(place, "Hallam", capacity=9))


def a_visit(asker: BuiltMember, helper: BuiltMember, words: str = "Milk and bread.") -> Two:
    post(asker, words=words)
    ref = accept(helper).ref
    matches.arrange(
        actor=asker.actor, match_ref=ref, start=SOON, end=SOON + HOUR, key=a_key(), now=NOW
    )
    return asker, helper, ref


def say(who: BuiltMember, ref: str, kind: str = "did-not-come", **more: object) -> str:
    said = {"words": "I waited for an hour.", "now": SOON + HOUR, "key": a_key()} | more
    return conduct.say(actor=who.actor, match_ref=ref, kind=kind, **said)  # type: ignore[arg-type]


def answer(who: BuiltMember, ref: str, *, agrees: bool, **more: object) -> ConductView:
    said = {"words": "I was there at two.", "now": SOON + DAY, "key": a_key()} | more
    return conduct.answer(actor=who.actor, ref=ref, agrees=agrees, **said)  # type: ignore[arg-type]


def stands(who: BuiltMember, ref: str) -> ConductView:
    return conduct.show(actor=who.actor, ref=ref, now=SOON + DAY)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "called-off-late"])
@pytest.mark.parametrize("side", [0, 1])
def test_each_side_says_so_and_the_other_is_told(met: Two, kind: str, side: int) -> None:
    ref = say(met[side], met[2], kind)  # type: ignore[arg-type]
    other: BuiltMember = met[1 - side]  # type: ignore[assignment]
    assert [row.member_id for row in texts("conduct_said")] == [other.id]
    view = stands(other, ref)
    assert (view.side, view.words, view.may) == (
        "about", "I waited for an hour.", frozenset({"answer"})
    )  # fmt: skip
    assert view.answer_by == SOON + HOUR + 7 * DAY


def test_where_the_helper_did_not_come_others_are_asked(met: Two, place: BuiltPlace) -> None:
    asker, _, match = met
    other = a_helper(place, "Olga")
    say(asker, match)
    assert matches.show(actor=asker.actor, ref=match, now=SOON + HOUR).state is MatchState.RELEASED
    assert the_ask(other, SOON + HOUR)


def test_whoever_agrees_it_counts_and_whoever_says_nothing(met: Two, place: BuiltPlace) -> None:
    asker, helper, match = met
    first = say(asker, match, "left-early")
    assert answer(helper, first, agrees=True).state == "counts"
    second = say(asker, match, "was-rude")
    job = Actor.system("close-conduct")
    late = SOON + HOUR + 7 * DAY
    assert conduct.close_unanswered(actor=job, now=late - HOUR) == 0
    assert texts("conduct_counts") == []
    assert conduct.close_unanswered(actor=job, now=late) == 1
    assert conduct.close_unanswered(actor=job, now=late) == 0
    assert {row.member_id for row in texts("conduct_counts")} == {asker.id, helper.id}
    assert stands(helper, second).state == "counts"
    with pytest.raises(WrongMoment):  # it was agreed to
        answer(helper, first, agrees=False, now=late + HOUR)
    with pytest.raises(NotAllowed):
        conduct.close_unanswered(actor=helper.actor, now=late)


def test_whoever_let_it_count_by_silence_can_still_say_that_it_was_not_so(
    met: Two, place: BuiltPlace
) -> None:
    asker, helper, match = met
    ref, late = say(asker, match), SOON + HOUR + 7 * DAY
    conduct.close_unanswered(actor=Actor.system("close-conduct"), now=late)
    assert stands(helper, ref).may == frozenset({"answer"})
    assert answer(helper, ref, agrees=False, now=late + DAY).state == "disputed"
    custodian = a_custodian(place)
    (waiting,) = conduct.desk(actor=custodian.actor, now=late + DAY).disputed
    assert waiting.ref == ref
    does = {"ref": ref, "counts": True, "words": "It was so.", "now": late + DAY}
    conduct.decide(actor=custodian.actor, **does, key=a_key())  # type: ignore[arg-type]
    with pytest.raises(WrongMoment):
        answer(helper, ref, agrees=False, now=late + 2 * DAY)


def test_where_they_do_not_agree_a_third_person_decides(met: Two, place: BuiltPlace) -> None:
    asker, helper, match = met
    custodian = a_custodian(place)
    ref = say(asker, match)
    with pytest.raises(Invalid):
        answer(helper, ref, agrees=False, words=" ")
    assert answer(helper, ref, agrees=False).state == "disputed"
    (waiting,) = conduct.desk(actor=custodian.actor, now=SOON + DAY).disputed
    assert (waiting.words, waiting.answer) == ("I waited for an hour.", "I was there at two.")
    assert moderation.desk(actor=custodian.actor, now=SOON + DAY).visits_waiting == 1
    does = {"ref": ref, "counts": False, "words": "The bell was broken.", "now": SOON + DAY}
    for who in (asker, helper):
        with pytest.raises(NotAllowed) as refused:
            conduct.decide(actor=who.actor, **does, key=a_key())  # type: ignore[arg-type]
        assert refused.value.facts == {"action": "moderate"}  # nobody of the desk's to begin with
    view = conduct.decide(actor=custodian.actor, **does, key=a_key())  # type: ignore[arg-type]
    assert (view.state, view.decided_words) == ("does-not-count", "The bell was broken.")
    assert {row.member_id for row in texts("conduct_decided")} == {asker.id, helper.id}
    with pytest.raises(WrongMoment):
        conduct.decide(actor=custodian.actor, **does, key=a_key())  # type: ignore[arg-type]


def test_it_can_be_taken_back_by_who_said_it(met: Two) -> None:
    asker, helper, match = met
    ref = say(asker, match, "was-rude")
    with pytest.raises(NotAllowed):
        conduct.take_back(actor=helper.actor, ref=ref, key=a_key(), now=SOON + DAY)
    conduct.take_back(actor=asker.actor, ref=ref, key=a_key(), now=SOON + DAY)
    assert conduct.mine(actor=helper.actor, now=SOON + DAY) == ()
    with pytest.raises(WrongMoment):
        answer(helper, ref, agrees=True)


@pytest.mark.parametrize(("before", "late"), [(23, True), (25, False)])
def test_called_off_late_is_by_the_other_side_and_late(met: Two, before: int, late: bool) -> None:
    asker, helper, match = met
    off = SOON - before * HOUR
    matches.release(actor=helper.actor, match_ref=match, key=a_key(), now=off)
    with pytest.raises(WrongMoment):
        say(helper, match, "called-off-late", now=off)
    if not late:
        with pytest.raises(WrongMoment):
            say(asker, match, "called-off-late", now=off)
        return
    ref = say(asker, match, "called-off-late", now=off)
    assert stands(helper, ref).kind == "called-off-late"


def test_it_is_of_visits_that_began_and_not_of_long_ago(met: Two, place: BuiltPlace) -> None:
    asker, _, match = met
    for moment in (SOON - HOUR, SOON + 15 * DAY):
        with pytest.raises(WrongMoment):
            say(asker, match, now=moment)
    say(asker, match, "was-rude")
    with pytest.raises(WrongMoment):
        say(asker, match, "was-rude", words="Once more.", now=SOON + 2 * HOUR)
    with pytest.raises(Invalid):
        say(asker, match, "smelt")
    for stranger in (a_custodian(place), a_member(place, "Stranger")):
        with pytest.raises(NotAllowed):
            say(stranger, match)


def test_nobody_else_reads_it(met: Two, place: BuiltPlace, noise: BuiltPlace) -> None:
    asker, _, match = met
    ref = say(asker, match)
    with pytest.raises(NotAllowed):
        stands(a_member(place, "Stranger"), ref)
    with pytest.raises(NotFound):
        stands(a_custodian(noise), ref)
    with pytest.raises(NotAllowed):
        conduct.desk(actor=asker.actor, now=NOW)


def test_three_that_count_are_a_line_on_the_desk_and_change_no_ask(place: BuiltPlace) -> None:
    helper, custodian = a_helper(place, "Hallam", capacity=9), a_custodian(place)
    askers = [a_member(place, name) for name in ("Anna", "Bea", "Cleo")]
    for number, asker in enumerate(askers):
        assert conduct.desk(actor=custodian.actor, now=SOON + DAY).often == ()
        _, _, match = a_visit(asker, helper, f"Thing {number}.")
        answer(helper, say(asker, match, "left-early"), agrees=True)
        matches.done(actor=helper.actor, match_ref=match, minutes=5, key=a_key(), now=SOON + HOUR)
    (often,) = conduct.desk(actor=custodian.actor, now=SOON + DAY).often
    assert (often.ref, often.count) == (helper.ref, 3)
    assert conduct.desk(actor=custodian.actor, now=SOON + 92 * DAY).often == ()
    later = SOON + 8 * DAY  # and whoever it is about is asked as before
    post(a_member(place, "Last"), now=later)
    assert the_ask(helper, later)


def test_it_is_forgotten_after_twelve_months(met: Two) -> None:
    asker, helper, match = met
    ref = say(asker, match, "was-rude")
    answer(helper, ref, agrees=True)
    said = SOON + HOUR
    assert conduct.mine(actor=helper.actor, now=said + 364 * DAY)
    assert conduct.mine(actor=helper.actor, now=said + 366 * DAY) == ()
    end_what_is_over(now=said + 364 * DAY)
    assert stands(helper, ref)
    end_what_is_over(now=said + 366 * DAY)
    with pytest.raises(NotFound):
        stands(helper, ref)
    with reading() as uow:
        assert uow.conducts.about(helper.id) == []


@pytest.mark.parametrize("blocks", [0, 1])
def test_between_two_who_are_kept_apart_no_word_goes_from_one_to_the_other(
    met: Two, place: BuiltPlace, blocks: int
) -> None:
    """It would be a way to write to somebody who wants to hear nothing more. Both are heard."""
    asker, helper, match = met
    apart = {"match_ref": match, "key": a_key(), "now": SOON + HOUR}
    ref = say(helper, match, "was-rude", words="You will be sorry.")
    keeping_apart.keep_apart(actor=met[blocks].actor, **apart)  # type: ignore[attr-defined,arg-type]
    seen = stands(asker, ref)
    assert (seen.words, seen.may) == (None, {"answer"})
    answer(asker, ref, agrees=False, words="He shouted at me.")
    assert stands(asker, ref).answer == "He shouted at me."
    assert (stands(helper, ref).words, stands(helper, ref).answer) == ("You will be sorry.", None)
    (waiting,) = conduct.desk(actor=a_custodian(place).actor, now=SOON + DAY).disputed
    assert (waiting.words, waiting.answer) == ("You will be sorry.", "He shouted at me.")


def test_a_threat_in_what_is_said_or_answered_is_read_at_the_desk(place: BuiltPlace) -> None:
    """But for staff whose own visit it is."""
    asker = a_member(place, "Cass", roles=(Role.CUSTODIAN,))
    _, helper, match = a_visit(asker, a_helper(place, "Hallam"))
    a_lead(place)
    ref = say(asker, match, "was-rude", words="I bring my machete next time.")
    answer(helper, ref, agrees=False, words="I want to kill myself.")
    with reading() as uow:
        found = {one.kind: one for one in uow.reports.unsettled(place.id)}
    assert found["flagged"].words == "I bring my machete next time."
    assert found["worried"].about_ref == match
    assert all(asker.id in (one.kept_from or ()) for one in found.values())


def test_it_is_asked_on_the_matchs_page_only_while_it_can_be_said(met: Two) -> None:
    """Nobody is led to a form that is then refused."""
    asker, helper, match = met
    for who in (asker, helper):
        asked = [
            "say-how" in matches.show(actor=who.actor, ref=match, now=SOON + later).may
            for later in (-HOUR, HOUR, 15 * DAY)
        ]
        assert asked == [False, True, False]
