"""What somebody is called, asked when they sign up and when they change it."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Required


class Name(KeyedForm):
    """What you are called, and by others here."""

    name = Line(
        _("Your name"),
        validators=[Required(message=_("Type your name."))],
        render_kw={"autocomplete": "name"},
    )
    shown_name = Line(
        _("The name that others see (optional)"),
        description=_("Only somebody who helps you, or whom you help, sees it. If you leave it"
                      " empty they see your first name."),
        validators=[Optional()], render_kw={"autocomplete": "nickname"},
    )  # fmt: skip
