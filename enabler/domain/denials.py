"""By what somebody who was removed for safety is known again, however they spell it (pure).

Nothing of it is kept as it is: services keep keyed digests of these texts.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import combinations

from enabler.domain.signals.folding import fold

STRONG_MARKS = frozenset({"phone", "mail"})
WEAK_ENOUGH = 2
"""So many weak marks (the name with the postcode, and with the front door) count as one strong."""
MOST_NAMES = 6
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof", "rev", "cllr"})
_SAME_HOUSE = {"googlemail.com": "gmail.com", "hotmail.co.uk": "hotmail.com",
               "live.co.uk": "live.com", "outlook.co.uk": "outlook.com",
               "me.com": "icloud.com", "mac.com": "icloud.com"}  # fmt: skip
Mark = tuple[str, str]
"""(kind, text): phone, mail, name-postcode or name-home."""


class DenialReason(StrEnum):
    """Why somebody was removed, as a code. What happened stands in the case, not here."""

    VIOLENCE = "violence"
    SEXUAL = "sexual"
    THEFT = "theft"
    EXPLOITATION = "exploitation"
    HATE = "hate"
    FALSE_IDENTITY = "false-identity"
    OTHER = "other"


def marks_of(
    *, name: str, phones: Collection[str] = (), mails: Collection[str] = (),
    postcode: str | None = None, address: str | None = None,
) -> frozenset[Mark]:  # fmt: skip
    """All marks of somebody. ``phones`` are E.164; the others as they were typed."""
    found: set[Mark] = {("phone", _digits(phone)) for phone in phones}
    found |= {("mail", mail_mark(mail)) for mail in mails}
    if postcode is not None:
        code = re.sub(r"\W", "", postcode).lower()
        door = None if address is None else door_mark(address)
        for spelt in name_marks(name):
            found.add(("name-postcode", f"{spelt}|{code}"))
            if door:
                found.add(("name-home", f"{spelt}|{code}|{door}"))
    return frozenset(found)


def counts(kinds: Collection[str]) -> bool:
    """Whether these kinds of marks are enough for a person to look: one strong, or two weak."""
    return bool(STRONG_MARKS & set(kinds)) or len(set(kinds)) >= WEAK_ENOUGH


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def mail_mark(address: str) -> str:
    """A mail address without what its owner may add or leave out: dots, what follows a plus, and
    the other names of the same house."""
    local, _, house = fold(address.strip()).rpartition("@")
    local = re.split(r"[+]", local, maxsplit=1)[0]
    house = house.strip(".")
    return f"{re.sub(r'[.]', '', local) or local}@{_SAME_HOUSE.get(house, house)}"


def name_marks(name: str) -> Iterator[str]:
    """Every two of somebody's names, in no order, without accents or titles: a middle name may
    come and go. A single name stands for itself."""
    parts = [part for part in _names(name) if part not in _TITLES] or list(_names(name))
    whole = sorted(set(parts))[:MOST_NAMES]
    if len(whole) == 1:
        yield whole[0]
    for two in combinations(whole, 2):
        yield " ".join(two)


def _names(name: str) -> list[str]:
    plain = fold(name)
    for letter, ours in (("ø", "o"), ("ł", "l"), ("ß", "ss"), ("æ", "ae"), ("đ", "d"), ("ð", "d")):
        plain = plain.replace(letter, ours)
    plain = re.sub(r"['.]", "", plain)
    letters = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain)
    return letters.split()


def door_mark(address: str) -> str:
    """The numbers of a front door, in no order: a postcode with them is one home. Where there are
    none, its words."""
    plain = fold(address)
    numbers = re.findall(r"\d+[a-z]?\b", plain)
    return " ".join(sorted(numbers or re.findall(r"\w+", plain)))
