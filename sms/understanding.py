"""What somebody writes who uses no word of ours: which kind of help, where, when, asked or offered.

By the recognition words of the categories, and the grammar of postcodes and times. What more than
one kind of help could be meant by is left open: it is asked, never guessed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from enabler.domain.categories import TREE
from sms.reading import Said, first_of, phrase_of
from sms.tongues import Phrase, Tongue
from sms.when import When, read_when
from sms.where import read_postcode_in

MOST_KINDS = 3
"""So many kinds of help are put to choice."""


@dataclass(frozen=True, slots=True)
class Understood:
    """``kinds``: the slugs that the words speak for, the likeliest first, one where nothing else
    comes near; ``postcode``: as it was typed, whole or in part; ``written_postcode``: the same as
    it is written, all of it or the outward code alone; ``offers``: whether something is given,
    None where the words say neither or both."""

    kinds: tuple[str, ...]
    postcode: str | None
    written_postcode: str | None
    is_whole: bool
    when: When | None
    offers: bool | None


def understand(said: Said, tongues: Sequence[Tongue], now: datetime) -> Understood:
    """What a text says; ``now`` is in the place's zone."""
    spot = read_postcode_in(said)
    return Understood(
        kinds=_kinds(said),
        postcode=spot.as_typed if spot else None,
        written_postcode=spot.postcode if spot else None,
        is_whole=bool(spot and spot.is_whole),
        when=read_when(said, tongues, now),
        offers=_offers(said, tongues),
    )


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
