"""Where two people meet and what is so then: who is asked follows from it, by every way."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import CredentialKind, NeedState
from enabler.domain.windows import Weekly
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import laws, matches, needs, rounds, series
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_place,
    new_rules,
)
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

OPERATOR = Actor.operator("a test")
SOON = NOW + timedelta(hours=1)


def helped(helper: BuiltMember, asker: BuiltMember) -> None:
    """The helper has helped once more, at the door, and it is confirmed."""
    need = post(asker, setting="doorstep", words=f"Bread, {a_key()}.")
    ref = accept(helper).ref
    matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
    matches.confirm(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
    assert needs.show(actor=asker.actor, ref=need.ref, now=NOW).state is NeedState.CLOSED


@pytest.fixture
def strict() -> BuiltPlace:
    """A place where somebody new helps twice where others are about."""
    a_place("noise")
    return a_place(policy={"first_helps": 2})


def test_somebody_new_is_asked_to_the_door_and_not_into_a_home(strict: BuiltPlace) -> None:
    helper, asker = a_helper(strict), a_member(strict)
    post(asker, setting="home")
    assert asks_of(helper) == []
    helped(helper, asker)
    post(asker, setting="home", words="Put it in the kitchen, please.")
    assert asks_of(helper) == []
    helped(helper, asker)
    post(asker, setting="home", words="Put it in the larder, please.")
    assert len(asks_of(helper)) == 1


def test_nobody_said_where_means_in_the_home(strict: BuiltPlace) -> None:
    helper, asker = a_helper(strict), a_member(strict)
    post(asker)
    assert asks_of(helper) == []
    post(asker, "phone-chat")  # nowhere near a home


def test_references_and_an_organisation_are_nobody_new(strict: BuiltPlace) -> None:
    kinds = [CredentialKind.IDENTITY, CredentialKind.REFERENCE]
    helper, asker = a_helper(strict, credentials=kinds), a_member(strict)
    post(asker, setting="home")
    assert len(asks_of(helper)) == 1


def test_a_round_asks_the_same_of_them(strict: BuiltPlace) -> None:
    helper, asker = a_helper(strict), a_member(strict)
    inside = post(asker, setting="home")
    at_the_door = post(asker, "gardening", setting="doorstep")
    rounds.run_round(actor=OPERATOR, place_slug=strict.slug, now=SOON)
    assert asks_of(helper, SOON) == []  # neither is of their kind, or they are new
    helper = a_helper(strict, "Gil Gardener", "gardening", "shopping")
    rounds.run_round(actor=OPERATOR, place_slug=strict.slug, now=SOON)
    assert [ask.need_ref for ask in asks_of(helper, SOON)] == [at_the_door.ref]
    assert inside.ref not in {ask.need_ref for ask in asks_of(helper, SOON)}


def test_who_said_yes_before_it_was_asked_of_them_may_not_any_more(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    post(asker, setting="home")
    ref = the_ask(helper)
    new_rules(place, {"first_helps": 2})
    with pytest.raises(NotAllowed, match="credential_missing"):
        accept(helper, ref)


def test_a_help_that_is_only_said_to_be_done_is_no_help_yet(strict: BuiltPlace) -> None:
    helper, asker = a_helper(strict), a_member(strict)
    helped(helper, asker)
    helped(helper, asker)
    with unit_of_work() as uow:
        uow.session.execute(
            update(MatchRow).where(MatchRow.helper_id == helper.id).values(state="done")
        )
        uow.commit()
    post(asker, setting="home", words="Put it in the kitchen, please.")
    assert asks_of(helper) == []


def test_money_of_somebody_who_cannot_is_regulated(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    post(asker, setting="doorstep", circumstances=("money",))
    assert asks_of(helper) == []
    kinds = [CredentialKind.IDENTITY, CredentialKind.DBS_ADULTS]
    checked = a_helper(place, "Cai Checked", credentials=kinds)
    post(asker, setting="doorstep", circumstances=("money",), words="Pay the milkman, please.")
    assert len(asks_of(checked)) == 1


def test_enabler_check_counts_who_was_asked_without(strict: BuiltPlace) -> None:
    helper, asker = a_helper(strict), a_member(strict)
    post(asker, setting="doorstep")
    assert _asked_without() == 0
    with unit_of_work() as uow:
        uow.session.execute(update(NeedRow).values(setting="home"))
        uow.commit()
    assert _asked_without() == 1
    assert helper.id


def test_an_ask_of_the_night_that_was_taken_back_before_it_went_broke_no_law(
    place: BuiltPlace,
) -> None:
    night = NOW + timedelta(hours=19)
    helper, asker = a_helper(place, credentials=("identity",)), a_member(place)
    need = post(asker, setting="doorstep", now=night)
    ref = the_ask(helper, night)
    with reading() as uow:
        asked_at = uow.matches.by_ref(place.id, ref).asked_at
    assert asked_at is not None
    assert asked_at > night
    draft = needs.NeedDraft(
        category="shopping", words=need.words, setting="home", circumstances=("care",)
    )
    soon = night + timedelta(minutes=1)
    needs.change(actor=asker.actor, ref=need.ref, draft=draft, version=1, key=a_key(), now=soon)
    assert _asked_without(night + timedelta(hours=9)) == 0
    with reading() as uow:
        assert uow.matches.by_ref(place.id, ref).asked_at is None


def test_who_reads_it_at_night_and_says_yes_was_asked_by_the_rules_of_the_night(
    place: BuiltPlace,
) -> None:
    night = NOW + timedelta(hours=19)
    helper, asker = a_helper(place), a_member(place)
    post(asker, setting="home", now=night)
    matches.accept(actor=helper.actor, match_ref=the_ask(helper, night), key=a_key(), now=night)
    new_rules(place, {"first_helps": 2}, night + timedelta(hours=1))
    assert _asked_without(night + timedelta(hours=9)) == 0


def _asked_without(now: datetime = NOW) -> int:
    counts = laws.check(now=now)
    return next(one.count for one in counts if one.what == "asked_without_credential")


def test_where_they_meet_does_not_change_behind_a_yes(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    need = post(asker, setting="doorstep")
    ref = accept(helper).ref
    draft = needs.NeedDraft(category="shopping", words=need.words, setting="home")
    with pytest.raises(WrongMoment, match="change_after_yes"):
        needs.change(actor=asker.actor, ref=need.ref, draft=draft, version=1, key=a_key(), now=NOW)
    assert matches.show(actor=helper.actor, ref=ref, now=NOW).setting == "doorstep"


def test_who_is_asked_again_is_who_may(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    need = post(asker, setting="doorstep")
    assert len(asks_of(helper)) == 1
    draft = needs.NeedDraft(
        category="shopping", words=need.words, setting="home", circumstances=("care",)
    )
    needs.change(actor=asker.actor, ref=need.ref, draft=draft, version=1, key=a_key(), now=SOON)
    assert asks_of(helper, SOON) == []  # care asks for more


def test_what_nobody_was_asked_counts_as_so(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    asked = post(asker, setting="home", circumstances=())
    assert asks_of(helper) == []
    assert asked.slots == 2  # by themselves with a child: two go together
    post(asker, setting="home", words="Only milk, please.")
    assert len(asks_of(helper)) == 1


def test_what_cannot_be_is_said_at_its_question(place: BuiltPlace) -> None:
    asker = a_member(place)
    with pytest.raises(Invalid, match="setting_not_possible"):
        post(asker, "phone-chat", setting="car")
    with pytest.raises(Invalid, match="circumstance_unknown"):
        post(asker, circumstances=("weekly",))


def test_whoever_was_never_reached_waits_before_anybody_comes_in(place: BuiltPlace) -> None:
    helper, asker = a_helper(place), a_member(place)
    with unit_of_work() as uow:
        never = update(ContactRow).where(ContactRow.member_id == asker.id)
        uow.session.execute(never.values(verified_at=None))
        uow.commit()
    held = post(asker, setting="home")
    assert (held.state, held.held_because) == (NeedState.HELD, "asker_unverified")
    assert asks_of(helper) == []
    assert post(asker, setting="doorstep", words="Just bread.").state is NeedState.OPEN


def test_children_every_week_ask_for_more_than_once(place: BuiltPlace) -> None:

    asker = a_member(place)
    draft = needs.NeedDraft(
        category="childcare", words="While I am at college.", setting="public",
        every=Repeat((Weekly(3, 600, 720),), date(2026, 5, 1), skips_bank_holidays=False),
    )  # fmt: skip
    begun = series.begin(actor=asker.actor, draft=draft, key=a_key(), now=NOW)
    refs = [day.need_ref for day in begun.days if day.need_ref]
    assert refs
    for ref in refs:
        shown = needs.show(actor=asker.actor, ref=ref, now=NOW)
        assert shown.circumstances == ("weekly",)
