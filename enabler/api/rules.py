"""The rules of a place, for anybody."""

from types import SimpleNamespace
from typing import Any

from enabler.api.resource import Resource
from enabler.api.schemas.rules import RulesSchema
from enabler.domain.categories import credentials_for
from enabler.domain.permissions import Action, Actor
from enabler.domain.ruleset_keys import values_of
from enabler.doors.wiring import now
from enabler.services import market_rules, places
from enabler.services.views.rules import OneVersionView, VersionView

resource = Resource("rules", "The rules of a place.")


@resource.read("/places/<slug>/rules", action=Action.SEE_PUBLIC, gives=RulesSchema)
def of_place(slug: str) -> Any:
    """The rules in force, rules of an area, what is to come, and which were before."""
    place = places.by_slug(slug=slug)
    found = market_rules.show(actor=Actor.anonymous(place.id), place_id=place.id, now=now())
    rules = found.rules
    return SimpleNamespace(
        **_version(found.version), values=values_of(rules), older=found.over,
        kinds=[
            SimpleNamespace(
                category=slug, held=slug in rules.categories_held,
                urgent=slug in rules.categories_urgent,
                credentials=sorted(credentials_for(slug, rules)),
            )
            for slug in found.kinds
        ],
        special=[_special(one) for one in found.special],
        to_come=[_special(one) for one in found.to_come],
    )  # fmt: skip


def _version(one: VersionView) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _special(one: OneVersionView) -> SimpleNamespace:
    outline = None if one.area is None else [[list(at) for at in ring] for ring in one.area.outline]
    differs = {each.path: each.after for each in one.differences}
    return SimpleNamespace(**_version(one.version), outline=outline, differs=differs)
