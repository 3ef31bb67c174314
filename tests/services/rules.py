"""What people of a test do with the rules of their place, in short words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enabler.services import rulesets
from enabler.services.rulesets import When
from enabler.services.views.rules import DraftView
from tests.builders import NOW, BuiltMember
from tests.services.deeds import a_key


def begun(who: BuiltMember, name: str = "Spring", *, now: datetime = NOW, **more: Any) -> DraftView:
    """A draft from the rules in force."""
    return rulesets.begin(actor=who.actor, name=name, key=a_key(), now=now, **more)


def edited(
    who: BuiltMember, draft: DraftView, values: Mapping[str, Any], *, now: datetime = NOW,
    version: int | None = None,
) -> DraftView:  # fmt: skip
    """The draft with these values, from the version that its editor saw."""
    return rulesets.edit(
        actor=who.actor, ref=draft.ref, version=draft.version if version is None else version,
        values=values, key=a_key(), now=now,
    )  # fmt: skip


def placed(who: BuiltMember, draft: DraftView, *, now: datetime = NOW, **when: Any) -> DraftView:
    """The draft from a time, until a time, or in an area."""
    return rulesets.place_when(
        actor=who.actor, ref=draft.ref, version=draft.version, now=now, key=a_key(),
        when=When(**({"name": draft.name} | when)),
    )  # fmt: skip


def proposed(
    who: BuiltMember, draft: DraftView, *, now: datetime = NOW, words: str = "It is time."
) -> DraftView:
    """The draft, proposed."""
    return rulesets.propose(
        actor=who.actor, ref=draft.ref, version=draft.version, words=words, key=a_key(), now=now
    )


def decided(
    who: BuiltMember, ref: str, *, approving: bool = True, now: datetime = NOW, **more: Any
) -> DraftView:
    """What a second person made of it."""
    said = {"words": "I looked at it.", "key": a_key()} | more
    return rulesets.decide(actor=who.actor, ref=ref, approving=approving, now=now, **said)


def approved(
    one: BuiltMember, other: BuiltMember, values: Mapping[str, Any], *, now: datetime = NOW,
    **when: Any,
) -> DraftView:  # fmt: skip
    """Rules with these values, drafted by one and approved by the other."""
    draft = edited(one, begun(one, f"New {a_key()}", now=now), values, now=now)
    draft = placed(one, draft, now=now, **when) if when else draft
    return decided(other, proposed(one, draft, now=now).ref, now=now)
