"""A held thing is changed before it is let through: its author sees what, and why."""

from dataclasses import dataclass, replace
from typing import Any, cast

from enabler.domain.errors import Invalid
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.statements import Decision
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._offer_changes import draft_of
from enabler.services._offer_drafts import checked_draft
from enabler.services._statements import Against, keep_decision
from enabler.services._things import Thing


@dataclass(frozen=True, slots=True)
class Edit:
    """What a custodian writes instead; None leaves it as it is. The last two are offers' alone."""

    words: str | None = None
    categories: tuple[str, ...] | None = None
    reach_metres: int | None = None


def edit(
    uow: UnitOfWork, actor: Actor, thing: Thing, wanted: Edit, reason: str, here: Ground
) -> bool:
    """Whether anything changed. Raises Invalid("words", "categories" or "reach_metres")."""
    found = rewrite(uow, actor, thing, wanted, here, why="moderation")
    if found is None:
        return False
    keep_decision(uow, actor, thing, Against("edit", reason, *found), here)
    return True


def restore(uow: UnitOfWork, actor: Actor, thing: Thing, decision: Decision, here: Ground) -> None:
    """As it was before this edit, where nobody has changed it since."""
    kept = uow.decisions.old_and_new(decision)
    if isinstance(thing.row, Organisation):
        _restore_about(uow, actor, thing, kept.get("about"), here)
        return
    now_is = {
        "words": getattr(thing.row, "words", None), "categories": ",".join(thing.categories),
        "reach_metres": str(getattr(thing.row, "reach_metres", "")),
    }  # fmt: skip
    old = {name: before for name, (before, after) in kept.items() if now_is.get(name) == after}
    categories, reach = old.get("categories"), old.get("reach_metres")
    wanted = Edit(
        old.get("words"), tuple(categories.split(",")) if categories else None,
        int(reach) if reach else None,
    )  # fmt: skip
    rewrite(uow, actor, thing, wanted, here, why="appeal")


def _restore_about(
    uow: UnitOfWork, actor: Actor, thing: Thing, kept: tuple[str | None, str | None] | None,
    here: Ground,
) -> None:  # fmt: skip
    """What an organisation wrote of itself and a custodian did not let through."""
    if kept is None or getattr(thing.row, "about", None) != kept[1]:
        return
    uow.organisations.change(thing.id, about=kept[0])
    uow.audit.record(
        actor, "organisation.edited", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(thing.state, thing.state), why="appeal", columns=("about",),
    )  # fmt: skip


def rewrite(
    uow: UnitOfWork, actor: Actor, thing: Thing, wanted: Edit, here: Ground, *, why: str
) -> tuple[list[str], int] | None:
    """Write it, with its audit: which columns changed, and the audit's id; None where none did."""
    if thing.kind == "need":
        changed = _need(uow, cast(Need, thing.row), wanted)
    elif thing.kind == "offer":
        changed = _offer(uow, cast(Offer, thing.row), wanted, here)
    else:
        raise Invalid("words", "nothing_to_edit")
    if not changed:
        return None
    audit_id = uow.audit.record(
        actor, f"{thing.kind}.edited", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(thing.state, thing.state), why=why, whose=thing.whose,
        columns=tuple(changed), values=changed if thing.whose is not None else None,
    )  # fmt: skip
    return sorted(changed), audit_id


def _need(uow: UnitOfWork, need: Need, wanted: Edit) -> dict[str, tuple[str | None, str | None]]:
    if wanted.words is None:
        return {}
    words = checked_words("words", wanted.words)
    if words == need.words:
        return {}
    uow.needs.change(need.id, words=words, version=need.version + 1)
    return {"words": (need.words, words)}


def _offer(
    uow: UnitOfWork, offer: Offer, wanted: Edit, here: Ground
) -> dict[str, tuple[str | None, str | None]]:
    before: dict[str, Any] = {
        "words": offer.words, "categories": tuple(sorted(offer.categories)),
        "reach_metres": offer.reach_metres,
    }  # fmt: skip
    wishes: dict[str, Any] = {
        "words": wanted.words, "categories": wanted.categories, "reach_metres": wanted.reach_metres,
    }  # fmt: skip
    draft = draft_of(uow, offer)
    asked = replace(draft, **{name: value for name, value in wishes.items() if value is not None})
    off = uow.rulesets.category_off(offer.place_id)
    after: dict[str, Any] = {}
    for name in before:
        new = asked
        if wishes[name] is not None:
            new = checked_draft(asked, off=off, ruleset=here.ruleset, now=here.now, field=name)
        after[name] = getattr(new, name)
    after["categories"] = tuple(sorted(after["categories"]))
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if changed:
        uow.offer_changes.rewrite(
            offer.id, categories=after["categories"], weekly=offer.weekly,
            point=(offer.easting, offer.northing), reach_metres=after["reach_metres"],
            words=after["words"], version=offer.version + 1,
        )  # fmt: skip
    return {name: (_said(old), _said(new)) for name, (old, new) in changed.items()}


def _said(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
