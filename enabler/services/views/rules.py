"""The rules of a place: versions, drafts, what a draft would have done. Only staff read names, and
only those of colleagues."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.rule_trial import Loss, Sort
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_drafts import DraftState
from enabler.domain.ruleset_keys import Difference

Outline = tuple[tuple[tuple[float, float], ...], ...]
"""Rings of longitude and latitude in degrees of WGS 84."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """Where special rules hold: the names of the wards that were chosen, none where it was drawn;
    its outline, and those of the place's wards beside it."""

    wards: tuple[str, ...]
    outline: Outline
    place: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the rules. ``state``: in-force, to-come, over, or beneath (another
    one of the whole place holds, at whose end this one holds again); ``over_at``: when it is over
    for good, where that is known. ``imported``: it came with the place's files, and nobody here
    approved it; else the names of who proposed and approved it (only for staff). ``wards``:
    names of the wards for which it is alone; ``covers``: it is for an area. For staff:
    ``draft_ref``: the draft that became it; ``can_end``: two of them can let it end now;
    ``ending``: the ref of the proposal that it ends, while that waits."""

    number: int
    name: str
    state: str
    from_at: datetime
    over_at: datetime | None
    covers: bool
    wards: tuple[str, ...]
    imported: bool
    proposed_by: str | None = None
    approved_by: str | None = None
    draft_ref: str | None = None
    can_end: bool = False
    ending: str | None = None


@dataclass(frozen=True, slots=True)
class OneVersionView:
    """A version with what it says, where it holds, and in what it differs from the one before it
    (``differs_from``; None for the first)."""

    version: VersionView
    rules: Ruleset
    area: AreaView | None
    differs_from: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft. ``rules`` is what it says, ``standing`` the version that it is compared with: the
    one in force when it would begin; ``old``: it was made from one (``based_on``) that is over or
    replaced. ``mine``: the reader proposed it; ``may_decide``: the reader can decide now."""

    ref: str
    name: str
    state: DraftState
    version: int
    rules: Ruleset
    based_on: int
    old: bool
    standing: int
    differences: tuple[Difference, ...]
    from_at: datetime | None
    until_at: datetime | None
    covers: bool
    ward_codes: tuple[str, ...]
    wards: tuple[str, ...]
    drafted_by: str
    changed_by: str
    changed_at: datetime
    words: str | None
    proposed_by: str | None
    proposed_at: datetime | None
    answer_by: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    decided_words: str | None
    became: int | None
    mine: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class MeanwhileView:
    """What others changed in a draft since somebody opened it: who (a name), when, in what."""

    by: str
    at: datetime
    differences: tuple[Difference, ...]
    when_changed: bool


@dataclass(frozen=True, slots=True)
class RulesDeskView:
    """The rules at the desk: in force (the whole place's first), to come, drafted, proposed, the
    newest that came to nothing, and those that are over, the newest first."""

    in_force: tuple[VersionView, ...]
    to_come: tuple[VersionView, ...]
    drafts: tuple[DraftView, ...]
    proposed: tuple[DraftView, ...]
    ended: tuple[DraftView, ...]
    over: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class TrialView:
    """What a draft would have done with what was posted in so many days, and with what stands."""

    draft: DraftView
    days: int
    needs: int
    needs_covered: int
    offers: int
    sorts: tuple[Sort, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class MarketRulesView:
    """The rules that everybody reads: what is in force for the whole place, special rules of areas
    that hold now, what is to come, and what was before. ``kinds`` are the kinds of help that there
    are, those that the place added among them."""

    version: VersionView
    rules: Ruleset
    kinds: tuple[str, ...]
    special: tuple[OneVersionView, ...]
    to_come: tuple[OneVersionView, ...]
    over: tuple[VersionView, ...]
    reads: VersionView | None = None
    """An older version that is read instead, if one is."""
