"""Somebody without phone and mail is told: what came of it, why one looks where they live, how
they are not to be reached."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.doors.words.marking import shown
from enabler.doors.words.untold import CAME_OF
from enabler.services.views.untold import UntoldView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Tick
from enabler.web.forms.looks import reason_field, reason_words


class CameOf(KeyedForm):
    """What came of it."""

    seen = HiddenField()
    came_of = One(
        _("What came of it?"),
        choices=lambda: [(code, shown(CAME_OF, code)) for code in CAME_OF],
        validators=[Required(message=_("Choose what came of it."))],
    )  # fmt: skip

    def know(self, view: UntoldView) -> None:
        """Offer the ways that are safe, for the letters that are shown."""
        self.came_of.choose_among((each, shown(CAME_OF, each)) for each in view.offered)
        self.seen.data = str(view.seen)

    def number(self) -> int:
        """The mark of the letters that were shown."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 16 else 0


class Where(KeyedForm):
    """Why one looks where they live."""

    reason = reason_field()
    words = reason_words()


class Never(KeyedForm):
    """How they are not to be reached."""

    no_calls = Tick(_("Do not ring them"))
    no_letters = Tick(_("Do not write to them"))
    words = Line(
        _("What they said about it (optional)"), most=200, validators=[Optional()],
        description=_("They read this in a copy of what we keep about them. Name nobody."),
        render_kw={"autocomplete": "off"},
    )  # fmt: skip

    def know(self, view: UntoldView) -> None:
        """As it stands."""
        self.no_calls.data, self.no_letters.data = view.no_calls, view.no_letters
        self.words.data = view.not_by or ""
