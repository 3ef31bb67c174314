"""Texts as nobody would think of them: pieces of real ones, of words that we read, of strings that
have broken programs, joined, cut and mistyped. Always the same for a seed."""

import csv
import json
from collections.abc import Iterator
from random import Random

from sms.tongues import TONGUES
from tests.geography.shared import SHARED

WHOLE = (
    "can someone take mum to the BRI tues 10am, shes in BS3 4QT", "I can walk dogs weekends",
    "A1", "A2 not today", "yes but after 3", "DONE A 1h30", "GIVE 2 4F2K", "AWAY till Friday",
    "the kitchen is on fire", "stop", "start", "?", "HOURS", "MY", "LANG CYMRAEG", "CALL ME", "12",
    "Mary", "BS3 4QT", "plis gall rhywun nol fy mhresgripsiwn", "CAN'T A", "WORRIED about no 4", "",
    "WHY A",
)  # fmt: skip
_MARKS = (" ", "  ", "\n", ", ", ". ", "? ", "! ", " / ", "\t", "", "\u200f", "\U0001f44d", " A1 ")
_LONGEST = 1600
"""Characters: a text of ten parts."""


def naughty() -> list[str]:
    """Strings that have broken programs."""
    file = SHARED / "vectors" / "naughty_strings.json"
    return [str(one) for one in json.loads(file.read_text(encoding="utf-8"))]


def real() -> list[str]:
    """Texts that people wrote."""
    texts: list[str] = []
    for name in ("uk_texts_dev_sample.csv", "nus_sms_sample.csv", "sms_spam_devset.csv"):
        with (SHARED / "messages" / name).open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return texts


def words() -> list[str]:
    """Every word and phrase that is read, of every language."""
    said: list[str] = []

    def take(value: object) -> None:
        if isinstance(value, str):
            said.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                take(one)
        elif isinstance(value, list | tuple):
            for one in value:
                take(one)

    for tongue in TONGUES.values():
        take(tongue.facts)
    return said


def babble(seed: int) -> Iterator[str]:
    """Texts without end."""
    random = Random(seed)
    kinds = [list(WHOLE), words(), *([real(), naughty()] if SHARED.exists() else [])]
    while True:
        pieces = [
            random.choice(random.choice(kinds)) for _ in range(random.choice((1, 1, 2, 3, 6)))
        ]
        text = random.choice(_MARKS).join(pieces)
        yield _mistyped(text, random)[:_LONGEST]


def _mistyped(text: str, random: Random) -> str:
    for _ in range(random.choice((0, 0, 0, 1, 3))):
        at = random.randrange(len(text) + 1)
        text = random.choice((
            text[:at] + text[at + 1 :], text[:at] + text[at : at + 1] * 2 + text[at + 1 :],
            text[:at] + chr(random.randrange(1, 0x3000)) + text[at:], text[at:], text.upper(),
        ))  # fmt: skip
    return text
