"""Giving help: what is kept, held, paused, ended."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import CredentialKind, OfferState, Terms
from enabler.domain.windows import Weekly, Window
from enabler.persistence.unit_of_work import reading
from enabler.services import moderation, offers
from enabler.services.views import OfferView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    a_place,
    an_offer,
    an_organisation,
    new_rules,
)
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

HOUR = timedelta(hours=1)


def offered(giver: BuiltMember, **draft: Any) -> OfferView:
    """Offer shopping at any time, or as the draft says."""
    asked = {"categories": ("shopping",), "words": "Glad to.", "any_time": True} | draft
    return offers.post(actor=giver.actor, draft=offers.OfferDraft(**asked), key=a_key(), now=NOW)


class TestOffering:
    def test_for_the_first_time_waits_for_a_custodian(self, place: BuiltPlace) -> None:
        helper = a_member(place, credentials=())
        offer = offered(helper)
        assert (offer.state, offer.held_because) == (OfferState.HELD, "first_offer")
        assert offer.missing_credentials == ("identity",)
        assert post(a_member(place, "Ann")).asked == 0

    def test_again_opens_at_once(self, place: BuiltPlace) -> None:
        helper = a_member(place)
        an_offer(helper, "gardening")
        assert offered(helper).state is OfferState.OPEN
        assert post(a_member(place, "Ann")).asked == 1

    def test_for_an_organisation_is_its_leads_to_do_and_waits(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place)
        offer = offered(pantry.owner, organisation_ref=pantry.ref)
        assert (offer.state, offer.held_because) == (OfferState.HELD, "organisation")
        assert (offer.organisation, offer.giver_name) == ("Elmford Pantry", None)
        with pytest.raises(NotAllowed):
            offered(a_member(place), organisation_ref=pantry.ref)
        with pytest.raises(NotFound):
            offered(a_member(place), organisation_ref="ZZZZ")

    def test_stands_at_the_cell_and_never_at_the_home(self, place: BuiltPlace) -> None:
        """Law 7."""
        helper = a_member(place, at=(1999, 1))
        ref = offered(helper).ref
        with reading() as uow:
            kept = uow.offers.by_ref(place.id, ref)
        assert (kept.easting, kept.northing) == (place.west + 1480, place.south + 510)

    def test_twice_with_one_key_is_one_offer(self, place: BuiltPlace) -> None:
        helper, key = a_member(place), a_key()
        draft = offers.OfferDraft(categories=("shopping",), words="Yes", any_time=True)
        refs = {
            offers.post(actor=helper.actor, draft=draft, key=key, now=NOW).ref for _ in range(2)
        }
        assert len(refs) == 1


BAD = [
    ("categories", "categories_empty", {"categories": ()}),
    ("categories", "category_unknown", {"categories": ("shopping", "juggling")}),
    ("words", "words_empty", {"words": ""}),
    ("words", "words_control_characters", {"words": "\x00"}),
    ("stated_terms", "stated_terms_missing", {"terms": Terms.STATED, "stated_terms": " "}),
    ("reach_metres", "reach_metres_out_of_range", {"reach_metres": 50_001}),
    ("weekly", "weekly_empty", {"any_time": False}),
    ("away", "window_in_the_past", {"away": (Window(NOW - 2 * HOUR, NOW - HOUR),)}),
    ("capacity", "capacity_out_of_range", {"capacity": 0}),
    ("languages", "code_unknown", {"languages": ("Cymraeg!",)}),
    ("meets", "code_unknown", {"meets": ("",)}),
    ("meets", "preference_not_here", {"meets": ("woman",)}),
]


class TestBadInput:
    @pytest.mark.parametrize(("field", "code", "draft"), BAD)
    def test_is_refused_at_its_field(
        self, place: BuiltPlace, field: str, code: str, draft: dict[str, Any]
    ) -> None:
        helper = a_member(place)
        with pytest.raises(Invalid) as wrong:
            offered(helper, **draft)
        assert (wrong.value.field, wrong.value.code) == (field, code)
        asked = {"categories": ("shopping",), "words": "Glad to.", "any_time": True} | draft
        with pytest.raises(Invalid) as wrong:
            offers.check_draft(
                actor_place_id=place.id, draft=offers.OfferDraft(**asked), now=NOW, field=field
            )
        assert wrong.value.code == code

    def test_of_hours_cannot_be_written_down(self) -> None:
        for weekly in ((7, 0, 60), (0, 60, 60), (0, 0, 1441)):
            with pytest.raises(Invalid):
                Weekly(*weekly)


class TestAnOffer:
    def test_pauses_and_comes_back(self, place: BuiltPlace) -> None:
        helper = a_member(place)
        ref = an_offer(helper)
        paused = offers.pause(actor=helper.actor, ref=ref, key=a_key(), now=NOW)
        still = {"change", "end", "away"}
        assert (paused.state, paused.may) == (OfferState.PAUSED, {"resume", *still})
        assert post(a_member(place, "Ann")).asked == 0
        back = offers.resume(actor=helper.actor, ref=ref, key=a_key(), now=NOW)
        assert (back.state, back.may) == (OfferState.OPEN, {"pause", "share", *still})

    def test_that_ends_takes_back_its_asks_but_not_a_promise(self, place: BuiltPlace) -> None:
        helper = a_member(place)
        ref = an_offer(helper)
        post(a_member(place, "Ann"))
        promised = accept(helper).ref
        post(a_member(place, "Bea"))
        assert the_ask(helper)

        ended = offers.end(actor=helper.actor, ref=ref, key=a_key(), now=NOW)

        assert (ended.state, ended.may) == (OfferState.ENDED, frozenset())
        assert asks_of(helper) == []
        with reading() as uow:
            assert uow.matches.by_ref(place.id, promised).state.value == "accepted"

    def test_that_is_held_is_not_its_givers_to_open(self, place: BuiltPlace) -> None:
        helper = a_member(place)
        ref = offered(helper).ref
        with pytest.raises(WrongMoment):
            offers.resume(actor=helper.actor, ref=ref, key=a_key(), now=NOW)

    def test_is_its_givers_to_change_and_staffs_to_see(self, place: BuiltPlace) -> None:
        ref = an_offer(a_member(place, "Hal Smith"))
        custodian = a_custodian(place)
        assert offers.show(actor=custodian.actor, ref=ref, now=NOW).giver_name == "Hal"
        with pytest.raises(NotAllowed):
            offers.pause(actor=custodian.actor, ref=ref, key=a_key(), now=NOW)
        with pytest.raises(NotAllowed):
            offers.show(actor=a_member(place, "Olga").actor, ref=ref, now=NOW)


def test_a_place_may_let_first_offers_through() -> None:
    """A place's difference is data (law 11)."""
    place = a_place("trustham", area="LA", policy={"hold_first_offers": False})
    assert offered(a_member(place)).state is OfferState.OPEN
    desk = moderation.desk(actor=a_custodian(place).actor, now=NOW)
    assert desk.of("offer") == ()


def seen(who: BuiltMember, ref: str) -> OfferView:
    return offers.show(actor=who.actor, ref=ref, now=NOW)


class TestANewGiver:
    """Somebody who has never helped reads why not more, and what changes it."""

    def test_reads_what_the_usual_place_of_it_asks_for(self, place: BuiltPlace) -> None:
        newcomer = a_member(place, "Nia New", credentials=[])
        shown = seen(newcomer, an_offer(newcomer, "cleaning", "transport"))
        assert set(shown.missing_credentials) == {"dbs-basic", "driving", "identity"}

    def test_reads_how_often_she_helps_before_she_is_asked_into_homes(
        self, place: BuiltPlace
    ) -> None:
        new_rules(place, {"first_helps": 3})
        newcomer = a_member(place, "Nia New")
        assert seen(newcomer, an_offer(newcomer, "cleaning")).helps_left == 3
        assert seen(newcomer, an_offer(newcomer, "phone-chat")).helps_left == 0
        known = a_member(place, "Rhys", credentials=[CredentialKind.REFERENCE])
        assert seen(known, an_offer(known, "cleaning")).helps_left == 0
        assert seen(a_custodian(place), an_offer(newcomer, "cleaning")).helps_left == 0
