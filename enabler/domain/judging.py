"""What becomes of a need or an offer that is posted, by the rules: it is open, held for a custodian
or refused, and why (pure).

The services that post ask this, and so does a custodian who tries a draft of the rules on what was
posted before: what is tried is what happens.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from enabler.domain.categories import TREE
from enabler.domain.ruleset import Ruleset
from enabler.domain.signals import codes_that_hold
from enabler.domain.vocabulary import OrganisationState


class Outcome(StrEnum):
    """What becomes of what is posted."""

    OPEN = "open"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of it, why (a code; None when it is open), and because of which kind of help."""

    outcome: Outcome
    why: str | None = None
    kind: str | None = None

    @property
    def held_because(self) -> str | None:
        """Why a custodian looks at it first; None when it opens at once."""
        return self.why if self.outcome is Outcome.HELD else None


OPEN = Verdict(Outcome.OPEN)
UNPROVED = "asker_unverified"
"""Why a need is held whose asker nobody has proved yet."""
ACCOUNT = "account"
"""Why what somebody posts waits whose account waits for a look."""
SIGNAL = "signal"
"""Why a thing is held in which something was noticed."""


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the rules ask about an offer: its kinds of help; the standing of the organisation that
    gives it, if one does; whether an offer of its giver was let through before; whether the
    giver's account waits for a look; what was noticed in it, as codes."""

    categories: tuple[str, ...]
    organisation: OrganisationState | None = None
    known: bool = False
    account_waits: bool = False
    signals: tuple[str, ...] = ()


def refusal_of(slug: str, off: Mapping[str, bool], rules: Ruleset) -> str | None:
    """Why a place has no such kind of help, as a code; None where it has. ``off`` are its own kinds
    of help (see ``Rulesets.category_off``)."""
    if slug not in TREE and slug not in off:
        return "category_unknown"
    return "category_off" if off.get(slug) or slug in rules.categories_off else None


def judge_need(
    category: str, off: Mapping[str, bool], rules: Ruleset, *, unproved: bool = False,
    account_waits: bool = False, signals: Collection[str] = (), urgent: bool = False,
) -> Verdict:  # fmt: skip
    """What becomes of a need of this kind. ``unproved``: a helper would come into the home, or be
    in a car, of somebody of whom nobody knows that they can be reached where they say.
    ``account_waits``: the asker's account waits for a look. ``signals``: what was noticed, as
    codes; of those fewer hold what is ``urgent``."""
    refused = refusal_of(category, off, rules)
    if refused is not None:
        return Verdict(Outcome.REFUSED, refused, category)
    if category in rules.categories_held:
        return Verdict(Outcome.HELD, "category", category)
    if unproved:
        return Verdict(Outcome.HELD, UNPROVED, category)
    if account_waits:
        return Verdict(Outcome.HELD, ACCOUNT, category)
    return _of_signals("need", signals, rules, urgent=urgent)


def _of_signals(
    kind: str, signals: Collection[str], rules: Ruleset, *, urgent: bool = False
) -> Verdict:
    wanted = [code for code in signals if code not in rules.signals_off]
    holding = codes_that_hold(wanted, kind, rules.signals_hold, urgent=urgent)
    return Verdict(Outcome.HELD, SIGNAL) if holding else OPEN


def judge_offer(facts: OfferFacts, off: Mapping[str, bool], rules: Ruleset) -> Verdict:
    """What becomes of an offer: one kind of help that is not here is enough to refuse it, and one
    that is looked at first to hold it."""
    refused = [(slug, refusal_of(slug, off, rules)) for slug in facts.categories]
    for slug, why in refused:
        if why is not None:
            return Verdict(Outcome.REFUSED, why, slug)
    for slug in facts.categories:
        if slug in rules.categories_held:
            return Verdict(Outcome.HELD, "category", slug)
    of_giver = _of_giver(facts, rules)
    return _of_signals("offer", facts.signals, rules) if of_giver is OPEN else of_giver


def _of_giver(facts: OfferFacts, rules: Ruleset) -> Verdict:
    if facts.organisation is not None:
        return _of_organisation(facts.organisation, rules)
    if facts.account_waits:
        return Verdict(Outcome.HELD, ACCOUNT)
    if rules.hold_first_offers and not facts.known:
        return Verdict(Outcome.HELD, "first_offer")
    return OPEN


def _of_organisation(state: OrganisationState, rules: Ruleset) -> Verdict:
    if rules.hold_organisation_offers:
        return Verdict(Outcome.HELD, "organisation")
    if state is OrganisationState.HELD:
        return Verdict(Outcome.HELD, "organisation_new")
    return OPEN
