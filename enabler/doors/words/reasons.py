"""Why somebody was asked, and why nobody was found, in plain sentences."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext, ngettext

from enabler.domain.matches import Reason
from enabler.doors.words.marking import N_, P_, shown

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

_UNMET = P_(
    "%(num)d helper does not meet what was asked for.",
    "%(num)d helpers do not meet what was asked for.",
)
REFUSALS: dict[str, tuple[str, str]] = {
    "category": P_(
        "%(num)d offer is for another kind of help.", "%(num)d offers are for other kinds of help."
    ),
    "reach": P_("%(num)d helper is too far away.", "%(num)d helpers are too far away."),
    "time": P_("%(num)d helper is not free then.", "%(num)d helpers are not free then."),
    "away": P_("%(num)d helper is away.", "%(num)d helpers are away."),
    "credential": P_(
        "%(num)d helper has not had the check that this needs.",
        "%(num)d helpers have not had the check that this needs.",
    ),
    "capacity": P_(
        "%(num)d helper has enough to do this week.", "%(num)d helpers have enough to do this week."
    ),
    "language": P_(
        "%(num)d helper does not speak the language.", "%(num)d helpers do not speak the language."
    ),
    "cap": P_(
        "%(num)d helper has been asked often enough for now.",
        "%(num)d helpers have been asked often enough for now.",
    ),
    "same_person": P_("%(num)d offer is your own.", "%(num)d offers are your own."),
    "same_household": P_(
        "%(num)d offer is from your own home.", "%(num)d offers are from your own home."
    ),
    "blocked": P_("%(num)d helper cannot be asked.", "%(num)d helpers cannot be asked."),
    "held": P_("%(num)d offer is still being checked.", "%(num)d offers are still being checked."),
    "place": P_("%(num)d helper is in another area.", "%(num)d helpers are in other areas."),
    "asked": P_(
        "%(num)d helper has been asked already.", "%(num)d helpers have been asked already."
    ),
    "other-offer": P_(
        "%(num)d offer is of somebody who can be asked by another.",
        "%(num)d offers are of somebody who can be asked by another.",
    ),
}

REFUSALS_FOR_STAFF: dict[str, tuple[str, str]] = {
    "same_person": P_(
        "%(num)d offer is of the person who asks.", "%(num)d offers are of the person who asks."
    ),
    "same_household": P_(
        "%(num)d offer is from the same home.", "%(num)d offers are from the same home."
    ),
}
"""Where *your own* would be the wrong person's."""

NEAR_MISSES: dict[str, tuple[str, str]] = {
    "time": P_(
        "%(num)d helper could come at another time.", "%(num)d helpers could come at another time."
    ),
    "reach": P_(
        "%(num)d helper is just a little too far away.",
        "%(num)d helpers are just a little too far away.",
    ),
    "language": P_(
        "%(num)d helper fits but for the language.", "%(num)d helpers fit but for the language."
    ),
    "": P_("%(num)d helper fits but for one thing.", "%(num)d helpers fit but for one thing."),
}


def why_asked(reasons: Iterable[Reason]) -> list[str]:
    """Why this helper was asked: what spoke for it, the strongest first, each once."""
    strongest = sorted(
        (reason for reason in reasons if reason.points > 0), key=lambda reason: -reason.points
    )
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
