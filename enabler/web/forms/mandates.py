"""Who may act for whom: what is asked, agreed to and recorded."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.doors.words.mandates import ATTORNEYS, BASES_TO_CHOOSE, HEARS, SCOPES
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Number, One, Required, Some, Tick, Words

DAYS = (30, 90, 180)


def _translated(table: dict[str, str]) -> list[tuple[str, object]]:
    return [(code, _(words)) for code, words in table.items()]


class _InWhat(KeyedForm):
    """In what and for how long somebody may act."""

    scopes = Some(_("What may they do?"), choices=lambda: _translated(SCOPES))
    days = Number(
        _("For how many days?"), least=1, largest=180, most=5,
        description=_("It ends by itself after that. The most is 180 days."),
        validators=[Required(message=_("Type how many days, for example 90."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip

    @property
    def chosen(self) -> tuple[str, ...]:
        """The scopes that are ticked."""
        return tuple(self.scopes.data or ())


class InWhat(_InWhat):
    """A member chooses what they let somebody do."""


class Ask(_InWhat):
    """Ask somebody, by their number or mail address."""

    to = Line(
        _("Their mobile number or email address"), most=120,
        description=_("We send them a message. It does not say your name."),
        validators=[Required(message=_("Type their number or email address."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip


class Code(KeyedForm):
    """A code that went to a phone or a mail address."""

    code = Line(
        _("The code that we sent you"), most=40, description=_("6 digits."),
        validators=[Required(message=_("Type the code."))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code",
                   "class": "govuk-input--width-10 govuk-input--extra-letter-spacing"},
    )  # fmt: skip


class ForDays(KeyedForm):
    """How long it is to go on."""

    days = Number(
        _("For how many more days?"), least=1, largest=180, most=5,
        validators=[Required(message=_("Type how many days, for example 90."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip


class Answer(Code):
    """My yes or no to acting for somebody."""

    answer = One(
        _("Do you want to act for them?"),
        choices=lambda: [("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip


class Hear(KeyedForm):
    """How much a member wants to hear."""

    hears = One(_("How much do you want to hear?"), choices=lambda: _translated(HEARS))


class AtDesk(_InWhat):
    """Who is at the desk, and who is to act for them."""

    to = Line(
        _("Their mobile number or email address"), most=120,
        description=_("We send a code there. We write down that you looked, and why."),
        validators=[Required(message=_("Type their number or email address."))],
        render_kw={"inputmode": "tel", "autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    helper = Line(
        _("Who is to act for them?"), most=120,
        description=_("Their mobile number, email address or reference. Or the reference of an"
                      " organisation."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    why = Line(
        _("Why do you look them up?"), most=300,
        description=_("For example: she is at the desk and asks for it."),
        validators=[Required(message=_("Say why you look them up."))],
        render_kw={"autocomplete": "off"},
    )  # fmt: skip


class _Newcomer(KeyedForm):
    """Who they are, where they have no account yet. ``new``: the page asked for it."""

    new = HiddenField()
    name = Line(_("Their name in full"), most=200, render_kw={"autocomplete": "off"})
    postcode = Line(
        _("Their postcode"), most=40,
        render_kw={"autocomplete": "off", "class": "govuk-input--width-10"},
    )  # fmt: skip
    address = Line(
        _("Their house and street"), most=200, render_kw={"autocomplete": "off"}
    )  # fmt: skip
    adult = Tick(_("They are 18 or older"))
    agreed = Tick(_("I read this out, and they agree"))


class ReadOut(Code, _Newcomer):
    """The code that came to the member's phone, read out or typed by them."""

    code = Line(
        _("The code that they read out or type"), most=40, description=_("6 digits."),
        validators=[Required(message=_("Type the code that came to them."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off",
                   "class": "govuk-input--width-10 govuk-input--extra-letter-spacing"},
    )  # fmt: skip


class Seen(_InWhat, _Newcomer):
    """Somebody without a phone: who they are, and what was heard or seen."""

    name = Line(
        _("Their name in full"), most=200,
        validators=[Required(message=_("Type their name."))], render_kw={"autocomplete": "off"},
    )  # fmt: skip
    postcode = Line(
        _("Their postcode"), most=40,
        validators=[Required(message=_("Type their postcode."))],
        render_kw={"autocomplete": "off", "class": "govuk-input--width-10"},
    )  # fmt: skip
    helper = Line(
        _("Who is to act for them?"), most=120,
        description=_("Their mobile number, email address or reference. Or the reference of an"
                      " organisation."),
        validators=[Required(message=_("Say who is to act for them."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    basis = One(
        _("How do you know that they want it?"), choices=lambda: _translated(BASES_TO_CHOOSE)
    )  # fmt: skip
    attorney = One(
        _("If it is a power of attorney: what is it for?"),
        choices=lambda: _translated(ATTORNEYS),
    )  # fmt: skip
    evidence = Words(
        _("What did you see or hear?"), most=500,
        description=_("Do not keep or copy any paper. Write what it was, and its date."),
        validators=[Required(message=_("Say what you saw or heard."))], render_kw={"rows": 3},
    )  # fmt: skip


class Second(KeyedForm):
    """Another person than the first saw or rang the member."""

    answer = One(
        _("Do they want it?"), choices=lambda: [("yes", _("Yes")), ("no", _("No"))],
        validators=[Required(message=_("Choose yes or no."))],
    )  # fmt: skip
    words = Words(
        _("How do you know?"), most=500,
        description=_("For example: I rang the neighbour, and she came to the phone."),
        validators=[Required(message=_("Say how you know."))], render_kw={"rows": 3},
    )  # fmt: skip
