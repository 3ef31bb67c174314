"""The texts that the model is taught with, and who wrote them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from enabler.domain.categories import TREE

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "bench" / "texts"
NEWS = ROOT.parent / "shared" / "data" / "messages" / "messages_devset.csv"
NEWS_HAND = "news"
"""Messages of disasters speak another language than neighbours do: what is neither asked nor
offered in them is a side of its own, which stands for nothing that we act on."""
LISTS_HAND, LISTS_WEIGHT = "lists", 0.3
SHORTLY = {
    "en": ("{} please", "help with {}", "{} tomorrow any time", "need {}", "{} friday 2pm",
           "can i get help with {} please"),
    "cy": ("{} plis", "help efo {}", "{} yfory", "angen {}", "{} bore Llun",
           "{} os gwelwch yn dda"),
}  # fmt: skip
_SPLIT = 10
_TAUGHT = 7
"""Of each ten messages so many are taught with; the others are for measuring."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what is meant by it; ``hand``: who wrote it, one file each; an empty side: it
    teaches nothing of that head."""

    text: str
    intent: str
    category: str
    language: str
    hand: str
    weight: float = 1.0


def written(*folders: str) -> list[Labelled]:
    """The texts of these folders of ``bench/texts``, each file by one hand."""
    return [
        _labelled(row, file.stem) for folder in folders
        for file in sorted((WRITTEN / folder).glob("*.csv")) for row in _rows(file)
    ]  # fmt: skip


def news(*, held_out: bool = False) -> list[Labelled]:
    """Messages of disasters, those that are taught with or those that are kept for measuring; none
    where the folder is absent."""
    if not NEWS.exists():
        return []
    return [
        _of_news(row) for row in _rows(NEWS)
        if row["text"].strip() and is_held_out(row["text"]) is held_out
    ]  # fmt: skip


def listed() -> list[Labelled]:
    """Each recognition phrase of the kinds of help by itself, and in as few words as it can be
    asked for with: who writes no more than *shopping friday* asks for it."""
    phrases = [
        (phrase, slug, language) for slug, one in TREE.items()
        for language, words in one.words.items() for phrase in words
    ]  # fmt: skip
    return [
        Labelled(text, "need", slug, language, LISTS_HAND, LISTS_WEIGHT)
        for nth, (phrase, slug, language) in enumerate(phrases)
        for text in (phrase, *_shortly(phrase, language, nth))
    ]


def _shortly(phrase: str, language: str, nth: int) -> tuple[str, ...]:
    ways = SHORTLY.get(language, ())
    return tuple(ways[(nth + by) % len(ways)].format(phrase) for by in (0, 3)) if ways else ()


def is_held_out(text: str) -> bool:
    """Whether a message of a disaster is for measuring: by its words, so that the same words never
    stand on both sides."""
    digest = blake2b(" ".join(text.casefold().split()).encode(), digest_size=4).digest()
    return int.from_bytes(digest) % _SPLIT >= _TAUGHT


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _labelled(row: dict[str, str], hand: str) -> Labelled:
    helps = row["intent"] in ("need", "offer")
    return Labelled(
        row["text"], row["intent"], row["category"] if helps else "", row["language"], hand,
    )  # fmt: skip


def _of_news(row: dict[str, str]) -> Labelled:
    intent = row["label"] if row["label"] in ("need", "offer") else NEWS_HAND
    return Labelled(row["text"], intent, "", "", NEWS_HAND)
