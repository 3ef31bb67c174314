"""How low a balance may go, and when a friendly word is due: a place's ruleset as values."""

from dataclasses import dataclass, field
from enum import StrEnum

from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.amounts import rounded
from enabler.timebank.transfers import MOST_HELP, Reason


class Earns(StrEnum):
    """What help of a category is in a place.

    *hours*: the helper is credited and the asker debited. *gift*: it is counted and thanked, and
    nobody is debited. *nothing*: it is not counted.
    """

    HOURS = "hours"
    GIFT = "gift"
    NOTHING = "nothing"


class Nudge(StrEnum):
    """A friendly word that a balance calls for; it never stops anybody."""

    GIVE_A_LITTLE = "give-a-little"
    AT_THE_FLOOR = "at-the-floor"
    SPEND_OR_GIVE = "spend-or-give"


@dataclass(frozen=True, slots=True)
class HoursPolicy:
    """What a place's ruleset says about hours. All times are in minutes.

    ``begin``: how far below zero a verified member may go before they have given anything.
    ``grow_percent`` of what a member gave is added to that, down to ``deepest``.
    ``soft_percent``: the share of it from which a friendly nudge is due. ``ceiling``: a balance
    from which one is invited to spend or give; 0: never. ``pot_depth``: how far a pot may lend.
    ``pot_pays``: whether the pot pays for help that its asker has no hours for. ``round_to``: the
    step to which help is rounded. ``most_per_day``: what one helper may be credited for a day.
    ``two_people``: reasons for which staff need a second person.
    """

    begin: int = 5 * 60
    grow_percent: int = 50
    deepest: int = 20 * 60
    soft_percent: int = 60
    ceiling: int = 40 * 60
    organisation_depth: int = 0
    pot_depth: int = 0
    pot_pays: bool = True
    round_to: int = 15
    most_per_day: int = 8 * 60
    two_people: frozenset[Reason] = field(
        default_factory=lambda: frozenset({Reason.GRANT, Reason.REVERSAL})
    )


def floor_for(
    kind: AccountKind,
    policy: HoursPolicy,
    *,
    given: int = 0,
    verified: bool = False,
    again: bool = False,
) -> int | None:
    """The floor that a place would like an account of its own to have.

    ``given``: the minutes of help that its owner gave and that were not undone. ``again``: its
    owner left with another account before: they have what they gave since, not what one may begin
    with. Clearing accounts
    have a floor of their own agreement, not of this; none is answered for them and for issue.
    """
    if kind is AccountKind.MEMBER:
        begin = 0 if again else policy.begin
        grown = begin + max(0, given) * policy.grow_percent // 100
        return -min(grown, max(policy.deepest, policy.begin)) if verified else 0
    if kind is AccountKind.ORGANISATION:
        return -policy.organisation_depth
    return -policy.pot_depth if kind is AccountKind.POT else None


def nearest_floor(account: Account, wanted: int | None) -> int | None:
    """The floor to set of the one that is wanted: never above what is available now.

    Who has less leave than before, but has used it, owes no more by that; the floor follows as
    their balance rises.
    """
    return wanted if wanted is None else min(wanted, account.available)


def nudge_for(account: Account, policy: HoursPolicy) -> Nudge | None:
    """The friendly word that an account calls for, if any: the most pressing one."""
    if account.floor is not None and account.floor < 0:
        if account.available <= account.floor:
            return Nudge.AT_THE_FLOOR
        if account.available * 100 <= account.floor * policy.soft_percent:
            return Nudge.GIVE_A_LITTLE
    if policy.ceiling and account.available >= policy.ceiling:
        return Nudge.SPEND_OR_GIVE
    return None


LIFTED_FROM = 10 * 60
"""Minutes more given than received from which a lift is as high as it gets."""


def lift_for(balance: int, most: int) -> int:
    """Points, 0 to ``most``, by which a need of whoever has this balance comes before others: the
    more they gave and the less they asked, the more; for whoever had more help, none."""
    return min(most, max(0, balance) * most // LIFTED_FROM)


def credited(minutes: int, policy: HoursPolicy, *, already_today: int = 0) -> int:
    """What of a visit's minutes earns hours: rounded, within a day's most and one transfer's."""
    left = max(0, policy.most_per_day - already_today)
    return min(rounded(minutes, policy.round_to), left, MOST_HELP)
