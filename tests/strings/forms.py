"""The forms of the pages, found by themselves: each route that takes one, as somebody who may send
it, filled in so that it is taken (``tests/authorisation.toml``), with the fields that it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.authorisation.people import STRANGER
from tests.authorisation.rules import Rule
from tests.authorisation.whose import NO_THING
from tests.authorisation.worlds import DRAFTS, World
from tests.privacy.looking import OF_A_THING, QUESTIONS

WRITTEN = frozenset({"text", "tel", "email", "search", "password", "number", "url", "textarea"})
"""Kinds of controls that people write in; of the others the browser knows what can come."""
NOT_OURS = frozenset({"csrf_token"})
JOURNEYS = {"/needs/": "need", "/series/": "need", "/offers/": "offer",
            "/organisations/": "registering"}  # fmt: skip
_GIVING = {
    "to": {"to": ["other"], "other": ["ZZZZ"]}, "length": {"length": ["30"]},
    "words": {"words": ["Thank you."]},
}  # fmt: skip
_NOTING = {
    "way": {"way": ["many-to-one"]}, "what": {"words": ["Clean-up of Elm Park"]},
    "day": {"day": ["9", "3", "2026"]}, "length": {"length": ["120"]}, "who": {"people": ["ZZZZ"]},
}  # fmt: skip
_ASKS = {"scopes": ["post-need"], "days": "30"}
_AT_DESK = _ASKS | {"to": "07700 900888", "why": "She is here."}
BEFORE = {
    "/sign-in/code": ("/sign-in", {"phone": "07700 900999"}),
    "/sign-in/lost/code": ("/sign-in/lost", {"email": "nobody@example.org"}),
    "/me/details/phone/code": ("/me/details/phone", {"phone": "07700 900997"}),
    "/me/details/mail/code": ("/me/details/mail", {"email": "new@example.org"}),
    "/me/details/mail/remove/code": ("/me/details/mail/remove", {}),
    "/me/data/copy/code": ("/me/data/copy", {}),
    "/me/data/delete/code": ("/me/data/delete", {}),
    "/desk/numbers/<ref:ref>/code": (
        None, {"words": "She came with her bus pass.", "phone": "07700 900996"}
    ),
    "/me/supporters/ask/code": ("/me/supporters/ask", _ASKS | {"to": "07700 900888"}),
    "/me/supporters/<ref:ref>/renew/code": (None, {"days": "30"}),
    "/me/supporters/asked/<ref:ref>/code": (None, _ASKS),
    "/desk/supporters/code": ("/desk/supporters", _AT_DESK),
    "/organisations/<ref:ref>/supporters/code": (None, _AT_DESK),
}  # fmt: skip
"""What is sent first, and where (None: to the page before), so that there is something to send."""
_ON_A_DAY = {"when": "day", "day": ["11", "3", "2026"], "start": "2pm", "end": "5pm"}
_BY_A_DAY = {"when": "by", "by": ["12", "3", "2026"], "by_time": "2pm"}
_EACH_WEEK = {
    "when": "every", "weekdays": ["3"], "each_start": "10am", "each_end": "11am",
    "last": ["25", "6", "2026"], "holidays": "keep",
}  # fmt: skip
_EXACT = {"mostly": "exact", "on1": ["1"], "opens1": "9am", "closes1": "5pm", "capacity": "2"}
_TOGETHER = (_ON_A_DAY, _BY_A_DAY, _EACH_WEEK, _EXACT)
"""Answers that are read together: where one of them is tried the others are right."""
SHOWN_ON = {
    "/invitations/<ref:ref>/withdraw": "/organisations/{organisation}/people",
    "/matches/<ref:ref>/together": "/matches/{ref}/apart",
    "/me/supporters/<ref:ref>/end": "/me/supporters",
    "/me/supporters/end": "/me/supporters",
    "/for/<ref:ref>": "/for",
    "/for/<ref:ref>/go-on": "/for",
    "/for/<ref:ref>/give-up": "/for",
    "/for/stop": "/for",
    "/desk/supporters/<ref:ref>/looked": "/desk/supporters/looks",
}
"""Forms that stand on a page whose address their own does not begin with."""
PREFERRED = ("resident", "number-only", "stranger")


@dataclass
class Sender:
    """Who sends a form: a browser that stays the same."""

    world: World
    rule: Rule
    principal: str
    relation: str
    question: str | None = None
    client: FlaskClient = field(init=False)
    path: str = field(init=False)
    answers: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Come in, and know where to go."""
        whose = self.principal if self.relation == "own" else self.relation
        ref = None if self.rule.of is None else self.world.refs[self.rule.of, whose]
        self.path, self.answers = self.world.asked_for(self.rule, self.principal, ref, whose)
        self.ref = ref
        if self.question is not None:
            named = self.rule.given["name"]
            self.path = f"{self.path.removesuffix(named)}{self.question}"
            self.answers = dict(self._draft().get(self.question, {}))
            if self.rule.route.startswith("/series/") and self.question == "when":
                self.answers = dict(_EACH_WEEK)

    def begin(self) -> "Sender":
        """A new browser, with what is to be sent first sent."""
        self.client = self.world.browser(self.principal)
        if self.rule.route in BEFORE:
            path, answers = BEFORE[self.rule.route]
            root = self.path.removesuffix(self.rule.route)
            before = root + path if path else self.path.removesuffix("/code")
            self.client.post(before, data={"key": "before-the-code-itself", **answers})
        return self

    @property
    def name(self) -> str:
        """How a failure tells of it."""
        shown = f" {self.question}" if self.question else ""
        return f"{self.rule.name}{shown} by {self.principal}"

    def _draft(self) -> dict[str, dict[str, list[str]]]:
        if self.rule.route.startswith("/hours/give/"):
            return _GIVING
        if "/hours/event/" in self.rule.route:
            return _NOTING
        journey = next(name for path, name in JOURNEYS.items() if path in self.rule.route)
        answers = {question: dict(said) for question, said in DRAFTS[journey][1].items()}
        if "where" in answers:
            answers["where"]["postcode"] = [self.world.here.postcode_at(500, 500)]
        return answers

    def send(self, key: str, **typed: Any) -> TestResponse:
        """Fill it in, with some of it otherwise, and press the button."""
        beside: dict[str, Any] = {}
        for group in _TOGETHER if self.question == "when" else ():
            if set(typed) & set(group) - {"when", "mostly", "capacity"}:
                beside = group
        data = {"key": key, **self.answers, **beside, **typed}
        return self.client.post(self.path, data=data)

    def shown(self) -> dict[str, tuple[str, int]]:
        """The fields of the form as its page shows them: names to kinds, and how many boxes."""
        found: dict[str, tuple[str, int]] = {}
        for path in self._pages():
            answer = self.client.get(path, follow_redirects=True)
            for form in forms_in(answer):
                if route_of(self.world, form, answer) == self.rule.route:
                    found |= fields_in(form)
            if found:
                break
        return found

    def _pages(self) -> Iterator[str]:
        yield self.path
        other = SHOWN_ON.get(self.rule.route)
        if other is not None:
            organisation = self.world.refs.get(("organisation", self.principal), "")
            yield other.format(ref=self.ref, organisation=organisation)
        yield self.path.rpartition("/")[0] or "/"


def senders(world: World) -> list[Sender]:
    """One for each form, and for each question of a journey; for what strangers send too, both."""
    found = []
    for rule in world.book.rules:
        if rule.method != "POST" or rule.is_api:
            continue
        for principal, relation in _who(rule):
            for question in _questions(world, rule):
                found.append(Sender(world, rule, principal, relation, question))
    return found


def _who(rule: Rule) -> Iterator[tuple[str, str]]:
    """Who sends it, of a thing that stands so to them: one who may, and a stranger who may too."""
    for relation in ("own", "ward", NO_THING):
        may = [name for name in PREFERRED if name in rule.may.get(relation, ())]
        may = may or sorted(rule.may.get(relation, ()))[:1]
        if may:
            yield _first(rule, may), relation
            break
    for relation in ("ward", NO_THING):
        if rule.route.endswith("/report") and STRANGER in rule.may.get(relation, ()):
            yield STRANGER, relation


def _first(rule: Rule, may: list[str]) -> str:
    if rule.route == "/sign-up":
        return "number-only"
    return STRANGER if rule.route.startswith("/sign-in") else may[0]


def _questions(world: World, rule: Rule) -> list[str | None]:
    if "<name>" not in rule.route:
        return [None]
    endpoint = next(one.endpoint for one in world.app.url_map.iter_rules()
                    if one.rule == rule.route)  # fmt: skip
    if endpoint == "giving.question":
        return ["to", "length", "words"]
    asked = {**QUESTIONS, **OF_A_THING}[endpoint]
    return [question.name for question in asked]


def forms_in(answer: TestResponse) -> list[Tag]:
    """The forms of a page that change something."""
    if answer.mimetype != "text/html":
        return []
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    return list(page.find_all("form", method="post"))


def route_of(world: World, form: Tag, answer: TestResponse) -> str | None:
    """The route that a page's form is sent to."""
    path = urlsplit(str(form.get("action") or answer.request.path)).path
    path = path.removeprefix(f"/{world.here.slug}")
    try:
        adapter = world.app.url_map.bind("localhost")
        return str(adapter.match(path, method="POST", return_rule=True)[0].rule)
    except HTTPException:
        return None


def fields_in(form: Tag) -> dict[str, tuple[str, int]]:
    """Names to kinds of the form's controls, and to how many of a name there are."""
    found: dict[str, tuple[str, int]] = {}
    for each in form.find_all(["input", "textarea", "select", "button"]):
        name = str(each.get("name") or "")
        if name and name not in NOT_OURS:
            kind = each.name if each.name != "input" else each.get("type", "text")
            found[name] = (str(kind), found.get(name, ("", 0))[1] + 1)
    return found


def typed_in(html: str, name: str) -> str | None:
    """What stands in a field of a page: read as a browser would, whose attributes end at ``"``."""
    lines = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>([^<]*)</textarea>', html)
    if lines:
        return unescape(lines[1])
    box = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', html)
    value = box and re.search(r'\bvalue="([^"]*)"', box[0])
    return unescape(value[1]) if value else ""
