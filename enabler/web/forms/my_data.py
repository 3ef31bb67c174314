"""A copy of all that is kept: the code before it; and what of it is wrong."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class ProofCode(KeyedForm):
    """The code that shows that it is them."""

    code = Line(_("Your code"), most=40, description=_("6 digits."), render_kw=CODE)


class Correction(KeyedForm):
    """Which kind of what is kept (``of``) is wrong, in which line, and how it should be."""

    of = HiddenField()
    kind = One(
        _("What is it about?"), choices=list,
        validators=[Required(message=_("Choose what it is about."))],
    )  # fmt: skip
    line = One(_("Which of them? (optional)"), choices=list, validators=[Optional()])
    words = Words(
        _("What is wrong, and how should it be?"), most=3_000, render_kw={"rows": 5},
        validators=[Required(message=_("Say what is wrong."))],
    )  # fmt: skip

    def choose_among(self, kinds: dict[str, str], lines: Iterable[str]) -> None:
        """Ask only what is not known: the kind where none was pressed, the line where there are
        several."""
        named = [one for one in dict.fromkeys(lines) if one]
        if self.of.data in kinds:
            del self.kind
        else:
            self.kind.choose_among(kinds.items())
        if self.of.data in kinds and len(named) > 1:
            self.line.choose_among((one, one) for one in named)
        else:
            del self.line

    @property
    def meant(self) -> tuple[str, str | None]:
        """The kind that they mean, and the heading of the line."""
        of = str(self.of.data if "kind" not in self else self.kind.data)
        return of, self.line.data if "line" in self else None
