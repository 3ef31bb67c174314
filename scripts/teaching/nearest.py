"""The texts that new ones are held against: ``python -m scripts.teaching.nearest`` writes
``sms/understanding/nearest.npz`` by itself, ``scripts.teach`` with all else.

Their words are not kept in order, only which gram is in which text.
"""

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from scripts.teaching.fitting import rarity, rows, share
from scripts.teaching.texts import Labelled, written
from sms.reading import read
from sms.understanding.grams import PIECE, grams
from sms.understanding.lexicon import marks_of

FILE = Path(__file__).parents[2] / "sms" / "understanding" / "nearest.npz"
FEWEST = 2


def keep_nearest(texts: Sequence[Labelled], file: Path = FILE) -> None:
    """Writes the texts that people wrote, by gram: what is news or a list is nobody's like."""
    found = [_whole(grams(one.text, marks_of(read(one.text)))) for one in texts]
    places, rare = rarity(found, [1.0] * len(found), FEWEST)
    rare *= [share(gram) for gram in places]
    by_gram = rows(found, places, rare).tocsc()
    by_gram.sort_indices()
    np.savez_compressed(
        file,
        grams=np.frombuffer("\n".join(places).encode(), dtype=np.uint8),
        rarity=rare.astype(np.float16),
        times=np.diff(by_gram.indptr).astype(np.uint16),
        texts=by_gram.indices.astype(np.uint16),
        dangerous=np.array([one.intent == "danger" for one in texts]),
    )
    print(f"{len(texts)} texts, {len(places)} grams, {file.stat().st_size / 1e6:.1f} MB")


def _whole(found: Collection[str]) -> list[str]:
    return [gram for gram in found if not gram.startswith(PIECE)]


if __name__ == "__main__":
    sys.exit(keep_nearest(written("taught", "seen")))
