"""Why somebody was asked, and why nobody was found, in plain sentences."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext, ngettext

from enabler.domain.matches import Reason
from enabler.doors.words.marking import N_, shown

REASONS: dict[str, str] = {
    "nearness": N_("you are close by"),
    "time_fit": N_("you are free at that time"),
    "asked_least": N_("you have not been asked much lately"),
    "acceptance": N_("you often say yes"),
    "reciprocity": N_("you have had help yourself"),
    "language": N_("you speak the language"),
    "rotation": N_("it is the turn of your group"),
}
"""Said to the helper before anything is agreed: none of them tells who it is that asks. So it is
not said that they have helped this person before."""

_UNMET = (N_("%(num)d helper does not meet what was asked for."),
          N_("%(num)d helpers do not meet what was asked for."))  # fmt: skip
REFUSALS: dict[str, tuple[str, str]] = {
    "category": (N_("%(num)d offer is for another kind of help."),
                 N_("%(num)d offers are for other kinds of help.")),
    "reach": (N_("%(num)d helper is too far away."), N_("%(num)d helpers are too far away.")),
    "time": (N_("%(num)d helper is not free then."), N_("%(num)d helpers are not free then.")),
    "away": (N_("%(num)d helper is away."), N_("%(num)d helpers are away.")),
    "credential": (N_("%(num)d helper has not had the check that this needs."),
                   N_("%(num)d helpers have not had the check that this needs.")),
    "capacity": (N_("%(num)d helper has enough to do this week."),
                 N_("%(num)d helpers have enough to do this week.")),
    "language": (N_("%(num)d helper does not speak the language."),
                 N_("%(num)d helpers do not speak the language.")),
    "cap": (N_("%(num)d helper has been asked often enough for now."),
            N_("%(num)d helpers have been asked often enough for now.")),
    "same_person": (N_("%(num)d offer is your own."), N_("%(num)d offers are your own.")),
    "same_household": (N_("%(num)d offer is from your own home."),
                       N_("%(num)d offers are from your own home.")),
    "blocked": (N_("%(num)d helper cannot be asked."), N_("%(num)d helpers cannot be asked.")),
    "held": (N_("%(num)d offer is still being checked."),
             N_("%(num)d offers are still being checked.")),
    "place": (N_("%(num)d helper is in another area."), N_("%(num)d helpers are in other areas.")),
    "asked": (N_("%(num)d helper has been asked already."),
              N_("%(num)d helpers have been asked already.")),
    "other-offer": (N_("%(num)d offer is of somebody who can be asked by another."),
                    N_("%(num)d offers are of somebody who can be asked by another.")),
}  # fmt: skip

REFUSALS_FOR_STAFF: dict[str, tuple[str, str]] = {
    "same_person": (N_("%(num)d offer is of the person who asks."),
                    N_("%(num)d offers are of the person who asks.")),
    "same_household": (N_("%(num)d offer is from the same home."),
                       N_("%(num)d offers are from the same home.")),
}  # fmt: skip
"""Where *your own* would be the wrong person's."""

NEAR_MISSES: dict[str, tuple[str, str]] = {
    "time": (N_("%(num)d helper could come at another time."),
             N_("%(num)d helpers could come at another time.")),
    "reach": (N_("%(num)d helper is just a little too far away."),
              N_("%(num)d helpers are just a little too far away.")),
    "language": (N_("%(num)d helper fits but for the language."),
                 N_("%(num)d helpers fit but for the language.")),
    "": (N_("%(num)d helper fits but for one thing."),
         N_("%(num)d helpers fit but for one thing.")),
}  # fmt: skip


def why_asked(reasons: Iterable[Reason]) -> list[str]:
    """Why this helper was asked: what spoke for it, the strongest first, each once."""
    strongest = sorted((reason for reason in reasons if reason.points > 0),
                       key=lambda reason: -reason.points)  # fmt: skip
    said = [shown(REASONS, reason.factor) for reason in strongest if reason.factor in REASONS]
    return list(dict.fromkeys(said))


def why_nobody(refused: dict[str, int]) -> list[str]:
    """Why offers could not be asked, the commonest first, each with its number: for the asker.

    A code that no rule has is a preference of the need's: nobody met it.
    """
    return _counts(refused, REFUSALS)


def why_nobody_for_staff(refused: dict[str, int]) -> list[str]:
    """Likewise, for people who look behind somebody else's need."""
    return _counts(refused, REFUSALS | REFUSALS_FOR_STAFF)


def near_misses(found: dict[str, int]) -> list[str]:
    """What would help: so many would fit but for one thing."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [_counted(NEAR_MISSES.get(code, NEAR_MISSES[""]), n) for code, n in ordered if n > 0]


def _counts(refused: dict[str, int], words: Mapping[str, tuple[str, str]]) -> list[str]:
    ordered = sorted(refused.items(), key=lambda pair: (-pair[1], pair[0]))
    return [_counted(words.get(code, _UNMET), count) for code, count in ordered if count > 0]


def _counted(words: tuple[str, str], count: int) -> str:
    return str(ngettext(words[0], words[1], count))


def asked_because(reasons: Iterable[Reason]) -> str:
    """You were asked because you are close by and you are free at that time."""
    said = why_asked(reasons)
    if not said:
        return str(gettext("You were asked because your offer fits what is needed."))
    if len(said) == 1:
        return str(gettext("You were asked because %(reason)s.", reason=said[0]))
    listed = ", ".join(said[:-1])
    return str(
        gettext("You were asked because %(reasons)s and %(last)s.", reasons=listed, last=said[-1])
    )
