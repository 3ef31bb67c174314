"""What is asked of whoever deletes an account, and of the two of the desk who do it for them."""

from flask_babel import lazy_gettext as _

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Tick, Words

MOST = 1_000


class Delete(KeyedForm):
    """The code that came."""

    code = Line(
        _("Which code did we send you?"), description=_("6 digits."), most=20,
        validators=[Required(message=_("Enter the code."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


class Asked(KeyedForm):
    """Who asked at the desk, and how."""

    ref = Line(
        _("Whose account?"), most=60,
        description=_("Their phone number, or their reference, like 7K3M."),
        validators=[Required(message=_("Type their phone number or their reference."))],
    )  # fmt: skip
    words = Words(
        _("How did they ask for it, and how do you know that it was them?"), most=MOST,
        description=_("Whoever decides reads it. If somebody has died: who told you, and how do"
                      " you know?"),
        validators=[Required(message=_("Say how they asked for it."))], render_kw={"rows": 4},
    )  # fmt: skip
    untold = Tick(_("Do not write to them: it is not safe, or they have died"))


class Decide(KeyedForm):
    """The second person's word."""

    what = One(
        _("What do you decide?"),
        choices=lambda: [
            ("yes", _("Delete the account now, for good")), ("no", _("Do not delete it")),
        ],
        validators=[Required(message=_("Choose one."))],
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=MOST, description=_("Name nobody in it: your reason is kept."),
        validators=[Required(message=_("Say why you decide so."))],
        render_kw={"rows": 3},
    )  # fmt: skip


class PutHold(KeyedForm):
    """A duty, and whether its person may know."""

    ref = Line(
        _("Whose account?"), description=_("Their reference, like 7K3M."), most=20,
        validators=[Required(message=_("Type the reference."))],
    )  # fmt: skip
    words = Words(
        _("Which duty is it?"), most=MOST,
        description=_("For example the order of a court, or a police matter. Only leads read it."),
        validators=[Required(message=_("Say which duty it is."))], render_kw={"rows": 3},
    )  # fmt: skip
    tells = Tick(_("It is safe to tell them that a duty keeps something"))
