"""Organisations in words: what kind, what part somebody has in one, and what is refused of them."""

from collections.abc import Iterable

from flask_babel import gettext

from enabler.domain.windows import Weekly
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import clock_words, weekday_words

KINDS: dict[str, str] = {
    "business": N_("A business"),
    "community-group": N_("A community group or charity"),
    "public-service": N_("A public service"),
}
STATES: dict[str, str] = {
    "held": N_("Being checked"),
    "active": N_("Open to everybody"),
    "paused": N_("Paused"),
    "refused": N_("Not accepted"),
    "suspended": N_("Stopped for now"),
    "erased": N_("Ended"),
}
ROLES: dict[str, str] = {
    "organisation-owner": N_("Owner"),
    "organisation-coordinator": N_("Coordinator"),
    "organisation-helper": N_("Helper"),
}
ROLE_MEANS: dict[str, str] = {
    "organisation-owner": N_("Does everything, and says who acts for you."),
    "organisation-coordinator": N_("Answers what you are asked, and says who goes."),
    "organisation-helper": N_("Sees only what is given to them by name, and goes."),
}
SHOWN_ON: dict[str, str] = {
    "all": N_("Everything"),
    "today": N_("Today"),
    "week": N_("This week"),
    "nobody": N_("Nobody chosen yet"),
}
SENTENCES: dict[str, str] = {
    "organisation_kind_unknown": N_("Choose what kind of organisation it is."),
    "organisation_name_missing": N_("Type the name of the organisation."),
    "organisation_name_too_long": N_("Type a name of at most %(longest)s letters."),
    "reach_missing": N_("Give at least one: a phone number, an email address or a web address."),
    "web_malformed": N_("Type a web address, like www.example.org."),
    "hours_overlap": N_("Two of these times overlap. Make them one, or change one of them."),
    "hours_malformed": N_("Type it like 9am to 5pm, or 9am to midday, 1pm to 5pm."),
    "hours_end_first": N_("The closing time must come after the opening time."),
    "organisations_waiting": N_(
        "You have %(most)d organisations that we still look at. Please wait until we have."
    ),
    "organisation_not_active": N_("The organisation is not open. Please ring the council."),
    "giver_not_active": N_("Decide about the organisation first, then about what it offers."),
    "organisation_unknown": N_("We cannot find that organisation."),
    "colleague_unknown": N_("This person does not act for the organisation any more."),
    "colleague_missing": N_("Choose who goes."),
    "colleague_apart": N_("This person cannot go. Please choose somebody else."),
    "colleague_unchecked": N_(
        "The law asks for a check of whoever does this, and the council has not seen one of theirs."
        " Choose somebody else, or let the council see it first."
    ),
    "acts_already": N_("You act for this organisation already."),
    "last_owner": N_("There must be an owner. Make somebody else an owner first."),
    "role_not_of_staff": N_("Only a role of the council's staff ends like this."),
    "role_not_held": N_("They do not have this role."),
    "role_unknown": N_("Choose what they do."),
    "leave_instead": N_("You cannot remove yourself here. Leave the organisation instead."),
    "invitations_too_many": N_("You have asked many people today. Please go on tomorrow."),
    "invitation_unknown": N_("We cannot find what you were asked."),
    "invitation_over": N_("This is over: it was answered, taken back, or too long ago."),
    "invitation_code_wrong": N_(
        "This is not the code from our message. Look at it and try again (tries left: %(left)s)."
    ),
    "to_missing": N_("Type a mobile phone number or an email address."),
}


def kind_words(kind: str) -> str:
    """What kind of organisation it is."""
    return shown(KINDS, kind)


def state_words(state: str) -> str:
    """Where an organisation stands."""
    return shown(STATES, state)


def role_words(role: str) -> str:
    """What part somebody has in an organisation."""
    return shown(ROLES, role)


def role_means(role: str) -> str:
    """What that part is."""
    return shown(ROLE_MEANS, role)


def shown_on_words(only: str) -> str:
    """What a board is limited to."""
    return shown(SHOWN_ON, only)


def opening_words(hours: Iterable[Weekly]) -> list[tuple[str, str]]:
    """Each day of the week with its hours: (Monday, 9am to midday, 1pm to 5pm)."""
    by_day: dict[int, list[str]] = {day: [] for day in range(7)}
    for each in hours:
        start, end = divmod(each.start_minute, 60), divmod(each.end_minute, 60)
        words = gettext("%(start)s to %(end)s", start=clock_words(*start), end=clock_words(*end))
        by_day[each.weekday].append(str(words))
    return [
        (weekday_words(day), ", ".join(found) or str(gettext("closed")))
        for day, found in by_day.items()
    ]
