"""Strings in the fields of one form: are they taken and kept, or refused in words at the field?"""

import re
from collections.abc import Iterator, Mapping
from itertools import count

from werkzeug.test import TestResponse

from tests.strings.forms import WRITTEN, Sender, typed_in
from tests.strings.looking import badly_shown, kept, runs, texts_as

Fields = Mapping[str, tuple[str, int]]
"""Names of fields to their kind, and to how many boxes share the name."""
NEVER_SHOWN_AGAIN = frozenset({"password"})
AGAIN = re.compile(r"<name>|/(report|say|hours|change|lost|details/.*|notices.*)$")
"""Forms that can be sent once more, as if they had not been sent."""
_AT_A_FIELD = re.compile(r'id="[\w-]+-error"')
"""Whatever else is beside it may be wrong too, such as a code."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""What a form takes out, and says so."""
_keys = count(1)


def a_key() -> str:
    """A key that nothing has had."""
    return f"a-string-of-ours-{next(_keys):06d}"


class Trial:
    """A form sent again and again, each time with other strings in it."""

    def __init__(self, sender: Sender, fields: Fields) -> None:
        self.sender, self.fields = sender, fields
        self.columns: set[str] = set()
        self.so_far: list[str] = []
        self.refused: set[str] = set()

    def send(self, typed: Mapping[str, str]) -> Iterator[str]:
        """What is wrong with the answers to it. What was refused is in ``refused`` then."""
        self.so_far += typed.values()
        values = {
            name: [text] * self.fields[name][1] if self._is_written(name) else text
            for name, text in typed.items()
        }
        answer = self.sender.send(**{"key": a_key(), **values})
        for said in self._looked_at(answer, typed):
            yield f"{self.sender.name}, {', '.join(typed)}: {said}"
        if answer.status_code == 302 and not AGAIN.search(self.sender.rule.route):
            self.sender.world.put_back()
            self.sender.begin()

    def _is_written(self, name: str) -> bool:
        return self.fields[name][0] in WRITTEN

    def _looked_at(self, answer: TestResponse, typed: Mapping[str, str]) -> Iterator[str]:
        status, html = answer.status_code, answer.get_data(as_text=True)
        at_a_field = status == 404 and _AT_A_FIELD.search(html) is not None
        right = at_a_field or status in (200, 302)
        if status >= 500 or (all(map(self._is_written, typed)) and not right):
            yield f"{status} for {typed}"
            return
        yield from (f"shows {found!r}" for found in badly_shown(html, *self.so_far))
        yield from (f"would run {found}" for found in runs(html))
        self.refused = {name for name in typed if f'id="{name}-error"' in html}
        if status == 302:
            yield from self._taken(answer, typed)
        elif "govuk-error-summary" in html:
            yield from self._refused(html, typed)

    def _taken(self, answer: TestResponse, typed: Mapping[str, str]) -> Iterator[str]:
        with self.sender.world.app.app_context():
            found = kept()
        self.columns |= set(found)
        for column, texts in found.items():
            for text in texts if column != "draft.answers" else ():
                if not any(self._ways_in(text)):
                    yield f"{column} keeps {text!r}"
        if any(map(self._is_written, typed)) and not found:
            yield f"taken, and kept nowhere: {typed}"
        page = self.sender.client.get(answer.headers["Location"], follow_redirects=True)
        if page.status_code >= 500:
            yield f"then {page.status_code} at {answer.headers['Location']}"
        shown = badly_shown(page.get_data(as_text=True), *self.so_far)
        yield from (f"then shows {each!r}" for each in shown)

    def _ways_in(self, text: str) -> Iterator[bool]:
        return (way in text for each in reversed(self.so_far) for way in texts_as(each))

    def _refused(self, html: str, typed: Mapping[str, str]) -> Iterator[str]:
        for name, text in typed.items():
            if not self._is_written(name) or self.fields[name][0] in NEVER_SHOWN_AGAIN:
                continue
            clean = _HIDDEN.sub("", text.replace("\r\n", "\n"))
            back = typed_in(html, name)
            if back is None or back.replace("\r\n", "\n") != clean:
                yield f"{name} comes back as {back!r}, was {clean!r}"
        if any(map(self._is_written, typed)) and not _AT_A_FIELD.search(html):
            yield f"refused, and at no field: {typed}"
