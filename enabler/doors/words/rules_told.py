"""The rules of a place told to everybody: sentences made of what the ruleset says."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, ngettext

from enabler.domain.demands import FIRST_HELPS, demands, settings_of
from enabler.domain.meeting import NONE_SO
from enabler.domain.money import pounds_of
from enabler.domain.risk import LAW
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_keys import MANY, PARTS
from enabler.domain.ruleset_parts import Unit
from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import shown
from enabler.doors.words.preferences import PREFERENCES
from enabler.doors.words.risk_rules import asks_words, rule_words, where_words
from enabler.doors.words.rule_keys import CODES
from enabler.doors.words.rules import kilometres, label_words, value_words
from enabler.doors.words.states import credential_name
from enabler.doors.words.times import clock_words, length_words

Lines = list[str]


def checks_of(slug: str, rules: Ruleset) -> list[str]:
    """What somebody who helps with this must have had checked where such help usually happens, by
    law, by us and by the place."""
    usual, *_others = settings_of(slug)
    return sorted(demands(slug, usual, NONE_SO, rules).credentials - {FIRST_HELPS})


def credentials_words(kinds: Iterable[str]) -> str:
    """Several checks in one line."""
    return ", ".join(credential_name(kind) for kind in sorted(kinds))


def good_to_know(slug: str, rules: Ruleset) -> str:
    """What is special about one kind of help, in short sentences."""
    found = []
    if slug in rules.categories_held:
        found.append(gettext("A person looks at it first."))
    if slug in rules.categories_urgent:
        found.append(gettext("It is always urgent."))
    if rules.preferences.get(slug):
        wishes = " / ".join(shown(PREFERENCES, one) for one in sorted(rules.preferences[slug]))
        found.append(gettext("You may ask for: %(wishes)s.", wishes=wishes))
    if rules.hours and rules.category_earns.get(slug, "hours") != "hours":
        found.append(f"{shown(CODES, f'category_earns.{rules.category_earns[slug]}')}.")
    return " ".join(str(one) for one in found)


def rules_said(rules: Ruleset) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that a version says, part by part, each with its value in words."""
    return [
        (part, [line for key in keys for line in _lines(key.name, key.unit, rules)])
        for part, keys in PARTS.items()
    ]


def _lines(name: str, unit: Unit, rules: Ruleset) -> list[tuple[str, str]]:
    value, label = getattr(rules, name), label_words(name)
    if unit is Unit.RULES:
        return [(where_words(rule), asks_words(rule)) for rule in value]
    if unit is Unit.KINDS:
        kinds = ", ".join(category_name(slug) for slug in sorted(value))
        return [(label, kinds or str(gettext("none")))]
    if unit not in MANY:
        return [(label, value_words(name, value))]
    said: list[Any] = [(of, one) for of, one in sorted(value.items()) if one]
    if unit in (Unit.BY_FACTOR, Unit.BY_THING):
        return [(label_words(f"{name}.{of}"), value_words(name, one)) for of, one in said]
    return [
        (str(gettext("%(of)s: %(label)s", of=category_name(of), label=label)),
         value_words(name, one))
        for of, one in said
    ]  # fmt: skip


def rules_in_words(rules: Ruleset) -> list[tuple[str, Lines]]:
    """The rules as everybody reads them: headings with sentences."""
    told = [
        (gettext("What help asks of a helper"), _care(rules)),
        (gettext("What a person looks at first"), _looks(rules)),
        (gettext("How we ask helpers"), _asking(rules)),
        (gettext("Quiet hours"), _quiet(rules)),
        (gettext("Visits"), _visits(rules)),
    ]
    if rules.hours:
        told.append((gettext("Hours"), _hours(rules)))
    return [(str(title), [str(line) for line in lines]) for title, lines in told]


def _care(rules: Ruleset) -> Lines:
    lines = [rule_words(rule) for rule in rules.risk_rules]
    lines += [gettext("The law asks: %(rule)s", rule=rule_words(rule)) for rule in LAW]
    if rules.first_helps:
        lines.append(ngettext(
            "Somebody new helps %(num)d time where others are about, before they go into a home or"
            " a car.",
            "Somebody new helps %(num)d times where others are about, before they go into a home or"
            " a car.",
            rules.first_helps,
        ))  # fmt: skip
    return lines


def _looks(rules: Ruleset) -> Lines:
    lines = []
    held = [slug for slug in rules.categories_held if slug not in rules.categories_off]
    if held:
        kinds = ", ".join(category_name(slug) for slug in sorted(held))
        lines.append(gettext("A person at the council looks first at: %(kinds)s. In these much can"
                             " go wrong.", kinds=kinds))  # fmt: skip
    if rules.hold_first_offers:
        lines.append(gettext("A person looks at somebody's first offer, to see that all is well."))
    if rules.hold_organisation_offers:
        lines.append(gettext("A person looks at what organisations and businesses offer."))
    if not lines:
        lines.append(gettext("Everything opens at once."))
    lines.append(ngettext("If nobody has looked after %(num)d hour, we remind them.",
                          "If nobody has looked after %(num)d hours, we remind them.",
                          rules.custodian_hours))  # fmt: skip
    return lines


def _asking(rules: Ruleset) -> Lines:
    lines = [
        gettext("If you do not say how far, we look within %(number)s km.",
                number=kilometres(rules.reach_metres)),
        gettext("We ask a few at a time: %(numbers)s.",
                numbers=", ".join(str(one) for one in rules.waves)),
        gettext("They have %(length)s to answer; when it is urgent, %(urgent)s.",
                length=length_words(rules.wave_minutes),
                urgent=length_words(rules.urgent_wave_minutes)),
        ngettext("Help is urgent when it is needed within %(num)d hour.",
                 "Help is urgent when it is needed within %(num)d hours.", rules.urgent_hours),
        gettext("We ask nobody more than %(day)d times a day and %(week)d times a week.",
                day=rules.asks_per_day, week=rules.asks_per_week),
        gettext("Nobody gets more than %(number)d texts a day.", number=rules.texts_per_day),
    ]  # fmt: skip
    if rules.texts_month_pence:
        lines.append(gettext("When the month's money for texts is spent, no reminders go by text."))
    if rules.sharing:
        lines.append(gettext("Helpers from places next to us can take part."))
    return lines


def _quiet(rules: Ruleset) -> Lines:
    begins, ends = (clock_words(*divmod(at, 60)) for at in (rules.quiet_from, rules.quiet_until))
    if rules.quiet_from == rules.quiet_until:
        return [gettext("There are none.")]
    return [
        gettext("From %(begins)s until %(ends)s we send no asks.", begins=begins, ends=ends),
        gettext("We still send codes that you asked for, answers to your own text, and warnings."),
    ]


def _visits(rules: Ruleset) -> Lines:
    return [
        ngettext("A helper can see the address until %(num)d hour after the visit.",
                 "A helper can see the address until %(num)d hours after the visit.",
                 rules.address_hours_after),
        ngettext("If nobody says anything, a visit counts as done after %(num)d day.",
                 "If nobody says anything, a visit counts as done after %(num)d days.",
                 rules.confirm_days),
        gettext("A helper can write down up to %(money)s for one thing that they buy for you.",
                money=pounds_of(rules.costs_most_pence)),
    ]  # fmt: skip


def _hours(rules: Ruleset) -> Lines:
    lines = [
        gettext("You can have help for %(length)s before you have given any.",
                length=length_words(rules.hours_begin)),
        gettext("Whoever has given a lot can go as far as %(length)s below zero.",
                length=length_words(rules.hours_deepest)),
        gettext("One help counts for %(length)s in a day at most.",
                length=length_words(rules.hours_most_per_day)),
    ]  # fmt: skip
    if rules.hours_pot_pays:
        lines.append(gettext("When somebody has no hours, a pot can give them."))
    return lines
