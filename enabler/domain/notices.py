"""What kinds of things members hear from us, and how each wants to be told (pure)."""

from dataclasses import dataclass
from enum import StrEnum

from enabler.domain.letter_parts import Side
from enabler.domain.letters import TEMPLATES, TO_SUSPENDED
from enabler.domain.vocabulary import Channel, Priority, Way


class Kind(StrEnum):
    """Kinds of messages that a member can choose the way of."""

    ASKS = "asks"
    NEWS = "news"
    REMINDERS = "reminders"
    BULLETINS = "bulletins"


WAYS_OF: dict[Kind, tuple[Way, ...]] = {
    Kind.ASKS: (Way.TEXT, Way.MAIL, Way.BOTH),
    Kind.NEWS: tuple(Way),
    Kind.REMINDERS: tuple(Way),
    Kind.BULLETINS: tuple(Way),
}
"""Asks have a way out always: an ask that reaches nobody is somebody's wait for nothing. Whoever
wants none pauses the offer."""

ALWAYS = frozenset({Priority.CODE, Priority.SAFETY})
"""These go whatever was chosen: somebody asked for the code, or is in danger."""
_CHANNELS: dict[Way, tuple[Channel, ...]] = {
    Way.TEXT: (Channel.TEXT,),
    Way.MAIL: (Channel.MAIL,),
    Way.BOTH: (Channel.TEXT, Channel.MAIL),
    Way.PAGE: (),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """The way that a member chose for each kind."""

    asks: Way = Way.TEXT
    news: Way = Way.TEXT
    reminders: Way = Way.TEXT
    bulletins: Way = Way.PAGE  # news are sent to whoever agreed to them

    def of(self, kind: Kind) -> Way:
        """The way of one kind."""
        ways = {Kind.ASKS: self.asks, Kind.NEWS: self.news, Kind.REMINDERS: self.reminders}
        return ways.get(kind, self.bulletins)


def kind_of(template: str, priority: Priority) -> Kind | None:
    """Of what kind a message is; None for those that no choice keeps back."""
    rule = TEMPLATES.get(template)
    if priority in ALWAYS or rule is None or rule.side is Side.STAFF or template in TO_SUSPENDED:
        return None
    if template == "ask":
        return Kind.ASKS
    kinds = {Priority.REMINDER: Kind.REMINDERS, Priority.BULLETIN: Kind.BULLETINS}
    return kinds.get(priority, Kind.NEWS)


def channels_for(
    template: str, priority: Priority, wishes: Wishes, reached_by: tuple[Channel, ...]
) -> tuple[Channel, ...]:
    """By which of the channels that reach a member a message goes to them.

    Where none of those that they chose reaches them it goes by the first that does: a message
    that nobody gets may be somebody's prescription. "Only on my page" is kept.
    """
    kind = kind_of(template, priority)
    way = Way.TEXT if kind is None else wishes.of(kind)
    if way is Way.PAGE:
        return ()
    wanted = tuple(each for each in _CHANNELS[way] if each in reached_by)
    return wanted or reached_by[:1]
