"""Somebody without phone and mail, and what they are to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from enabler.domain.untold import CameOf


@dataclass(frozen=True, slots=True)
class UntoldLine:
    """One that waits: of whom, nothing. ``tries``: how often nobody was reached."""

    ref: str
    since: datetime
    due: datetime | None
    urgent: bool
    tries: int


@dataclass(frozen=True, slots=True)
class SayView:
    """One letter: what its words are made of, and since when it waits."""

    template: str
    values: Mapping[str, Any] = field(repr=False)
    since: datetime


@dataclass(frozen=True, slots=True)
class UntoldView:
    """What is to be said, to whom, and how. ``address`` and ``postcode``: where whoever reads it
    has said why they look. ``seen``: a mark of the letters that were shown. ``offered``: what can
    have come of it. ``marked``: they have a phone, but texts do not reach it. ``before``: what came
    of it the last time, and when."""

    ref: str
    member_ref: str
    name: str = field(repr=False)
    language: str
    letters: tuple[SayView, ...]
    no_calls: bool
    no_letters: bool
    not_by: str | None = field(repr=False)
    offered: tuple[CameOf, ...]
    seen: int
    tries: int
    urgent: bool
    since: datetime
    address: str | None = field(default=None, repr=False)
    postcode: str | None = None
    marked: bool = False
    before: tuple[str, datetime] | None = None
