"""What people write to each other may hold a number, an address, money or a link (pure).

Nothing is held back because of it: the writer is told that none of it is needed, and a mark is
kept.
"""

import re

import phonenumbers

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:!?]{2,}")
_LINK = re.compile(
    r"(?:https?://|www\.)\S|\b[\w-]+\.(?:com|org|net|co\.uk|org\.uk|info|io)\b", re.I
)
_MONEY = re.compile(
    r"[£$€]\s?\d|\b\d+(?:[.,]\d+)?\s?(?:p|pence|pounds?|quid|euros?|gbp)\b"
    r"|\b(?:sort code|account number|iban|gift cards?|bank transfer|paypal)\b",
    re.I,
)


def found_in(words: str) -> tuple[str, ...]:
    """What the words seem to hold, as codes in order: link, mail, money, phone."""
    found = set()
    if _MAIL.search(words):
        found.add("mail")
    if _LINK.search(_MAIL.sub(" ", words)):
        found.add("link")
    if _MONEY.search(words):
        found.add("money")
    if _has_phone(words):
        found.add("phone")
    return tuple(sorted(found))


def _has_phone(words: str) -> bool:
    return first_phone(words) is not None


def first_phone(words: str) -> str | None:
    """The first phone number among the words (E.164). Also numbers of nobody (07700 900…), which
    the library calls possible and not valid."""
    leniency = phonenumbers.Leniency.POSSIBLE
    for match in phonenumbers.PhoneNumberMatcher(words, "GB", leniency=leniency):
        national = str(match.number.national_number)
        if national[:1] in "123578" and len(national) >= 9:
            return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None
