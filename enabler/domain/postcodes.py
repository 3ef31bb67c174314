"""Postcodes as people type them.

What is typed is forgiven where that is safe and never guessed. Only the form is known here:
whether a code was ever issued is for whoever holds the list to say.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from enabler.domain.errors import Invalid

LONGEST_POSTCODE_TYPED = 60
LONGEST_POSTCODE = 7

_OUTWARD = (
    r"(?:[A-PR-UWYZ](?:[0-9]|[1-9][0-9]|[0-9][A-HJKPSTUW])"
    r"|[A-PR-UWYZ][A-HK-Y](?:[0-9]|[1-9][0-9]|[0-9][ABEHMNPRVWXY]))"
)
_ISSUED_PART = re.compile(_OUTWARD)
_ISSUED = re.compile(rf"{_OUTWARD}[0-9][ABD-HJLNP-UW-Z]{{2}}")
"""The form of every code that was ever issued."""
_OUTWARD_ALONE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
"""The form of a code, also of those that were made up and those that are reserved (ZZ99 3VZ)."""
_READINGS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I", "L": "L1"}
"""What a character may have been meant as: O and 0, I and 1 are one to the eye, an l is often a 1.
Not the pairs that mostly differ in real codes too (S and 5, B and 8, Z and 2)."""

_AREA_LETTERS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN "
    "DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA "
    "LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG "
    "SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREAS = frozenset(_AREA_LETTERS.split())
_SILENT_CATEGORIES = frozenset("ZPC")


class PostcodeKind(StrEnum):
    """How much of a postcode was said."""

    WHOLE = "whole"
    SECTOR = "sector"
    OUTWARD = "outward"


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A postcode in the form in which it is written on an envelope, such as ``BS3 4QT``.

    Raises ``Invalid("postcode", "postcode_malformed")`` for any other form: use ``parse``.
    """

    text: str

    def __post_init__(self) -> None:
        """Hold only the written form."""
        match = _WHOLE.fullmatch(self.text.replace(" ", "", 1))
        if match is None or f"{match[1]} {match[2]}" != self.text:
            raise Invalid("postcode", "postcode_malformed")

    def __str__(self) -> str:
        """The written form."""
        return self.text

    @property
    def outward(self) -> str:
        """The part before the space: ``BS3``."""
        return self.text[:-4]

    @property
    def inward(self) -> str:
        """The part after the space: ``4QT``."""
        return self.text[-3:]

    @property
    def sector(self) -> str:
        """The outward code and the first digit after the space: ``BS3 4``."""
        return self.text[:-2]

    @property
    def area(self) -> str:
        """The letters it begins with: ``BS``."""
        return area_of(self.text)

    @classmethod
    def parse(cls, typed: str) -> "Postcode":
        """The postcode somebody typed, as it is most likely meant.

        Raises ``Invalid("postcode", code)``: ``postcode_missing``, ``postcode_malformed``,
        ``postcode_partial`` (an outward code or a sector alone).
        """
        readings = read_postcode(typed)
        whole = [reading.text for reading in readings if reading.kind is PostcodeKind.WHOLE]
        likely = [text for text in whole if _was_ever_formed(text)]
        if len(likely or whole) == 1:
            return cls((likely or whole)[0])
        code = "postcode_partial" if readings and not whole else "postcode_malformed"
        raise Invalid("postcode", code)

    @classmethod
    def from_list(cls, written: str) -> "Postcode":
        """The postcode that a list of postcodes holds: spaces and case apart, taken as it stands.

        Raises ``Invalid("postcode", "postcode_malformed")``.
        """
        letters = "".join(written.split()).upper()
        return cls(f"{letters[:-3]} {letters[-3:]}")


@dataclass(frozen=True, slots=True, order=True)
class PostcodeReading:
    """One way to read what was typed: a whole postcode, a sector, or an outward code."""

    kind: PostcodeKind
    text: str
    as_typed: bool = True

    @property
    def could_be(self) -> bool:
        """Whether codes of this form, in this area, were ever issued: ``at 10am`` is none."""
        return _was_ever_formed(self.text)


def area_of(code: str) -> str:
    """The letters that a postcode or a part of one begins with: ``BS``, ``E``."""
    return code[:2] if code[1].isalpha() else code[:1]


def read_postcode(typed: str) -> tuple[PostcodeReading, ...]:
    """Every way to read what was typed, as it stands first; empty when there is none.

    What could have been issued is read as it stands and in no other way. Otherwise letters and
    digits that look alike are exchanged, and each result that could have been issued is a reading
    too: only whoever knows which codes exist can ``choose``.
    Raises ``Invalid("postcode", "postcode_missing")`` when nothing was typed.
    """
    groups = _groups(typed)
    if not groups:
        return ()
    literal = _shapes(groups)
    if any(_was_ever_formed(reading.text) for reading in literal):
        return literal
    alike = {
        replace(reading, as_typed=False)
        for other in product(*(_READINGS.get(letter, letter) for letter in "".join(groups)))
        for reading in _shapes(_regroup("".join(other), groups))
        if _was_ever_formed(reading.text)
    }
    written = {reading.text for reading in literal}
    return (*literal, *sorted(reading for reading in alike if reading.text not in written))


def choose(readings: Iterable[PostcodeReading], existing: Container[str]) -> PostcodeReading | None:
    """The reading that exists: what was typed if that does, else the only other that does."""
    there = [reading for reading in readings if reading.text in existing]
    chosen = [reading for reading in there if reading.as_typed] or there
    return chosen[0] if len(chosen) == 1 else None


def _was_ever_formed(code: str) -> bool:
    """Whether a code, a sector or an outward code has the form and the area of issued ones."""
    letters = code.replace(" ", "")
    form = _ISSUED if len(code) > 4 and code[-4] == " " else _ISSUED_PART
    part = letters if form is _ISSUED else code.split(" ")[0]
    return area_of(code) in _AREAS and form.fullmatch(part) is not None


def _groups(typed: str) -> list[str]:
    """Runs of letters and digits in plain capitals; none when something else stands among them."""
    if not typed.strip():
        raise Invalid("postcode", "postcode_missing")
    if len(typed.strip()) > LONGEST_POSTCODE_TYPED:
        return []
    plain = unicodedata.normalize("NFKC", typed).upper()
    spaced = "".join(" " if unicodedata.category(c)[0] in _SILENT_CATEGORIES else c for c in plain)
    groups = spaced.split()
    letters = "".join(groups)
    readable = letters.isascii() and letters.isalnum() and len(letters) <= LONGEST_POSTCODE
    return groups if readable else []


def _regroup(letters: str, groups: list[str]) -> list[str]:
    regrouped, at = [], 0
    for group in groups:
        regrouped.append(letters[at : at + len(group)])
        at += len(group)
    return regrouped


def _shapes(groups: list[str]) -> tuple[PostcodeReading, ...]:
    """The groups as a postcode, a sector (its digit stands apart) or an outward code."""
    letters = "".join(groups)
    if match := _WHOLE.fullmatch(letters):
        return (PostcodeReading(PostcodeKind.WHOLE, f"{match[1]} {match[2]}"),)
    front, last = "".join(groups[:-1]), groups[-1]
    if last.isdigit() and len(last) == 1 and _OUTWARD_ALONE.fullmatch(front):
        return (PostcodeReading(PostcodeKind.SECTOR, f"{front} {last}"),)
    if _OUTWARD_ALONE.fullmatch(letters):
        return (PostcodeReading(PostcodeKind.OUTWARD, letters),)
    return ()
