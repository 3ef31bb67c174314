"""Visits in one's own calendar: one as a file, all at an address that only its owner knows."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.calendars import TYPE, as_calendar
from enabler.doors.wiring import now, wiring
from enabler.services import calendars
from enabler.services.views import CalendarView
from enabler.web.access import actor
from enabler.web.forms.base import Confirm

blueprint = Blueprint("calendars", __name__)


def base_url() -> str:
    """Where our pages are, as others reach them."""
    return wiring().public_base_url or request.host_url


def _file(found: CalendarView, name: str) -> Response:
    written = as_calendar(found, base_url=base_url(), now=now())
    headers = {"Content-Disposition": f"attachment; filename={name}.ics"}
    return Response(written, content_type=TYPE, headers=headers)


@blueprint.get("/matches/<ref:ref>/visit.ics")
@page(action=Action.SEE_MATCH)
def visit(ref: str) -> Response:
    """The agreed time, for a calendar."""
    found = calendars.of_visit(actor=actor(), match_ref=ref, now=now())
    return _file(found, f"visit-{ref}")


@blueprint.get("/calendar/<token>.ics")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def feed(token: str) -> Response:
    """All visits of whoever has the address."""
    return _file(calendars.of_feed(token=token, secrets=wiring().secrets, now=now()), "visits")


@blueprint.get("/me/calendar")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """The address of one's own, to take over, to renew, to switch off."""
    token = calendars.token(actor=actor(), secrets=wiring().secrets)
    address = token and base_url().rstrip("/") + url_for("calendars.feed", token=token)
    return render_template("mine/calendar.html", address=address, form=Confirm())


@blueprint.post("/me/calendar/on")
@page(action=Action.SEE_OWN)
def on() -> Any:
    """Make an address, in place of the one before."""
    calendars.switch_on(
        actor=actor(), secrets=wiring().secrets, key=Confirm().the_key(), now=now()
    )  # fmt: skip
    return redirect(url_for("calendars.mine"))


@blueprint.post("/me/calendar/off")
@page(action=Action.SEE_OWN)
def off() -> Any:
    """No address works any more."""
    calendars.switch_off(actor=actor(), key=Confirm().the_key(), now=now())
    return redirect(url_for("calendars.mine"))
