"""A complaint about personal data: made, added to, noted upon, answered."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.complaints import OUTCOMES
from enabler.doors.words.complaints import outcome_choice
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words

_MOST = 4_000


def _words(question: Any, hint: Any, missing: Any, rows: int = 6) -> Words:
    return Words(
        question, description=hint, most=_MOST, validators=[Required(message=missing)],
        render_kw={"rows": rows},
    )  # fmt: skip


class Complain(KeyedForm):
    """What is wrong, in one's own words."""

    words = _words(
        _("What is wrong?"),
        _("Say what happened with your data, and what you want us to do. You need no form and no"
          " proof."),
        _("Say what is wrong."),
    )  # fmt: skip


class StrangersComplain(Complain):
    """The same from somebody without an account, who may say how to answer."""

    call_back = Line(
        _("How can we answer you? (optional)"),
        description=_("A phone number, an email address or a postal address. If you leave this"
                      " empty, you get a link on the next page."),
        most=200, validators=[Optional()], render_kw={"autocomplete": "off"},
    )  # fmt: skip


class AddTo(KeyedForm):
    """Something that was forgotten."""

    words = _words(_("Do you want to add something?"), None, _("Write what you want to add."), 4)


class NoteDown(KeyedForm):
    """A note for colleagues."""

    words = _words(
        _("Your note"),
        _("Colleagues who answer complaints see it, and whoever complained has it in a copy of"
          " their data. It cannot be changed."),
        _("Write your note."), 4,
    )  # fmt: skip


class AnswerComplaint(KeyedForm):
    """What came of it."""

    outcome = One(
        _("What came of it?"),
        choices=lambda: [(one, outcome_choice(one)) for one in OUTCOMES],
        validators=[Required(message=_("Choose what came of it."))],
    )
    words = _words(
        _("Your answer"),
        _("Say what you looked at, what you found, and what you do now. Below it we tell them how"
          " to go on to the Information Commissioner."),
        _("Write your answer."),
    )  # fmt: skip

    def name_outcomes(self, kind: str) -> None:
        """Say what can come of this kind in its own words."""
        self.outcome.choose_among((one, outcome_choice(one, kind)) for one in OUTCOMES)
