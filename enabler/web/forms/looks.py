"""Why somebody at the desk looks a person up; and a member's question why somebody did."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.domain.looks import REASONS
from enabler.doors.words.looks import ASKED
from enabler.doors.words.marking import shown
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words


def reason_field() -> Any:
    """Why you look, from the list."""
    return One(
        _("Why do you look them up?"),
        description=_("They read this on their own page, with what you are here, not with your"
                      " name."),
        choices=lambda: [(one, shown(ASKED, one)) for one in REASONS],
        validators=[Required(message=_("Choose why you look them up."))],
    )  # fmt: skip


def reason_words() -> Any:
    """Why, in one's own words."""
    return Line(
        _("In your words (needed for something else)"), most=200, validators=[Optional()],
        description=_("They read this too."), render_kw={"autocomplete": "off"},
    )  # fmt: skip


class AskWhy(KeyedForm):
    """Why was this?"""

    mark = HiddenField()
    words = Words(
        _("What do you want to know? (optional)"), most=1_000, validators=[Optional()],
        description=_("Somebody who looks after safety finds out and answers you. Whoever looked"
                      " does not read this."),
        render_kw={"rows": 4},
    )  # fmt: skip
