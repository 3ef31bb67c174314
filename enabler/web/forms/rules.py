"""The forms of a place's rules, made of what :mod:`enabler.domain.ruleset_keys` says of its keys:
answers by path, written so that reading them gives the same."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField
from wtforms.validators import Optional

from enabler.domain.bank_holidays import COUNTRIES
from enabler.domain.categories import category
from enabler.domain.errors import Invalid
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_bounds import DECIDED_BY_TWO, EARNS
from enabler.domain.ruleset_keys import KEYS, PARTS, Key
from enabler.domain.ruleset_parts import Unit
from enabler.domain.signal_codes import CODES as SIGNALS
from enabler.domain.signal_codes import HELD_KINDS
from enabler.domain.vocabulary import CredentialKind, Preference, PreferenceReason
from enabler.doors.words.marking import shown
from enabler.doors.words.rule_keys import CODES, FACTORS, OF_SIGNALS
from enabler.doors.words.rules import label_words, means_words
from enabler.doors.words.signals import signal_name
from enabler.doors.words.states import credential_name
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required, Some, Tick, Words
from enabler.web.forms.rule_fields import (
    Kilometres,
    Length,
    Numbers,
    OfRules,
    Points,
    Pounds,
    TimeOfDay,
    WordList,
)

_NARROW = {"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}
_SHORT = {"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
_SUFFIX: Mapping[Unit, Any] = {
    Unit.HOURS: _("hours"), Unit.DAYS: _("days"), Unit.PERCENT: "%", Unit.TIMES: "",
    Unit.POINTS: "", Unit.YEARS: _("years"),
}  # fmt: skip
BETWEEN = "-"
"""Between a key and what it is about, in the name of a field."""


class EditForm(KeyedForm):
    """A form that edits a draft, from the version that its editor saw."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the draft that was shown with the form; 1 where none came with it."""
        typed = self.version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 9 else 1

    def see(self, version: int) -> None:
        """From now on it is made from this version."""
        self.version.data = str(version)

    def show(self, wrong: Invalid) -> bool:
        """A key's refusal stands at its field."""
        name = wrong.field.removeprefix("ruleset.")
        return super().show(Invalid(name, wrong.code, **wrong.facts))


class PartForm(EditForm):
    """One part of the rules: a field for each key, and for each factor of a key that has many."""

    paths: tuple[str, ...] = ()

    def write(self, rules: Ruleset) -> None:
        """Show what the rules say."""
        for path in self.paths:
            name, _dot, of = path.partition(".")
            value = getattr(rules, name)
            value = value.get(of) if of else value
            field = self[_field_name(path)]
            field.data = None if value is None else _written(field, value)
        self.know(rules)

    def values(self) -> dict[str, Any]:
        """What was answered, by path."""
        return {path: self._value(path) for path in self.paths}

    def know(self, rules: Ruleset) -> None:
        """What stands in the rules and is no choice here stays in them."""
        held = rules.hours_two_people
        self._kept = tuple(code for code in held if code not in DECIDED_BY_TWO)

    def _value(self, path: str) -> Any:
        field = self[_field_name(path)]
        if isinstance(field, Some):
            kept = self._kept if path == "hours_two_people" else ()
            return sorted({*(field.data or ()), *kept})
        if isinstance(field, OfRules | Numbers | WordList | Length):
            return field.value
        return bool(field.data) if isinstance(field, Tick) else field.data or ""

    _kept: tuple[str, ...] = ()


@cache
def part_form(part: str) -> type[PartForm]:
    """The form of a part: its keys' own fields, in their order."""
    paths = tuple(path for key in PARTS[part] for path in _paths(key))
    made = {_field_name(path): _field(path) for path in paths}
    return type("PartForm", (PartForm,), {**made, "paths": paths})


def _paths(key: Key) -> tuple[str, ...]:
    of_it = {Unit.BY_FACTOR: tuple(FACTORS), Unit.BY_THING: HELD_KINDS}.get(key.unit)
    if of_it is not None:
        return tuple(f"{key.name}.{of}" for of in of_it)
    return (key.name,)


def _field_name(path: str) -> str:
    return path.replace(".", BETWEEN)


def _field(path: str) -> Any:
    key = KEYS[path.partition(".")[0]]
    label, means = LazyString(label_words, path), LazyString(means_words, key.name)
    if key.unit is Unit.YES:
        return Tick(label)
    if key.unit is Unit.BY_FACTOR:
        return Points(label=label, key=key.name, render_kw=_NARROW)
    if key.name in OF_SIGNALS:
        return Some(label=label, description=means, choices=_signals)
    if key.unit in _MADE:
        return _MADE[key.unit](key.name, label=label, description=means)
    return OfRules(
        label=label, description=means, key=key.name, suffix=_SUFFIX[key.unit], render_kw=_NARROW
    )


_MADE: Mapping[Unit, Callable[..., Any]] = {
    Unit.MINUTES: lambda name, **said: Length(key=name, **said),
    Unit.CLOCK: lambda name, **said: TimeOfDay(
        key=name, render_kw=_NARROW | {"inputmode": "text"}, **said
    ),
    Unit.METRES: lambda name, **said: Kilometres(
        key=name, suffix=_("km"), render_kw=_NARROW, **said
    ),
    Unit.PENCE: lambda name, **said: Pounds(key=name, prefix="£", render_kw=_NARROW, **said),
    Unit.WORDS: lambda name, **said: WordList(most=2_000, validators=[Optional()], **said),
    Unit.NUMBERS: lambda name, **said: Numbers(most=60, render_kw=_SHORT, **said),
    Unit.CODES: lambda name, **said: Some(
        choices=lambda: _codes(name, DECIDED_BY_TWO), **said
    ),
    Unit.CODE: lambda name, **said: One(
        choices=lambda: _codes(name, ("", *COUNTRIES)), validators=[Optional()], **said
    ),
}  # fmt: skip
"""The fields of units that have one of their own."""


def _signals() -> list[tuple[str, str]]:
    return [(code, signal_name(code)) for code in SIGNALS]


def _codes(name: str, codes: Any) -> list[tuple[str, str]]:
    return [(code, shown(CODES, f"{name}.{code}")) for code in codes]


def _written(field: Field, value: Any) -> Any:
    if isinstance(field, OfRules | Numbers | WordList):
        return field.written(value)
    return list(value) if isinstance(field, Some) else value


class KindForm(EditForm):
    """What the rules say of one kind of help. What everybody who gives it must have had checked is
    not asked about: a place can ask for more, never for less."""

    standing = One(
        _("Is there this kind of help here?"),
        choices=lambda: [("open", _("Yes")), ("held", _("Yes, and a person looks at it first")),
                         ("off", _("No"))],
        validators=[Required(message=_("Choose whether there is this kind of help."))],
    )  # fmt: skip
    urgent = Tick(_("It is always urgent"))
    credentials = Some(_("What else must a helper have had checked?"), choices=list)
    minutes = Length(
        _("How long does it usually take?"), key="category_minutes", may_be_unsaid=True,
        description=_("You can leave this empty."),
    )  # fmt: skip
    earns = One(
        _("What does helping give?"),
        choices=lambda: [("", _("Hours move, as is usual")),
                         *((one, shown(CODES, f"category_earns.{one}")) for one in EARNS[1:])],
        validators=[Optional()],
    )  # fmt: skip
    woman = One(_("May people ask for a woman?"), choices=lambda: _reasons(),
                validators=[Optional()])  # fmt: skip
    man = One(_("May people ask for a man?"), choices=lambda: _reasons(),
              validators=[Optional()])  # fmt: skip

    def know(self, slug: str, rules: Ruleset) -> None:
        """Of which kind of help it is, and what the rules say of it now."""
        self.slug, self.rules = slug, rules
        self.always = category(slug).credentials
        others = [kind for kind in CredentialKind if kind not in self.always]
        self.credentials.choose_among((kind.value, credential_name(kind)) for kind in others)

    def write(self) -> None:
        """Show what the rules say."""
        slug, rules = self.slug, self.rules
        held = "held" if slug in rules.categories_held else "open"
        self.standing.data = "off" if slug in rules.categories_off else held
        self.urgent.data = slug in rules.categories_urgent
        asked = rules.category_credentials.get(slug, ())
        self.credentials.data = [kind for kind in asked if kind not in self.always]
        self.minutes.data = rules.category_minutes.get(slug)
        earns = rules.category_earns.get(slug, "")
        self.earns.data = "" if earns == EARNS[0] else earns
        for wish in Preference:
            self[wish.value].data = rules.preferences.get(slug, {}).get(wish.value, "")

    def values(self) -> dict[str, Any]:
        """What was answered, by path."""
        slug, asked = self.slug, self.rules.category_credentials.get(self.slug, ())
        always = [kind for kind in asked if kind in self.always]
        wishes = {wish.value: self[wish.value].data for wish in Preference}
        found = {
            "categories_off": self.standing.data == "off",
            "categories_urgent": bool(self.urgent.data),
            "category_credentials": sorted({*(self.credentials.data or ()), *always}) or None,
            "category_minutes": self.minutes.value,
            "category_earns": self._earns(),
            "preferences": {wish: why for wish, why in wishes.items() if why} or None,
        }  # fmt: skip
        if self.standing.data != "off":
            found["categories_held"] = self.standing.data == "held"
        return {f"{name}.{slug}": value for name, value in found.items()}

    def _earns(self) -> str | None:
        """Hours that were said stay said, since they mean what is usual."""
        said_so = self.rules.category_earns.get(self.slug) == EARNS[0]
        return self.earns.data or (EARNS[0] if said_so else None)

    def show(self, wrong: Invalid) -> bool:
        """A key's refusal stands at its question."""
        fields = {
            "categories_off": "standing", "categories_held": "standing",
            "category_credentials": "credentials", "category_minutes": "minutes",
            "category_earns": "earns", "preferences": "woman", "categories_urgent": "urgent",
        }  # fmt: skip
        name = wrong.field.removeprefix("ruleset.")
        return super().show(Invalid(fields.get(name, name), wrong.code, **wrong.facts))


def _reasons() -> list[tuple[str, str]]:
    whys = [(why.value, shown(CODES, f"preferences.{why.value}")) for why in PreferenceReason]
    return [
        ("", str(_("No, not with this help"))),
        *((why, str(_("Yes, %(why)s", why=words))) for why, words in whys),
    ]


class Begin(KeyedForm):
    """A new draft: its name, and from which rules it is made."""

    name = Line(
        _("What are these rules called?"), most=80,
        description=_("Everybody can read this name. For example: Spring 2027, or Flood."),
        validators=[Required(message=_("Type a name, for example Spring 2027."))],
    )  # fmt: skip


class Propose(EditForm):
    """Why the others should approve it."""

    words = Words(
        _("Why should the rules be so?"), most=500, render_kw={"rows": 3},
        description=_("A colleague reads this before they decide."),
        validators=[Required(message=_("Say why the rules should be so."))],
    )  # fmt: skip


class Decide(KeyedForm):
    """What the second person decides, and why."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("approve", _("Approve these rules")), ("reject", _("Reject them"))],
        validators=[Required(message=_("Choose what you decide."))],
    )
    words = Words(
        _("Your reason"), most=500, render_kw={"rows": 3},
        description=_("Your colleague reads it."),
        validators=[Required(message=_("Say why you decide so."))],
    )  # fmt: skip
