"""Somebody rings about who acts for them."""

from flask_babel import lazy_gettext as _

from enabler.services.views.mandates import CallerGaveView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Required, Some, Words
from enabler.web.forms.looks import reason_field, reason_words


class WhoRings(KeyedForm):
    """Who rings, and why they are looked up."""

    who = Line(
        _("Who rings?"), most=60,
        description=_("Type their phone number or their reference. We write down that you"
                      " looked."),
        validators=[Required(message=_("Type their phone number or their reference."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    reason = reason_field()
    words = reason_words()


class EndByWord(KeyedForm):
    """Which of those who act for the caller shall do so no more."""

    which = Some(_("Who shall act for them no more?"), choices=list)
    words = Words(
        _("How do you know who it is?"), most=500,
        description=_("For example: they rang from the number that we have, and knew their"
                      " postcode. Ask if they are alone."),
        validators=[Required(message=_("Say how you know who it is."))], render_kw={"rows": 3},
    )  # fmt: skip

    def know(self, shown: CallerGaveView) -> None:
        """Offer those who act for them now; names alike are told apart by the mandate's ref. What
        was sent is let through: the service knows who acts, also at a second press."""
        listed = {one.ref: f"{one.name} ({one.ref})" for one in shown.given}
        sent = [each for each in self.which.data or [] if each not in listed and len(each) < 16]
        self.which.choose_among([*listed.items(), *((each, each) for each in sent)])
