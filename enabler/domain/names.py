"""What people call themselves and where they live, as one line of text each."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from enabler.domain.errors import Invalid
from enabler.domain.found_in_words import found_in

LONGEST_NAME = 200
LONGEST_SHOWN_NAME = 60
LONGEST_ADDRESS = 200
_REACHES = re.compile(r"@|\d(?:\D*\d){4,}|\w\.\w+/|\bwww\.|https?:", re.I)
_JOINERS = "\u200c\u200d"
"""Without these two some scripts and some pictures cannot be written."""


def one_line(typed: str, *, field: str, longest: int) -> str:
    """The text on one line, composed (NFC), without what cannot be seen or turns writing round.

    Raises ``Invalid(field, …)``: ``FIELD_missing``, ``FIELD_too_long`` (with ``longest``).
    """
    kept = "".join(_kept(c) for c in typed[: longest * 20])
    text = unicodedata.normalize("NFC", " ".join(kept.split()))
    if not any(unicodedata.category(c)[0] in "LNS" for c in text):
        raise Invalid(field, f"{field}_missing")
    if len(text) > longest:
        raise Invalid(field, f"{field}_too_long", longest=longest)
    return text


def _kept(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category[0] == "C" else character


def person_name(typed: str) -> str:
    """A person's full name. Raises ``Invalid("name", …)``; a name has a letter somewhere, and no
    number, mail address or link: it goes into letters that others trust, which nobody looks at."""
    name = one_line(typed, field="name", longest=LONGEST_NAME)
    if not any(unicodedata.category(c)[0] == "L" for c in name):
        raise Invalid("name", "name_no_letter")
    return _without_contact("name", name)


def _without_contact(field: str, name: str) -> str:
    if _REACHES.search(name) or {"link", "mail", "phone"} & set(found_in(name)):
        raise Invalid(field, "name_with_contact")
    return name


def shown_name(typed: str | None, name: str) -> str:
    """What others read: as typed, else the first word of the full name.

    Raises ``Invalid("shown_name", …)``: shown_name_too_long, name_with_contact.
    """
    if typed is None or not typed.strip():
        return name.split()[0][:LONGEST_SHOWN_NAME]
    shown = one_line(typed, field="shown_name", longest=LONGEST_SHOWN_NAME)
    return _without_contact("shown_name", shown)


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody as another may call them. ``ward``: where they live, if that is known; ``ref``: what
    tells them apart when nothing else does."""

    id: int
    shown: str
    full: str
    ward: str | None
    ref: str


def told_apart(people: Iterable[Called]) -> dict[int, str]:
    """What to call each, by id: as others read them, and where two would look alike a little more,
    the same for all of them: the surname's first letter, then the whole name, the ward, the ref."""
    alike: dict[str, dict[int, Called]] = {}
    for one in people:
        alike.setdefault(one.shown.casefold(), {})[one.id] = one
    found: dict[int, str] = {}
    for group in alike.values():
        ways = ([way(one) for one in group.values()] for way in _WAYS)
        names = next(way for way in ways if len({name.casefold() for name in way}) == len(group))
        found |= dict(zip(group, names, strict=True))
    return found


def _with_letter(one: Called) -> str:
    words = one.full.split()
    return f"{one.shown} {words[-1][0].upper()}." if len(words) > 1 else one.shown


def _with_ward(one: Called) -> str:
    return f"{one.full}, {one.ward}" if one.ward else one.full


_WAYS: tuple[Callable[[Called], str], ...] = (
    lambda one: one.shown, _with_letter, lambda one: one.full, _with_ward,
    lambda one: f"{_with_ward(one)} ({one.ref})",
)  # fmt: skip


def same_address(one: str, other: str) -> bool:
    """Whether two addresses of one postcode are the same front door, however they were typed."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> list[str]:
    # Word by word: "Flat 1, 1 High Street" is not "Flat 11, High Street".
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", address).casefold())
