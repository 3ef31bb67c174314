"""The rules of a place, for everybody: what is in force, what is to come, what was before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from enabler.domain.categories import TREE
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.ruleset_drafts import Version
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._rules_views import one_version, rules_of, version_views
from enabler.services.views.rules import MarketRulesView, OneVersionView, VersionView


def show(
    *, actor: Actor, place_id: int, number: int | None = None, now: datetime
) -> MarketRulesView:
    """The rules in force, or another version of them by its ``number``. No person is named.

    Raises NotFound.
    """
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        versions = uow.rulesets.versions(place_id)
        views = version_views(uow, versions, place_id, now, staff=False)
        standing = uow.rulesets.in_force(place_id, now).version
        read = uow.rulesets.version(place_id, standing if number is None else number)
        off = uow.rulesets.category_off(place_id)
        rules = rules_of(read)
        return MarketRulesView(
            version=views[standing], rules=rules,
            kinds=tuple(
                slug for slug in _all_kinds(off)
                if not off.get(slug) and slug not in rules.categories_off
            ),
            special=_in_state(uow, versions, views, place_id, "in-force"),
            to_come=_in_state(uow, versions, views, place_id, "to-come"),
            over=tuple(one for one in views.values() if one.state == "over"),
            reads=None if read.number == standing else views[read.number],
        )  # fmt: skip


def kinds(*, actor: Actor, place_id: int) -> tuple[str, ...]:
    """Every kind of help that a place's rules can speak of: those of the tree, then its own."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        return _all_kinds(uow.rulesets.category_off(place_id))


def _all_kinds(off: Collection[str]) -> tuple[str, ...]:
    return (*TREE, *sorted(set(off) - set(TREE)))


def _in_state(
    uow: UnitOfWork, versions: Sequence[Version], views: dict[int, VersionView], place_id: int,
    state: str,
) -> tuple[OneVersionView, ...]:  # fmt: skip
    """Versions that are to come, or of those in force the ones that are for an area."""
    found = [
        one for one in versions
        if views[one.number].state == state and (one.covers or state != "in-force")
    ]  # fmt: skip
    found.sort(key=lambda one: (one.from_at, one.number))
    return tuple(one_version(uow, one, versions, views[one.number], place_id) for one in found)
