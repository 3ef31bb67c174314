"""Where the two meet and what is so then: from it follows which helpers may be asked."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.doors.words.marking import shown
from enabler.doors.words.safety import SAID_BY_ASKERS, SETTINGS
from enabler.web.forms.base import Form
from enabler.web.forms.fields import One, Required, Some


class Meeting(Form):
    """Where they meet and what is so then."""

    fields_of: ClassVar[Mapping[str, str]] = {"setting": "setting", "circumstances": "so"}
    setting = One(
        _("Where will you meet?"),
        choices=lambda: [(code, shown(SETTINGS, code)) for code in SETTINGS],
        validators=[Required(message=_("Choose where you and the helper will meet."))],
    )
    so = Some(
        _("Is any of this so?"),
        description=_("Tick what is so. Then we only ask helpers with the right checks."),
        choices=lambda: [(code, shown(SAID_BY_ASKERS, code)) for code in SAID_BY_ASKERS],
        validators=[Optional()],
    )

    def among(self, possible: Sequence[str]) -> None:
        """Let the asker choose where help of this kind can be, the usual chosen, and say what may
        be so there: a way to care is one in a car."""
        self.setting.choose_among([(code, shown(SETTINGS, code)) for code in possible])
        said = [code for code in SAID_BY_ASKERS if code != "appointment" or "car" in possible]
        self.so.choose_among([(code, shown(SAID_BY_ASKERS, code)) for code in said])
        if not self.is_submitted() and not self.setting.data:
            self.setting.data = possible[0]

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        return {
            "setting": self.setting.data or None, "circumstances": tuple(sorted(self.so.data or ()))
        }  # fmt: skip
