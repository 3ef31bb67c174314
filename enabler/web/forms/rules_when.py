"""When and where a draft of the rules is to hold, in the place's own days and clock times."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from flask_babel import lazy_gettext as _
from shapely.geometry.base import BaseGeometry
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.geojson import read_features
from enabler.domain.sources import BadSource
from enabler.domain.wards import as_multipolygon, on_the_grid
from enabler.doors.local_time import moment
from enabler.services.rulesets import When
from enabler.services.views.rules import DraftView
from enabler.web.forms.fields import Clock, Day, Line, One, Required, Some, Words
from enabler.web.forms.rules import EditForm

MOST_GEOJSON = 50_000
_SHORT = {"class": "govuk-input--width-5", "spellcheck": "false"}
_NEAR_BRITAIN = (-12, 48, 6, 63)


class WhenForm(EditForm):
    """A name, a beginning, perhaps an end, and the whole place or a part of it."""

    fields_of: ClassVar[Mapping[str, str]] = {"from": "from_day", "until": "until_day"}
    name = Line(
        _("What are these rules called?"), most=80,
        description=_("Everybody can read this name. For example: Spring 2027, or Flood."),
        validators=[Required(message=_("Type a name, for example Spring 2027."))],
    )  # fmt: skip
    begins = One(
        _("From when?"),
        choices=lambda: [("approved", _("As soon as they are approved")),
                         ("at", _("From a day and a time that I choose"))],
        validators=[Required(message=_("Choose from when."))],
    )  # fmt: skip
    from_day = Day(_("From which day?"))
    from_clock = Clock(_("From what time?"), most=20, render_kw=_SHORT,
                       description=_("For example 8am."))  # fmt: skip
    ends = One(
        _("Until when?"),
        choices=lambda: [("open", _("Until other rules take their place")),
                         ("at", _("Until a day and a time that I choose"))],
        validators=[Required(message=_("Choose until when."))],
    )  # fmt: skip
    until_day = Day(_("Until which day?"))
    until_clock = Clock(_("Until what time?"), most=20, render_kw=_SHORT,
                        description=_("For example 8pm."))  # fmt: skip
    where = One(
        _("Where?"),
        choices=lambda: [("place", _("In the whole place")), ("wards", _("In some wards")),
                         ("drawn", _("In an area that I paste"))],
        validators=[Required(message=_("Choose where."))],
    )  # fmt: skip
    wards = Some(_("In which wards?"), choices=list)
    area = Words(
        _("The area as GeoJSON"), most=MOST_GEOJSON, render_kw={"rows": 6, "spellcheck": "false"},
        validators=[Optional()],
        description=_("A polygon, in degrees of longitude and latitude (WGS 84). Any map program"
                      " can save one."),
    )  # fmt: skip
    _keeps_drawn = False

    def know(self, wards: Iterable[tuple[str, str]], draft: DraftView) -> None:
        """The wards to choose from; an area that was drawn before can stay."""
        self.wards.choose_among(wards)
        if draft.covers and not draft.ward_codes:
            said = [(each.value, each.label) for each in self.where.choices]
            self.where.choose_among([("kept", _("In the area that was drawn")), *said])

    def write(self, draft: DraftView, zone: ZoneInfo) -> None:
        """Show what the draft says."""
        self.name.data = draft.name
        self.begins.data = "approved" if draft.from_at is None else "at"
        self.ends.data = "open" if draft.until_at is None else "at"
        for at, day, clock in (
            (draft.from_at, self.from_day, self.from_clock),
            (draft.until_at, self.until_day, self.until_clock),
        ):
            if at is not None:
                local = at.astimezone(zone)
                day.data, clock.data = local.date(), f"{local:%H:%M}"
        self.where.data = "wards" if draft.ward_codes else "kept" if draft.covers else "place"
        self.wards.data = list(draft.ward_codes)

    def fields_unused(self) -> set[str]:
        """Fields that the chosen answers do not read; they may hold anything."""
        found = set()
        if self.begins.data != "at":
            found |= {"from_day", "from_clock"}
        if self.ends.data != "at":
            found |= {"until_day", "until_clock"}
        return found | {"wards", "area"} - {{"wards": "wards", "drawn": "area"}.get(
            self.where.data or "", ""
        )}  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave out the errors of what belongs to another answer."""
        super().validate(extra_validators)
        for name in self.fields_unused():
            self[name].errors = []
        return not any(field.errors for field in self)

    def when(self, zone: ZoneInfo) -> When:
        """For the service. Raises Invalid at the field that is missing or wrong."""
        wards: tuple[str, ...] = ()
        if self.where.data == "wards":
            wards = tuple(self.wards.data or ())
            if not wards:
                raise Invalid("wards", "rules_wards_missing")
        return When(
            name=self.name.data or "",
            from_at=self._at("from", zone) if self.begins.data == "at" else None,
            until_at=self._at("until", zone) if self.ends.data == "at" else None,
            wards=wards,
            drawn=read_area(self.area.data or "") if self.where.data == "drawn" else None,
            keep_drawn=self.where.data == "kept",
        )

    def _at(self, which: str, zone: ZoneInfo) -> datetime:
        on, clock = self[f"{which}_day"], self[f"{which}_clock"]
        if on.data is None:
            raise Invalid(on.name, "day_missing")
        if clock.clock is None:
            raise Invalid(clock.name, "start_missing")
        return first_moment(on.given, clock.given, zone, field=clock.name)


def first_moment(day: date, clock: time, zone: ZoneInfo, *, field: str) -> datetime:
    """The moment of a local time; of one that comes twice, when the clocks go back, the first.

    Raises Invalid(field, time_skipped) for one that the clocks jump over.
    """
    try:
        return moment(day, clock, zone, field=field)
    except Invalid as wrong:
        if wrong.code != "time_repeated":
            raise
    return datetime.combine(day, clock, tzinfo=zone).replace(fold=0).astimezone(UTC)


def read_area(text: str) -> BaseGeometry:
    """An area on the National Grid, of GeoJSON in degrees. Raises Invalid("area", code)."""
    if not text.strip():
        raise Invalid("area", "rules_area_missing")
    try:
        shapes = [one.geometry for one in read_features(text) if one.geometry is not None]
    except BadSource as wrong:
        raise Invalid("area", "rules_area_malformed") from wrong
    polygons = [one for one in shapes if one.geom_type in ("Polygon", "MultiPolygon")]
    if not polygons or len(polygons) < len(shapes) or not all(one.is_valid for one in polygons):
        raise Invalid("area", "rules_area_malformed")
    shape = shapely.force_2d(shapely.union_all(polygons))
    west, south, east, north = shape.bounds
    least_west, least_south, most_east, most_north = _NEAR_BRITAIN
    if not (
        least_west <= west <= east <= most_east and least_south <= south <= north <= most_north
    ):
        raise Invalid("area", "rules_area_outside")
    placed = on_the_grid(shape)
    if shapely.area(placed) == 0 or not np.isfinite(shapely.get_coordinates(placed)).all():
        raise Invalid("area", "rules_area_malformed")
    return as_multipolygon(placed)
