"""Organisations, each with somebody who acts for it and somebody who is asked to."""

from datetime import timedelta

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services.ports import Secrets
from tests.authorisation.people import Principal
from tests.authorisation.whose import Refs
from tests.builders import NOW, BuiltOrganisation, BuiltPlace, an_organisation


def organisations(
    here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal], secrets: Secrets
) -> Refs:
    """Theirs who act for one, which they share; the other in each ward; one elsewhere."""
    found: Refs = {}
    for name, east in (("ward", 900), ("beyond", 2900), ("elsewhere", 900)):
        place = elsewhere if name == "elsewhere" else here
        shop = an_organisation(place, f"Shop-{name}", at=(east, 900))
        found |= _of(shop, [name], secrets)
    acting = {one.name: one.organisation for one in principals.values() if one.organisation}
    theirs = next(iter(acting.values()))
    found |= {("colleague", name): theirs.owner.ref for name in principals}
    return found | _of(theirs, list(acting), secrets)


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
