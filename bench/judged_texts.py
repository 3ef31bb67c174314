"""What was understood beside what was meant: the figures of one set of texts."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sms.understanding.meaning import Meaning, meaning_of

RECEIVED = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))
"""A Friday: all the texts are as if they had come then."""
INTENTS = ("need", "offer", "answer", "command", "danger", "opt_out", "chat", "spam", "unclear")
HELP = ("need", "offer")
Understands = Callable[[str], Meaning]


@dataclass(frozen=True, slots=True)
class Meant:
    """A text and the truth about it; ``categories``: each of which is right."""

    text: str
    intent: str
    categories: tuple[str, ...]
    urgency: str
    postcode: str
    start: str
    end: str
    language: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One text: what was meant, what was understood."""

    meant: Meant
    found: Meaning

    @property
    def is_right(self) -> bool:
        """Whether what it is for and which help were both understood."""
        return self.meant.intent == self.found.intent and self.fits

    @property
    def fits(self) -> bool:
        """Whether the kind of help is one of those meant."""
        return self.meant.intent not in HELP or self.found.category in self.meant.categories


def ours(text: str) -> Meaning:
    """What the product understands."""
    return meaning_of(text, RECEIVED)


def read_texts(file: Path) -> list[Meant]:
    """The labelled texts of a file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_meant(row) for row in csv.DictReader(lines)]


def judged(texts: Iterable[Meant], understands: Understands = ours) -> list[Judged]:
    """Each text, understood."""
    return [Judged(one, understands(one.text)) for one in texts]


def macro_f1(all_of_it: Sequence[Judged], sides: Iterable[str] = INTENTS) -> float:
    """The mean over the intents that are met of the harmonic mean of precision and recall."""
    pairs = [(one.meant.intent, one.found.intent) for one in all_of_it]
    scores = []
    for side in sides:
        both = sum(meant == found == side for meant, found in pairs)
        either = sum((meant == side) + (found == side) for meant, found in pairs)
        if any(meant == side for meant, _ in pairs):
            scores.append(2 * both / either if either else 0.0)
    return sum(scores) / len(scores)


def shares(all_of_it: Sequence[Judged]) -> dict[str, float]:
    """What share of the texts that hold it was understood rightly, by what it is."""
    helps = [one for one in all_of_it if one.meant.intent in HELP]
    spots = [one for one in all_of_it if one.meant.postcode or one.found.postcode]
    return {
        "category": _share(helps, lambda one: one.found.category in one.meant.categories),
        "postcode": _share(all_of_it, _is_there),
        "postcode, of texts with one": _share(spots, _is_there),
        "start": _share(helps, lambda one: written(one.found.start) == one.meant.start),
        "end": _share(helps, lambda one: written(one.found.end) == one.meant.end),
        "urgency": _share(all_of_it, lambda one: one.found.urgency == one.meant.urgency),
        "language": _share(all_of_it, lambda one: one.found.language == one.meant.language),
    }


def _is_there(one: Judged) -> bool:
    return one.found.postcode == one.meant.postcode


def danger(all_of_it: Sequence[Judged]) -> tuple[float, float, float]:
    """Recall of danger, false alarms among all that is none, and needs taken for spam."""
    real = [one for one in all_of_it if one.meant.intent == "danger"]
    other = [one for one in all_of_it if one.meant.intent != "danger"]
    needs = [one for one in all_of_it if one.meant.intent == "need"]
    return (
        _share(real, lambda one: one.found.intent == "danger"),
        _share(other, lambda one: one.found.intent == "danger"),
        _share(needs, lambda one: one.found.intent == "spam"),
    )  # fmt: skip


def deciles(all_of_it: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence that is met: what was said on average, what was right, and of
    how many."""
    by_tenth: dict[int, list[Judged]] = {}
    for one in all_of_it:
        by_tenth.setdefault(min(9, int(10 * one.found.confidence)), []).append(one)
    return [
        (
            sum(one.found.confidence for one in tenth) / len(tenth),
            _share(tenth, lambda one: one.is_right), len(tenth),
        )
        for _, tenth in sorted(by_tenth.items())
    ]  # fmt: skip


def calibration_error(all_of_it: Sequence[Judged]) -> float:
    """The mean distance between what was said and what was right, over the tenths (Naeini et al.
    2015, expected calibration error)."""
    return sum(abs(said - right) * count for said, right, count in deciles(all_of_it)) / len(
        all_of_it
    )


def confusion(all_of_it: Sequence[Judged]) -> str:
    """Rows: what was meant; columns: what was understood."""
    counts = Counter((one.meant.intent, one.found.intent) for one in all_of_it)
    lines = [" " * 10 + "".join(f"{name:>9}" for name in INTENTS)]
    lines += [
        f"{meant:<10}" + "".join(f"{counts[meant, found] or '·':>9}" for found in INTENTS)
        for meant in INTENTS
    ]
    return "\n".join(lines)


def written(moment: datetime | None) -> str:
    """A time as the labels write it."""
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


def _share(of: Sequence[Judged], is_so: Callable[[Judged], bool]) -> float:
    return sum(map(is_so, of)) / len(of) if of else float("nan")


def _meant(row: dict[str, str]) -> Meant:
    return Meant(
        row["text"], row["intent"],
        tuple(filter(None, (row["category"], row.get("also_category", "")))), row["urgency"],
        row["postcode"], row.get("when_start", row.get("when_iso_start", "")),
        row.get("when_end", row.get("when_iso_end", "")), row["language"],
    )  # fmt: skip
