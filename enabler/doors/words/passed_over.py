"""Why a giver was not asked lately, in plain words and in numbers only."""

from flask_babel import ngettext

from enabler.doors.words.marking import N_
from enabler.services.views import PassedOver

LEAD = (
    N_("Last week there was %(num)d need near you that we did not ask you about."),
    N_("Last week there were %(num)d needs near you that we did not ask you about."),
)
WHY: dict[str, tuple[str, str]] = {
    "nearer": (N_("For %(num)d we asked somebody nearer."),
               N_("For %(num)d we asked somebody nearer.")),
    "freer": (N_("For %(num)d we asked somebody who is free for more of the time."),
              N_("For %(num)d we asked somebody who is free for more of the time.")),
    "asked-less": (N_("For %(num)d we asked somebody who has been asked less."),
                   N_("For %(num)d we asked somebody who has been asked less.")),
    "turn": (N_("For %(num)d it was the turn of another group."),
             N_("For %(num)d it was the turn of another group.")),
    "suited-better": (N_("For %(num)d we asked somebody who suited a little better."),
                      N_("For %(num)d we asked somebody who suited a little better.")),
    "elsewhere": (N_("For %(num)d we asked somebody else, so that more people found help."),
                  N_("For %(num)d we asked somebody else, so that more people found help.")),
    "late": (N_("%(num)d could not wait until we may text you."),
             N_("%(num)d could not wait until we may text you.")),
    "cap": (N_("%(num)d came when you had been asked often enough."),
            N_("%(num)d came when you had been asked often enough.")),
    "full": (N_("%(num)d came when you had no room left on that day."),
             N_("%(num)d came when you had no room left on that day.")),
    "capacity": (N_("%(num)d came when you had said yes as often as you can in a week."),
                 N_("%(num)d came when you had said yes as often as you can in a week.")),
    "time": (N_("%(num)d was at a time when you are not free."),
             N_("%(num)d were at times when you are not free.")),
    "away": (N_("%(num)d was at a time when you are away."),
             N_("%(num)d were at times when you are away.")),
    "credential": (N_("%(num)d needs a check that you have not had."),
                   N_("%(num)d need a check that you have not had.")),
    "language": (N_("%(num)d needs a language that you do not speak."),
                 N_("%(num)d need a language that you do not speak.")),
    "preference": (N_("%(num)d asks for something that your offer does not say."),
                   N_("%(num)d ask for something that your offer does not say.")),
}  # fmt: skip


def passed_over_lead(found: PassedOver) -> str:
    """Last week we did not ask you about 3 needs near you."""
    return str(ngettext(*LEAD, found.needs))


def passed_over_lines(found: PassedOver) -> list[str]:
    """Why, the commonest first, each with its number."""
    ordered = sorted(found.because.items(), key=lambda pair: (-pair[1], pair[0]))
    return [str(ngettext(*WHY[code], count)) for code, count in ordered]
