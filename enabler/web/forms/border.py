"""What a custodian says about hours between places."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.services.views.border import LimitsView, PartnerView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Number, One, Required

MOST_HOURS = 10_000
_SLUG = re.compile(r"[a-z0-9_-]{1,80}", re.ASCII)
_READ = re.compile(r"(\d{1,7}) (\d{1,7})", re.ASCII)


def slug_of(field: HiddenField) -> str:
    """The place that a form carries hidden; empty for what is no place's name."""
    return field.data if _SLUG.fullmatch(field.data or "") else ""


class Limits(KeyedForm):
    """How many hours may lie between two places, each way."""

    place = One(
        _("Which place?"), choices=list, validators=[Required(message=_("Choose a place."))]
    )
    may_owe = Number(
        _("How many hours may we owe them at most?"),
        description=_("Their helpers give us so many hours before our helpers must give some"
                      " back. Type 0 for none."),
        least=0, largest=MOST_HOURS, most=6,
        validators=[Required(message=_("Type a number of hours, for example 20."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-5"},
    )  # fmt: skip
    may_be_owed = Number(
        _("How many hours may they owe us at most?"),
        description=_("Our helpers give them so many hours before their helpers must give some"
                      " back. Type 0 for none."),
        least=0, largest=MOST_HOURS, most=6,
        validators=[Required(message=_("Type a number of hours, for example 20."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-5"},
    )  # fmt: skip

    def know(self, partners: tuple[PartnerView, ...], chosen: str) -> None:
        """Offer the places, with what holds between us and the chosen one now."""
        self.place.choose_among([(each.slug, each.name) for each in partners])
        found = next((each for each in partners if each.slug == chosen), None)
        if self.is_submitted() or found is None:
            return
        self.place.data = found.slug
        if found.agreed is not None:
            self.may_owe.data = str(found.agreed.may_owe // 60)
            self.may_be_owed.data = str(found.agreed.may_be_owed // 60)

    def parts(self) -> dict[str, Any]:
        """For the proposal, in minutes."""
        return {
            "other": self.place.data or "", "may_owe": 60 * (self.may_owe.number or 0),
            "may_be_owed": 60 * (self.may_be_owed.number or 0),
        }  # fmt: skip


class Answer(KeyedForm):
    """Whether we agree to what the other place proposes, as it was read."""

    place = HiddenField()
    read = HiddenField()
    decision = One(
        _("What do you decide?"),
        choices=lambda: [("agree", _("We agree")), ("refuse", _("We do not agree"))],
        validators=[Required(message=_("Choose what you decide."))],
    )

    def of(self, partner: PartnerView, limits: LimitsView) -> None:
        """The proposal that is on the page."""
        self.place.data = partner.slug
        self.read.data = f"{limits.may_owe} {limits.may_be_owed}"

    def parts(self) -> dict[str, Any]:
        """For the answer."""
        read = _READ.fullmatch(self.read.data or "")
        may_owe, may_be_owed = map(int, read.groups()) if read else (-1, -1)
        return {
            "other": slug_of(self.place), "agrees": self.decision.data == "agree",
            "may_owe": may_owe, "may_be_owed": may_be_owed,
        }  # fmt: skip


class End(KeyedForm):
    """No more hours go between us."""

    place = HiddenField()
