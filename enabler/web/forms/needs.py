"""What an asker tells about a need that is posted, and what a custodian asks about it."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.vocabulary import Outcome
from enabler.doors.words.states import outcome_words
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Line, One, Required, Words

ASKERS_OUTCOMES = (
    Outcome.HELPED,
    Outcome.PARTLY_HELPED,
    Outcome.NO_LONGER_NEEDED,
    Outcome.HELPED_ELSEWHERE,
    Outcome.NOBODY_FOUND,
)


class Close(KeyedForm):
    """How it ended."""

    outcome = One(
        _("How did it end?"),
        choices=lambda: [(each.value, outcome_words(each)) for each in ASKERS_OUTCOMES],
        validators=[Required(message=_("Choose how it ended."))],
    )
    words = Words(
        _("Anything to add? (optional)"), most=500, validators=[Optional()],
        render_kw={"rows": 3},
    )  # fmt: skip

    def leave_out_helped(self) -> None:
        """Who may not say that it was done is not asked whether it was."""
        helped = {Outcome.HELPED.value, Outcome.PARTLY_HELPED.value}
        self.outcome.choices = [each for each in self.outcome.choices if each.value not in helped]


class WhichOffer(Form):
    """Why was this offer asked, or not?"""

    offer = Line(
        _("Reference of an offer"), most=20,
        description=_("To see why it was asked for this, or why it was not."),
        render_kw={"class": "govuk-input--width-10", "spellcheck": "false"},
    )  # fmt: skip
