"""What pages and messages say of help that stands still, and to councillors and custodians of
people who wait."""

from collections.abc import Sequence

from flask_babel import gettext

from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_

MOST_KINDS = 2
"""Kinds of help that a message names; the page names all."""

TEXTS: dict[str, str] = {
    "no_time_yet": N_(
        "%(category)s, %(when)s: you two have agreed no time yet. Please agree one, or tell us if"
        " it is done or cannot be: %(link)s%(ring)s"
    ),
    "was_done": N_(
        "%(category)s, %(when)s: was it done? Please tell us, also if nobody came or something"
        " went wrong: %(link)s%(ring)s"
    ),
    "brokering_staff": N_(
        "Somebody in %(ward)s waits for help and nobody has said yes: %(category)s, needed by"
        " %(needed_by)s. Can you find someone? %(link)s"
    ),
    "more_waiting_staff": N_(
        "More people in %(place)s wait for help, and nobody has said yes. Can you find someone for"
        " them? All of them, the most pressing first: %(link)s"
    ),
    "texts_money_short_staff": N_(
        "Texts of this month have used four fifths of the money that the rules of %(place)s allow."
        " When it is spent, reminders and news do not go by text. What texts cost: %(link)s"
    ),
    "texts_money_spent_staff": N_(
        "The month's money for texts of %(place)s is spent. Reminders and news do not go by text"
        " now; codes, answers, help and what keeps people safe do. What texts cost: %(link)s"
    ),
    "more_waiting_ward": N_(
        "In %(ward)s %(people)s for help and nobody has said yes: %(kinds)s. Do you know somebody?"
        " %(link)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "no_time_yet": N_("Have you agreed a time?"),
    "was_done": N_("Was it done?"),
    "texts_money_short_staff": N_("Money for texts runs short"),
    "texts_money_spent_staff": N_("The month's money for texts is spent"),
    "brokering_staff": N_("Somebody waits for help"),
    "more_waiting_staff": N_("More people wait for help"),
    "more_waiting_ward": N_("People in your ward wait for help"),
}


def people_words(people: int) -> str:
    """How many wait, as it may be told: one of the steps of ``domain/waiting.py``."""
    if people == 0:
        return str(gettext("nobody waits"))
    if people == 1:
        return str(gettext("fewer than 5 people wait"))
    return str(gettext("%(people)d people or more wait", people=people))


def how_many(people: int) -> str:
    """The same, of one kind of help in a list."""
    if people < 2:
        return str(gettext("fewer than 5 people"))
    return str(gettext("%(people)d people or more", people=people))


def longest_words(days: int | None) -> str:
    """How long somebody has waited, at least, where it may be told; else nothing."""
    if days is None:
        return ""
    return str(gettext(_LONGEST[days]))


_LONGEST: dict[int, str] = {
    0: N_("None of them has waited for a whole day."),
    1: N_("Somebody has waited for more than a day."),
    3: N_("Somebody has waited for more than three days."),
    7: N_("Somebody has waited for more than a week."),
    14: N_("Somebody has waited for more than two weeks."),
}


def kinds_words(kinds: Sequence[str]) -> str:
    """Some kinds of help in the order of their names, and whether there are others."""
    names = [category_name(kind) for kind in kinds[:MOST_KINDS]]
    return ", ".join(names + [str(gettext("and others"))] * (len(kinds) > MOST_KINDS))
