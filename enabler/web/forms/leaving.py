"""What somebody says who leaves the time bank, and who evens it out at the desk."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.doors.words.balances import side_words
from enabler.services.views.hours import OtherSide
from enabler.services.views.leaving import LeaverAtDeskView, LeavingView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import One, Required, Words

COMMUNITY = "community"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


class Leave(KeyedForm):
    """Leave, with what is to happen to one's hours; or stay; or join again: ``what``."""

    what = HiddenField()
    to = One(
        _("Who should get your hours?"),
        choices=list,
        validators=[Required(message=_("Choose who should get your hours."))],
    )

    def know(self, shown: LeavingView) -> None:
        """Offer those to whom they may go; who has none is not asked."""
        if shown.state != "open" or shown.balance.posted <= 0:
            del self.to
            return
        pairs = [(COMMUNITY, _("The community pot: it pays for neighbours who have none"))]
        headings = {}
        for heading, sides in ((_("Pots"), shown.pots), (_("People you have met"), shown.people),
                               (_("Organisations"), shown.organisations)):  # fmt: skip
            named = [(side.ref or "", _begun(side_words(side))) for side in sides]
            if named:
                headings[named[0][0]] = str(heading)
            pairs += named
        self.to.headings = headings
        self.to.choose_among(pairs)

    @property
    def to_whom(self) -> str | None:
        """The choice, where there was one."""
        return self.to.data if "to" in self else None


class EvenOut(KeyedForm):
    """Which pot pays what a leaver had more than they gave."""

    pot = One(
        _("Which pot pays?"), choices=list,
        validators=[Required(message=_("Choose which pot pays."))],
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=500, description=_("Only people at the council read it."),
        validators=[Required(message=_("Say why you decide so."))], render_kw={"rows": 3},
    )  # fmt: skip

    def know(self, shown: LeaverAtDeskView) -> None:
        """Offer the pots of the place. Once it is done there are none, and what was sent is let
        through: the service knows whether it is the same form a second time."""
        pots = [(_value(pot), _named(pot, enough)) for pot, enough in shown.pots]
        self.pot.choose_among(pots or [(self.pot.data or "", "")])


def _value(pot: OtherSide) -> str:
    return COMMUNITY if pot.kind == COMMUNITY else pot.ref or ""


def _named(pot: OtherSide, enough: bool) -> str:
    words = _begun(side_words(pot))
    return words if enough else str(_("%(pot)s: it has too little", pot=words))
