"""What the two sides of a match tell: a time, how long it took, why not."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.reports import ABOUT_NO_REF, KINDS, WORRIED
from enabler.doors.local_time import closing, moment
from enabler.doors.words.safeguarding import report_about
from enabler.doors.words.states import report_kind
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Clock, Day, Line, Number, One, Required, Words

LONGEST_VISIT = 24 * 60


class Arrange(KeyedForm):
    """When you meet."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "visit_start": "start",
        "visit_end": "end",
        "windows": "end",
    }
    day = Day(_("Which day?"))
    start = Clock(_("From"), most=20, render_kw={"class": "govuk-input--width-5"})
    end = Clock(_("Until"), most=20, render_kw={"class": "govuk-input--width-5"})
    words = Words(
        _("A note for the other person (optional)"), most=500, validators=[Optional()],
        render_kw={"rows": 3},
    )  # fmt: skip

    def stretch(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Start and end in UTC. Raises Invalid at the field that is missing or wrong."""
        start = moment(self.day.given, self.start.given, zone, field="start")
        end = closing(self.day.given, self.end.given, zone, field="end")
        if end <= start:
            raise Invalid("end", "end_is_before_start")
        return start, end


class Done(KeyedForm):
    """It was done: how long it took."""

    minutes = Number(
        _("How many minutes did it take?"), least=1, largest=LONGEST_VISIT, most=5,
        description=_("An hour and a half is 90 minutes."),
        validators=[Required(message=_("Type how many minutes it took, for example 45."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip


class WhyNot(KeyedForm):
    """Cannot this time, or no longer: a word about it, if one likes."""

    words = Words(
        _("Would you like to say why? (optional)"), most=500, validators=[Optional()],
        render_kw={"rows": 3},
    )  # fmt: skip


def say_of(kind: str) -> str:
    """A kind of report, as whoever makes it says it."""
    return str(_("I am worried about someone")) if kind == WORRIED else report_kind(kind)


class WentWrong(KeyedForm):
    """Something went wrong, or I am worried about someone."""

    kind = One(
        _("What is it about?"),
        choices=lambda: [(kind, say_of(kind)) for kind in KINDS],
        validators=[Required(message=_("Choose what it is about."))],
    )
    words = Words(
        _("Tell us what happened"),
        description=_("Only people at the council who look after safety read this."),
        validators=[Required(message=_("Tell us what happened."))],
        render_kw={"rows": 6},
    )


class StrangersWentWrong(WentWrong):
    """The same, from somebody who is not signed in."""

    call_back = Line(
        _("How can we reach you? (optional)"),
        description=_(
            "A phone number or an email address at which it is safe to reach you. If you leave this"
            " empty we read what you wrote, and cannot ask you about it."
        ),
    )


class Anything(WentWrong):
    """The same, about what has no page of its own."""

    about = One(
        _("Who or what is it about? (optional)"), default="other",
        choices=lambda: [(kind, report_about(kind)) for kind in ABOUT_NO_REF],
        validators=[Optional()],
    )  # fmt: skip


class StrangersAnything(StrangersWentWrong, Anything):
    """Likewise, from somebody who is not signed in."""
