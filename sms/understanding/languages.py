"""In which language somebody writes: by its letters where no other language here is written with
them, by the model where several are; in none where nothing but codes, figures and signs stands."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from sms.reading import Said
from sms.understanding.grams import shape

_ALONE = {
    "hangul": "ko", "hiragana": "ja", "katakana": "ja", "thai": "th", "gujarati": "gu",
    "tamil": "ta", "gurmukhi": "pa", "bengali": "bn", "telugu": "te", "malayalam": "ml",
    "greek": "el", "hebrew": "he", "georgian": "ka", "armenian": "hy", "sinhala": "si",
    "cjk": "zh",
}  # fmt: skip
"""Scripts in which one language is written, as far as texts here go."""
_SHARED: Mapping[str, tuple[str, ...]] = {
    "arabic": ("ar", "ur", "fa", "ku", "ps"), "cyrillic": ("uk", "ru", "bg"),
    "devanagari": ("hi", "ne"), "ethiopic": ("am", "ti"),
}  # fmt: skip
_WORD = re.compile(r"(?<!<)\b[^\W\d_]{2,}\b(?!>)")
_LEAST = 0.5
"""Of its letters so many are of a script that is told by them."""


def language_of(said: Said, likely: Mapping[str, float]) -> str:
    """The ISO 639-1 code. ``likely``: what the model holds for likely, the likeliest first."""
    plain = shape(said.text)
    if not _WORD.search(plain):
        return ""
    script = _script(plain)
    if script in _ALONE:
        return _ALONE[script]
    of_it = _SHARED.get(script, ())
    latin = [one for one in likely if one not in _OTHERS]
    return next((one for one in likely if one in of_it), of_it[0] if of_it else latin[0])


_OTHERS = frozenset({*_ALONE.values(), *(one for each in _SHARED.values() for one in each)}) - {
    "ur", "pa", "hi", "bn", "gu", "ar", "fa", "ku", "ru", "uk", "bg", "zh", "el", "ti", "am", "ta",
}  # fmt: skip
"""Languages that nobody here writes in Latin letters."""


def _script(plain: str) -> str:
    counts = Counter(
        unicodedata.name(letter, "none").partition(" ")[0].lower()
        for letter in plain if letter > "\u024f" and letter.isalpha()
    )  # fmt: skip
    letters = sum(letter.isalpha() for letter in plain)
    name, count = next(iter(counts.most_common(1)), ("", 0))
    return name if count >= _LEAST * letters else ""
