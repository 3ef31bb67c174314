"""What is held again, suspended, lifted, taken back: never matched meanwhile, and told why."""

from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.vocabulary import MatchState, NeedState, OfferState
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.unit_of_work import reading
from enabler.services import laws, matches, moderation, needs, offers, rounds, suspensions
from enabler.services.moderation import Edit
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    an_offer,
    an_organisation,
)
from tests.services.acting import assign, goes_to, said_yes, staffed, state_of, told
from tests.services.deeds import a_key, accept, asks_of, post, the_ask
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def do(who: BuiltMember, verb: str, ref: str, at: timedelta = timedelta(), **more: object) -> str:
    """Hold, suspend, lift or undo; the state afterwards."""
    said = {} if verb == "undo" else {"words": "We look into it."}
    act = getattr(suspensions, verb)
    return act(actor=who.actor, ref=ref, key=a_key(), now=NOW + at, **said | more).state


def broken() -> dict[str, int]:
    """Law 6 as `enabler check` counts it."""
    return {what: count for law, count, what in laws_of() if count and law != "8"}


def laws_of() -> list[tuple[str, int, str]]:
    return [(str(one.law), one.count, one.what) for one in laws.check(now=NOW)]


class TestHeldAgain:
    def test_a_need_takes_its_asks_back_and_asks_nobody(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker, helper = a_member(place), a_helper(place)
        need = post(asker)
        assert the_ask(helper)
        assert do(custodian, "hold", need.ref) == "held"
        assert len(texts("withdrawn", helper.id)) == 1
        assert len(texts("decision_held", asker.id)) == 1
        rounds.work_due_needs(now=NOW + HOUR)
        assert asks_of(helper) == []
        assert broken() == {}
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW + HOUR)
        assert asks_of(helper)

    def test_an_offer_too_and_not_once_it_was_promised(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        helper = a_helper(place)
        need = post(a_member(place))
        accept(helper)
        with pytest.raises(WrongMoment):
            do(custodian, "hold", need.ref)
        with reading() as uow:
            (offer,) = uow.offers.all_of((helper.id, None))
        assert do(custodian, "hold", offer.ref) == "held"
        post(a_member(place, "Ann"))
        assert asks_of(helper) == []


class TestSuspended:
    def test_a_need_is_over_for_its_helpers_and_goes_on_when_it_is_lifted(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker, helper = a_member(place), a_helper(place)
        need = post(asker)
        ref = accept(helper).ref
        assert do(custodian, "suspend", need.ref) == "suspended"
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).state is MatchState.WITHDRAWN
        assert broken() == {}
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.slots_filled) == (NeedState.SUSPENDED, 0)
        assert do(custodian, "lift", need.ref) == "open"
        assert len(texts("decision_over", asker.id)) == 1

    def test_a_member_leaves_matching_with_all_that_is_theirs(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        both, other = a_helper(place, "Bea Both"), a_helper(place, "Otto")
        asked = post(a_member(place))
        own = post(both, "shopping")
        promised = accept(other, the_ask_for(other, own.ref)).ref
        assert the_ask(both)
        assert do(custodian, "suspend", both.ref) == "suspended"
        assert asks_of(both) == []
        assert needs_state(place, own.ref) is NeedState.SUSPENDED
        assert matches.show(actor=other.actor, ref=promised, now=NOW).state is MatchState.WITHDRAWN
        post(a_member(place, "Ann"))
        rounds.work_due_needs(now=NOW + HOUR)
        assert asks_of(both) == []
        assert broken() == {}
        assert needs_state(place, asked.ref) is NeedState.OPEN
        assert len(texts("decision_suspended", both.id)) == 1
        assert do(custodian, "lift", both.ref) == "active"
        assert needs_state(place, own.ref) is NeedState.OPEN
        post(a_member(place, "Una"))
        assert asks_of(both)

    def test_an_organisation_likewise(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        group = an_organisation(place)
        an_offer(group)
        post(a_member(place))
        assert do(custodian, "suspend", group.ref) == "suspended"
        assert broken() == {}
        assert len(texts("decision_suspended", group.owner.id)) == 1
        assert do(custodian, "lift", group.ref) == "active"

    def test_of_a_colleague_tells_those_who_lead_that_somebody_else_must_go(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        people = staffed(place, pantry)
        ref = said_yes(a_member(place), pantry)
        assign(pantry.owner, ref, people["helper"])
        assert do(custodian, "suspend", people["helper"].ref) == "suspended"
        assert goes_to(ref) is None
        assert state_of(ref) is MatchState.ACCEPTED
        assert [told(people[who]).count("handed_back") for who in ("owner", "coordinator")] == [
            1,
            1,
        ]
        assert broken() == {}

    def test_of_the_only_owner_brings_their_organisation_to_the_desk(
        self, place: BuiltPlace, custodian: BuiltMember, noise: BuiltPlace
    ) -> None:
        pantry, other = an_organisation(place), an_organisation(place, "Other Pantry")
        staffed(place, pantry)

        def alone() -> list[str]:
            found = moderation.desk(actor=custodian.actor, now=NOW).entries
            return [one.ref for one in found if one.because == ("organisation_alone",)]

        assert alone() == []
        do(custodian, "suspend", pantry.owner.ref)
        assert alone() == [pantry.ref]
        assert other.ref not in alone()
        do(custodian, "lift", pantry.owner.ref)
        assert alone() == []

    def test_comes_back_to_the_desk_after_its_days(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        need = post(a_member(place))
        do(custodian, "suspend", need.ref, days=7)
        assert moderation.desk(actor=custodian.actor, now=NOW + 6 * DAY).of("review") == ()
        (entry,) = moderation.desk(actor=custodian.actor, now=NOW + 7 * DAY).of("review")
        assert (entry.about_ref, entry.risk.value) == (need.ref, "high")

    def test_is_not_ones_own_and_not_for_others(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        own = a_need(custodian)
        for who, ref in ((custodian, own), (custodian, custodian.ref), (a_member(place), own)):
            with pytest.raises(NotAllowed):
                do(who, "suspend", ref)


class TestTakenBack:
    def test_an_approval_waits_again_while_nobody_has_said_yes(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        helper = a_helper(place, "Hal", "shopping")
        need = post(a_member(place))
        do(custodian, "hold", need.ref)
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW)
        assert do(custodian, "undo", need.ref, HOUR / 4) == "held"
        assert asks_of(helper) == []
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW + HOUR)
        with pytest.raises(WrongMoment):
            do(custodian, "undo", need.ref, 2 * HOUR)

    def test_a_refusal_is_over_and_its_author_told(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker = a_member(place)
        need = post(asker, "respite")
        moderation.refuse(actor=custodian.actor, ref=need.ref, words="No.", key=a_key(), now=NOW)
        assert do(custodian, "undo", need.ref) == "held"
        assert len(texts("decision_over", asker.id)) == 1
        (entry,) = moderation.desk(actor=custodian.actor, now=NOW).of("need")
        assert entry.because == ("category",)

    def test_an_organisation_comes_back_with_its_offers(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        group = an_organisation(place)
        offer = an_offer(group)
        do(custodian, "hold", group.ref)
        moderation.refuse(actor=custodian.actor, ref=group.ref, words="No.", key=a_key(), now=NOW)
        assert offer_state(place, offer) is OfferState.ENDED
        assert do(custodian, "undo", group.ref) == "held"
        assert offer_state(place, offer) is OfferState.HELD
        moderation.approve(actor=custodian.actor, ref=group.ref, key=a_key(), now=NOW)
        assert offer_state(place, offer) is OfferState.OPEN


class TestAnEdit:
    def test_of_an_offer_is_seen_by_its_giver_and_kept_apart(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        giver = a_member(place)
        ref = an_offer(giver, "shopping", "meals", state=OfferState.HELD,
                       held_because="first_offer")  # fmt: skip
        edited = Edit("Glad to shop.", ("shopping",), 1500)
        done = moderation.approve_edited(
            actor=custodian.actor, ref=ref, edited=edited, words="Meals need a check.",
            key=a_key(), now=NOW,
        )  # fmt: skip
        assert done.state == "open"
        shown = offers.show(actor=giver.actor, ref=ref, now=NOW)
        assert (shown.words, shown.categories) == ("Glad to shop.", ("shopping",))
        assert len(texts("decision_edited", giver.id)) == 1
        with reading() as uow:
            (decision,) = uow.decisions.of_subject("offer", uow.offers.by_ref(place.id, ref).id)
            assert uow.decisions.old_and_new(decision)["words"] == (
                "Glad to help.", "Glad to shop.",
            )  # fmt: skip
            assert "Glad" not in repr([vars(row) for row in uow.session.query(AuditRow)])


def the_ask_for(helper: BuiltMember, need_ref: str) -> str:
    """The ask of this helper about a need."""
    return next(one.ref for one in asks_of(helper) if one.need_ref == need_ref)


def needs_state(place: BuiltPlace, ref: str) -> NeedState:
    with reading() as uow:
        return uow.needs.by_ref(place.id, ref).state


def offer_state(place: BuiltPlace, ref: str) -> OfferState:
    with reading() as uow:
        return uow.offers.by_ref(place.id, ref).state
