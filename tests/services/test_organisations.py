"""Organisations: registered, held, let in or refused; shown to everybody, changed by who leads."""

from dataclasses import replace
from typing import Any

import pytest

from enabler.domain.errors import Invalid, LimitReached, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import OfferState, OrganisationState
from enabler.domain.windows import Weekly
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import moderation, offers, organisations
from enabler.services.offers import OfferDraft
from enabler.services.views import OrganisationView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    a_place,
    an_offer,
    an_organisation,
)
from tests.services.acting import refreshed, staffed, told
from tests.services.deeds import a_key, asks_of, post
from tests.web.organisation_scene import CAFE

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "gang"}, "kind", "organisation_kind_unknown"),
    ({"name": " "}, "organisation_name", "organisation_name_missing"),
    ({"about": ""}, "about", "words_empty"),
    ({"postcode": "ZZ9 9ZZ"}, "postcode", "postcode_unknown"),
    ({"postcode": "NE1 1AA"}, "postcode", "postcode_outside_place"),
    ({"address": ""}, "address", "address_missing"),
    ({"phone": None, "mail": None, "web": None}, "phone", "reach_missing"),
    ({"phone": "12"}, "phone", "phone_malformed"),
    ({"mail": "x@"}, "mail", "email_malformed"),
    ({"web": "javascript:alert(1)"}, "web", "web_malformed"),
    ({"web": "https://a@evil.example.org"}, "web", "web_malformed"),
    ({"web": 'https://x.org/"onload="x'}, "web", "web_malformed"),
    ({"hours": (Weekly(1, 540, 720), Weekly(1, 700, 800))}, "hours", "hours_overlap"),
    ({"can_show": ("gold",)}, "can_show", "code_unknown"),
]


def registered(who: BuiltMember, **draft: Any) -> OrganisationView:
    """The café, as somebody registers it."""
    said = replace(CAFE, **({"postcode": who.place.postcode_at(1500, 1500)} | draft))
    return organisations.register(actor=who.actor, draft=said, key=a_key(), now=NOW)


def decided(custodian: BuiltMember, ref: str, words: str | None = None) -> str:
    """A custodian approves it, or refuses it in words."""
    act, said = (moderation.approve, {}) if words is None else (moderation.refuse, {"words": words})
    return act(actor=custodian.actor, ref=ref, key=a_key(), now=NOW, **said).state  # type: ignore[operator]


class TestRegistering:
    def test_waits_for_a_custodian_and_is_nobodys_to_see(self, place: BuiltPlace) -> None:
        carla = a_member(place, "Carla Kettle")
        cafe = registered(carla)
        assert (cafe.state, cafe.name) == (OrganisationState.HELD, "Copper Kettle")
        assert (cafe.phone, cafe.web) == ("+441174960123", "https://kettle.example.org")
        for who in (a_member(place, "Stan"), refreshed(a_member(a_place("far", area="CF")))):
            with pytest.raises(NotFound):
                organisations.show(actor=who.actor, ref=cafe.ref, now=NOW)
        owner = refreshed(carla)
        assert "board" not in organisations.show(actor=owner.actor, ref=cafe.ref, now=NOW).may
        assert told(carla) == ["organisation_held"]

    def test_twice_with_one_key_is_one(self, place: BuiltPlace) -> None:
        carla, key = a_member(place, "Carla Kettle"), a_key()
        said = replace(CAFE, postcode=place.postcode_at(1500, 1500))
        refs = {
            organisations.register(actor=carla.actor, draft=said, key=key, now=NOW).ref
            for _ in range(2)
        }
        assert len(refs) == 1

    def test_of_more_than_three_at_once_is_too_many(self, place: BuiltPlace) -> None:
        carla = a_member(place, "Carla Kettle")
        for _ in range(3):
            registered(carla)
        with pytest.raises(LimitReached, match="organisations_waiting"):
            registered(carla)

    def test_of_what_means_nothing_is_refused(self, place: BuiltPlace) -> None:
        carla = a_member(place)
        for wrong, field, code in WRONG:
            with pytest.raises(Invalid) as refused:
                registered(carla, **wrong)
            assert (refused.value.field, refused.value.code) == (field, code)


class TestACustodian:
    def test_lets_it_in(self, place: BuiltPlace) -> None:
        carla, custodian = a_member(place, "Carla Kettle"), a_custodian(place)
        cafe = registered(carla)
        (held,) = moderation.desk(actor=custodian.actor, now=NOW).of("organisation")
        case = moderation.look(actor=custodian.actor, ref=cafe.ref, now=NOW)
        assert (held.ref, held.organisation) == (cafe.ref, "Copper Kettle")
        assert case is not None
        assert case.missing_credentials == ("food-hygiene", "insurance")
        assert decided(custodian, cafe.ref) == "active"
        stranger = a_member(place, "Stan")
        seen = organisations.show(actor=stranger.actor, ref=cafe.ref, now=NOW)
        assert (seen.state, seen.may, seen.can_show) == (OrganisationState.ACTIVE, frozenset(), ())
        assert "organisation_approved" in told(carla)
        with pytest.raises(WrongMoment):
            decided(custodian, cafe.ref)

    def test_refuses_it_with_a_reason_that_its_owner_reads(self, place: BuiltPlace) -> None:
        carla, custodian = a_member(place, "Carla Kettle"), a_custodian(place)
        cafe = registered(carla)
        offer = offered(refreshed(carla), cafe.ref)
        assert decided(custodian, cafe.ref, "There is no such street.") == "refused"
        owner = refreshed(carla)
        seen = organisations.show(actor=owner.actor, ref=cafe.ref, now=NOW)
        assert (seen.refused_words, seen.may) == ("There is no such street.", {"leave"})
        assert offers.show(actor=owner.actor, ref=offer, now=NOW).state is OfferState.ENDED
        with pytest.raises(WrongMoment, match="organisation_not_active"):
            offered(owner, cafe.ref)

    def test_decides_about_no_organisation_of_their_own(self, place: BuiltPlace) -> None:
        custodian = a_custodian(place)
        cafe = registered(custodian)
        with pytest.raises(NotAllowed, match="own_case"):
            decided(custodian, cafe.ref)

    def test_of_another_place_finds_nothing(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        cafe = registered(a_member(place, "Carla Kettle"))
        with pytest.raises(NotFound):
            decided(a_custodian(noise), cafe.ref)


def offered(owner: BuiltMember, ref: str) -> str:
    """A dinner in the café's name."""
    draft = OfferDraft(("meals",), "A warm dinner.", any_time=True, organisation_ref=ref)
    return offers.post(actor=owner.actor, draft=draft, key=a_key(), now=NOW).ref


class TestOffersOfAnOrganisationThatWaits:
    def test_can_be_got_ready_and_are_asked_for_nothing(self, place: BuiltPlace) -> None:
        carla, custodian = a_member(place, "Carla Kettle"), a_custodian(place)
        cafe, owner = registered(carla), refreshed(carla)
        offer = offered(owner, cafe.ref)
        with pytest.raises(WrongMoment, match="giver_not_active"):
            decided(custodian, offer)
        decided(custodian, cafe.ref)
        assert decided(custodian, offer) == "open"

    def test_open_with_it_where_a_place_holds_none(self) -> None:
        place = a_place("openham", area="CF", policy={"hold_organisation_offers": False})
        carla = a_member(place, "Carla Kettle")
        cafe = registered(carla)
        offer = offered(refreshed(carla), cafe.ref)
        post(a_member(place, "Ann"), "meals")
        owner = refreshed(carla)
        assert offers.show(actor=owner.actor, ref=offer, now=NOW).held_because == "organisation_new"
        assert asks_of(owner) == []
        decided(a_custodian(place), cafe.ref)
        assert offers.show(actor=owner.actor, ref=offer, now=NOW).state is OfferState.OPEN


class TestItsPage:
    def test_shows_what_is_open_and_nothing_else(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place)
        an_offer(pantry, "meals")
        an_offer(pantry, "goods", state=OfferState.HELD)
        both = [("meals",), ("goods",)]
        for who, kinds in ((a_member(place), both[:1]), (pantry.owner, both)):
            seen = organisations.show(actor=who.actor, ref=pantry.ref, now=NOW)
            assert [one.categories for one in seen.offers] == kinds

    def test_is_changed_by_who_leads_it(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        pantry = an_organisation(place)
        people = staffed(place, pantry) | {"elsewhere": an_organisation(noise, "Their Own").owner}
        allowed = {}
        for name, who in people.items():
            try:
                organisations.change(
                    actor=who.actor, ref=pantry.ref, about=f"We cook: {name}.", phone=None,
                    mail=None, web="www.pantry.example.org", key=a_key(), now=NOW,
                )  # fmt: skip
                organisations.set_hours(
                    actor=who.actor, ref=pantry.ref, hours=(Weekly(2, 600, 720),),
                    open_on_bank_holidays=True, key=a_key(), now=NOW,
                )  # fmt: skip
                allowed[name] = True
            except (NotAllowed, NotFound):
                allowed[name] = False
        assert allowed == {"owner": True, "coordinator": True, "helper": False, "stranger": False,
                           "elsewhere": False}  # fmt: skip
        seen = organisations.show(actor=people["stranger"].actor, ref=pantry.ref, now=NOW)
        assert (seen.about, seen.hours) == ("We cook: coordinator.", (Weekly(2, 600, 720),))
        with reading() as uow:
            history = [one.what for one in uow.audit.of("organisation", pantry.id)]
        assert history == ["organisation.changed"] * 4

    def test_of_one_that_was_stopped_is_gone(self, place: BuiltPlace) -> None:
        stranger, pantry = a_member(place), an_organisation(place)
        with unit_of_work() as uow:
            uow.organisations.change(pantry.id, state=OrganisationState.SUSPENDED)
            uow.commit()
        with pytest.raises(NotFound):
            organisations.show(actor=stranger.actor, ref=pantry.ref, now=NOW)


def test_the_name_of_one_that_waits_passes_the_signals_as_its_words_do(place: BuiltPlace) -> None:
    owner = a_member(place, "Owen")
    kept = organisations.register(
        actor=owner.actor, key=a_key(), now=NOW,
        draft=organisations.OrganisationDraft(
            kind="community-group", name="Erotic Massage Club", about="We help with shopping.",
            postcode=place.postcode_at(500, 500), address="2 Market Row", phone="0117 496 0123",
        ),
    )  # fmt: skip
    with reading() as uow:
        row = uow.organisations.by_ref(place.id, kept.ref)
        (found,) = uow.signals.of(place.id, "organisation", [row.id]).values()
    assert "worry_sexual" in {one.code for one in found}
