"""A conversation of several phones with a place, written down line by line, and played.

A story is read as it stands: what somebody texts, with the time and the phone, and below it every
text that comes of it, word for word::

    == 2026-03-10
    10:00 07700 900101> menu
    < Enabler, Elmford. Text what you need,
      like: shopping on Friday.
    07700 900102 < what somebody else gets meanwhile
    10:05 $ enabler moderate [offer] approve
    -- 12:30

``--`` lets time pass until then; ``$`` types a command. A line that is set in goes on with the one
before it. What stands in brackets is a public ref, known from where it is first said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from inspect import cleandoc
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from enabler.app import create_app
from enabler.cli import running
from enabler.config import Settings, load_settings
from enabler.domain.contact import PhoneNumber
from tests.builders import BuiltPlace
from tests.telephone.at_elmford import a_town
from tests.telephone.test_say import Machine

PLACE_TIME = ZoneInfo("Europe/London")
_SAID = re.compile(r"(\d\d:\d\d) (07700 900\d{3})> (.*)")
_PASSES = re.compile(r"-- (\d\d:\d\d)")
_TYPED = re.compile(r"(\d\d:\d\d) \$ enabler (.*)")
_DAY = re.compile(r"== (\d{4}-\d\d-\d\d)")
_COMES = re.compile(r"(07700 900\d{3} )?< ")
_NAMED = re.compile(r"\\\[(\w+)\\\]")
_REF = "[0-9A-Z]{4,6}"

Run = Callable[..., tuple[int, str, str]]
"""Types a command: how it ended, what it printed, what it said of errors."""


@dataclass
class Story:
    """A conversation that is played as it is read; ``refs``: those that were said so far."""

    run: Run
    refs: dict[str, str] = field(default_factory=dict)
    day: str = ""

    def plays(self, text: str | None) -> None:
        """The story that stands in a docstring, below its first line, comes as it is written."""
        _, _, story = cleandoc(text or "").partition("\n")
        written = re.sub(r"\n +", " ", story.strip()).split("\n")
        played = list(self._played(written))
        assert played == written, "\n".join(["It was:", *played])

    def _played(self, written: list[str]) -> Iterator[str]:
        """The same lines as they really come: what people do stands as it is written."""
        begins = [at for at, line in enumerate(written) if not _COMES.match(line)]
        for begin, end in zip(begins, [*begins[1:], len(written)], strict=True):
            yield written[begin]
            yield from self._named(self._comes(written[begin]), written[begin + 1 : end])

    def _comes(self, line: str) -> list[str]:
        """The texts to which one line leads, as lines of a story."""
        if day := _DAY.fullmatch(line):
            self.day = day[1]
            return []
        if said := _SAID.fullmatch(line):
            words = self._with_refs(said[3])
            return self._texts("say", said[2], words, "--at", self._at(said[1]), phone=said[2])
        if passes := _PASSES.fullmatch(line):
            return self._texts("wait", "--at", self._at(passes[1]))
        typed = _TYPED.fullmatch(line)
        assert typed, f"no line of a story: {line}"
        self._printed(*self._with_refs(typed[2]).split(), "--at", self._at(typed[1]))
        return []

    def _texts(self, *words: str, phone: str | None = None) -> list[str]:
        """What leaves; under its number where it goes to somebody else."""
        whose = PhoneNumber.parse(phone).e164 if phone else None
        lines = [line.split("\t") for line in self._printed("sms", *words).splitlines()]
        return [
            f"< {body}" if number == whose else f"{_as_written(number)} < {body}"
            for number, body in lines
        ]  # fmt: skip

    def _printed(self, *words: str) -> str:
        code, out, err = self.run(*words)
        assert (code, err) == (0, ""), (words, err)
        return out

    def _at(self, clock: str) -> str:
        return datetime.fromisoformat(f"{self.day}T{clock}").replace(tzinfo=PLACE_TIME).isoformat()

    # Refs

    def _with_refs(self, typed: str) -> str:
        return re.sub(r"\[(\w+)\]", lambda found: self.refs[found[1]], typed)

    def _named(self, came: list[str], written: list[str]) -> list[str]:
        """What came, its refs under the names that the story gives them."""
        for line, expected in product(came, written):
            self._learn(line, expected)
        names = {ref: f"[{name}]" for name, ref in self.refs.items()}
        return [
            re.sub(rf"\b{_REF}\b", lambda one: names.get(one[0], one[0]), line) for line in came
        ]  # fmt: skip

    def _learn(self, line: str, expected: str) -> None:
        """A ref that is said for the first time."""
        seen: set[str] = set()

        def gap(found: re.Match[str]) -> str:
            name = found[1]
            if name in self.refs:
                return re.escape(self.refs[name])
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>{_REF})"

        found = re.fullmatch(_NAMED.sub(gap, re.escape(expected)), line)
        if found:
            self.refs.update(found.groupdict())


def _as_written(number: str) -> str:
    return f"0{number[3:7]} {number[7:]}"


def a_story(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], *languages: str,
    lived_in: Callable[[BuiltPlace], None] = lambda place: None,
) -> Story:  # fmt: skip
    """Played in a town with the rules that come with Enabler, and the people whom ``lived_in``
    brings there: none. Every command has
    the same app: what each would make takes longer than what it does."""
    monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENABLER_ENV", "test")
    with app.app_context():
        lived_in(a_town(languages=list(languages)))
    made = create_app(load_settings())
    monkeypatch.setattr(running, "create_app", lambda _settings: made)
    return Story(Machine(monkeypatch, capsys).run)
