"""What help asks of whoever gives it: by kind, by where it happens, by what is so then (pure).

Unknown means highest: where nobody said where it happens, it may be anywhere where help of this
kind can be, and everything that any of these asks is asked; what may be so there, and of which
nobody said that it is not, counts as so; a kind of help that we do not know asks for the most. What
a place writes can add to the law's least, never take from it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from enabler.domain.categories import category, credentials_for
from enabler.domain.meeting import Circumstance, Setting, possible, so_of, unsaid
from enabler.domain.risk import LAW, Rule
from enabler.domain.ruleset import Ruleset

FIRST_HELPS = "first-helps"
"""Stands among what a helper must hold: they have helped a few times where others were about, or a
custodian has seen references. Counted, never recorded."""
AMONG_OTHERS = frozenset({Setting.PUBLIC, Setting.DOORSTEP, Setting.ONLINE})
"""Where somebody new may help first."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of a helper: ``credentials`` (kinds of checks and FIRST_HELPS); two of them go
    together (``pair``); they ring before they come; what was bought is shown by a receipt; they say
    when they arrive and when they left. ``law``: the codes of the law's rules among it, ``by_law``
    the checks of these: whoever goes must have them, whoever sends them."""

    credentials: frozenset[str] = frozenset()
    pair: bool = False
    call_first: bool = False
    receipt: bool = False
    check_in: bool = False
    law: tuple[str, ...] = ()
    by_law: frozenset[str] = frozenset()


def settings_of(slug: str) -> tuple[Setting, ...]:
    """Where help of this kind can happen, the usual first; of a kind we do not know, anywhere."""
    return category(slug).settings


def possible_of(slug: str, setting: str | None) -> tuple[Circumstance, ...]:
    """What may be so in help of this kind there; anywhere, where no setting is known."""
    settings = settings_of(slug) if setting is None else (setting,)
    return possible(settings, category(slug).never)


def demands(
    slug: str, setting: str | None, circumstances: Collection[str], ruleset: Ruleset,
    extra: Iterable[str] = (),
) -> Demands:  # fmt: skip
    """What help of this kind asks. ``circumstances``: what was said of them (see ``meeting.SAID``);
    ``extra``: credentials that the need asks for by itself."""
    settings = (setting,) if setting is not None else settings_of(slug)
    circumstances = (
        *so_of(circumstances), *unsaid(circumstances, possible_of(slug, setting))
    )  # fmt: skip
    risk = category(slug).risk
    law = _fitting(LAW, slug, risk, settings, circumstances)
    rules = [*_fitting(ruleset.risk_rules, slug, risk, settings, circumstances), *law]
    held = credentials_for(slug, ruleset, extra).union(*(rule.credentials for rule in rules))
    if ruleset.first_helps and not AMONG_OTHERS.issuperset(settings):
        held |= {FIRST_HELPS}
    steps = frozenset[str]().union(*(rule.steps for rule in rules))
    return Demands(
        credentials=held, pair="pair" in steps, call_first="call_first" in steps,
        receipt="receipt" in steps, check_in="check_in" in steps,
        law=tuple(rule.code for rule in law),
        by_law=frozenset[str]().union(*(rule.credentials for rule in law)),
    )  # fmt: skip


def meets_first(slug: str, setting: str | None) -> Setting | None:
    """Where somebody new and whoever they help meet, if they meet: in public or at the door. None
    where somebody new is not asked yet, and where nobody meets anybody."""
    settings = frozenset(settings_of(slug) if setting is None else (Setting(setting),))
    if not settings <= AMONG_OTHERS:
        return None
    return next((one for one in (Setting.PUBLIC, Setting.DOORSTEP) if one in settings), None)


def _fitting(
    rules: Iterable[Rule], slug: str, risk: str, settings: Collection[str],
    circumstances: Collection[str],
) -> list[Rule]:  # fmt: skip
    return [rule for rule in rules if rule.fits(slug, risk, settings, circumstances)]
