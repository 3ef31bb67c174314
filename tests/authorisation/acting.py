"""Organisations, each with somebody who acts for it and somebody who is asked to."""

from datetime import date, timedelta

from sqlalchemy import select, update

from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import MatchState, NeedState, OrganisationState, Role
from enabler.domain.windows import Weekly
from enabler.persistence.tables.members import OrganisationRow, RoleRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services.ports import Secrets
from tests.authorisation.people import Principal
from tests.authorisation.whose import Refs
from tests.builders import (
    NOW,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    a_need,
    an_offer,
    an_organisation,
)


def organisations(
    here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal], secrets: Secrets
) -> Refs:
    """Theirs who act for one, which they share; the other in each ward; one elsewhere. Of each
    another one, which is *held*, and for which the same people act."""
    found: Refs = {}
    shops = []
    for name, east in (("ward", 900), ("beyond", 2900), ("elsewhere", 900)):
        place = elsewhere if name == "elsewhere" else here
        shop = an_organisation(place, f"Shop-{name}", at=(east, 900))
        found |= _of(shop, [name], secrets) | _held(shop, [name])
        shops.append(([name], shop))
    acting = {one.name: one.organisation for one in principals.values() if one.organisation}
    theirs = next(iter(acting.values()))
    found |= {("colleague", name): theirs.owner.ref for name in principals}
    for names, organisation in ((list(acting), theirs), *((one, shop) for one, shop in shops)):
        found |= asking(organisation, names)
    return found | _of(theirs, list(acting), secrets) | _held(theirs, list(acting))


def another_shop(place: BuiltPlace, name: str, whose: str, secrets: Secrets) -> Refs:
    """One more of a place, with another one that is held, and what it asks for."""
    shop = an_organisation(place, name, at=(900, 900))
    return _of(shop, [whose], secrets) | _held(shop, [whose]) | asking(shop, [whose])


def _of(organisation: BuiltOrganisation, names: list[str], secrets: Secrets) -> Refs:
    """Its ref, its owner's as the *colleague*, and an invitation with the code that came."""
    nonce = f"invited by {organisation.ref}"
    with unit_of_work() as uow:
        asked = uow.colleagues.invite(
            place_id=organisation.place.id, role=Role.ORGANISATION_HELPER,
            ref=uow.refs.new(organisation.place.id, "invitation"), nonce=nonce,
            organisation_id=organisation.id, kind="phone", value="+447700900066",
            invited_by=organisation.owner.id, invited_at=NOW, expires_at=NOW + timedelta(days=7),
        )  # fmt: skip
        uow.commit()
    of_it = {
        "organisation": organisation.ref, "colleague": organisation.owner.ref,
        "invitation": asked.ref, "invitation code": secrets.code(nonce),
    }  # fmt: skip
    return {(kind, name): ref for kind, ref in of_it.items() for name in names}


def asking(organisation: BuiltOrganisation, names: list[str]) -> Refs:
    """What it asks for, and what of that somebody said yes to: its leads' own to answer for."""
    need, agreed = (
        a_need(
            organisation.owner, "meals", organisation_id=organisation.id, address="At its door",
            **columns,
        )
        for columns in ({}, {"state": NeedState.ARRANGED, "slots_filled": 1})
    )  # fmt: skip
    helper = a_member(organisation.place, f"Hob Of{organisation.ref}", at=(3600, 3600))
    offer = an_offer(helper, "meals", reach=9000)
    with unit_of_work() as uow:
        place_id = organisation.place.id
        uow.matches.add(
            reasons=(), place_id=place_id, ref=(match := uow.refs.new(place_id, "match")),
            need_id=uow.needs.by_ref(place_id, agreed).id,
            offer_id=uow.offers.by_ref(place_id, offer).id, helper_id=helper.id,
            state=MatchState.ARRANGED, slot=1, score=700, distance_metres=900, proposed_at=NOW,
            asked_at=NOW, answer_by=NOW + timedelta(hours=1), answered_at=NOW,
            visit_start=NOW + timedelta(hours=26), visit_end=NOW + timedelta(hours=27),
        )  # fmt: skip
        uow.commit()
    of_it = {
        "organisation need": need, "agreed match of organisation": match,
        "organisation series": _every_week(organisation),
    }  # fmt: skip
    return {(kind, name): ref for kind, ref in of_it.items() for name in names}


def _every_week(organisation: BuiltOrganisation) -> str:
    """What it asks for every Thursday, somewhere else than at its door."""
    place = organisation.place
    with unit_of_work() as uow:
        made = uow.series.add(
            Repeat((Weekly(3, 600, 660),), date(2026, 6, 25)), place_id=place.id,
            ref=uow.refs.new(place.id, "series"), asker_id=organisation.owner.id,
            organisation_id=organisation.id, category="meals", words="Soup for our lunch.",
            at_home=False, postcode=place.postcode_at(organisation.east, organisation.north),
            address="The hall", duration_minutes=30, slots=1, languages_required=[],
            preferences=[], reach_metres=None, first_on="2026-03-12", version=1, begun_at=NOW,
        )  # fmt: skip
        uow.commit()
    return made.ref


def _held(like: BuiltOrganisation, names: list[str]) -> Refs:
    """Another one that waits for a custodian, with the same people."""
    new = an_organisation(like.place, f"New {names[0]}", at=(like.east, like.north))
    with unit_of_work() as uow:
        rows = uow.session.scalars(select(RoleRow).where(RoleRow.organisation_id == like.id)).all()
        for row in rows:
            uow.session.add(RoleRow(
                place_id=row.place_id, member_id=row.member_id, role=row.role,
                organisation_id=new.id, from_at=row.from_at, until_at=row.until_at,
            ))  # fmt: skip
        held = update(OrganisationRow).where(OrganisationRow.id == new.id)
        uow.session.execute(held.values(state=OrganisationState.HELD))
        uow.commit()
    return {("held organisation", name): new.ref for name in names}
