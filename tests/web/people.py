"""Somebody at a browser without JavaScript: opens pages, fills in forms, presses buttons."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


@dataclass
class Person:
    """A person with a client of their own; the last page stays open."""

    client: FlaskClient
    answer: TestResponse = field(init=False)
    page: BeautifulSoup = field(init=False)

    def open(self, path: str) -> "Person":
        """Go to a page, and on where it sends one."""
        return self._took(self.client.get(path, follow_redirects=True))

    def _took(self, answer: TestResponse) -> "Person":
        self.answer = answer
        self.page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        return self

    @property
    def path(self) -> str:
        """The path of the open page."""
        return self.answer.request.path

    @property
    def heading(self) -> str:
        """The page's heading."""
        found = self.page.find("h1")
        assert found is not None, self.answer.get_data(as_text=True)[:500]
        return " ".join(found.get_text().split())

    @property
    def words(self) -> str:
        """All that can be read in the page's main part."""
        return " ".join(self.page.find("main").get_text(" ").split())  # type: ignore[union-attr]

    @property
    def problems(self) -> list[str]:
        """What stands in the error summary."""
        return [each.get_text().strip() for each in
                self.page.select(".govuk-error-summary__list li")]  # fmt: skip

    def error_at(self, name: str) -> str:
        """What stands at a field."""
        found = self.page.select_one(f"#{name}-error")
        assert found is not None, f"no error at {name}: {self.problems}"
        return " ".join(found.get_text().split()).removeprefix("Error: ")

    def form(self, action: str | None = None) -> Tag:
        """The page's form that posts (to an address with this in it)."""
        for form in self.page.find_all("form", method="post"):
            if action is None or action in (form.get("action") or ""):
                return form
        raise AssertionError(f"no form for {action} on {self.path}")

    def typed(self, action: str | None = None) -> MultiDict[str, Any]:
        """What the form holds as it stands: hidden, filled in, chosen."""
        held: MultiDict[str, Any] = MultiDict()
        for each in self.form(action).find_all(["input", "textarea"]):
            kind, name = each.get("type", "text"), each.get("name")
            if not name or kind == "submit" or (
                kind in ("radio", "checkbox") and not each.has_attr("checked")
            ):  # fmt: skip
                continue
            held.add(name, each.get("value", "") if each.name == "input" else each.get_text())
        return held

    def send(self, action: str | None = None, **answers: Any) -> "Person":
        """Fill in the form and press its button."""
        filled = self.typed(action)
        for name, value in answers.items():
            filled.setlist(name, value if isinstance(value, list) else [value])
        target = self.form(action).get("action") or self.answer.request.url
        return self._took(self.client.post(target, data=filled, follow_redirects=True))
