"""What an answer is made of in tests: values as they are read when it leaves, as long as any."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from flask import Flask

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.mandates import Scope
from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words.questions import CONSENT, LEARN, OPTIONS
from enabler.doors.words.said import SAID
from enabler.doors.words.said_of_help import ASKED_OF_HELP
from enabler.doors.words.said_of_supporters import ASKED_OF_SUPPORTERS
from sms.replies import reply

LANGUAGES = ("cy", "en")
BASE = "https://enabler.bathandnortheastsomerset.gov.uk"
START = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)  # Wed 30 Sept, 11:30am: as long as they get
END = START + timedelta(hours=1, minutes=5)
HOUSE: dict[str, Any] = {
    "place": "Bath and North East Somerset", "timezone": "Europe/London",
    "duty_line": "0117 496 0000", "known": True,
}  # fmt: skip
LONGEST_ABOUT: dict[str, Any] = {
    "category": "emergency", "path": "/matches/ABC123", "ref": "ABC123",
    "name": "Bartholomew-Christopher-Featherstonehaug", "minutes": 165, "visit_start": START,
    "visit_end": END, "next_at": START, "needed_by": START, "answer_by": START, "usual_reach": 9000,
    "ward": "Kingsweston Westbury and Avonmouth South", "day": START.date(), "ends": "456",
    "days": 180, "scopes": [scope.value for scope in Scope], "code": "123456", "end_code": "654321",
}  # fmt: skip
SHORT_ABOUT: dict[str, Any] = LONGEST_ABOUT | {
    "category": "shopping", "name": "Ada", "path": "/matches/K7QP", "ref": "K7QP", "minutes": 90,
    "usual_reach": 1600, "ward": "Southmead",
    "visit_start": datetime(2026, 12, 4, 10, tzinfo=UTC),
    "visit_end": datetime(2026, 12, 4, 11, tzinfo=UTC),
}  # fmt: skip
LONGEST_FACTS: dict[str, Any] = {
    "letter": "ZZ", "letters": [f"Z{letter}" for letter in "ABCDEFGHI"], "minutes": 165,
    "until": "2026-09-30T10:30Z", "count": 12, "most": 120, "member": "ABC123", "ref": "ABC123",
    "longer": 720, "days": 365, "kinds": ["emergency", "tech-help", "moving"],
}  # fmt: skip
DRAFT: dict[str, Any] = {
    "words": "can someone take mum to the BRI and back again please she is 91", "tries": 1,
    "category": "emergency", "postcode": "BS10 7QQ", "address": "1 Elm Row", "again": True,
    "name": "Bartholomew-Christopher-Featherstonehaug", "start": START.isoformat(),
    "end": (START + timedelta(days=1)).isoformat(), "version": 1,
    "phrase": "would someone possibly fetch my weekly messages please",
}  # fmt: skip
PLACES = [
    [nth, "St. Bartholomew's Church of England Primary School", f"Westbury and Avon {nth}", 300]
    for nth in range(1001, 1005)
]  # fmt: skip
DRAFT |= {"places": PLACES, "landmark_name": PLACES[0][1], "landmark_metres": 5000}
KINDS = (
    "need-kind", "need-where", "need-place", "need-address", "need-when", "need-confirm",
    "offer-kind", "offer-confirm", "join-name", "join-postcode", "join-age", CONSENT, LEARN, "ask",
    "time", "visit", "no-time", "was-done", "changed", "going", "done", "hours-noted",
    "still-needed",
    "still-right", "arrived", "left", "know-somebody", "wrote", *ASKED_OF_HELP,
    *ASKED_OF_SUPPORTERS,
)  # fmt: skip
"""Every kind of question."""
TAKE_WORDS = {
    "wrote", "need-kind", "need-where", "need-place", "need-when", "offer-kind",
    "still-when", "done-length",
}  # fmt: skip
MANY_KINDS = ("emergency", "tech-help", "paperwork", "moving", "other")


@cache
def speaking() -> Flask:
    """An app with its catalogue and no rows."""
    folder = Path(mkdtemp())
    return create_app(Settings(
        instance=folder, database_url=f"sqlite:///{folder / 'x.sqlite'}", database_owner_url="",
        secret_key="k" * 40, environment="test",
    ))  # fmt: skip


def says(*codes: str, about: Mapping[str, Any] = LONGEST_ABOUT, **facts: Any) -> list[Any]:
    """Things that are said, each of the same."""
    told = LONGEST_FACTS | facts
    return [{"code": code, "facts": told, "about": about, "question": None} for code in codes]


def options(kind: str) -> Iterator[tuple[str, ...]]:
    """The answers that a kind of question is asked with."""
    if kind == "need-confirm":
        yield from (("yes", "so", "no"), ("yes:home", "yes:public", "yes:online", "so", "no"))
    elif kind == "need-place":
        yield from (tuple(f"at:{one[0]}" for one in each) for each in (PLACES, PLACES[:2]))
    elif kind.endswith("-kind"):
        yield from ((), MANY_KINDS)
    else:
        yield tuple(OPTIONS.get(kind, ()))


def asks(
    kind: str, answers: Sequence[str] | None = None, *, letter: str = "ZZ",
    about: Mapping[str, Any] = LONGEST_ABOUT, **facts: Any,
) -> dict[str, Any]:  # fmt: skip
    """A question under its letter."""
    coded = next(options(kind)) if answers is None else answers
    drafts = kind.partition("-")[0] in ("need", "offer", "join", "whose")
    told = LONGEST_FACTS | (DRAFT if drafts else {}) | facts
    return {
        "letter": letter, "kind": kind, "options": tuple(coded), "facts": told, "about": about,
        "takes_words": kind in TAKE_WORDS,
    }  # fmt: skip


def said(
    *told: Mapping[str, Any], asked: Sequence[Mapping[str, Any]] = (), language: str = "en",
    base: str = BASE, **house: Any,
) -> str:  # fmt: skip
    """The answer."""
    with speaking().app_context():
        return reply(HOUSE | house | {"says": told, "asks": asked}, language, base)


CODES = sorted(SAID)
LONGEST_CATEGORIES = sorted(CATEGORIES)
