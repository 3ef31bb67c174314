"""The questions of asking for help: what, in which words, where, when, how long."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.ruleset_bounds import LONGEST_REACH
from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words.categories import grouped
from enabler.doors.words.distance import REACHES
from enabler.doors.words.marking import shown
from enabler.doors.words.preferences import preference_words, reasons_words
from enabler.doors.words.times import length_words
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Line, Number, One, Required
from enabler.web.forms.languages import LANGUAGES, language_choices
from enabler.web.forms.own_words import ByWords, kinds, said_freely, sentences

LIMITS = tuple(metres for metres in REACHES if int(metres) < LONGEST_REACH)
MINUTES = (15, 30, 60, 90, 120, 180, 240)


class ForWhom(Form):
    """For themself, or for an organisation that they lead."""

    fields_of: ClassVar[Mapping[str, str]] = {"organisation_ref": "organisation"}
    organisation = One(
        _("Who asks for help?"), choices=lambda: [("", _("I do, for myself"))], default="",
        validators=[Optional()],
    )  # fmt: skip

    def offer_for(self, organisations: Iterable[tuple[str, str]]) -> None:
        """Let the visitor choose among the organisations that they act for."""
        self.organisation.choose_among([("", _("I do, for myself")), *organisations])

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        return {"organisation_ref": self.organisation.data or None}


class What(ByWords):
    """What kind of help."""

    chooses = "category"
    said = said_freely(
        _("For example: milk, and my tablets from the chemist. Then we suggest what to choose.")
    )
    category = One(
        _("What do you need help with?"),
        choices=kinds,
        validators=[Required(message=_("Choose what you need help with."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = grouped(CATEGORIES)
        self.category.hints = {slug: hint for _g, members in groups for slug, _n, hint in members}

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        return {"category": self.category.data}


class InWords(Form):
    """The need in the asker's own words."""

    words = sentences(
        _("Tell helpers what you need"),
        description=_("Say what is to be done. Leave out your name, address and phone number: "
                      "only a helper who says yes will see those."),
        missing=_("Tell helpers what you need, in a sentence or two."),
    )  # fmt: skip

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        return {"words": (self.words.data or "").strip()}


class Where(Form):
    """Where the help is needed; a stranger's home is not known, so there the spot is asked for."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "at_home": "spot",
        "home": "spot",
        "address": "address",
    }
    spot = One(_("Where is help needed?"), choices=lambda: [("home", _("At my home")),
               ("elsewhere", _("Somewhere else"))], validators=[Optional()])  # fmt: skip
    postcode = Line(
        _("Postcode"), most=20, render_kw={"autocomplete": "postal-code"},
    )  # fmt: skip
    address = Line(
        _("House number and street"),
        description=_("Only a helper who says yes will see this."),
        render_kw={"autocomplete": "street-address"},
    )

    def at_our_door(self) -> None:
        """Let whoever asks for an organisation choose its address."""
        others = [(each.value, each.label) for each in self.spot.choices if each.value != "home"]
        self.spot.choose_among([("home", _("At our address")), *others])

    def at_their_home(self) -> None:
        """Let whoever asks in somebody's name choose that person's home."""
        others = [(each.value, each.label) for each in self.spot.choices if each.value != "home"]
        self.spot.choose_among([("home", _("At their home")), *others])

    def parts(self, *, known_home: bool, **_context: Any) -> dict[str, Any]:
        """For the draft of a need. Raises Invalid where nothing was chosen or typed."""
        if self.spot.data == "home":
            return {"at_home": True, "postcode": None, "address": None}
        # Whoever answered before signing in was not asked to choose.
        typed = self.postcode.data or self.address.data
        if known_home and self.spot.data != "elsewhere" and not typed:
            raise Invalid("spot", "where_missing")
        for name in ("postcode", "address"):
            if not (self[name].data or "").strip():
                raise Invalid(name, f"{name}_missing")
        return {
            "at_home": False,
            "postcode": (self.postcode.data or "").strip(),
            "address": (self.address.data or "").strip(),
        }


class HowMuch(Form):
    """How long it takes, and how many helpers."""

    duration_minutes = One(
        _("About how long will it take?"),
        choices=lambda: [(str(minutes), length_words(minutes)) for minutes in MINUTES],
        validators=[Required(message=_("Choose about how long it will take."))],
    )
    slots = Number(
        _("How many helpers do you need?"), least=1, largest=20, most=3, default="1",
        description=_("One is enough for most things."),
        validators=[Required(message=_("Type how many helpers you need, for example 1."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-2"},
    )  # fmt: skip

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        return {
            "duration_minutes": int(self.duration_minutes.data or MINUTES[1]),
            "slots": self.slots.number or 1,
        }


class AnythingElse(Form):
    """The language that a helper must speak, how far away they may live, who may come: the last
    only where the place lists it for this kind of help."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "languages_required": "language",
        "reach_metres": "within",
        "preferences": "wish",
    }
    language = One(
        _("Do you need a helper who speaks your language?"),
        choices=lambda: [("", _("English is fine")), *language_choices(without="en")],
        default="",
    )
    within = One(
        _("How far away may a helper live?"),
        description=_("If it does not matter, more people can help you."),
        choices=lambda: [("", _("It does not matter")),
                         *((metres, shown(REACHES, metres)) for metres in LIMITS)],
        default="", validators=[Optional()],
    )  # fmt: skip
    wish = One(_("Who should come?"), choices=lambda: [("", _("It does not matter"))], default="")

    def let_wish(self, listed: Mapping[str, str]) -> None:
        """Let the asker choose among what the place lists, and say why it does."""
        wishes = [(code, preference_words(code)) for code in listed]
        self.wish.choose_among([("", _("It does not matter")), *wishes])
        self.wish.description = reasons_words(listed)

    def keep_within(self) -> None:
        """How far away a helper may live is not asked: it stays as it is."""
        del self.within

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        within = self.within.data if "within" in self else None
        chosen, wishes = self.language.data, {each.value for each in self.wish.choices}
        wish = self.wish.data if self.wish.data in wishes else None
        return {
            "languages_required": (chosen,) if chosen in LANGUAGES else (),
            "reach_metres": int(within) if within in LIMITS else None,
            "preferences": (wish,) if wish else (),
        }
