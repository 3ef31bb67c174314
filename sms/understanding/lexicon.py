"""The recognition words of the kinds of help, as the lists have them: whoever adds a word to a
list is understood the same day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from enabler.domain.categories import TREE
from sms.reading import Said, first_of, phrase_of
from sms.tongues import TONGUES, Phrase

Phrases = Mapping[str, Mapping[Phrase, tuple[str, ...]]]
"""By their first word."""
NONE: Phrases = {}


def kinds_in(said: Said, phrases: Phrases) -> Counter[str]:
    """What the phrases speak for: longer ones weigh more."""
    weights: Counter[str] = Counter()
    at = 0
    while at < len(said.tokens):
        here = phrases.get(said.words[at], {})
        phrase = first_of(said, here, at)
        for slug in here.get(phrase or (), ()):
            weights[slug] += len(phrase or ()) ** 2
        at += len(phrase or " ")
    return weights


def marks_of(said: Said) -> tuple[str, ...]:
    """What the lists find in a text, in the words of the model."""
    return tuple({**kinds_in(said, of_the_tree()), **kinds_in(said, _of_the_tongues())})


def says(said: Said, name: str) -> bool:
    """Whether one of the tongues' phrases of this meaning (offers, needs) stands in it."""
    return name in kinds_in(said, _of_the_tongues())


@lru_cache(maxsize=1)
def _of_the_tongues() -> Phrases:
    """Every phrase of every language that says whether help is asked or offered."""
    return by_first(
        (" ".join(phrase), name) for tongue in TONGUES.values()
        for name in ("offers", "needs") for phrase in tongue.of("meaning", name)
    )  # fmt: skip


@lru_cache(maxsize=1)
def of_the_tree() -> Phrases:
    """Every recognition phrase of every language, with its plural."""
    return by_first(
        (text, slug) for slug, one in TREE.items() for words in one.words.values() for text in words
    )  # fmt: skip


def by_first(listed: Iterable[tuple[str, str]]) -> Phrases:
    """Phrases and the kinds they speak for, by their first word."""
    found: dict[str, dict[Phrase, tuple[str, ...]]] = {}
    for text, slug in listed:
        for phrase in _forms(phrase_of(text)):
            kinds = found.setdefault(phrase[0], {})
            kinds[phrase] = tuple(dict.fromkeys([*kinds.get(phrase, ()), slug]))
    return found


def _forms(phrase: Phrase) -> tuple[Phrase, ...]:
    """A singular counts for many, too; what is listed in the plural may be another word alone."""
    return (phrase, (*phrase[:-1], f"{phrase[-1]}s")) if phrase else ()
