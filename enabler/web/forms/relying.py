"""What is asked where an organisation counts on a proof."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required


class Rely(KeyedForm):
    """For which organisation, and the code that was right a moment ago."""

    organisation = HiddenField()
    code = Line(
        _("The code that they read out"), most=20,
        validators=[Required(message=_("Type the code that they read out."))],
        render_kw={
            "class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off",
            "spellcheck": "false",
        },
    )  # fmt: skip


class Answer(KeyedForm):
    """Whether they may count on it."""

    agrees = One(
        _("May they count on it?"),
        choices=lambda: [("yes", _("Yes, I agree")), ("no", _("No"))],
        validators=[Required(message=_("Choose yes or no."))],
    )
