"""Accounts: how many minutes, and how low they may go; whose they are lies apart.

A balance is in whole minutes. *posted* is what has moved; *held* is what is promised from it;
*available* is what is left of the one after the other, and never under the floor.
"""

from dataclasses import dataclass
from enum import StrEnum

from enabler.domain.errors import Invalid


class AccountKind(StrEnum):
    """What an account is for.

    *pot*: a community's, a ward's, a business's fund. *clearing*: what one place owes another.
    *issue*: where minutes come from that a place gives its pots; alone it goes below zero freely.
    """

    MEMBER = "member"
    ORGANISATION = "organisation"
    POT = "pot"
    CLEARING = "clearing"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one place, as it stands after the transfer ``applied`` (0: none yet).

    ``floor``: the lowest that ``available`` may be, in minutes; None is no floor.
    """

    number: int
    place: int
    kind: AccountKind
    floor: int | None = 0
    posted: int = 0
    held: int = 0
    applied: int = 0
    closed: bool = False

    @property
    def available(self) -> int:
        """Minutes that are neither spent nor promised; below zero for whoever began by asking."""
        return self.posted - self.held

    @property
    def room(self) -> int | None:
        """How many minutes may leave it now; None: any number."""
        return None if self.floor is None else max(0, self.available - self.floor)

    @property
    def to_give(self) -> int:
        """How many minutes may be given away as a gift: what is above zero. What lies between zero
        and the floor is lent, so that help can be had; nobody gives away what was lent to them."""
        return max(0, self.available)

    def can_pay(self, minutes: int) -> bool:
        """Whether so many minutes may leave it or be promised from it now."""
        return self.room is None or minutes <= self.room

    def pays_of(self, minutes: int) -> int:
        """How many of these minutes it can pay now."""
        return minutes if self.room is None else min(minutes, self.room)


def new_account(number: int, place: int, kind: AccountKind, floor: int | None = 0) -> Account:
    """An account as it opens: at zero. Raises Invalid for a floor above zero, or one of issue."""
    if kind is AccountKind.ISSUE and floor is not None:
        raise Invalid("floor", "issue_has_no_floor")
    if floor is not None and floor > 0:
        raise Invalid("floor", "floor_above_balance", floor=floor, available=0)
    return Account(number, place, kind, floor)
