"""What is written of proofs: for whom and how long, a text to check, a code that was read out."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.proofs import LONGEST_TEXT
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Day, Line, Required, Tick, Words


class MakeProof(KeyedForm):
    """For whom a proof is, until when, and whether a name stands in it."""

    for_whom = Line(
        _("Who is it for?"), most=80,
        description=_("For you to remember it by. It is not in the proof."),
        validators=[Required(message=_("Say for whom it is."))],
    )  # fmt: skip
    until = Day(_("Until which day should it be good?"))
    named = Tick(_("Put my name in it"))


class CheckProof(Form):
    """A proof that somebody was sent."""

    text = Words(
        _("The proof"), most=4 * LONGEST_TEXT,
        description=_("A long line of letters and numbers with two dots in it."),
        validators=[Required(message=_("Paste the proof here."))],
        render_kw={"rows": 6, "spellcheck": "false", "autocomplete": "off"},
    )  # fmt: skip


class HolderCode(Form):
    """The code that the owner of a proof reads out."""

    code = Line(
        _("The code that they read out"), most=20, validators=[Optional()],
        render_kw={
            "class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off",
            "spellcheck": "false",
        },
    )  # fmt: skip
