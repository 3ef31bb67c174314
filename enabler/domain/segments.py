"""How long a text is on the air: GSM 03.38 septets, or UCS-2 where one character is outside it.

One segment holds 160 septets or 70 UTF-16 units; several hold 153 or 67 each, and neither an
escaped character nor a surrogate pair is cut in two (3GPP TS 23.038 and 23.040).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM, UCS2 = "GSM-7", "UCS-2"
_ALONE = {GSM: 160, UCS2: 70}
_JOINED = {GSM: 153, UCS2: 67}
_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u2026", "''\"\"--.")


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a text is on the air."""

    encoding: str
    segments: int
    units: int


def measure(text: str) -> Measure:
    """Encoding, segments and units (septets, or 16-bit units) of a text. An empty one is one."""
    gsm = all(_is_gsm(letter) for letter in text)
    encoding = GSM if gsm else UCS2
    sizes = [_septets(letter) if gsm else _units(letter) for letter in text]
    total = sum(sizes)
    segments = 1 if total <= _ALONE[encoding] else _parts(sizes, _JOINED[encoding])
    return Measure(encoding=encoding, segments=segments, units=total)


def most_segments(language: str) -> int:
    """How many a text of ours may take: two; three in a language that needs UCS-2, as all but
    English here do."""
    return 2 if language == "en" else 3


def without_marks(text: str) -> str:
    """The text with each letter that needs UCS-2 written without its mark: *dwr* for *dŵr*. What
    has no such letter stays."""
    return "".join(
        letter if _is_gsm(letter) else unicodedata.normalize("NFD", letter)[0]
        for letter in text.translate(_PLAIN)
    )


def _is_gsm(letter: str) -> bool:
    return letter in _BASIC or letter in _EXTENDED


def _septets(letter: str) -> int:
    return 2 if letter in _EXTENDED else 1


def _units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1


def _parts(sizes: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
