"""What the two sides of a match write to each other, and the times they suggest."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Required, Words
from enabler.web.forms.matches import Arrange

LONGEST_SAID = 1_000


class Say(KeyedForm):
    """Write to the other side."""

    words = Words(
        _("Write a message"), most=LONGEST_SAID,
        validators=[Required(message=_("Write something first."))], render_kw={"rows": 3},
    )  # fmt: skip


class Suggest(Arrange):
    """When and where you meet."""

    fields_of: ClassVar[Mapping[str, str]] = Arrange.fields_of
    where = Line(
        _("Where do you meet? (optional)"),
        description=_("Leave this empty to meet at the address where help is needed."),
        validators=[Optional()],
    )


class Agree(KeyedForm):
    """Yes to the time that the other side suggested: the one that was read."""

    number = HiddenField()

    @property
    def which(self) -> int:
        """The proposal's number; 0 is none."""
        typed = str(self.number.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
