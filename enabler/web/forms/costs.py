"""What a helper says they spent, and what the asker says to it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional, ValidationError

from enabler.domain.errors import Invalid
from enabler.domain.money import pence_of
from enabler.doors.words import sentence
from enabler.doors.words.costs import KINDS, kind_words
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Upload

RIGHT, WRONG = "right", "wrong"
LARGEST = 100_000
"""Pence that a line is read up to; what a place allows is the service's to say."""


class Spent(KeyedForm):
    """What was paid for, and how much."""

    fields_of: ClassVar[Mapping[str, str]] = {"pence": "amount"}
    kind = One(
        _("What was it for?"), choices=lambda: [(each, kind_words(each)) for each in KINDS],
        validators=[Required(message=_("Choose what it was for."))],
    )  # fmt: skip
    amount = Line(
        _("How much was it?"), description=_("In pounds, for example 3.40."), most=20,
        validators=[Required(message=_("Type how much it was, for example 3.40."))],
        render_kw={"class": "govuk-input--width-5", "inputmode": "decimal"},
    )  # fmt: skip
    words = Line(
        _("What did you buy?"), description=_("For example: bread and milk, or the bus there."),
        validators=[Required(message=_("Say what you bought."))],
    )  # fmt: skip

    def validate_amount(self, field: Line) -> None:
        """Said at once, with what else is wrong. Raises ValidationError."""
        try:
            pence_of("amount", field.data or "", most=LARGEST)
        except Invalid as wrong:
            raise ValidationError(sentence(wrong)) from wrong

    def parts(self) -> dict[str, Any]:
        """For the note. Raises Invalid("amount", …)."""
        pence = pence_of("amount", self.amount.data or "", most=LARGEST)
        return {"kind": self.kind.data or "", "pence": pence, "words": self.words.data or ""}


class Answer(KeyedForm):
    """Whether it is right."""

    answer = One(
        _("Is this right?"),
        choices=lambda: [(RIGHT, _("Yes, it is right")), (WRONG, _("No, it is not right"))],
        validators=[Required(message=_("Say whether it is right."))],
    )
    words = Line(
        _("What do you want to say about it?"),
        description=_("If it is not right, say what is wrong. Your helper reads this, and the"
                      " council if it is not right."),
        validators=[Optional()],
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the answer."""
        return {"agrees": self.answer.data == RIGHT, "words": self.words.data or None}


class AddReceipt(KeyedForm):
    """A photo or PDF of the receipt."""

    receipt = Upload(
        _("Photo or PDF of the receipt"),
        description=_("At most 2 MB. We keep the picture only, not where it was taken."),
    )

    def content(self) -> bytes:
        """Its bytes; none where nothing was chosen."""
        return self.receipt.data.read() if self.receipt.data else b""
