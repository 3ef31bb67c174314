"""Forms by which rules end before their time."""

from flask_babel import lazy_gettext as _

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import One, Required, Words
from enabler.web.forms.rules import Decide


class ProposeEnding(KeyedForm):
    """Why rules should end before their time."""

    words = Words(
        _("Why should they end now?"), most=500, render_kw={"rows": 3},
        description=_("A colleague reads this before they decide."),
        validators=[Required(message=_("Say why these rules should end now."))],
    )  # fmt: skip


class DecideEnding(Decide):
    """What the second person decides about it, and why."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("approve", _("Yes, they end now")), ("reject", _("No, they go on"))],
        validators=[Required(message=_("Choose what you decide."))],
    )
