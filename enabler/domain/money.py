"""Money as people type it, in whole pence. It is never mixed with hours."""

import re

from enabler.domain.errors import Invalid

_POUNDS = re.compile(r"£?\s*(\d{1,6})(?:\.(\d\d))?", re.ASCII)
_PENCE = re.compile(r"(\d{1,6})\s*[pP]", re.ASCII)


def pence_of(field: str, text: str, *, most: int, least: int = 1) -> int:
    """The pence of “3.40”, “£3.40”, “£3” or “340p”; with ``least=0`` also those of “0”.

    What could be meant in two ways (“3.4”, “3,40”) is asked about, never guessed. Raises
    Invalid(field, code): ``money_unreadable``, ``money_nothing``, ``money_too_much`` (fact
    ``most``, in pounds).
    """
    typed = text.strip()
    pounds, pennies = _POUNDS.fullmatch(typed), _PENCE.fullmatch(typed)
    if pounds is not None:
        pence = 100 * int(pounds[1]) + int(pounds[2] or 0)
    elif pennies is not None:
        pence = int(pennies[1])
    else:
        raise Invalid(field, "money_unreadable")
    return checked_pence(field, pence, most=most, least=least)


def checked_pence(field: str, pence: int, *, most: int, least: int = 1) -> int:
    """The same pence, where somebody can have spent so much. Raises Invalid(field, code)."""
    if pence < least:
        raise Invalid(field, "money_nothing")
    if pence > most:
        raise Invalid(field, "money_too_much", most=pounds_of(most))
    return pence


def pounds_of(pence: int) -> str:
    """£3.40, of 340."""
    return f"£{pence // 100}.{pence % 100:02d}"
