"""Sign-in and sign-up."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _

from enabler.domain.consents import SIGN_UP
from enabler.web.forms.agreeing import words_of
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Line, One, Required, Secret, Tick
from enabler.web.forms.naming import Name


class Number(KeyedForm):
    """The phone number that a code goes to."""

    phone = Line(
        _("Your mobile phone number"), most=40,
        description=_("We send a code to it. You need no password."),
        render_kw={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"},
    )  # fmt: skip


class Code(Form):
    """The code that came."""

    code = Line(
        _("Your code"), most=40, description=_("6 digits, from the text we sent you."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric",
                   "class": "govuk-input--width-10 govuk-input--extra-letter-spacing"},
    )  # fmt: skip
    shared = Tick(_("Other people use this phone or computer, so sign me out sooner"))


class SignUp(Name):
    """Who you are and where you live."""

    fields_of: ClassVar[Mapping[str, str]] = {"consented": "consented"}
    postcode = Line(
        _("Your postcode"), most=20,
        validators=[Required(message=_("Type your postcode."))],
        render_kw={"autocomplete": "postal-code", "class": "govuk-input--width-10"},
    )  # fmt: skip
    address = Line(
        _("Your house number and street"), most=300,
        description=_("Only somebody who said yes to helping you sees this."),
        validators=[Required(message=_("Type your house number and street."))],
        render_kw={"autocomplete": "street-address"},
    )  # fmt: skip
    adult = One(
        _("Are you 18 or older?"),
        choices=lambda: [("y", _("Yes, I am")), ("n", _("No, I am younger"))],
        validators=[Required(message=_("Tell us whether you are 18 or older."))],
    )
    consented = Tick(
        words_of(SIGN_UP),
        validators=[Required(message=_("Tick the box if you agree. We need it to go on."))],
    )


class Staff(Form):
    """Mail address, password and the code of the authenticator app."""

    fields_of: ClassVar[Mapping[str, str]] = {"mail": "email"}
    email = Line(
        _("Your email address"),
        validators=[Required(message=_("Type your email address."))],
        render_kw={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"},
    )
    password = Secret(
        _("Your password"),
        validators=[Required(message=_("Type your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    totp = Line(
        _("The code from your authenticator app"), most=20,
        validators=[Required(message=_("Type the 6 digits that your app shows."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric",
                   "class": "govuk-input--width-10"},
    )  # fmt: skip
