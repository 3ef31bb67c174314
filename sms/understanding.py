"""What somebody writes who uses no word of ours: which kind of help, where, when, asked or offered.

By the recognition words of the categories, and the grammar of postcodes and times. What more than
one kind of help could be meant by is left open: it is asked, never guessed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from enabler.domain.categories import TREE
from enabler.domain.postcodes import PostcodeKind, read_postcode
from sms.reading import Said, first_of, phrase_of
from sms.times import Span, When, read_when
from sms.tongues import Phrase, Tongue

MOST_KINDS = 3
"""So many kinds of help are put to choice."""
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_INWARD = re.compile(r"\d[a-z]{0,2}")


@dataclass(frozen=True, slots=True)
class Understood:
    """``kinds``: the slugs that the words speak for, the likeliest first, one where nothing else
    comes near; ``postcode``: as it was typed, whole or in part; ``offers``: whether something is
    given, None where the words say neither or both."""

    kinds: tuple[str, ...]
    postcode: str | None
    is_whole: bool
    when: When | None
    offers: bool | None


def understand(said: Said, tongues: Sequence[Tongue], now: datetime) -> Understood:
    """What a text says; ``now`` is in the place's zone."""
    spot = _postcode(said)
    return Understood(
        kinds=_kinds(said),
        postcode=spot and said.typed(*_open_end(said, spot[0])),
        is_whole=bool(spot and spot[1]),
        when=read_when(said, tongues, now),
        offers=_offers(said, tongues),
    )


def _open_end(said: Said, span: Span) -> tuple[int, int | None]:
    return span[0], span[1] if span[1] < len(said.tokens) else None


def _kinds(said: Said) -> tuple[str, ...]:
    """Longer phrases weigh more; what is beaten by half is not meant."""
    weights: Counter[str] = Counter()
    at = 0
    while at < len(said.tokens):
        phrases = _by_first().get(said.words[at], {})
        phrase = first_of(said, phrases, at)
        for slug in phrases.get(phrase or (), ()):
            weights[slug] += len(phrase or ()) ** 2
        at += len(phrase or " ")
    ranked = sorted(weights, key=lambda slug: (-weights[slug], list(TREE).index(slug)))
    return tuple(slug for slug in ranked if 2 * weights[slug] >= weights[ranked[0]])[:MOST_KINDS]


@lru_cache(maxsize=1)
def _by_first() -> dict[str, dict[Phrase, tuple[str, ...]]]:
    """Every recognition phrase of every language by its first word, with the kinds it speaks for;
    with its plural."""
    found: dict[str, dict[Phrase, tuple[str, ...]]] = {}
    for slug, one in TREE.items():
        for words in one.words.values():
            for text in words:
                for phrase in _forms(phrase_of(text)):
                    kinds = found.setdefault(phrase[0], {})
                    kinds[phrase] = tuple(dict.fromkeys([*kinds.get(phrase, ()), slug]))
    return found


def _forms(phrase: Phrase) -> tuple[Phrase, ...]:
    """A singular counts for many, too; what is listed in the plural may be another word alone."""
    return phrase, (*phrase[:-1], f"{phrase[-1]}s")


def _postcode(said: Said) -> tuple[Span, bool] | None:
    """Where a postcode stands, and whether it is whole. The last of several: who corrects
    themselves does so at the end."""
    whole = [
        (at, at + size) for size in (1, 2) for at in range(len(said.tokens) + 1 - size)
        if _is_whole(" ".join(said.words[at : at + size]))
    ]  # fmt: skip
    if whole:
        return max(whole), True
    parts = [at for at, word in enumerate(said.words) if _is_part(word)]
    if not parts:
        return None
    at = parts[-1]
    follows = at + 1 < len(said.tokens) and _INWARD.fullmatch(said.words[at + 1])
    return (at, at + 1 + bool(follows)), False


def _is_whole(typed: str) -> bool:
    return any(
        one.kind is PostcodeKind.WHOLE and one.as_typed and one.could_be
        for one in read_postcode(typed)
    )  # fmt: skip


def _is_part(word: str) -> bool:
    """``bs3``, not ``m6`` or ``b1``, which are roads and answers."""
    if len(word) < 3 or not _OUTWARD.fullmatch(word):
        return False
    return any(
        one.kind is PostcodeKind.OUTWARD and one.as_typed and one.could_be
        for one in read_postcode(word)
    )  # fmt: skip


def _offers(said: Said, tongues: Sequence[Tongue]) -> bool | None:
    gives, asks = (
        any(
            said.begins(phrase, at)
            for tongue in tongues
            for phrase in tongue.of("meaning", name)
            for at in range(len(said.tokens))
        )
        for name in ("offers", "needs")
    )
    return None if gives == asks else gives
