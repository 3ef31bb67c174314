"""A rule about what help asks, in a sentence: where it fits, and what is asked then."""

from flask_babel import gettext

from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.risk import STEPS, Rule
from enabler.domain.ruleset_keys import rule_at
from enabler.doors.words import safety
from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.states import credential_name

RISKS: dict[str, str] = {
    "low": N_("Help with little risk"),
    "medium": N_("Help with some risk"),
    "high": N_("Help with much risk"),
}


def rule_words(rule: Rule) -> str:
    """Inside the home; the two are by themselves: two helpers go together."""
    return str(gettext("%(where)s: %(asks)s.", where=where_words(rule), asks=asks_words(rule)))


def where_words(rule: Rule) -> str:
    """For which help a rule is, where, and what must be so."""
    found = [" / ".join(category_name(slug) for slug in sorted(rule.categories))]
    found += [" / ".join(shown(RISKS, risk) for risk in RISKS if risk in rule.risks)]
    settings = [shown(safety.SETTINGS, one) for one in Setting if one in rule.settings]
    found += [" / ".join(settings)]
    found += [shown(safety.CIRCUMSTANCES, one) for one in Circumstance if one in rule.circumstances]
    return "; ".join(part for part in found if part) or str(gettext("Always"))


def asks_words(rule: Rule) -> str:
    """What a rule asks of whoever helps."""
    checks = [credential_name(kind) for kind in sorted(rule.credentials)]
    steps = [shown(safety.STEPS, step) for step in STEPS if getattr(rule, step)]
    return "; ".join([*checks, *steps])


def rule_at_words(of: str) -> str:
    """The rule that stands in a path."""
    rule = rule_at(of)
    return "" if rule is None else rule_words(rule)
