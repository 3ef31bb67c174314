"""What somebody may see, who it is, and until when."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from enabler.doors.words.proofs import fact_words
from enabler.services.letting import WHAT_HELPS
from enabler.services.views.credentials import CredentialView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Day, Line, One, Required


class Let(KeyedForm):
    """Let somebody see one thing."""

    what = One(
        _("What may they see?"), choices=lambda: [(WHAT_HELPS, _("What helps you"))],
        validators=[Required(message=_("Choose what they may see."))],
    )  # fmt: skip
    to = Line(
        _("Who may see it?"), most=20,
        description=_("The reference of an organisation, or of somebody who works for one or for"
                      " the council. They can tell it to you."),
        validators=[Required(message=_("Type who may see it."))],
        render_kw={"class": "govuk-input--width-10", "spellcheck": "false"},
    )  # fmt: skip
    until = Day(_("Until which day?"))

    def offer(self, checks: Iterable[CredentialView]) -> None:
        """The checks that can be shown."""
        said = [(one.ref, fact_words(one.kind, one.note)) for one in checks]
        self.what.choose_among([(WHAT_HELPS, _("What helps you")), *said])
