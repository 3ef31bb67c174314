"""When an offer does not hold though its week says so: days, bank holidays, a season."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _

from enabler.domain.errors import Invalid
from enabler.domain.offer_exceptions import OfferException
from enabler.domain.vocabulary import ExceptionKind
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Day, Tick
from enabler.web.forms.growing import Growing

MOST_ROWS = 7


def rows_of(most: int = MOST_ROWS) -> tuple[tuple[str, str], ...]:
    """The names of the fields of each stretch of days: the first and the last of them."""
    return tuple((f"off{n}", f"back{n}") for n in range(1, most + 1))


class Exceptions(Growing, Form):
    """On which days not; every answer may be left empty."""

    fields_of: ClassVar[Mapping[str, str]] = {"exceptions": "off1"}
    all_rows = rows_of()
    bank_holidays = Tick(_("Not on bank holidays"))
    season_first = Day(_("Only from this day on (optional)"))
    season_last = Day(_("Only until this day (optional)"))

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer. Raises Invalid at the field that is missing or wrong."""
        found = [OfferException(ExceptionKind.BANK_HOLIDAYS)] if self.bank_holidays.data else []
        first, last = self.season_first.data, self.season_last.data
        if first is not None or last is not None:
            _in_order(first, last, "season_last")
            found.append(OfferException(ExceptionKind.SEASON, first, last))
        for opens, closes in self.shown_rows:
            first, last = self[opens].data, self[closes].data
            if first is None and last is not None:
                raise Invalid(opens, "day_missing")
            if first is not None:
                _in_order(first, last, closes)
                found.append(OfferException(ExceptionKind.DAYS, first, last or first))
        return {"exceptions": tuple(sorted(found, key=str))}


def _in_order(first: date | None, last: date | None, name: str) -> None:
    if first is not None and last is not None and last < first:
        raise Invalid(name, "end_is_before_start")


for _off, _back in rows_of():
    setattr(Exceptions, _off, Day(_("Not from")))
    setattr(Exceptions, _back, Day(_("Last day (leave empty for one day)")))


def answers_for(exceptions: Iterable[OfferException]) -> dict[str, list[str]]:
    """The answers that these would have been."""
    found: dict[str, list[str]] = {"rows": ["1"]}
    rows = iter(rows_of())
    for one in exceptions:
        if one.kind is ExceptionKind.BANK_HOLIDAYS:
            found["bank_holidays"] = ["y"]
        elif one.kind is ExceptionKind.SEASON:
            found |= {"season_first": _boxes(one.first), "season_last": _boxes(one.last)}
        elif (row := next(rows, None)) is not None:
            found |= {row[0]: _boxes(one.first), row[1]: _boxes(one.last)}
            found["rows"] = [row[0].removeprefix("off")]
    return found


def _boxes(day: date | None) -> list[str]:
    return ["", "", ""] if day is None else [str(day.day), str(day.month), str(day.year)]
