"""Why a giver was not asked lately, in plain words and in numbers only."""

from flask_babel import ngettext

from enabler.doors.words.marking import P_
from enabler.services.views import PassedOver

LEAD = P_(
    "Last week there was %(num)d need near you that we did not ask you about.",
    "Last week there were %(num)d needs near you that we did not ask you about.",
)
WHY: dict[str, tuple[str, str]] = {
    "nearer": P_("For %(num)d we asked somebody nearer.", "For %(num)d we asked somebody nearer."),
    "freer": P_(
        "For %(num)d we asked somebody who is free for more of the time.",
        "For %(num)d we asked somebody who is free for more of the time.",
    ),
    "asked-less": P_(
        "For %(num)d we asked somebody who has been asked less.",
        "For %(num)d we asked somebody who has been asked less.",
    ),
    "turn": P_(
        "For %(num)d it was the turn of another group.",
        "For %(num)d it was the turn of another group.",
    ),
    "suited-better": P_(
        "For %(num)d we asked somebody who suited a little better.",
        "For %(num)d we asked somebody who suited a little better.",
    ),
    "elsewhere": P_(
        "For %(num)d we asked somebody else, so that more people found help.",
        "For %(num)d we asked somebody else, so that more people found help.",
    ),
    "late": P_(
        "%(num)d could not wait until we may text you.",
        "%(num)d could not wait until we may text you.",
    ),
    "cap": P_(
        "%(num)d came when you had been asked often enough.",
        "%(num)d came when you had been asked often enough.",
    ),
    "full": P_(
        "%(num)d came when you had no room left on that day.",
        "%(num)d came when you had no room left on that day.",
    ),
    "capacity": P_(
        "%(num)d came when you had said yes as often as you can in a week.",
        "%(num)d came when you had said yes as often as you can in a week.",
    ),
    "time": P_(
        "%(num)d was at a time when you are not free.",
        "%(num)d were at times when you are not free.",
    ),
    "away": P_(
        "%(num)d was at a time when you are away.", "%(num)d were at times when you are away."
    ),
    "credential": P_(
        "%(num)d needs a check that you have not had.",
        "%(num)d need a check that you have not had.",
    ),
    "language": P_(
        "%(num)d needs a language that you do not speak.",
        "%(num)d need a language that you do not speak.",
    ),
    "preference": P_(
        "%(num)d asks for something that your offer does not say.",
        "%(num)d ask for something that your offer does not say.",
    ),
}


def passed_over_lead(found: PassedOver) -> str:
    """Last week we did not ask you about 3 needs near you."""
    return str(ngettext(*LEAD, found.needs))


def passed_over_lines(found: PassedOver) -> list[str]:
    """Why, the commonest first, each with its number."""
    ordered = sorted(found.because.items(), key=lambda pair: (-pair[1], pair[0]))
    return [str(ngettext(*WHY[code], count)) for code, count in ordered]
