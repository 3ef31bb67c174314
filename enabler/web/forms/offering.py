"""The questions of offering help: what kinds, how far, when each week, on what terms."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import Terms
from enabler.domain.windows import Window
from enabler.doors.local_time import end_of_day, local_day, start_of_day
from enabler.doors.words.distance import REACHES
from enabler.doors.words.marking import shown
from enabler.doors.words.preferences import preference_words
from enabler.doors.words.states import TERMS
from enabler.services.absences import FURTHEST_AHEAD
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Day, Line, One, Required, Some, Tick
from enabler.web.forms.languages import LANGUAGES, language_choices
from enabler.web.forms.own_words import ByWords, kinds, said_freely, sentences


class Kinds(ByWords):
    """What kinds of help."""

    chooses = "categories"
    said = said_freely(
        _("For example: I have a car and could do some shopping. Then we suggest what to choose.")
    )
    categories = Some(
        _("What can you help with?"),
        description=_("Choose all that you are happy to do."),
        choices=kinds,
        validators=[Required(message=_("Choose at least one kind of help."))],
    )

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {"categories": tuple(self.categories.data or ())}


class InWords(Form):
    """The offer in the giver's own words."""

    words = sentences(
        _("Tell people what you offer"),
        description=_("For example: I have a car and can take people to the doctor."),
        missing=_("Tell people what you offer, in a sentence or two."),
    )
    words_public = Tick(
        _("Anybody may read these words, on the map and on a page that I can share"),
        description=_("If you do not tick this, others see only what kind of help you offer."),
    )
    organisation: str | None = None
    """On whose page anybody reads the words: then there is nothing to choose."""

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {
            "words": (self.words.data or "").strip(), "words_public": bool(self.words_public.data),
        }  # fmt: skip


class HowFar(Form):
    """How far from home."""

    reach_metres = One(
        _("How far will you go?"),
        description=_(
            "We measure from the area around your home, never from your door. For a business or a"
            " group we measure from its address."
        ),
        choices=lambda: [(metres, shown(REACHES, metres)) for metres in REACHES],
        validators=[Required(message=_("Choose how far you will go."))],
    )

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer."""
        return {"reach_metres": int(self.reach_metres.data or 0)}


TERMS_TO_CHOOSE = (Terms.FREE, Terms.STATED)
"""Not yet for time credits: nothing moves them."""


class OnTerms(Form):
    """On what terms."""

    terms = One(
        _("Do you ask for anything in return?"),
        choices=lambda: [(each.value, shown(TERMS, each)) for each in TERMS_TO_CHOOSE],
        validators=[Required(message=_("Choose whether you ask for anything in return."))],
    )
    stated_terms = Line(
        _("What do you ask for?"), description=_("For example: I ask for the cost of petrol.")
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


class Rest(KeyedForm):
    """Pause, for good or until a day."""

    until = Day(
        _("When may we ask you again? (optional)"),
        description=_("If you leave it empty, we wait until you tell us."),
    )

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The beginning of that day; None where none was typed. Raises Invalid("until", code)."""
        if self.until.data is None:
            return None
        if self.until.data <= local_day(now, zone):
            raise Invalid("until", "day_is_past")
        return start_of_day(self.until.data, zone)


class Away(KeyedForm):
    """From when until when somebody is away, as whole days."""

    fields_of: ClassVar[Mapping[str, str]] = {"away": "last"}
    first = Day(_("First day you are away"))
    last = Day(_("Last day you are away"))

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
