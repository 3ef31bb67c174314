"""What is written of proofs: for whom and how long, a text to check, a code that was read out."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.checks import CHECKS
from enabler.domain.proofs import LONGEST_TEXT
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.credentials import kinds
from enabler.web.forms.fields import Day, Line, Required, Some, Tick, Words


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


class BringIn(KeyedForm):
    """A proof of another place, and whose it is."""

    fields_of: ClassVar[Mapping[str, str]] = {"holder": "holder_ref"}
    holder_ref = Line(
        _("Reference of the person"), most=20,
        validators=[Required(message=_("Type the reference of the person."))],
        render_kw={"class": "govuk-input--width-10", "spellcheck": "false"},
    )  # fmt: skip
    text = Words(
        _("The proof"), most=4 * LONGEST_TEXT,
        description=_("A long line of letters and numbers with two dots in it."),
        validators=[Required(message=_("Paste the proof here."))],
        render_kw={"rows": 6, "spellcheck": "false", "autocomplete": "off"},
    )  # fmt: skip
    sure = Tick(_("I have made sure that this is the person whose name is in it"))


class Trust(KeyedForm):
    """Another place whose proofs are believed."""

    name = Line(
        _("What is the other place called?"), most=80,
        validators=[Required(message=_("Type what it is called."))],
    )  # fmt: skip
    keys = Words(
        _("Its file of public keys"), most=65_536,
        description=_("The file is called did.json. Ask them for it, and compare the short marks"
                      " of the keys over the phone."),
        validators=[Required(message=_("Paste the file here."))],
        render_kw={"rows": 8, "spellcheck": "false", "autocomplete": "off"},
    )  # fmt: skip
    did = Line(
        _("Whose keys they are, if the file does not say so (optional)"), most=200,
        description=_("Such as did:web:help.example.org:farby"), validators=[Optional()],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )  # fmt: skip
    kinds = Some(
        _("Which checks do you take over from them?"),
        choices=lambda: kinds(kind for kind, check in CHECKS.items() if not check.local),
        description=_("Choose none to believe their proofs and record nothing."),
        validators=[Optional()],
    )  # fmt: skip
    until = Day(_("Until which day do you believe them?"))
