"""Whoever acts for somebody tells the council something in their own name: they stop acting first,
and what it is about goes along, as their own pages do not show it any more. Afterwards one press
leads back there. Whether they still may act is asked then, and of nobody before."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask import session

from enabler.doors.wiring import now

_TELLING, KEPT_FOR = "telling", timedelta(minutes=30)
_PAGE = re.compile(r"/(?:needs|matches)/([0-9A-Za-z]{4,6})")


def page_of(typed: str | None) -> str:
    """The page of a need or match that a form names; nothing for any other address."""
    return typed if typed and _PAGE.fullmatch(typed) else ""


def begin(of: str | None, whom: str | None) -> bool:
    """Keep what is to be told of, and for whom they acted; whether anything is to be told.

    ``of`` is None where they only stop.
    """
    session.pop(_TELLING, None)
    if of is None or whom is None:
        return False
    until = (now() + KEPT_FOR).isoformat()
    session[_TELLING] = {"of": page_of(of), "whom": whom, "until": until}
    return True


def kept() -> dict[str, Any]:
    """The page that it is about (``of``, may be empty), its ``ref``, and the mandate (``whom``)
    under which they acted. Nothing for whoever did not come this way, or long ago."""
    found = session.get(_TELLING)
    if not isinstance(found, dict) or datetime.fromisoformat(found["until"]) < now():
        return {}
    page = _PAGE.fullmatch(found["of"])
    return found | {"ref": page[1] if page else None}


def told() -> dict[str, Any]:
    """The same, once it was told: the next report is about something else."""
    found = kept()
    session.pop(_TELLING, None)
    return found
