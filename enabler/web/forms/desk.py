"""What custodians decide and record."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Number, Required, Words
from enabler.web.forms.looks import reason_field, reason_words


def kept_filters() -> dict[str, Any]:
    """The filters of the list behind a form, as its address had them."""
    names = {"shown": "kind", "risk": "risk", "ward": "ward", "whose": "whose", "page": "page"}
    return {
        name: request.args[given][:80] for given, name in names.items() if request.args.get(given)
    }


class HowLong(KeyedForm):
    """How long a help took about which two do not agree."""

    minutes = Number(
        _("How many minutes did it take?"),
        description=_("Type 0 if there was no help. Then we ask others."),
        least=0, largest=24 * 60, most=5,
        validators=[Required(message=_("Type how many minutes it took, for example 45."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=500, validators=[Required(message=_("Say why you decide so."))],
        render_kw={"rows": 3},
    )  # fmt: skip


class Settle(KeyedForm):
    """A report was dealt with: what was done."""

    words = Words(
        _("What was done?"), validators=[Required(message=_("Say what was done."))],
        most=1000, render_kw={"rows": 3},
    )  # fmt: skip


class WhoseNumber(KeyedForm):
    """Who has lost their phone."""

    who = Line(
        _("The number they had, or their reference"), most=60,
        description=_("We write down that you looked."),
        validators=[Required(message=_("Type the number they had, or their reference."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    reason = reason_field()
    words = reason_words()


class NewNumber(KeyedForm):
    """How you know who it is, and the number they have now."""

    words = Words(
        _("How do you know who it is?"), most=500,
        description=_("For example: she came to the desk with her bus pass, or we rang her"
                      " daughter on the number that we know."),
        validators=[Required(message=_("Say how you know who it is."))], render_kw={"rows": 3},
    )  # fmt: skip
    phone = Line(
        _("Their new mobile number"), most=60, description=_("We send a code to it."),
        validators=[Required(message=_("Type their new mobile number."))],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )  # fmt: skip


class ReadOut(KeyedForm):
    """The code that came to the new number."""

    code = Line(
        _("The code that they read out to you"), most=40, description=_("6 digits."),
        validators=[Required(message=_("Type the code that came to their new number."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off",
                   "class": "govuk-input--width-10 govuk-input--extra-letter-spacing"},
    )  # fmt: skip
