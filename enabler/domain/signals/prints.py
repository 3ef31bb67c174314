"""Whether two texts are the same, or nearly: by their shingles, as a short print (pure).

A print is the smallest of the digests of all runs of three words (a bottom-k sketch): of two
prints as many are the same, about, as of the two texts. Nothing can be read back from it but
by guessing every run of three words.
"""

from collections.abc import Collection
from hashlib import blake2b

from enabler.domain.signals.folding import folded

SHINGLE = 3
PRINT_SIZE = 16
FEWEST_WORDS = 12
"""Shorter texts are anybody's: "milk and bread from the corner shop" is no copy."""
ALIKE = 0.75


def print_of(text: str) -> frozenset[int]:
    """At most sixteen numbers below 2^63; none for a text that is too short to be a copy."""
    words = [word for word, _, _ in folded(text).tokens]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    digests = (
        int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") >> 1 for run in runs
    )
    return frozenset(sorted(digests)[:PRINT_SIZE])


def are_alike(one: Collection[int], other: Collection[int]) -> bool:
    """Whether two prints are of the same text, or of nearly the same."""
    both, larger = len(set(one) & set(other)), max(len(one), len(other))
    return larger > 0 and both >= ALIKE * larger
