"""What somebody says of an afternoon of many, or of a help between two; and against it."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words.balances import side_words
from enabler.doors.words.categories import grouped
from enabler.doors.words.times import length_words
from enabler.services.views.hours_events import HoursEventView
from enabler.timebank.events import EventWay
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Day, Line, Number, One, Required, Some, Words
from enabler.web.forms.giving import OTHER, HowLong
from enabler.web.forms.present import read_people

WAYS = {
    EventWay.MANY_TO_ONE.value: _("Several people helped together"),
    EventWay.ONE_TO_MANY.value: _("One person taught or helped several people"),
}
LENGTHS = (60, 90, 120, 180, 240)
"""Minutes that are offered to choose from."""
_MANY = {"autocomplete": "off", "spellcheck": "false", "rows": 6}
_A_REF = {"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"}


class WhichWay(Form):
    """Who gave time to whom."""

    way = One(
        _("Who gave their time?"),
        choices=lambda: list(WAYS.items()),
        validators=[Required(message=_("Choose who gave their time."))],
    )  # fmt: skip

    def know(self, ways: Collection[str]) -> None:
        """Offer those that are for whoever writes. What was sent otherwise the service refuses."""
        known = [(way, words) for way, words in WAYS.items() if way in (*ways, self.way.data)]
        self.way.choose_among(known)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.hints = {
            EventWay.MANY_TO_ONE.value: str(_("Each of them gets the time that they were there.")),
            EventWay.ONE_TO_MANY.value: str(
                _("That person gets the time. Those who learned give it, each their own part.")
            ),
        }

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"way": self.way.data}


class WhatWasIt(Form):
    """What it was, in a few words. ``comes_from``: the page before it, where it is no question."""

    comes_from = ""
    words = Line(
        _("What was it?"), most=80,
        description=_("For example: Clean-up of Elm Park. Those who were there read it beside their"
                      " hours. Do not write anybody's name."),
        validators=[Required(message=_("Say what it was, for example: Clean-up of Elm Park."))],
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft."""
        return {"words": self.words.data or ""}


class WhenWasIt(Form):
    """The day."""

    day = Day(_("Which day was it?"), description=_("For example, 24 11 2026."))

    def parts(self) -> dict[str, Any]:
        """For the draft. Raises Invalid where no day was typed."""
        return {"on_day": self.day.given}


class HowLongWasIt(HowLong):
    """How long each of them was there."""

    length = One(
        _("How long was each person there?"),
        choices=lambda: [
            *((str(minutes), length_words(minutes)) for minutes in LENGTHS),
            (OTHER, _("Another length")),
        ],
        validators=[Required(message=_("Choose how long it was."))],
    )  # fmt: skip


class WhoWasThere(Form):
    """The one who taught, where one did, and the many, by their references."""

    one = Line(
        _("The reference of whoever taught or helped"), most=20, validators=[Optional()],
        render_kw=_A_REF,
    )  # fmt: skip
    people = Words(
        _("Their references, one on each line"), most=3000,
        description=_("People find their own reference on their page of hours. If somebody was"
                      " there for longer or shorter, type it behind it: K7QP 1h30."),
        validators=[Required(message=_("Type the reference of everybody who was there."))],
        render_kw=_MANY,
    )  # fmt: skip

    def know(self, way: str) -> None:
        """Ask for the one only where there is one."""
        if way != EventWay.ONE_TO_MANY:
            del self.one

    def parts(self) -> dict[str, Any]:
        """For the draft. Raises Invalid("people", …) for what cannot be read."""
        one = self.one.data if "one" in self._fields else None
        return {"one": one or None, "people": read_people(self.people.data or "")}


class NotSo(KeyedForm):
    """It was otherwise: how."""

    words = Words(
        _("What was not so?"), most=500,
        description=_("For example: I was not there, or it was only one hour. Somebody at the"
                      " council reads it and decides."),
        validators=[Required(message=_("Say what was not so, in a few words."))],
        render_kw={"rows": 3},
    )  # fmt: skip


class RecordHelp(KeyedForm):
    """A help between two of which a custodian was told."""

    helper = Line(
        _("Reference of whoever helped"),
        most=20,
        render_kw=_A_REF,
        validators=[Required(message=_("Type the reference of whoever helped."))],
    )
    asker = Line(
        _("Reference of whoever was helped"),
        most=20,
        render_kw=_A_REF,
        validators=[Required(message=_("Type the reference of whoever was helped."))],
    )
    category = One(
        _("What kind of help was it?"),
        choices=lambda: [(slug, name) for _g, kinds in grouped(CATEGORIES)
                         for slug, name, _h in kinds],
        validators=[Required(message=_("Choose what kind of help it was."))],
    )  # fmt: skip
    day = Day(_("Which day was it?"), description=_("For example, 24 11 2026."))
    minutes = Number(
        _("How many minutes did it take?"), least=1, largest=24 * 60, most=5,
        description=_("An hour and a half is 90 minutes."),
        validators=[Required(message=_("Type how many minutes it took, for example 45."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip
    known_by = Words(
        _("How do you know?"), most=500,
        description=_("For example: both rang us on Tuesday. Only people at the council read it."),
        validators=[Required(message=_("Say how you know."))], render_kw={"rows": 3},
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the draft. Raises Invalid where no day was typed."""
        return {
            "helper": self.helper.data or "", "asker": self.asker.data or "",
            "category": self.category.data or "", "on_day": self.day.given,
            "minutes": self.minutes.number or 0, "known_by": self.known_by.data or "",
        }  # fmt: skip


class DecideEvent(KeyedForm):
    """Which of those who are said to have been there do not count."""

    without = Some(
        _("Who does not count?"), choices=list, validators=[Optional()],
        description=_("Tick whoever was not there: nothing moves for them. Where somebody spoke up"
                      " and you do not tick, it counts at once."),
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=500, validators=[Required(message=_("Say why you decide so."))],
        render_kw={"rows": 3},
    )  # fmt: skip

    def know(self, event: HoursEventView, *, sent: bool = False) -> None:
        """Offer those who still wait, by the one of the two who differs; where it was ``sent``,
        also those who waited when it was, so that a second press is no other answer."""
        waiting = [side for side in event.sides if sent or side.state in ("open", "disputed")]
        many = [
            (side, side.payer if event.way == EventWay.ONE_TO_MANY else side.earner)
            for side in waiting
        ]
        self.without.choose_among(
            (str(side.nth), f"{side_words(who)} ({who.ref}), {length_words(side.minutes)}")
            for side, who in many
        )
        self.without.hints = {str(side.nth): side.words for side in waiting if side.words}

    @property
    def chosen(self) -> frozenset[int]:
        """The numbers of the sides that were ticked."""
        return frozenset(int(each) for each in self.without.data or () if each.isdecimal())
