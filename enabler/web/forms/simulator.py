"""A text that is typed into a phone of the simulator."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.doors.wiring import wiring
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Required, Words

LONGEST = 1_600
"""What a provider takes in one text."""


class PhoneText(KeyedForm):
    """What one of the two phones texts."""

    side = HiddenField()
    words = Words(
        _("Text from this phone"), most=LONGEST,
        validators=[Required(message=_("Write something first."))], render_kw={"rows": 2},
    )  # fmt: skip

    @property
    def which(self) -> str:
        """Of which phone it is."""
        return "other" if self.side.data == "other" else "one"

    def fresh_key(self) -> str:
        """A key for one of the two: each is a text of its own."""
        return wiring().secrets.token()

    def problems(self) -> list[dict[str, str]]:
        """Errors, at the phone whose text it was."""
        return [each | {"href": f"#words-{self.which}"} for each in super().problems()]
