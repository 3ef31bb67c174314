"""What somebody says of an organisation: what it is, where, how it is reached, when it is open."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.vocabulary import CredentialKind
from enabler.domain.windows import Weekly
from enabler.doors.opening_hours import read_opening, written_opening
from enabler.doors.words.marking import shown
from enabler.doors.words.organisations import KINDS
from enabler.doors.words.states import CREDENTIALS
from enabler.doors.words.times import WEEKDAYS
from enabler.services.views import OrganisationView
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Line, One, Required, Some, Words

DAYS = range(7)
PAPERS = (
    CredentialKind.IDENTITY,
    CredentialKind.INSURANCE, CredentialKind.FOOD_HYGIENE, CredentialKind.DBS_BASIC,
    CredentialKind.DBS_ENHANCED, CredentialKind.TRAINING, CredentialKind.DRIVING,
)  # fmt: skip


class WhatKind(Form):
    """What kind of organisation."""

    kind = One(
        _("What kind of organisation is it?"),
        choices=lambda: [(kind, shown(KINDS, kind)) for kind in KINDS],
        validators=[Required(message=_("Choose what kind of organisation it is."))],
    )

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"kind": self.kind.data or ""}


class WhoItIs(Form):
    """Its name, and what it does."""

    name = Line(
        _("Name of the organisation"), most=100,
        validators=[Required(message=_("Type the name of the organisation."))],
        render_kw={"autocomplete": "organization"},
    )  # fmt: skip
    about = Words(
        _("What does it do?"),
        description=_("Everybody can read this. A few sentences are enough."), most=1000,
        validators=[Required(message=_("Say what it does, in a few sentences."))],
        render_kw={"rows": 5},
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"name": self.name.data or "", "about": self.about.data or ""}


class WhereItIs(Form):
    """Its door, which everybody may know."""

    postcode = Line(
        _("Postcode"), most=20, validators=[Required(message=_("Type the postcode."))],
        render_kw={"autocomplete": "postal-code", "class": "govuk-input--width-10"},
    )  # fmt: skip
    address = Line(
        _("Building and street"), most=200,
        validators=[Required(message=_("Type the building and street."))],
        render_kw={"autocomplete": "street-address"},
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"postcode": self.postcode.data or "", "address": self.address.data or ""}


class HowToReach(Form):
    """Phone, mail and web address that everybody may read."""

    phone = Line(
        _("Phone number (optional)"), most=40, validators=[Optional()],
        render_kw={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"},
    )  # fmt: skip
    mail = Line(
        _("Email address (optional)"), most=254, validators=[Optional()],
        render_kw={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    )  # fmt: skip
    web = Line(
        _("Web address (optional)"), most=200, validators=[Optional()],
        render_kw={"autocomplete": "url", "inputmode": "url", "spellcheck": "false"},
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        found = {"phone": self.phone.data, "mail": self.mail.data, "web": self.web.data}
        return {name: (typed or "").strip() or None for name, typed in found.items()}


def _day(number: int) -> Line:
    return Line(
        _(WEEKDAYS[str(number)]), most=80, validators=[Optional()],
        render_kw={"class": "govuk-input--width-20", "spellcheck": "false"},
    )  # fmt: skip


class OpenWhen(Form):
    """Opening hours, a line for each day; an empty line is a day on which it is closed."""

    day0, day1, day2, day3 = _day(0), _day(1), _day(2), _day(3)
    day4, day5, day6 = _day(4), _day(5), _day(6)
    holidays = One(
        _("On bank holidays"),
        choices=lambda: [("closed", _("Closed")), ("open", _("Open as on other days"))],
        default="closed",
    )

    def parts(self) -> dict[str, Any]:
        """For the draft. Raises Invalid at the day that cannot be read."""
        return {
            "hours": tuple(
                Weekly(day, *stretch)
                for day in DAYS
                for stretch in read_opening(self[f"day{day}"].data or "", field=f"day{day}")
            ),
            "open_on_bank_holidays": self.holidays.data == "open",
        }

    def fill(self, hours: Iterable[Weekly], *, on_holidays: bool) -> None:
        """Show what was said before."""
        by_day: dict[int, list[tuple[int, int]]] = {}
        for each in hours:
            by_day.setdefault(each.weekday, []).append((each.start_minute, each.end_minute))
        for day, stretches in by_day.items():
            self[f"day{day}"].data = written_opening(tuple(stretches))
        self.holidays.data = "open" if on_holidays else "closed"


class Papers(Form):
    """What it can show to a person at the council."""

    can_show = Some(
        _("What could you show us, if we ask?"),
        description=_("Do not send anything. A person at the council looks at it with you. For"
                      " some kinds of help we need it first."),
        choices=lambda: [(each.value, shown(CREDENTIALS, each)) for each in PAPERS],
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"can_show": tuple(self.can_show.data or ())}


class ChangeIt(KeyedForm, HowToReach):
    """What it says of itself, and how it is reached."""

    fields_of: ClassVar[Mapping[str, str]] = {}
    about = WhoItIs.about

    def fill(self, shown_now: OrganisationView) -> None:
        """Show what stands now."""
        self.about.data, self.web.data = shown_now.about or "", shown_now.web or ""
        self.phone.data, self.mail.data = shown_now.phone or "", shown_now.mail or ""


class ChangeHours(KeyedForm, OpenWhen):
    """When it is open."""

    fields_of: ClassVar[Mapping[str, str]] = {"hours": "day0"}
