"""What the safeguarding lead says about a person, and custodians about a message that waits."""

from flask_babel import lazy_gettext as _

from enabler.doors.words.marking import shown
from enabler.doors.words.signals import REASONS
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words


class Who(KeyedForm):
    """Of whom it is."""

    who = Line(
        _("Reference of the person"), most=20,
        validators=[Required(message=_("Type the reference of the person."))],
        description=_("Four letters and numbers, for example K7PM."),
        render_kw={"class": "govuk-input--width-10", "autocapitalize": "characters"},
    )  # fmt: skip


class Remove(KeyedForm):
    """Why somebody is removed."""

    reason = One(
        _("Why are they removed?"),
        choices=lambda: [(code, shown(REASONS, code)) for code in REASONS],
        validators=[Required(message=_("Choose why they are removed."))],
    )
    words = Words(
        _("What you tell them"), most=1_000, render_kw={"rows": 4},
        description=_("They read this, and can say that they do not agree. Name nobody in it."),
        validators=[Required(message=_("Write what you tell them."))],
    )  # fmt: skip


class LetIn(KeyedForm):
    """Whether an account that waits is somebody else's."""

    words = Words(
        _("How you know"), most=1_000, render_kw={"rows": 4},
        description=_("For example: you rang them, or saw a paper."),
        validators=[Required(message=_("Write how you know."))],
    )  # fmt: skip


class PassOn(KeyedForm):
    """What is to become of a message."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("pass", _("Pass it on")), ("stop", _("Stop it"))],
        validators=[Required(message=_("Choose what you decide."))],
    )
