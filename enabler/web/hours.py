"""Hours: what one has, what moved, as a page, as files to count with or to print, as a picture."""

import csv
import io
import re
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.cells import cell
from enabler.doors.wiring import now
from enabler.doors.words.balances import line_of_help
from enabler.doors.words.sheets import statement_sheet
from enabler.services import hours as service
from enabler.services.views.hours import StatementView
from enabler.web.access import actor, place
from enabler.web.giving import just_given
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("hours", __name__)
say_so_kindly(blueprint)
NEWEST = 3
"""Months that the page shows at first: the newest in which something moved."""
_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])", re.ASCII)


def _month() -> tuple[int, int] | None:
    found = _MONTH.fullmatch(request.args.get("month", ""))
    return (int(found[1]), int(found[2])) if found else None


def _statement(newest: int | None = None, *, row_by_row: bool = False) -> StatementView:
    whole = request.args.get("month") == "all"
    return service.statement(
        actor=actor(), month=_month(), newest=None if whole else newest,
        organisation_ref=request.args.get("for") or None, row_by_row=row_by_row, now=now(),
    )  # fmt: skip


@blueprint.get("/hours")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What there is, in words, and what moved, month by month."""
    return render_template(
        "hours/hours.html", shown=_statement(NEWEST), chosen=_month(),
        whole=request.args.get("month") == "all", given=just_given(request.args.get("ref")),
        back=url_for("mine.mine"),
    )  # fmt: skip


@blueprint.get("/hours/year")
@page(action=Action.SEE_OWN)
def year() -> str:
    """A year in a picture, with the same in a table."""
    typed = request.args.get("year", "")
    found = service.year(
        actor=actor(), now=now(), of=int(typed) if re.fullmatch(r"2\d{3}", typed) else None,
        organisation_ref=request.args.get("for") or None,
    )  # fmt: skip
    typed_for = request.args.get("for")
    whose: dict[str, Any] = {"for": typed_for} if typed_for else {}
    back = url_for("hours.mine", **whose)
    return render_template("hours/year.html", year=found, whose=whose, back=back)


@blueprint.get("/hours.csv")
@page(action=Action.SEE_OWN)
def as_csv() -> Response:
    """Every row for a spreadsheet, with its number in the ledger: the oldest first, so that it can
    be added up. Days are of the place's clock."""
    zone, kept = ZoneInfo(place().timezone), io.StringIO()
    write = csv.writer(kept).writerow
    write(["date", "what", "words", "minutes_in", "minutes_out", "balance_minutes", "number"])
    for month in reversed(_statement(row_by_row=True).months):
        for line in reversed(month.lines):
            came, went = max(0, line.minutes), max(0, -line.minutes)
            day = line.at.astimezone(zone).date().isoformat()
            what = cell(line_of_help(line, zone))
            write([day, what, cell(line.words or ""), came, went, line.balance, line.seq])
    headers = {"Content-Disposition": "attachment; filename=hours.csv"}
    return Response(
        "\ufeff" + kept.getvalue(), content_type="text/csv; charset=utf-8", headers=headers
    )


@blueprint.get("/hours.pdf")
@page(action=Action.SEE_OWN)
def as_pdf() -> Response:
    """The same to print: the oldest first, all of it or one month."""
    from enabler.doors import paper  # only a worker that prints loads what printing needs

    at, zone = now(), ZoneInfo(place().timezone)
    sheet = statement_sheet(_statement(), place().name, _month(), at.astimezone(zone).date())
    headers = {"Content-Disposition": "attachment; filename=hours.pdf"}
    return Response(paper.printed(sheet, at), content_type="application/pdf", headers=headers)
