"""Words and kind of help that disagree: the words clearly mean another kind (pure)."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from enabler.domain.categories import TREE, category
from enabler.domain.signals.folding import fold, folded
from enabler.domain.signals.signal import Finding
from enabler.domain.signals.worries import inflections
from enabler.domain.vocabulary import Risk

CLEARLY = 2
"""So many words more of another kind than of any that was chosen."""


def found_in_kinds(text: str, chosen: Collection[str], held: Collection[str]) -> Iterator[Finding]:
    """``chosen``: the kinds that were chosen. ``held``: kinds that the place always looks at:
    where the words mean one of these, or one of high risk, and none that was chosen is, it is
    ``disagree_riskier``: checks may be passed by."""
    if not set(chosen) & TREE.keys():
        return  # a place's own kind has no words of its own
    counts = _counts(text)
    said = max((counts.get(slug, 0) for slug in chosen), default=0)
    others = [(count, slug) for slug, count in counts.items() if slug not in chosen]
    most, meant = max(others, default=(0, ""))
    if said or most < CLEARLY or sum(count == most for count, _ in others) > 1:
        return
    riskier = _is_risky(meant, held) and not any(_is_risky(slug, held) for slug in chosen)
    code = "disagree_riskier" if riskier else "disagree"
    yield Finding(code, {"said": sorted(chosen)[0], "meant": meant})


def _is_risky(slug: str, held: Collection[str]) -> bool:
    return slug in held or category(slug).risk is Risk.HIGH


def _counts(text: str) -> dict[str, int]:
    """How many of its recognition words the text has, by kind of help."""
    words = [word for word, _, _ in folded(text).tokens]
    found: dict[str, set[tuple[str, ...]]] = {}
    for at, word in enumerate(words):
        for phrase, slug, listed in _phrases().get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found.setdefault(slug, set()).add(listed)
    return {slug: len(listed) for slug, listed in found.items()}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = {}
    for slug, kind in TREE.items():
        for listed in {fold(word) for words in kind.words.values() for word in words}:
            parts = tuple(listed.split())
            stem = _stem(parts)
            for last in inflections(parts[-1]):
                found.setdefault((*parts[:-1], last)[0], []).append(
                    ((*parts[:-1], last), slug, stem)
                )
    return found


def _stem(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Meal and meals are one word."""
    return (*parts[:-1], parts[-1].removesuffix("s"))
