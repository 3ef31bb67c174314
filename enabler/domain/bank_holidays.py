"""Bank holidays of the four countries: which days they are (pure; days come from ``holidays``)."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

COUNTRIES = ("ENG", "WLS", "SCT", "NIR")
_BY_LETTER = {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}
"""How the codes of councils begin (GSS): the country that they lie in."""


def country_of(authority_code: str | None, said: str = "") -> str:
    """Whose bank holidays hold in a place: what its ruleset says, else its council's country's.

    A place without a code is taken to be in England.
    """
    return said or _BY_LETTER.get((authority_code or "E")[:1], "ENG")


def bank_holidays(country: str, first: date, last: date) -> list[date]:
    """The bank holidays from one day to another (both in), in order; substitute days as well."""
    years = range(first.year, last.year + 1)
    return sorted(day for year in years for day in _of_year(country, year) if first <= day <= last)


def is_bank_holiday(country: str, day: date) -> bool:
    """Whether the day is one of theirs."""
    return day in _of_year(country, day.year)


@lru_cache(maxsize=256)
def _of_year(country: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv=country, years=year))
