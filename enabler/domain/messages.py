"""What is known of a message, its receiver and its sender, and how each kind is treated (pure)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.letters import TO_SUSPENDED
from enabler.domain.notices import ALWAYS, Wishes, channels_for
from enabler.domain.quiet import QuietHours, first_allowed
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import Channel, OutboxState, Priority

ASK = "ask"
"""The template of a text that asks somebody to help: the one that night asks are about."""

FREE_OF_HOURS_AND_CAPS = frozenset({Priority.CODE, Priority.SAFETY, Priority.ANSWER})
"""Law 12: codes, safety texts, and answers (for ten minutes after the text they answer)."""

OF_DEEDS = frozenset({"acted", "acted_today"})
"""What a member is told of those who act for them. These have the day's cap to themselves, so that
nobody who does much for somebody uses up the texts that they need for other things."""

ANSWER_IS_FRESH = timedelta(minutes=10)
LIFETIMES = {
    Priority.CODE: timedelta(minutes=10),
    Priority.SAFETY: timedelta(hours=24),
    Priority.ANSWER: timedelta(hours=6),
    Priority.MATCH: timedelta(hours=24),
    Priority.REMINDER: timedelta(hours=6),
    Priority.BULLETIN: timedelta(hours=24),
}
"""How long after it was due a message is still worth sending, where its sender does not say."""

_WAITS = (15, 60, 300, 900, 3600)
"""Seconds before the second, third, … try; then an hour each time."""

ASK_AFTER = timedelta(minutes=2)
"""A message in the provider's hands for so long without an answer is looked up."""
GIVE_UP_AFTER = timedelta(minutes=10)
"""After so long without the provider's record it is decided without it (law 4)."""


@dataclass(frozen=True, slots=True)
class House:
    """The place that sends, with its policy of the moment."""

    place_id: int
    slug: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    phone: str | None
    duty_line: str | None
    invented: bool
    rules: Ruleset


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a message. ``member_id`` is None for a number that has no member yet."""

    member_id: int | None
    ref: str | None
    language: str
    phone: str | None
    mail: str | None
    stopped: bool = False
    gone: bool = False
    suspended: bool = False
    quiet: QuietHours | None = None
    night_asks: bool = False
    mail_stopped: bool = False
    paused: bool = False
    caution_until: datetime | None = None
    marked: bool = False  # texts do not reach their number
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def channel(self) -> Channel | None:
        """How they are reached: by text, by mail where they have no phone or said STOP."""
        return next(iter(self._reached_by(Priority.MATCH)), None)

    @property
    def reachable(self) -> bool:
        """Whether anything at all reaches them: a phone that takes our texts, or a mail address."""
        return bool(self.mail) or (bool(self.phone) and not self.marked)

    def channels(self, template: str, priority: Priority) -> tuple[Channel, ...]:
        """How such a message goes to them: as they chose, as far as that reaches them."""
        reached = self._reached_by(priority, but_told=self.is_told(template))
        return channels_for(template, priority, self.wishes, reached)

    def every_channel(self, template: str, priority: Priority) -> tuple[Channel, ...]:
        """All that reaches them, whatever they chose: for what each of their contacts must hear."""
        return self._reached_by(priority, but_told=self.is_told(template))

    def is_told(self, template: str) -> bool:
        """Whether this may reach them at all: whoever is suspended is told of that alone."""
        return not self.gone or (self.suspended and template in TO_SUSPENDED)

    def _reached_by(self, priority: Priority, *, but_told: bool = False) -> tuple[Channel, ...]:
        if self.gone and not but_told:
            return ()
        tried = not self.marked or priority in FREE_OF_HOURS_AND_CAPS
        text = bool(self.phone) and not self.stopped and tried
        mail = bool(self.mail) and (priority in ALWAYS or not self.mail_stopped)
        reached = {Channel.TEXT: text, Channel.MAIL: mail}
        return tuple(channel for channel, does in reached.items() if does)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row of the outbox, as the sender works with it."""

    id: int
    place_id: int
    member_id: int | None
    to_value: str | None
    channel: Channel
    template: str
    parameters: dict[str, Any]
    language: str
    priority: Priority
    state: OutboxState
    queued_at: datetime
    due_at: datetime
    expires_at: datetime
    claimed_by: str | None
    claimed_at: datetime | None
    handed_at: datetime | None
    attempts: int
    provider_ref: str | None
    possibly_twice: bool = False
    dedupe_key: str = ""

    @property
    def reference(self) -> str:
        """The name under which the provider gets it, the same at every try."""
        return f"outbox-{self.id}"


def may_go_at(
    moment: datetime, *, channel: Channel, template: str, priority: Priority, queued_at: datetime,
    receiver: Receiver, house: House,
) -> datetime:  # fmt: skip
    """The first moment from ``moment`` on at which quiet hours let the message go (law 12).

    Mails keep none: they wake nobody. Night asks lift the place's hours, never one's own.
    """
    if channel is Channel.MAIL or _is_free(moment, priority, queued_at):
        return moment
    stretches = [] if receiver.quiet is None else [receiver.quiet]
    if not (template == ASK and receiver.night_asks):
        stretches.append(QuietHours(house.rules.quiet_from, house.rules.quiet_until))
    return first_allowed(moment, house.timezone, *stretches)


def _is_free(moment: datetime, priority: Priority, queued_at: datetime) -> bool:
    if priority is Priority.ANSWER:
        return moment <= queued_at + ANSWER_IS_FRESH
    return priority in FREE_OF_HOURS_AND_CAPS


def wait_after(attempts: int, identity: int) -> timedelta:
    """How long to wait after so many tries: 15 s, 1, 5, 15, 60 minutes, and up to a fifth more.

    The part on top follows from the row's id and the try, so that many rows that failed together
    do not come back together, and that the same run waits the same.
    """
    seconds = _WAITS[min(max(attempts, 1), len(_WAITS)) - 1]
    spread = (identity * 2654435761 + attempts * 40503) % 1000
    return timedelta(seconds=seconds + seconds * spread // 5000)
