"""What is said on the day of a visit, and by whoever has seen to an alarm."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.services.visits import LONGEST_STAY, SHORTEST_STAY
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Number, Required, Words


class Stay(KeyedForm):
    """How much longer."""

    minutes = Number(
        _("How many minutes longer do you stay?"), least=SHORTEST_STAY, largest=LONGEST_STAY,
        most=3, validators=[Required(message=_("Type how many minutes, for example 30."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip


class SeenTo(KeyedForm):
    """Whom one spoke with, and how all are."""

    words = Words(
        _("Whom did you speak with, and how are they?"), most=1000,
        validators=[Required(message=_("Say whom you spoke with and how they are."))],
        render_kw={"rows": 3},
    )  # fmt: skip
    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """How much of the visit was on the page that this was sent from."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else None

    def know(self, version: int) -> None:
        """From now on it is this much."""
        self.version.data = str(version)
