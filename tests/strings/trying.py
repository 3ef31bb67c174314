"""One string in one field of one form: is it taken and kept, or refused in words at the field?"""

import re
from collections.abc import Iterator
from itertools import count

from werkzeug.test import TestResponse

from tests.strings.forms import WRITTEN, Sender, typed_in
from tests.strings.looking import badly_shown, kept, runs, texts_as

_keys = count(1)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""What a form takes out, and says so."""
NEVER_SHOWN_AGAIN = frozenset({"password"})
AGAIN = re.compile(r"<name>|/(report|say|hours|change|lost|no-mail|details/.*|notices.*)$")
"""Forms that can be sent once more, as if they had not been sent."""


def a_key() -> str:
    """A key that nothing has had."""
    return f"a-string-of-ours-{next(_keys):06d}"


class Trial:
    """Strings in one field, one after the other; the world is put back in between."""

    def __init__(self, sender: Sender, name: str, kind: str, boxes: int) -> None:
        self.sender, self.name, self.kind, self.boxes = sender, name, kind, boxes
        self.columns: set[str] = set()
        self.so_far: list[str] = []

    def try_one(self, typed: str) -> Iterator[str]:
        """What is wrong with the answers to it."""
        self.so_far.append(typed)
        value = [typed] * self.boxes if self.kind in WRITTEN and self.boxes > 1 else typed
        answer = self.sender.send(**{"key": a_key(), self.name: value})
        for said in self._looked_at(answer, typed):
            yield f"{self.sender.name}, {self.name}: {said}"
        if answer.status_code == 302 and not AGAIN.search(self.sender.rule.route):
            self.sender.world.put_back()
            self.sender.begin()

    def _looked_at(self, answer: TestResponse, typed: str) -> Iterator[str]:
        written, status = self.kind in WRITTEN, answer.status_code
        if status >= 500 or (written and status not in (200, 302)):
            yield f"{status} for {typed!r}"
            return
        html = answer.get_data(as_text=True)
        yield from (f"shows {found!r}" for found in badly_shown(html, *self.so_far))
        yield from (f"would run {found}" for found in runs(html))
        if status == 302:
            yield from self._taken(answer, typed)
        elif written and "govuk-error-summary" in html:
            yield from self._refused(html, typed)

    def _taken(self, answer: TestResponse, typed: str) -> Iterator[str]:
        with self.sender.world.app.app_context():
            found = kept()
        allowed = [way for each in self.so_far for way in texts_as(each)]
        for column, texts in found.items():
            self.columns.add(column)
            for text in texts:
                if not any(way in text for way in allowed) and column != "draft.answers":
                    yield f"{column} keeps {text!r} of {typed!r}"
        if self.kind in WRITTEN and not found:
            yield f"taken, and kept nowhere: {typed!r}"
        page = self.sender.client.get(answer.headers["Location"], follow_redirects=True)
        if page.status_code >= 500:
            yield f"then {page.status_code} at {answer.headers['Location']} after {typed!r}"
        html = page.get_data(as_text=True)
        yield from (f"then shows {found!r}" for found in badly_shown(html, *self.so_far))

    def _refused(self, html: str, typed: str) -> Iterator[str]:
        if self.kind in NEVER_SHOWN_AGAIN:
            return
        clean = _HIDDEN.sub("", typed.replace("\r\n", "\n"))
        back = typed_in(html, self.name)
        if back != clean:
            yield f"comes back as {back!r}, was {clean!r}"
        if f'id="{self.name}-error"' not in html:
            yield f"refused, and not at its field: {typed!r}"
