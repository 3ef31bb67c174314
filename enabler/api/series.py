"""Series: what you ask for every week, and the days of it that are left out."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.said import said_of
from enabler.api.schemas.parts import weekly
from enabler.api.schemas.series import SeriesPart, SeriesSchema, SeriesSent, SkippedSent
from enabler.domain.permissions import Action
from enabler.domain.recurrence import Repeat
from enabler.doors.wiring import now
from enabler.services import lists, series
from enabler.services.needs import NeedDraft
from enabler.services.views import SeriesView

resource = Resource("series", "What people ask for every week.")
_OF_DRAFT = (
    "category", "words", "at_home", "postcode", "address", "duration_minutes", "slots",
    "languages_required", "preferences", "reach_metres", "setting", "circumstances",
)  # fmt: skip
_CODES = ("languages_required", "preferences")


def _whole(view: SeriesView) -> Any:
    """The series with what its draft says, in one."""
    said = {name: getattr(view.draft, name) for name in (*_OF_DRAFT, "organisation_ref")}
    every = view.draft.every
    if every is not None:
        said |= {name: getattr(every, name) for name in every.__slots__}
    mine = {name: getattr(view, name) for name in view.__slots__ if name != "draft"}
    return SimpleNamespace(**said, **mine)


@resource.read("/series", action=Action.SEE_OWN, gives=SeriesPart)
def all_mine() -> Any:
    """What you ask for every week and have not ended, the newest first."""
    found = lists.series(actor=actor(), now=now())
    return SimpleNamespace(series=[_whole(each) for each in found])


@resource.write(
    "/series", action=Action.POST_NEED, takes=SeriesSent, gives=SeriesSchema, makes=True
)
def begin(key: str, **given: Any) -> Any:
    """Ask for help every week, for yourself or for an organisation that you lead. The needs of the
    next fourteen days are made at once."""
    every = Repeat(
        weekly(given.pop("weekly")), given.pop("last_on"), given.pop("skips_bank_holidays")
    )
    codes = {name: tuple(given[name]) for name in _CODES}
    codes["circumstances"] = said_of(given["circumstances"])
    draft = NeedDraft(**given | codes, every=every)
    return _whole(series.begin(actor=actor(), draft=draft, key=key, now=now()))


@resource.read("/series/<ref:ref>", action=Action.CHANGE_NEED, gives=SeriesSchema)
def one(ref: str) -> Any:
    """A series with its next days, for its asker, or those who lead what asks."""
    return _whole(series.show(actor=actor(), ref=ref, now=now()))


@resource.write(
    "/series/<ref:ref>/skip", action=Action.CHANGE_NEED, takes=SkippedSent, gives=SeriesSchema
)
def skip(ref: str, day: date, key: str) -> Any:
    """No help on this day. Whoever was asked or said yes is told."""
    return _whole(series.skip(actor=actor(), ref=ref, day=day, key=key, now=now()))


@resource.write("/series/<ref:ref>/end", action=Action.CHANGE_NEED, gives=SeriesSchema)
def end(ref: str, key: str) -> Any:
    """No more of it. Needs of days to come are taken back."""
    return _whole(series.end(actor=actor(), ref=ref, key=key, now=now()))
