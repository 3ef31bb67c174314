"""What is agreed to, asked."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.domain.consents import TERMS
from enabler.services.views.consents import CouncillorView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import One, Required


class Again(KeyedForm):
    """Newer words, or what was never asked: yes or no."""

    code = HiddenField()
    agrees = One(
        _("Do you agree?"),
        choices=lambda: [("yes", _("Yes, I agree")), ("no", _("No"))],
        validators=[Required(message=_("Choose yes or no."))],
    )

    def ask(self, code: str) -> None:
        """Ask for this one; terms can only be read and agreed to, or the account deleted."""
        self.code.data = code
        if code in TERMS:
            self.agrees.choose_among([("yes", str(_("Yes, I agree")))])


class ChooseCouncillor(KeyedForm):
    """Which councillor of the ward may see it."""

    councillor = One(
        _("Which councillor may see it?"), choices=list,
        validators=[Required(message=_("Choose a councillor."))],
    )  # fmt: skip

    def choose_from(self, of_ward: Iterable[CouncillorView]) -> None:
        """Let one of these be chosen."""
        self.councillor.choose_among([(one.ref, one.name) for one in of_ward])
