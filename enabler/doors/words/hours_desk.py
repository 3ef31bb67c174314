"""The custodians' desk of hours in words: flags, what was made of them, proposals."""

from flask_babel import gettext, ngettext

from enabler.doors.words.balances import side_words
from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import day_words, length_words
from enabler.services.views.hours import OtherSide
from enabler.services.views.hours_desk import CameView, FlagView, HoursProposalView, PayingPot

SENTENCES: dict[str, str] = {
    "fund_organisation_missing": N_("Type the organisation's reference."),
    "fund_organisation_unknown": N_(
        "We cannot find an open organisation with this reference here. Check it."
    ),
    "grant_receiver_unknown": N_(
        "We cannot find a member or a pot with this reference here. Check it."
    ),
    "hours_flag_not_so": N_("This cannot be chosen any more. Choose from what is left."),
    "hours_flag_settled_already": N_("Somebody has dealt with this already."),
    "hours_flag_unknown": N_("We cannot find that. Look at the list of what waits."),
    "hours_proposal_ended": N_("This has been decided, or its time has run out."),
    "hours_proposal_unknown": N_("We cannot find that. Look at the list of what waits."),
    "pot_cannot_pay": N_("This pot cannot pay now. Choose another one."),
    "pot_missing": N_("Choose which pot pays."),
    "pot_stays": N_(
        "A pot of the community or of a ward stays. If it should not pay, say so instead."
    ),
    "pot_there_already": N_("There is such a pot already."),
    "reversal_asked_already": N_(
        "Somebody has asked for this to be undone already. Look at the list of what waits."
    ),
}
FLAGS: dict[str, str] = {
    "unpaid": N_("Nobody had hours for %(length)s of it."),
    "covered": N_(
        "A pot paid %(length)s: something was undone, and those hours had been spent already."
    ),
    "ring": N_("Hours went round in a circle between the same people."),
    "reciprocal": N_("Two people gave each other the same hours, again and again."),
    "burst": N_("Somebody was given far more hours than is usual in that time."),
}
"""Why a flag is there."""
CHOICES: dict[str, str] = {
    "paid": N_("A pot pays"),
    "gift": N_("It counts as a gift: we thank the helper, and nobody pays"),
    "counts": N_("It counts: the hours move now"),
    "does-not-count": N_("It does not count: no hours move"),
    "seen": N_("I have seen it, and nothing more is needed"),
}
MADE_OF_IT: dict[str, str] = {
    "paid": N_("Paid by a pot"),
    "gift": N_("Counted as a gift"),
    "counts": N_("It counts"),
    "does-not-count": N_("It does not count"),
    "seen": N_("Seen"),
}
PROPOSALS: dict[str, str] = {
    "grant": N_("%(length)s from the council for %(receiver)s"),
    "reversal": N_("Undo movement %(number)s: %(length)s go back from %(giver)s to %(receiver)s"),
}
STATES: dict[str, str] = {
    "waiting": N_("Waits for a second person"),
    "allowed": N_("Allowed"),
    "refused": N_("Refused"),
    "lapsed": N_("Nobody answered in time"),
}
REASONS: dict[str, str] = {
    "help": N_("for help"),
    "give": N_("a gift"),
    "event": N_("for helping together with others"),
    "grant": N_("from the council"),
    "lend": N_("lent"),
    "repay": N_("paid back"),
    "cover": N_("because something was undone"),
    "sweep": N_("because an account was closed"),
    "balance": N_("because an account was closed"),
    "border": N_("between two places"),
    "reversal": N_("because something was undone"),
    "replay": N_("from another time bank"),
}
_A_LITTLE_HELP = 60


def flag_words(flag: FlagView) -> str:
    """Why it is there: Nobody had hours for 45 minutes of it."""
    return shown(FLAGS, flag.kind) % {"length": length_words(flag.minutes or 0)}


def help_words(flag: FlagView) -> str:
    """The help that it is about: Gardening for 1 hour 30 minutes on Tuesday 24 November. Of what
    was written down: Clean-up of Elm Park on Saturday 7 March."""
    if flag.event_ref and flag.on:
        what = flag.event_words or category_name(flag.category or "")
        return str(gettext("%(what)s on %(day)s", what=what, day=day_words(flag.on)))
    if flag.category is None or flag.on is None:
        return ""
    return str(
        gettext(
            "%(category)s for %(length)s on %(day)s", category=category_name(flag.category),
            length=length_words(flag.length or 0), day=day_words(flag.on),
        )
    )  # fmt: skip


def made_of_it(choice: str) -> str:
    """What a custodian made of a flag."""
    return shown(MADE_OF_IT, choice)


def desk_side(side: OtherSide) -> str:
    """A side as staff read it: a member by their reference, without a name."""
    if side.kind == "member" and side.ref:
        return str(gettext("the member %(ref)s", ref=side.ref))
    return side_words(side)


def proposal_words(one: HoursProposalView) -> str:
    """What is proposed: 5 hours from the council for the pot of East End."""
    words = shown(PROPOSALS, one.kind) % {
        "length": length_words(one.minutes), "receiver": desk_side(one.receiver),
        "giver": desk_side(one.giver), "number": one.number,
    }  # fmt: skip
    return words[:1].upper() + words[1:]


def proposal_state(state: str) -> str:
    """Where a proposal stands."""
    return shown(STATES, state)


def reason_words(reason: str) -> str:
    """Why hours moved."""
    return shown(REASONS, reason)


def pot_with_minutes(one: PayingPot) -> str:
    """A pot to choose: The community pot, with 12 hours in it."""
    words = str(
        gettext("%(pot)s, with %(length)s in it", pot=side_words(one.pot),
                length=length_words(one.minutes))
    )  # fmt: skip
    return words[:1].upper() + words[1:]


def visits_words(minutes: int) -> str:
    """What a pot could pay for: about 12 visits of an hour."""
    count = max(0, minutes) // _A_LITTLE_HELP
    return str(
        ngettext(
            "Enough for about %(num)d visit of an hour.",
            "Enough for about %(num)d visits of an hour.", count,
        )
    )  # fmt: skip


def came_words(came: CameView) -> str:
    """Who put how much in: 3 neighbours: 2 hours."""
    who = desk_side(came.side)
    if came.side.kind == "member":
        who = str(ngettext("%(num)d neighbour", "%(num)d neighbours", came.people))
    return f"{who[:1].upper()}{who[1:]}: {length_words(came.minutes)}"
