"""Rules tried on what was posted: what would become of it, and what then did (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.checks import held
from enabler.domain.demands import FIRST_HELPS, demands, settings_of
from enabler.domain.judging import OfferFacts, Outcome, Verdict, judge_need, judge_offer
from enabler.domain.meeting import NONE_SO
from enabler.domain.next_steps import is_pressing
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import CredentialKind

MOST_REFS = 12
"""So many refs of a sort are named."""


@dataclass(frozen=True, slots=True)
class PastNeed:
    """A need that was posted: whether it was held then. ``covered``: the rules that are tried hold
    where it lies; ``unproved``: it was held because nobody had proved its asker, ``account_waits``:
    because their account waited for a look. ``signals``: what was noticed in it then, as codes;
    ``posted_at``, ``needed_by``: whether it could wait."""

    ref: str
    category: str
    was_held: bool
    covered: bool = True
    unproved: bool = False
    account_waits: bool = False
    signals: tuple[str, ...] = ()
    posted_at: datetime | None = None
    needed_by: datetime | None = None

    def urgent(self, rules: Ruleset) -> bool:
        """Whether it could not wait, by these rules."""
        if self.posted_at is None or self.needed_by is None:
            return False
        return is_pressing(self.category, self.needed_by, rules, self.posted_at)


@dataclass(frozen=True, slots=True)
class PastOffer:
    """An offer that was posted, as the rules ask about it."""

    ref: str
    facts: OfferFacts
    was_held: bool


@dataclass(frozen=True, slots=True)
class Giving:
    """An offer that stands, with what is checked of its giver. ``helps``: how often a member has
    helped; None of an organisation, which is never new."""

    ref: str
    categories: tuple[str, ...]
    credentials: frozenset[str]
    helps: int | None = None

    def lacks(self, slug: str, setting: str, rules: Ruleset) -> frozenset[str]:
        """What the giver lacks for help of this kind where they meet so, nothing else being so."""
        needed = demands(slug, setting, NONE_SO, rules).credentials
        lacking = needed - held(self.credentials)
        known = self.helps is None or CredentialKind.REFERENCE in self.credentials
        if known or (self.helps or 0) >= rules.first_helps:
            lacking -= {FIRST_HELPS}
        return lacking


@dataclass(frozen=True, slots=True)
class Sort:
    """Needs or offers of which the same is said: what would become of them (and why, by which kind
    of help), whether they were held then, how many, and the refs of some."""

    kind: str  # need or offer
    category: str
    verdict: Verdict
    was_held: bool
    count: int
    refs: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether it would go otherwise than it went."""
        then = Outcome.HELD if self.was_held else Outcome.OPEN
        return self.verdict.outcome is not then


@dataclass(frozen=True, slots=True)
class Loss:
    """Offers that would not be asked any more for a kind of help, at least somewhere where it can
    happen: its new checks are not done."""

    category: str
    missing: tuple[str, ...]
    count: int
    refs: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How many, and the refs of the newest."""

    count: int = 0
    refs: list[str] = field(default_factory=list)

    def add(self, ref: str) -> None:
        """One more."""
        self.count += 1
        if len(self.refs) < MOST_REFS:
            self.refs.append(ref)


def try_needs(
    needs: Iterable[PastNeed], off: Mapping[str, bool], rules: Ruleset
) -> tuple[Sort, ...]:
    """What would become of needs where the rules hold; the others go as they went."""
    verdicts: dict[tuple[object, ...], Verdict] = {}
    found: dict[tuple[str, Verdict, bool], Tally] = {}
    for need in needs:
        if not need.covered:
            continue
        urgent = bool(need.signals) and need.urgent(rules)
        kind = need.category, need.unproved, need.account_waits, need.signals, urgent
        if kind not in verdicts:
            verdicts[kind] = judge_need(
                need.category, off, rules, unproved=need.unproved, signals=need.signals,
                account_waits=need.account_waits, urgent=urgent,
            )  # fmt: skip
        sort = need.category, verdicts[kind], need.was_held
        found.setdefault(sort, Tally()).add(need.ref)
    return _sorts("need", found)


def try_offers(
    offers: Iterable[PastOffer], off: Mapping[str, bool], rules: Ruleset
) -> tuple[Sort, ...]:
    """What would become of offers, by the kind of help that decides, else by their first."""
    found: dict[tuple[str, Verdict, bool], Tally] = {}
    for offer in offers:
        verdict = judge_offer(offer.facts, off, rules)
        kind = verdict.kind or min(offer.facts.categories, default="")
        found.setdefault((kind, verdict, offer.was_held), Tally()).add(offer.ref)
    return _sorts("offer", found)


def _sorts(kind: str, found: Mapping[tuple[str, Verdict, bool], Tally]) -> tuple[Sort, ...]:
    """Those that would go otherwise first, then the most."""
    sorts = [
        Sort(kind, category, verdict, was_held, tally.count, tuple(tally.refs))
        for (category, verdict, was_held), tally in found.items()
    ]
    order = {Outcome.REFUSED: 0, Outcome.HELD: 1, Outcome.OPEN: 2}
    return tuple(sorted(sorts, key=lambda one: (
        not one.differs, order[one.verdict.outcome], -one.count, one.category,
        one.verdict.why or "", one.was_held,
    )))  # fmt: skip


def total(sorts: Iterable[Sort], outcome: Outcome, *, differing: bool = False) -> int:
    """How many would come to this; ``differing``: of those that went otherwise then."""
    return sum(
        one.count for one in sorts
        if one.verdict.outcome is outcome and (one.differs or not differing)
    )  # fmt: skip


def try_checks(offers: Iterable[Giving], old: Ruleset, new: Ruleset) -> tuple[Loss, ...]:
    """Kinds of help for which offers that are asked now would not be asked by the new rules."""
    found: dict[str, Tally] = {}
    missing: dict[str, set[str]] = {}
    for offer in offers:
        for slug in offer.categories:
            lacking = [
                offer.lacks(slug, setting, new) for setting in settings_of(slug)
                if not offer.lacks(slug, setting, old)
            ]  # fmt: skip
            lost = frozenset[str]().union(*lacking)
            if lost:
                found.setdefault(slug, Tally()).add(offer.ref)
                missing.setdefault(slug, set()).update(lost)
    return tuple(
        Loss(slug, tuple(sorted(missing[slug])), tally.count, tuple(tally.refs))
        for slug, tally in sorted(found.items(), key=lambda one: (-one[1].count, one[0]))
    )
