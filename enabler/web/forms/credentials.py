"""What is written of checks: seen, asked for, shared, waived, taken back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.checks import CHECKS, REASONS
from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.words.checks import eligible_words
from enabler.doors.words.marking import shown
from enabler.doors.words.states import CREDENTIALS
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Day, Line, One, Required, Words


def kinds(only: Iterable[CredentialKind] = tuple(CredentialKind)) -> list[tuple[str, str]]:
    """Kinds of checks to choose from."""
    return [(each.value, shown(CREDENTIALS, each)) for each in only]


def _holder() -> Line:
    return Line(
        _("Reference of the person or organisation"), most=20,
        validators=[Required(message=_("Type the reference of the person or organisation."))],
        render_kw={"class": "govuk-input--width-10", "spellcheck": "false"},
    )  # fmt: skip


class Record(KeyedForm):
    """A credential that was seen, with its expiry."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "holder": "holder_ref",
        "seen_on": "seen",
        "valid_until": "until",
    }
    holder_ref = _holder()
    kind = One(
        _("What did you see?"), choices=kinds,
        validators=[Required(message=_("Choose what you saw."))],
    )  # fmt: skip
    eligible_as = One(
        _("Why may this role be asked for it? (only above the basic DBS check)"),
        choices=lambda: [(each, eligible_words(each)) for each in REASONS],
        validators=[Optional()],
    )
    note = Line(
        _("Which training, or which rating (only for training and food hygiene)"), most=80,
        validators=[Optional()],
    )  # fmt: skip
    last_characters = Line(
        _("The last 4 characters of its number (optional)"), most=8,
        description=_("Never the whole number."), validators=[Optional()],
        render_kw={"class": "govuk-input--width-4", "spellcheck": "false", "autocomplete": "off"},
    )  # fmt: skip
    seen = Day(_("When did you see it?"))
    until = Day(_("When does it run out?"))

    def days(self) -> tuple[date, date]:
        """The two days. Raises Invalid at the one that is missing."""
        if self.until.given < self.seen.given:
            raise Invalid("until", "end_is_before_start")
        return self.seen.given, self.until.given


class WantCheck(KeyedForm):
    """Which paper one would like somebody to look at."""

    kind = One(
        _("Which check would you like?"), choices=kinds,
        validators=[Required(message=_("Choose which check you would like."))],
    )  # fmt: skip
    words = Line(
        _("When or how can you show it? (optional)"), most=200,
        description=_("Do not send a picture or a number. Somebody at the council looks at it with"
                      " you."),
        validators=[Optional()],
    )  # fmt: skip


class LetSee(KeyedForm):
    """With whom a check is shared, and until when."""

    to = Line(
        _("Who may see it?"), most=80,
        description=_("The reference of an organisation, or the name of another place on Enabler."),
        validators=[Required(message=_("Type who may see it."))],
        render_kw={"spellcheck": "false"},
    )  # fmt: skip
    until = Day(_("Until which day?"))


class Waive(KeyedForm):
    """Who may help for a while before a paper is seen, and why."""

    fields_of: ClassVar[Mapping[str, str]] = {"holder": "holder_ref"}
    holder_ref = _holder()
    kind = One(
        _("Which check is not seen yet?"),
        choices=lambda: kinds(kind for kind, check in CHECKS.items() if check.waivable),
        validators=[Required(message=_("Choose which check is not seen yet."))],
    )
    until = Day(_("Until which day may they help without it?"))
    words = Words(
        _("Why is it safe?"), most=500, validators=[Required(message=_("Say why it is safe."))],
        render_kw={"rows": 3},
    )  # fmt: skip


class Decide(KeyedForm):
    """A second person agrees, or does not."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("agree", _("I agree")), ("refuse", _("I do not agree"))],
        validators=[Required(message=_("Choose what you decide."))],
    )


class SayWhy(KeyedForm):
    """A reason that its reader is told."""

    words = Words(
        _("Your reason"), description=_("The person reads it."), most=500,
        validators=[Required(message=_("Say why."))], render_kw={"rows": 3},
    )  # fmt: skip
