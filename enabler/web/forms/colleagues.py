"""Asking somebody to act for an organisation, and what part they have in it."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.doors.words.organisations import ROLES, role_means, role_words
from enabler.services.views import ColleagueView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words


class _WithRole(KeyedForm):
    """A part in an organisation, each with what it means."""

    role = One(
        _("What do they do?"),
        choices=lambda: [(role, role_words(role)) for role in ROLES],
        validators=[Required(message=_("Choose what they do."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.hints = {role: role_means(role) for role in ROLES}


class Invite(_WithRole):
    """Whom, and as what."""

    to = Line(
        _("Their mobile phone number or email address"), most=254,
        description=_("We send one message. It does not say what it is about."),
        validators=[Required(message=_("Type a mobile phone number or an email address."))],
        render_kw={"spellcheck": "false"},
    )  # fmt: skip


class OtherRole(_WithRole):
    """Another part for somebody."""


_CODE = {
    "autocomplete": "one-time-code", "inputmode": "numeric",
    "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
}  # fmt: skip


class WithCode(KeyedForm):
    """The code of the message: before anything is told."""

    code = Line(
        _("The code in our message"), most=40, description=_("6 digits."),
        validators=[Required(message=_("Type the code that is in our message."))],
        render_kw=_CODE,
    )  # fmt: skip


class Answer(WithCode):
    """Yes or no, with the code of the message."""

    answer = One(
        _("Do you want to?"),
        choices=lambda: [("yes", _("Yes, I want to act for them")), ("no", _("No, thank you"))],
        validators=[Required(message=_("Choose yes or no."))],
    )


class WhoGoes(KeyedForm):
    """One of the organisation's people."""

    who = One(
        _("Who goes?"), choices=list,
        validators=[Required(message=_("Choose who goes."))],
    )  # fmt: skip

    def choose_from(self, people: tuple[ColleagueView, ...]) -> None:
        """Let one of these be chosen."""
        self.who.choose_among([(one.ref, one.name) for one in people])
        self.who.hints = {one.ref: role_words(one.role) for one in people}


class HandBack(KeyedForm):
    """I cannot go: a word about it, if one likes."""

    words = Words(
        _("Would you like to say why? (optional)"), most=500, validators=[Optional()],
        render_kw={"rows": 3},
    )  # fmt: skip
