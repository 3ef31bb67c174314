"""What custodians decide, propose and say at the desk of hours."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.doors.words import sentence
from enabler.doors.words.balances import side_words
from enabler.doors.words.hours_desk import CHOICES, pot_with_minutes
from enabler.doors.words.marking import shown
from enabler.services.views.hours import OtherSide
from enabler.services.views.hours_desk import NewPotsView, OneFlagView
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Line, Number, One, Required, Tick, Words
from enabler.web.forms.looks import reason_field, reason_words

MEMBER, FUND, WARD = "member", "fund", "ward-"
_REF = {"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"}
_WHO = _REF | {"class": "govuk-input--width-20"}
_NARROW = {"inputmode": "numeric", "class": "govuk-input--width-4"}


class SettleFlag(KeyedForm):
    """What becomes of a flag; where a pot is to pay, which one."""

    decision = One(
        _("What do you decide?"), choices=list,
        validators=[Required(message=_("Choose what you decide."))],
    )  # fmt: skip
    pot = One(_("From which pot?"), choices=list, validators=[Optional()])
    words = Words(
        _("Why do you decide so?"), most=500, render_kw={"rows": 3}, validators=[Optional()],
        description=_("It is kept with the decision. The two are told what you decide, not why."),
    )  # fmt: skip

    def know(self, shown_flag: OneFlagView) -> None:
        """Offer what may be made of it, and the pots that have enough. Once it is settled what was
        sent is let through: the service knows whether it is the same form a second time."""
        choices = shown_flag.flag.choices or tuple(CHOICES)
        self.decision.choose_among((choice, shown(CHOICES, choice)) for choice in choices)
        pots = [(one.pot.ref or "", pot_with_minutes(one)) for one in shown_flag.pots]
        self.pot.choose_among(pots or [(self.pot.data or "", "")])

    def pot_ref(self) -> str | None:
        """The pot that is to pay. Raises Invalid where one is to and none was chosen."""
        if self.decision.data != "paid":
            return None
        if not self.pot.data:
            raise Invalid("pot", "pot_missing")
        return str(self.pot.data)


class Grant(KeyedForm):
    """To whom hours from the council should go, how many, and why."""

    to = One(
        _("Who should get the hours?"), choices=list,
        validators=[Required(message=_("Choose who should get the hours."))],
    )  # fmt: skip
    member = Line(
        _("Their reference"), most=20, validators=[Optional()], render_kw=_REF,
        description=_("4 to 6 letters and digits. They see it on their page of hours."),
    )  # fmt: skip
    hours = Number(_("Hours"), least=0, largest=1000, validators=[Optional()], render_kw=_NARROW)
    minutes = Number(_("Minutes"), least=0, largest=59, validators=[Optional()], render_kw=_NARROW)
    words = Words(
        _("Why?"), most=500, render_kw={"rows": 3},
        description=_("A colleague reads this before they decide."),
        validators=[Required(message=_("Say why."))],
    )  # fmt: skip

    def know(self, pots: Iterable[OtherSide]) -> None:
        """Offer the pots, and a member by their reference."""
        words = [(pot.ref or "", side_words(pot)) for pot in pots]
        named = [(ref, name[:1].upper() + name[1:]) for ref, name in words]
        self.to.choose_among([*named, (MEMBER, _("A member, by their reference"))])

    def show(self, wrong: Invalid) -> bool:
        """What is wrong with a typed reference stands where it was typed."""
        if wrong.field == "to" and self.to.data == MEMBER:
            self.member.errors = [sentence(wrong)]
            return True
        if wrong.field == "minutes":
            self.hours.errors = [sentence(wrong)]
            return True
        return super().show(wrong)

    def parts(self) -> dict[str, Any]:
        """For the service. Raises Invalid where no reference was typed."""
        to = self.to.data or ""
        if to == MEMBER:
            to = (self.member.data or "").strip()
            if not to:
                raise Invalid("member", "receiver_missing")
        minutes = 60 * (self.hours.number or 0) + (self.minutes.number or 0)
        return {"to": to, "minutes": minutes, "words": self.words.data or ""}


class WhoseHours(KeyedForm):
    """Whose hours somebody at the desk looks at."""

    who = Line(
        _("Whose hours?"), most=60, render_kw=_WHO,
        description=_("Type their phone number or their reference. We write down that you"
                      " looked."),
        validators=[Required(message=_("Type their phone number or their reference."))],
    )  # fmt: skip
    reason = reason_field()
    words = reason_words()


class Find(Form):
    """Which movement."""

    number = Number(
        _("What is the number of the movement?"), least=1, largest=999_999_999, most=12,
        description=_("It stands beside the movement on a statement, for example 1204."),
        validators=[Required(message=_("Type the number of the movement, for example 1204."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-10"},
    )  # fmt: skip


class Undo(KeyedForm):
    """Why a movement should be undone."""

    words = Words(
        _("Why should it be undone?"), most=500, render_kw={"rows": 3},
        description=_("A colleague reads this before they decide."),
        validators=[Required(message=_("Say why it should be undone."))],
    )  # fmt: skip


class Second(KeyedForm):
    """What the second person decides, and why."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("allow", _("Allow it: the hours move now")), ("refuse", _("Refuse it"))],
        validators=[Required(message=_("Choose what you decide."))],
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=500, render_kw={"rows": 3},
        description=_("Your colleague reads it."),
        validators=[Required(message=_("Say why you decide so."))],
    )  # fmt: skip


class PotSays(KeyedForm):
    """How a pot is called, what it is for, whether it pays for help."""

    name = Line(
        _("Its name"), validators=[Optional()],
        description=_("You can leave this empty. Then it is called after whose it is."),
    )  # fmt: skip
    about = Words(
        _("What is it for?"), most=500, validators=[Optional()], render_kw={"rows": 3},
        description=_("You can leave this empty."),
    )  # fmt: skip
    pays = Tick(_("It pays for help when somebody has no hours"), default=True)

    def said(self) -> dict[str, Any]:
        """For the service."""
        return {
            "name": self.name.data or None, "about": self.about.data or None,
            "pays": bool(self.pays.data),
        }  # fmt: skip


class NewPot(PotSays):
    """Whose the pot is, and the rest."""

    fields_of: ClassVar[Mapping[str, str]] = {"of": "whose"}
    whose = One(
        _("Whose pot is it?"), choices=list,
        validators=[Required(message=_("Choose whose pot it is."))],
    )  # fmt: skip
    organisation = Line(
        _("The organisation's reference"), most=20, validators=[Optional()], render_kw=_REF,
        description=_("4 to 6 letters and digits. It stands on the organisation's page."),
    )  # fmt: skip

    def know(self, can: NewPotsView) -> None:
        """Offer the pots that there are not yet; what was sent is let through, as the service
        knows whether it is the same form a second time."""
        offered = {"community": _("Everybody's in this place")} if can.community else {}
        offered |= {f"{WARD}{code}": name for code, name in can.wards}
        typed = self.whose.data or FUND
        if typed == "community" or typed.startswith(WARD):
            offered.setdefault(typed, typed.removeprefix(WARD))
        self.whose.choose_among([*offered.items(), (FUND, _("An organisation's"))])

    def parts(self) -> dict[str, Any]:
        """For the service. Raises Invalid where no organisation was typed."""
        whose = self.whose.data or ""
        if whose == FUND:
            typed = (self.organisation.data or "").strip()
            if not typed:
                raise Invalid("organisation", "fund_organisation_missing")
            return {"kind": FUND, "of": typed, **self.said()}
        if whose.startswith(WARD):
            return {"kind": "ward", "of": whose.removeprefix(WARD), **self.said()}
        return {"kind": whose, "of": None, **self.said()}
