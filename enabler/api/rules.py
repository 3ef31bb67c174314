"""The rules of a place, for anybody."""

from types import SimpleNamespace
from typing import Any

from enabler.api.resource import Resource
from enabler.api.schemas.rules import RulesSchema
from enabler.domain.demands import FIRST_HELPS, demands, settings_of
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Action, Actor
from enabler.domain.risk import written_rule
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
        **_version(found.version), older=found.over,
        values={path: value for path, value in values_of(rules).items() if not _is_rule(path)},
        risk_rules=[written_rule(rule) for rule in rules.risk_rules],
        kinds=[
            SimpleNamespace(
                category=slug, held=slug in rules.categories_held,
                urgent=slug in rules.categories_urgent,
                credentials=sorted(
                    demands(slug, settings_of(slug)[0], NONE_SO, rules).credentials - {FIRST_HELPS}
                ),
            )
            for slug in found.kinds
        ],
        special=[_special(one) for one in found.special],
        to_come=[_special(one) for one in found.to_come],
    )  # fmt: skip


def _is_rule(path: str) -> bool:
    return path.startswith("risk_rules.")


def _version(one: VersionView) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _special(one: OneVersionView) -> SimpleNamespace:
    outline = None if one.area is None else [[list(at) for at in ring] for ring in one.area.outline]
    differs = {each.path: each.after for each in one.differences}
    return SimpleNamespace(**_version(one.version), outline=outline, differs=differs)
