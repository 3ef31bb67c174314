"""One question a page: a journey of forms whose answers are kept until they are sent.

Answers live in a draft that belongs to the browser, signed in or not; each page also carries them
signed, so that they outlive a lost cookie. A page checks its own syntax, then asks the service
whether what was said so far means something; what is said on later pages is not its concern.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid
from enabler.doors.wiring import now, wiring
from enabler.services import drafts
from enabler.web.access import member
from enabler.web.browsers import browser
from enabler.web.forms.base import Confirm, Form
from enabler.web.tokens import acted_for

Answers = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One page: its name in the path and in the draft, its form and its template. An
    ``optional`` one is reached from the check page, and nobody has to pass it."""

    name: str
    form: type[Form]
    template: str
    optional: bool = False


@dataclass(frozen=True)
class Journey:
    """The questions in their order. ``check`` raises Invalid for what means nothing; ``prepare``
    gives a form what depends on the visitor or on the answers so far. ``begun`` are the answers
    to begin with, ``values`` what stands in its addresses.
    """

    name: str
    endpoint: str
    questions: tuple[Question, ...]
    check: Callable[[Answers], None]
    prepare: Callable[[Form, Answers], None] = lambda form, answers: None
    begun: Callable[[], Answers] = dict
    values: Mapping[str, Any] = field(default_factory=dict)

    def question(self, name: str) -> Question:
        """The question of that name, or the page that says there is none."""
        found = next((each for each in self.questions if each.name == name), None)
        return found or abort(404)

    @property
    def _draft(self) -> str:
        """Where the answers are kept: of each person for whom the visitor acts, by themselves."""
        whom = acted_for()
        return f"{self.name}~{whom}" if whom else self.name

    def read(self) -> Answers:
        """The answers so far: the draft's, else those that the page carried."""
        kept = drafts.read(browser=browser(), form=self._draft, secrets=wiring().secrets, now=now())
        return kept or self.carried() or self.begun()

    def keep(self, answers: Answers) -> None:
        """Keep the answers so far."""
        drafts.keep(
            browser=browser(),
            form=self._draft,
            answers=answers,
            secrets=wiring().secrets,
            now=now(),
        )

    def begin_anew(self) -> None:
        """Forget what was sent before; what was only begun stays."""
        if "posted" in self.read():
            self.forget()

    def forget(self) -> None:
        """Forget the answers: they were sent."""
        drafts.drop(browser=browser(), form=self._draft, secrets=wiring().secrets)

    def filled(self, question: Question, answers: Answers) -> Form:
        """The question's form as it was answered, read again."""
        form = question.form(formdata=MultiDict(answers[question.name]), meta={"csrf": False})
        self.prepare(form, answers)
        form.validate()
        return form

    def show(self, name: str) -> Any:
        """Ask a question, or take its answer and go on."""
        question, answers = self.question(name), self.read()
        answers = {} if "posted" in answers else answers
        form = self._form(question, answers)
        if not form.grew() and form.sent() and self._means_something(question, form, answers):
            self.keep(answers)
            return redirect(self._after(question, answers))
        if request.args.get("wrong") and request.method == "GET" and question.name in answers:
            form.validate()
            self._means_something(question, form, dict(answers))
        return render_template(
            question.template, form=form, back=self._before(question),
            so_far=self.so_far(answers), said_before=self._said_before(question, answers),
        )  # fmt: skip

    def _form(self, question: Question, answers: Answers) -> Form:
        if request.method == "GET" and question.name in answers:
            form = question.form(formdata=MultiDict(answers[question.name]))
        else:
            form = question.form()
        self.prepare(form, answers)
        return form

    def _means_something(self, question: Question, form: Form, answers: Answers) -> bool:
        answers[question.name] = form.answers() if request.method == "POST" else answers.get(
            question.name, {}
        )  # fmt: skip
        try:
            self.check(answers)
        except Invalid as wrong:
            return not form.show(wrong)
        return True

    def finish(
        self, show: Callable[[Answers, Form], str], send: Callable[[Answers, str], tuple[str, str]]
    ) -> Any:
        """Check all answers, then send them; whoever is not signed in signs in between.

        ``show`` makes the page; ``send`` says where to see what was sent under the key, and its
        ref. Once sent, they lead there.
        """
        answers, form = self.read(), Confirm()
        if "posted" in answers:
            at = answers.get("at", f"{self.endpoint}.posted")
            return redirect(url_for(at, ref=answers["posted"]))
        wrong = self.first_wrong(answers)
        if wrong is not None:
            return wrong
        if not form.sent():
            return show(answers, form)
        if member() is None:
            return redirect(url_for("sign_in.number", next=self._check_path()))
        at, ref = send(answers, form.the_key())
        self.keep({"posted": ref, "at": at})
        return redirect(url_for(at, ref=ref))

    def first_wrong(self, answers: Answers) -> Response | None:
        """Where to go back to: the first question without an answer, or with a wrong one."""
        for question in self.questions:
            if question.name not in answers and not question.optional:
                return redirect(self._path(question.name))
        try:
            self.check(answers)
        except Invalid as wrong:
            return redirect(self._path(self._asked_at(wrong, answers), wrong=1))
        return None

    def _asked_at(self, wrong: Invalid, answers: Answers) -> str:
        for question in self.questions:
            if question.name in answers and self.filled(question, answers).show(wrong):
                return question.name
        raise wrong

    def _after(self, question: Question, answers: Answers) -> str:
        following = self.questions[self.questions.index(question) + 1 :]
        asked = (each for each in following if not each.optional)
        left = next((each for each in asked if each.name not in answers), None)
        if left is None or request.args.get("change"):
            return self._check_path()
        return self._path(left.name)

    def _before(self, question: Question) -> str:
        at = self.questions.index(question)
        if request.args.get("change"):
            return self._check_path()
        if at == 0:
            return url_for(f"{self.endpoint}.start", **self.values)
        return self._path(self.questions[at - 1].name)

    def _said_before(self, question: Question, answers: Answers) -> str:
        """The words that were written on the page before this one."""
        at = self.questions.index(question)
        written = answers.get(self.questions[at - 1].name, {}) if at else {}
        return "".join(written.get("words", []))

    def _path(self, name: str, **more: Any) -> str:
        return url_for(f"{self.endpoint}.question", name=name, **self.values, **more)

    def _check_path(self) -> str:
        return url_for(f"{self.endpoint}.check", **self.values)

    def so_far(self, answers: Answers) -> str:
        """The answers as a page carries them, signed."""
        return str(self._signer().dumps(answers))

    def carried(self) -> Answers:
        """The answers that the page carried; none where it did not, or they are not ours."""
        try:
            carried = self._signer().loads(request.form.get("so_far", ""))
        except BadSignature:
            return {}
        return carried if isinstance(carried, dict) else {}

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(str(current_app.secret_key), salt=f"so-far-{self.name}")
