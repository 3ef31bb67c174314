"""What those who look after safety do with a report, and when they work."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.reports import UNSETTLED
from enabler.domain.working_time import WorkingHours
from enabler.doors.words.safeguarding import report_stands
from enabler.doors.words.times import weekday_words
from enabler.services.views.cases import ConcernedView, HandView, SafeguardingView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Clock, Line, One, Required, Some, Words

_MOST = 2_000


def _words(question: Any, hint: Any, missing: Any) -> Words:
    return Words(
        question, description=hint, most=_MOST, validators=[Required(message=missing)],
        render_kw={"rows": 4},
    )  # fmt: skip


def _if_liked(question: Any) -> Words:
    return Words(question, most=_MOST, validators=[Optional()], render_kw={"rows": 3})


class NoteDown(KeyedForm):
    """A note for colleagues."""

    words = _words(
        _("Your note"), _("Only colleagues who may read this report see it. It cannot be changed."),
        _("Write your note."),
    )  # fmt: skip
    about = Line(
        _("Reference of something you did about it (optional)"),
        description=_("For example of the offer that you held."), most=20,
        validators=[Optional()], render_kw={"class": "govuk-input--width-10"},
    )  # fmt: skip


class Stands(KeyedForm):
    """Where a report stands."""

    state = One(
        _("Where does it stand?"),
        choices=lambda: [(state, report_stands(state)) for state in UNSETTLED],
        validators=[Required(message=_("Choose where it stands."))],
    )
    words = _if_liked(_("A note for your colleagues (optional)"))


class Whose(KeyedForm):
    """Who looks into it."""

    who = One(
        _("Who looks into it?"), choices=list,
        validators=[Required(message=_("Choose who looks into it."))],
    )  # fmt: skip

    def choose_from(self, hands: Iterable[HandView]) -> None:
        """Let one of these be chosen."""
        self.who.choose_among([(one.ref, one.name) for one in hands])


class PassOn(KeyedForm):
    """To the safeguarding lead."""

    words = _words(
        _("Why should the safeguarding lead look at it?"),
        _("From then on they alone read this report."), _("Say why."),
    )  # fmt: skip


class Outcome(KeyedForm):
    """What came of it, for whoever told us."""

    words = _words(
        _("What do you tell them?"),
        _("They read these words. Your notes are not shown to them."), _("Write your answer."),
    )  # fmt: skip


class Release(KeyedForm):
    """Tell somebody whom it concerns."""

    who = One(
        _("Whom do you tell?"), choices=list, validators=[Required(message=_("Choose whom."))]
    )
    words = _words(
        _("What do you tell them?"),
        _("Say what this is about, why, and what happens now. Do not say who told us. They can"
          " answer you."),
        _("Write what you tell them."),
    )  # fmt: skip

    def choose_from(self, concerned: Iterable[ConcernedView]) -> None:
        """Let those be chosen who were not told, and who was just told: the button may be pressed
        twice."""
        refs = [one.ref for one in concerned if not one.told_at or one.ref == self.who.data]
        self.who.choose_among([(ref, ref) for ref in refs])


class OpenAgain(KeyedForm):
    """Open it again."""

    words = _words(_("Why do you open it again?"), None, _("Say why."))


class AnswerUs(KeyedForm):
    """The side of whom a report concerns."""

    words = _words(
        _("Your answer"), _("The people at the council who look after safety read it."),
        _("Write your answer."),
    )  # fmt: skip


class Decision(KeyedForm):
    """Agree to who hears of a worry, or refuse it."""

    decision = One(
        _("Do you agree?"),
        choices=lambda: [("agree", _("Yes, it holds from now on")), ("refuse", _("No"))],
        validators=[Required(message=_("Choose whether you agree."))],
    )


class WhoHears(KeyedForm):
    """The leads in their order, and when they work."""

    first = One(
        _("Who hears of a worry first?"), choices=list,
        validators=[Required(message=_("Choose who hears of it first."))],
    )  # fmt: skip
    second = One(_("Who hears of it second?"), choices=list, validators=[Optional()])
    days = Some(
        _("On which days does one of them work?"),
        choices=lambda: [(str(day), weekday_words(day)) for day in range(7)],
        validators=[Required(message=_("Choose at least one day."))],
    )
    opens = Clock(_("From"), most=20, render_kw={"class": "govuk-input--width-5"})
    closes = Clock(_("Until"), most=20, render_kw={"class": "govuk-input--width-5"})
    duty_line = Line(
        _("Number to ring when nobody is at work (optional)"),
        description=_("If you leave this empty, we show the duty line of the council."), most=60,
        validators=[Optional()], render_kw={"inputmode": "tel"},
    )  # fmt: skip

    def choose_from(self, leads: Sequence[HandView]) -> None:
        """Let these be chosen."""
        known = [(one.ref, one.name) for one in leads]
        self.first.choose_among(known)
        self.second.choose_among([("", str(_("Nobody yet"))), *known])

    def know(self, shown: SafeguardingView) -> None:
        """What holds already, where nothing was typed."""
        plan = shown.waiting or shown.plan
        refs = [hand.ref for hand in plan.hands]
        self.first.data = refs[0] if refs else None
        self.second.data = refs[1] if len(refs) > 1 else ""
        self.days.data = [str(day) for day in sorted(plan.hours.days)]
        opens, closes = next(iter(plan.hours.days.values()))
        self.opens.data, self.closes.data = _clock(opens), _clock(closes)
        self.duty_line.data = plan.duty_line or ""

    def hours(self) -> WorkingHours:
        """The hours that were typed. Raises Invalid at the field that is missing or wrong."""
        opens, closes = self.opens.given, self.closes.given
        minutes = (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
        if minutes[1] <= minutes[0]:
            raise Invalid("closes", "working_hours_wrong")
        return WorkingHours({int(day): minutes for day in self.days.data or ()})


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
