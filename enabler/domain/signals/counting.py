"""Signals of numbers: too many, too far, in a hurry, many accounts on one device (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from enabler.domain.ruleset import Ruleset
from enabler.domain.signals.signal import Finding


@dataclass(frozen=True, slots=True)
class Posts:
    """How many needs and offers a member posted in the day and in seven days, and since when they
    are here."""

    in_day: int
    in_week: int
    joined_at: datetime | None

    @property
    def one_more(self) -> "Posts":
        """With the one that is being posted."""
        return replace(self, in_day=self.in_day + 1, in_week=self.in_week + 1)


def found_in_number(posts: Posts, rules: Ruleset) -> Iterator[Finding]:
    """More than the ruleset thinks usual, in a day or a week."""
    for count, most, days in (
        (posts.in_day, rules.signal_most_per_day, 1),
        (posts.in_week, rules.signal_most_per_week, 7),
    ):
        if count > most:
            yield Finding("too_many", {"count": count, "most": most, "days": days})
            return


def found_in_hurry(posts: Posts, rules: Ruleset, now: datetime) -> Iterator[Finding]:
    """Somebody new who posts one after another."""
    if posts.joined_at is None or posts.in_week < max(2, rules.signal_hurry_posts):
        return
    since = now - posts.joined_at
    if since <= timedelta(minutes=rules.signal_hurry_minutes):
        yield Finding("hurry", {
            "minutes": max(0, int(since.total_seconds() // 60)), "count": posts.in_week,
        })  # fmt: skip


def found_in_reach(metres: int | None, rules: Ruleset) -> Iterator[Finding]:
    """Farther than such help usually goes, by so many times."""
    most = rules.reach_metres * rules.signal_far_times
    if metres is not None and metres > most:
        yield Finding("too_far", {"metres": metres, "usual": rules.reach_metres})


def found_in_accounts(on_device: int, on_network: int, rules: Ruleset) -> Iterator[Finding]:
    """Sign-ups from one browser, or one network, within thirty days. A library, a hostel and a
    family are one network: that many is a reason to look and no more."""
    if on_device > rules.signal_accounts_on_device:
        yield Finding("many_accounts", {"count": on_device})
    elif on_network > rules.signal_accounts_on_network:
        yield Finding("many_on_network", {"count": on_network})
