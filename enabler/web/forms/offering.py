"""The questions of offering help: what kinds, how far, when each week, on what terms."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CATEGORIES, Terms
from enabler.domain.windows import Weekly, Window
from enabler.doors.local_time import end_of_day, local_day, start_of_day
from enabler.doors.words.categories import grouped
from enabler.doors.words.distance import REACHES
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.near import picture_of
from enabler.doors.words.preferences import preference_words
from enabler.doors.words.states import TERMS
from enabler.doors.words.times import weekday_words
from enabler.services.absences import FURTHEST_AHEAD
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Day, Line, Number, One, Required, Some, Words
from enabler.web.forms.languages import LANGUAGES, language_choices

PARTS: dict[str, tuple[str, int, int]] = {
    "morning": (N_("%(day)s morning"), 480, 720),
    "afternoon": (N_("%(day)s afternoon"), 720, 1020),
    "evening": (N_("%(day)s evening"), 1020, 1260),
}


class Kinds(Form):
    """What kinds of help."""

    categories = Some(
        _("What can you help with?"),
        description=_("Choose all that you are happy to do."),
        choices=lambda: [(slug, name) for _g, kinds in grouped(CATEGORIES)
                         for slug, name, _h in kinds],
        validators=[Required(message=_("Choose at least one kind of help."))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = list(grouped(CATEGORIES))
        self.categories.headings = {kinds[0][0]: heading for heading, kinds in groups}
        self.categories.pictures = {slug: picture_of(slug) for slug in CATEGORIES}

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {"categories": tuple(self.categories.data or ())}


class InWords(Form):
    """The offer in the giver's own words."""

    words = Words(
        _("Tell people what you offer"),
        description=_("For example: I have a car and can take people to the doctor."),
        validators=[Required(message=_("Tell people what you offer, in a sentence or two."))],
        render_kw={"rows": 5},
    )

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {"words": (self.words.data or "").strip()}


class HowFar(Form):
    """How far from home."""

    reach_metres = One(
        _("How far will you go?"),
        description=_("We measure from the area around your home, never from your door."),
        choices=lambda: [(metres, shown(REACHES, metres)) for metres in REACHES],
        validators=[Required(message=_("Choose how far you will go."))],
    )

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {"reach_metres": int(self.reach_metres.data or 0)}


class EachWeek(Form):
    """When each week, and how often."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "weekly": "mostly",
        "any_time": "mostly",
        "capacity": "capacity",
    }
    mostly = One(
        _("When can you help?"),
        choices=lambda: [("any", _("Any time: just ask me")), ("parts", _("At these times"))],
        validators=[Required(message=_("Choose when you can help."))],
    )
    times = Some(
        _("Your times each week"),
        description=_("Morning is 8am to midday, afternoon midday to 5pm, evening 5pm to 9pm."),
        choices=lambda: [
            (f"{day}-{part}", gettext(words[0], day=weekday_words(day)))
            for day in range(7) for part, words in PARTS.items()
        ],
    )  # fmt: skip
    capacity = Number(
        _("How many times a week, at most?"), least=1, largest=50, most=3, default="1",
        validators=[Required(message=_("Type how many times a week, for example 1."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-2"},
    )  # fmt: skip

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer. Raises Invalid where no time was chosen."""
        chosen = tuple(self.times.data or ())
        if self.mostly.data == "parts" and not chosen:
            raise Invalid("times", "times_missing")
        return {
            "any_time": self.mostly.data == "any",
            "weekly": stretches(chosen) if self.mostly.data == "parts" else (),
            "capacity": self.capacity.number or 1,
        }


def stretches(chosen: Iterable[str]) -> tuple[Weekly, ...]:
    """Chosen parts of days as unbroken stretches: a whole day is one, not three."""
    found: list[Weekly] = []
    ordered = sorted((int(day), *PARTS[part][1:]) for day, _dash, part in
                     (each.partition("-") for each in chosen))  # fmt: skip
    for day, start, end in ordered:
        if found and found[-1].weekday == day and found[-1].end_minute == start:
            start = found.pop().start_minute
        found.append(Weekly(day, start, end))
    return tuple(found)


TERMS_TO_CHOOSE = (Terms.FREE, Terms.STATED)
"""Not yet for time credits: nothing moves them."""


class OnTerms(Form):
    """On what terms."""

    terms = One(
        _("On what terms do you help?"),
        choices=lambda: [(each.value, shown(TERMS, each)) for each in TERMS_TO_CHOOSE],
        validators=[Required(message=_("Choose on what terms you help."))],
    )
    stated_terms = Line(
        _("Your terms"), description=_("For example: I ask for the cost of petrol.")
    )

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer. Raises Invalid where terms are to be stated and are not."""
        stated = (self.stated_terms.data or "").strip()
        if self.terms.data == Terms.STATED and not stated:
            raise Invalid("stated_terms", "stated_terms_missing")
        wanted = self.terms.data == Terms.STATED
        return {"terms": Terms(str(self.terms.data)), "stated_terms": stated if wanted else None}


class AsWhom(Form):
    """Languages, and for whom the offer is made; the organisations are the visitor's."""

    fields_of: ClassVar[Mapping[str, str]] = {"organisation_ref": "organisation", "meets": "wish"}
    languages = Some(
        _("Which languages do you speak?"),
        choices=lambda: language_choices(),
        default=["en"],
    )
    organisation = One(_("Who offers this?"), choices=lambda: [("", _("I do"))], default="")
    wish = One(
        _("With some kinds of help people may ask for a woman or a man. Which are you?"),
        description=_("We use it only to decide whom we ask. If you would rather not say, we ask"
                      " you for everybody who leaves it open."),
        choices=lambda: [("", _("I would rather not say"))], default="",
    )  # fmt: skip

    def offer_for(self, organisations: Iterable[tuple[str, str]]) -> None:
        """Let the visitor choose among the organisations that they act for."""
        self.organisation.choose_among([("", _("I do")), *organisations])

    def let_say(self, listed: Iterable[str]) -> None:
        """Let the giver say which of the wishes they meet."""
        wishes = [(code, preference_words(code)) for code in listed]
        self.wish.choose_among([("", _("I would rather not say")), *wishes])

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        wishes = {each.value for each in self.wish.choices}
        wish = self.wish.data if self.wish.data in wishes else None
        spoken = [code for code in self.languages.data or () if code in LANGUAGES]
        return {
            "languages": tuple(spoken), "organisation_ref": self.organisation.data or None,
            "meets": (wish,) if wish else (),
        }  # fmt: skip


class Check(KeyedForm):
    """Check your answers."""


class Away(KeyedForm):
    """From when until when somebody is away, as whole days."""

    fields_of: ClassVar[Mapping[str, str]] = {"away": "last"}
    first = Day(_("First day on which you are away"))
    last = Day(_("Last day on which you are away"))

    def stretch(self, now: datetime, zone: ZoneInfo) -> Window:
        """The days as a stretch. Raises Invalid at the field that is missing or wrong."""
        today = local_day(now, zone)
        first, last = max(self.first.given, today), self.last.given
        if last < today:
            raise Invalid("last", "day_is_past")
        if last < first:
            raise Invalid("last", "end_is_before_start")
        if (last - today).days > FURTHEST_AHEAD.days:
            raise Invalid("last", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
        return Window(start_of_day(first, zone), end_of_day(last, zone))
