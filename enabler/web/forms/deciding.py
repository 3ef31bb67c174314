"""What is asked of the queue, and what is decided about one thing or many."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words import sentence
from enabler.doors.words.categories import grouped
from enabler.doors.words.desk import MANY, MAY, RISKS
from enabler.doors.words.marking import shown
from enabler.services.moderation import Edit, Sieve
from enabler.services.views import CaseView, DeskView
from enabler.web.forms.base import Form, KeyedForm
from enabler.web.forms.fields import Line, Number, One, Required, Some, Words
from enabler.web.forms.near import Pick

_REASON = _("Say what you found and what they can do. The person reads it, unless you approve.")


class Sift(Form):
    """The queue's filters: sent by GET, so that a list can be kept and shared."""

    kind = Pick(_("What"))
    risk = Pick(_("Risk"))
    ward = Pick(_("Ward"))
    whose = Pick(_("In whose hands"))

    def __init__(self) -> None:
        super().__init__(formdata=request.args, meta={"csrf": False})
        self.kind.choose_among((kind, shown(MANY, kind)) for kind in MANY)
        self.risk.choose_among((risk, shown(RISKS, risk)) for risk in RISKS)
        self.whose.choose_among([("mine", str(_("Mine"))), ("unclaimed", str(_("Nobody's")))])
        self.ward.choose_among([])

    def know(self, desk: DeskView) -> None:
        """The wards of what waits, and how much there is of each kind."""
        self.ward.choose_among((ward, ward) for ward in desk.wards)
        self.kind.choose_among(
            (kind, f"{shown(MANY, kind)} ({desk.counts[kind]})")
            for kind in MANY if desk.counts.get(kind)
        )  # fmt: skip

    def wanted(self) -> Sieve:
        """What the service is asked for."""
        number = request.args.get("page", "")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
        return Sieve(
            kind=self.kind.data or None, risk=self.risk.data or None, ward=self.ward.data or None,
            whose=self.whose.data or None, page=page,
        )  # fmt: skip

    def chosen(self, **more: Any) -> dict[str, Any]:
        """The filters as they stand in an address."""
        names = ("kind", "risk", "ward", "whose")
        return {name: self[name].data for name in names if self[name].data} | more

    def behind(self, page: int) -> dict[str, Any]:
        """The same, for an address that has a kind of its own: see ``kept_filters``."""
        kept = self.chosen(page=page)
        return kept | {"shown": kept.pop("kind")} if "kind" in kept else kept


class WithAnswers(KeyedForm):
    """A form in which a reason is typed, or begun with a standard answer."""

    standard = Pick(_("Begin with a standard answer"))
    words = Words(
        _("Your reason"), most=500, description=_REASON, validators=[Optional()],
        render_kw={"rows": 4},
    )  # fmt: skip
    _known: dict[str, str]

    def know_answers(self, answers: Iterable[tuple[str, str, str]]) -> None:
        """Offer the place's own."""
        listed = list(answers)
        self._known = {ref: words for ref, _name, words in listed}
        self.standard.choose_among((ref, name) for ref, name, _words in listed)
        self.standard.choices[0].label = str(_("None"))

    def reason(self) -> str:
        """The standard answer, and what was typed behind it."""
        begun = self._known.get(self.standard.data or "", "")
        typed = (self.words.data or "").strip()
        return "\n".join(part for part in (begun, typed) if part)


class Decide(WithAnswers):
    """What is decided about one thing; what was seen of it comes with the form."""

    version = HiddenField()
    then = HiddenField()
    decision = One(
        _("What do you decide?"), choices=list,
        validators=[Required(message=_("Choose what you decide."))],
    )  # fmt: skip
    days = Number(
        _("For how many days, if you suspend it?"), least=1, largest=366,
        description=_("Then it comes back to the desk. Leave it empty for the usual time."),
        validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-4"},
    )  # fmt: skip

    def know(self, case: CaseView | None, *, again: bool = False) -> None:
        """Offer what can be decided now. Once it stands otherwise (``again``) the version is the
        new one, and what was typed is kept."""
        may = [code for code in case.may if code in MAY] if case else []
        # What was sent is let through: the service knows whether it can be done still.
        sent = [] if again else [code for code in (self.decision.data,) if code in MAY]
        self.decision.choose_among((code, shown(MAY, code)) for code in dict.fromkeys(may + sent))
        self.know_answers(case.answers if case else ())
        if case is not None and (again or request.method == "GET"):
            self.version.data = case.version
        if request.method == "GET" and request.args.get("decision") in may:
            self.decision.data = request.args["decision"]  # a key of the desk's list chose it
        if again:
            self.decision.data = None
            self.key.data = ""
            self.the_key()

    def goes_on(self) -> bool:
        """Whether the next thing is wanted behind this one."""
        return "next" in request.form.getlist("then")


class Rewrite(WithAnswers):
    """A held thing's words, and of an offer its kinds of help and reach, before it opens."""

    fields_of = {"words": "edited", "reason": "words"}  # noqa: RUF012
    version = HiddenField()
    edited = Words(
        _("Words"), most=2000, validators=[Required(message=_("Say it in a sentence or two."))],
        description=_("Change as little as you can. The person sees what was and what is."),
        render_kw={"rows": 5},
    )  # fmt: skip
    categories = Some(
        _("Kinds of help"),
        choices=lambda: [(slug, name) for _g, kinds in grouped(CATEGORIES)
                         for slug, name, _hint in kinds],
    )  # fmt: skip
    reach_metres = Number(
        _("How far, in metres"), least=250, largest=50_000, validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-5"},
    )  # fmt: skip

    def know(self, case: CaseView, *, fresh: bool) -> None:
        """Show the thing as it is; an offer's own questions are of offers alone."""
        self.know_answers(case.answers)
        if case.kind != "offer":
            del self.categories, self.reach_metres
        if fresh:
            self.version.data, self.edited.data = case.version, case.words
            if case.kind == "offer":
                self.categories.data = list(case.categories)
                self.reach_metres.data = str(case.reach_metres)

    def wanted(self, case: CaseView) -> Edit:
        """What is written instead."""
        if case.kind != "offer":
            return Edit(self.edited.data)
        return Edit(self.edited.data, tuple(self.categories.data or ()), self.reach_metres.number)


class Many(KeyedForm):
    """Several at once, or one to be taken in hand."""

    words = Words(
        _("Your reason, if you refuse them"), most=500, description=_REASON,
        validators=[Optional()], render_kw={"rows": 2},
    )  # fmt: skip

    def reason(self) -> str:
        """What was typed."""
        return (self.words.data or "").strip()

    def says_why(self) -> bool:
        """Whether there is a reason, where they are refused; else the field asks for it."""
        if request.form.get("do") == "approve" or self.reason():
            return True
        self.words.errors = [sentence(Invalid("words", "words_empty"))]
        return False

    def ticked(self) -> frozenset[str]:
        """The refs that were ticked: they stay so while something is put right."""
        return frozenset(one.partition(":")[0] for one in request.form.getlist("chosen"))


class TakeOver(KeyedForm):
    """Who has it in hand; why somebody takes over what a colleague has."""

    fields_of = {"words": "because"}  # noqa: RUF012
    because = Line(_("Why do you take it over?"), most=200, validators=[Optional()])

    def gives_back(self) -> bool:
        """Whether it is given back."""
        return request.form.get("do") == "give"


class StandardAnswer(KeyedForm):
    """A name for the list, and the words."""

    name = Line(
        _("Name in the list"), most=100,
        validators=[Required(message=_("Give the answer a name."))],
    )  # fmt: skip
    words = Words(
        _("Words"), most=500, validators=[Required(message=_("Say it in a sentence or two."))],
        render_kw={"rows": 4},
    )  # fmt: skip


class Settled(KeyedForm):
    """Messages that were looked at."""

    messages = Some(_("Which are dealt with?"), choices=list)

    def know(self, waiting: Iterable[tuple[str, str]]) -> None:
        """Offer those that wait. What was sent is let through: the service knows which wait."""
        listed = dict(waiting)
        sent = [each for each in self.messages.data or [] if each.isdecimal() and len(each) < 16]
        self.messages.choose_among([*listed.items(), *((each, each) for each in sent
                                                       if each not in listed)])  # fmt: skip

    def ids(self) -> list[int]:
        """Their numbers."""
        return [int(each) for each in self.messages.data or []]


class Disagree(KeyedForm):
    """Why it should be decided otherwise."""

    words = Words(
        _("Why do you not agree?"), most=1000, render_kw={"rows": 5},
        description=_("Somebody else than before reads it and decides."),
        validators=[Required(message=_("Say why you do not agree."))],
    )  # fmt: skip


class DecideAppeal(KeyedForm):
    """What holds: the decision, or the appeal."""

    decision = One(
        _("What do you decide?"),
        choices=lambda: [("upheld", _("The decision stands")),
                         ("overturned", _("The decision is taken back"))],
        validators=[Required(message=_("Choose what you decide."))],
    )  # fmt: skip
    words = Words(
        _("Your reason"), most=1000, render_kw={"rows": 4},
        description=_("Say what you found and what they can do. The person reads it."),
        validators=[Required(message=_("Say why you decide so."))],
    )  # fmt: skip


class Answer(KeyedForm):
    """What the author answers."""

    words = Words(
        _("Your answer"), most=1000, render_kw={"rows": 5},
        validators=[Required(message=_("Type your answer."))],
    )  # fmt: skip
