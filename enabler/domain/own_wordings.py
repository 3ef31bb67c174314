"""A place's own phrases: words by which its people mean a kind of help (pure).

A phrase that a member typed is kept as a proposal where they agreed to it; one that staff took, or
wrote themselves, counts for everybody who texts the place.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.categories import TREE
from enabler.domain.errors import Invalid
from enabler.domain.signals.folding import fold
from enabler.domain.words import checked_words

SHORTEST, LONGEST = 2, 40
"""Characters of a phrase that counts."""
MOST_WORDS = 8
"""So many words at most are kept of what somebody typed."""
MOST_OWN = 500
"""So many phrases one place can have: each text is compared with all of them."""
_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True, slots=True)
class OwnWording:
    """A phrase that counts in a place, until it is ``ended_at``. ``people``: how many had proposed
    it when it was taken; 0 where staff wrote it."""

    id: int
    place_id: int
    ref: str
    phrase: str
    category: str
    language: str
    people: int
    taken_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A phrase that so many ``people`` of a place typed and let us keep, by the ref of the one that
    came first; whose they are is not told."""

    ref: str
    phrase: str
    folded: str
    category: str
    language: str
    people: int
    first_at: datetime


def folded(phrase: str) -> str:
    """The phrase as it is compared: small letters, no accents, one space between words."""
    return " ".join(_WORD.findall(fold(phrase)))


def checked_phrase(typed: str) -> str:
    """The phrase as it is kept. Raises Invalid("phrase", code)."""
    phrase = " ".join(checked_words("phrase", typed, most=LONGEST).split())
    if len(folded(phrase)) < SHORTEST:
        raise Invalid("phrase", "wording_too_short", least=SHORTEST)
    return phrase


def checked_kind(slug: str) -> str:
    """The kind of help. Raises Invalid("category", "category_unknown")."""
    if slug not in TREE:
        raise Invalid("category", "category_unknown")
    return slug


def without_people(words: str, names: Collection[str]) -> str:
    """What is left of what somebody typed without words that could say who or where: whatever has a
    figure in it (numbers, postcodes, most refs), a ref in capitals, and these names; a few words at
    most."""
    theirs = {part for name in names for part in folded(name).split()}
    shouted = words.isupper()
    kept = [
        word for word in words.split()
        if not any(letter.isdigit() for letter in word)
        and not theirs & set(folded(word).split())
        and (shouted or not _looks_like_a_ref(word))
    ]  # fmt: skip
    return " ".join(kept[:MOST_WORDS])


def _looks_like_a_ref(word: str) -> bool:
    bare = word.strip(".,;:!?()'\"")
    return 4 <= len(bare) <= 6 and bare.isupper()


def most_asked_first(found: Collection[Proposed]) -> tuple[Proposed, ...]:
    """As the desk lists them: what most people typed on top, then the oldest."""
    return tuple(sorted(found, key=lambda one: (-one.people, one.first_at, one.ref)))
