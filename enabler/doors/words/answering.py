"""The answer to a text, in words: what is said, what is asked, and never more than fits.

Pure: from values and the language of the moment to a text. What does not fit is said with shorter
names, then without the marks that need UCS-2, then sentence by sentence less, from the end; a
question is left out only where there is another, and what to do in danger never.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale, gettext

from enabler.domain.answering import ALWAYS_SAID, ANSWER
from enabler.domain.segments import measure, most_segments, without_marks
from enabler.doors.words.drafted import drafted, moment_told, places_named, quoted
from enabler.doors.words.filling import (
    ROOMS,
    Room,
    day_short,
    moment_short,
    words_for,
)
from enabler.doors.words.marking import shown
from enabler.doors.words.questions import (
    CONSENT,
    CONSENTS,
    consent_words,
    door_sentence,
    options_sentence,
    question_sentence,
)
from enabler.doors.words.said import (
    COUNTED,
    HOW_TO_GO_ON,
    MORE,
    MORE_COUNTED,
    MORE_OF_ALL,
    NOT_READ,
    OF_MY,
    SAID,
    TO_STRANGERS,
)
from enabler.doors.words.said_of_supporters import CODE_OF, LEFT_OUT_QUIETLY
from enabler.doors.words.said_refusals import OTHERWISE, refusal_sentence
from enabler.doors.words.sentences import TEXTS
from enabler.doors.words.times import length_words

_ENDS = re.compile(r"(?<=[.!?])\s+")
_ROOMS = (ROOMS[0], ROOMS[1], ROOMS[-1])


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence, or a question with its answers. ``late``: it is left out after the others of
    its kind; ``always``: never; ``counted``: how many of these are left out is said;
    ``quiet``: that it is left out is not."""

    words: str
    asks: bool = False
    late: bool = False
    always: bool = False
    counted: bool = False
    quiet: bool = False


def answer_words(values: Mapping[str, Any], base_url: str) -> str:
    """The answer in the language of the moment. ``values`` are those of the place, with ``known``
    (a member has the number), ``says`` and ``asks`` as ``services/_answering.py`` reads them."""
    most = most_segments(str(get_locale() or "en"))
    bodies = (_joined(_pieces(values, base_url, room)) for room in _ROOMS)
    for body in (*(whole := list(bodies)), *map(without_marks, whole)):
        if _fits(body, most):
            return body
    pieces = _pieces(values, base_url, _ROOMS[-1])
    return next(
        body for less in _lessened(pieces)
        for tail in _tails(less, _more(values, _gone(pieces, less)))
        if _fits(body := without_marks(_joined(less, tail)), most)
    )  # fmt: skip


def _tails(less: Sequence[_Piece], more: str) -> tuple[str, ...]:
    """A question that stands alone is whole before anything is said of where the rest is."""
    return (more, "") if all(one.asks for one in less) else (more,)


def _gone(pieces: Sequence[_Piece], less: Sequence[_Piece]) -> list[_Piece]:
    return [one for one in pieces if not any(one is each for each in less)]


def _more(values: Mapping[str, Any], gone: Sequence[_Piece]) -> str:
    """Where the rest can be had, and how much it is where that is counted; to a stranger nothing is
    open."""
    if not values.get("known") or all(one.quiet for one in gone):
        return ""
    if counted := sum(one.counted for one in gone):
        return str(gettext(MORE_COUNTED, count=counted))
    lists = any(one["code"].startswith(OF_MY) for one in values["says"])
    return str(gettext(MORE_OF_ALL if lists else MORE))


def _fits(body: str, most: int) -> bool:
    return measure(body).segments <= most


def _joined(pieces: Sequence[_Piece], more: str = "") -> str:
    return " ".join(" ".join([*(piece.words for piece in pieces), more]).split())


# What is said and asked


def _pieces(values: Mapping[str, Any], base_url: str, room: Room) -> list[_Piece]:
    """All that is said, then all that is asked; the answer to danger before everything."""
    filler = _Filler(values, base_url, room)
    said = [piece for one in values["says"] for piece in filler.say(one)]
    asked = [piece for one in values["asks"] for piece in filler.question(one)]
    pieces = [*said, *asked]
    found = sorted(pieces, key=lambda piece: (not piece.always, piece.asks))
    return found or [_Piece(shown(TEXTS, ANSWER))]


class _Filler:
    """Sentences with their gaps filled, for one answer and so much room."""

    def __init__(self, values: Mapping[str, Any], base_url: str, room: Room) -> None:
        self._values, self._base_url, self._room = values, base_url, room
        self._zone = ZoneInfo(values["timezone"])

    def say(self, one: Mapping[str, Any]) -> Iterator[_Piece]:
        """What is said, a piece for each sentence; and the question that it brings again."""
        code, facts = one["code"], one["facts"]
        gaps = self._gaps(facts, one.get("about") or {})
        late, always = code in HOW_TO_GO_ON, code in ALWAYS_SAID
        for words in self._sentences(code, facts, gaps):
            yield _Piece(
                words, late=late, always=always, counted=code in COUNTED,
                quiet=code in LEFT_OUT_QUIETLY,
            )  # fmt: skip
        if one.get("question"):
            yield from self.question(one["question"])

    def _sentences(
        self, code: str, facts: Mapping[str, Any], gaps: Mapping[str, Any]
    ) -> list[str]:  # fmt: skip
        if code == "refused":  # its facts are its own: what is called a name is nobody's here
            own = {name: each for name, each in gaps.items() if name != "name"} | dict(facts)
            return _filled(refusal_sentence(str(facts.get("why"))), own) or _filled(OTHERWISE, own)
        known = self._values.get("known")
        words = SAID[code] if known else TO_STRANGERS.get(code, SAID[code])
        return _filled(words, gaps)

    def question(self, one: Mapping[str, Any]) -> Iterator[_Piece]:
        """A question with its answers, in one piece."""
        kind, facts, options = one["kind"], one["facts"], one["options"]
        if facts.get("tries") or facts.get("again"):
            yield _Piece(str(gettext(NOT_READ)))
        about = one.get("about") or {}
        gaps = self._gaps(facts, about) | drafted(facts, about, self._room, self._zone)
        gaps["letter"] = one["letter"]
        if kind == CONSENT:
            said = []
        else:
            sentence = question_sentence(kind, options, facts, whole=self._room.whole)
            said = _filled(sentence, gaps)
        if kind in CONSENTS:
            said.append(consent_words(kind, facts))
        said += _filled(CODE_OF[kind], gaps) if kind in CODE_OF else []
        words = " ".join(said)
        coded = options_sentence(
            one["letter"],
            kind,
            options,
            takes_words=one.get("takes_words", False),
            named=places_named(facts, self._room),
        )
        hint = door_sentence(one["letter"], kind, options, facts, plain=self._room.plain)
        yield _Piece(f"{words} {coded} {hint}".strip(), asks=True)

    def _gaps(self, facts: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that a sentence may name. A number among the facts is there as it is, and as
        a length too: ``most`` and ``most_length``."""
        plain = {name: each for name, each in facts.items() if isinstance(each, int | str)}
        lengths = {
            f"{name}_length": length_words(each) for name, each in plain.items()
            if isinstance(each, int) and each >= 0
        }  # fmt: skip
        values = {**self._values, **about}
        for name in ("kinds", "minutes"):
            values[name] = facts.get(name, about.get(name))
        values["minutes"] = abs(int(values["minutes"] or 0))
        words = words_for(values, self._base_url, self._room)
        if not values.get("name"):  # nobody whom they may know of
            words["name"] = str(gettext("somebody"))
        if not values.get("category_name"):  # it stands within a sentence
            words["category"] = words["category"][:1].lower() + words["category"][1:]
        letters = [str(each) for each in facts.get("letters") or ()]
        return {
            **plain, **lengths, **words, "home": self._base_url.rstrip("/"),
            "until": self._until(facts.get("until")), "letters": _either(letters),
            "example": letters[0] if letters else "",
            "ref": about.get("ref") or facts.get("ref", ""),
            "typed": quoted(str(facts.get("name") or ""), self._room.name),
            "phrase": quoted(str(facts.get("phrase") or ""), self._room.name),
        }  # fmt: skip

    def _until(self, told: Any) -> str:
        moment = moment_told(told)
        if moment is None:
            return ""
        if "T" in str(told):
            return moment_short(moment, self._zone)
        return day_short(moment.date())


def _filled(words: str, gaps: Mapping[str, Any]) -> list[str]:
    """The sentences of a message with their gaps filled. One that lacks a value is left out: half
    a sentence tells the wrong thing."""
    found = []
    for sentence in _ENDS.split(str(gettext(words))):
        try:
            filled = sentence % gaps
        except (KeyError, TypeError, ValueError):
            continue
        found.append(filled[:1].upper() + filled[1:])
    return found


def _either(letters: Sequence[str]) -> str:
    """A, B or C."""
    if len(letters) < 2:
        return "".join(letters)
    return str(gettext("%(first)s or %(last)s", first=", ".join(letters[:-1]), last=letters[-1]))


# Less of it


def _lessened(pieces: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """The same with less and less: what is said from the end, then questions from the end but one,
    then the rest; at last a beginning of what is left, word by word."""
    left = list(pieces)
    must = any(one.always for one in pieces)
    says = [one for one in pieces if not (one.asks or one.always)]
    asks = [one for one in pieces if one.asks]
    first = [] if must else says[:1]
    late = [one for one in says[len(first) :] if one.late]
    early = [one for one in says[len(first) :] if not one.late]
    gone = [*reversed(early), *late, *reversed(asks if must else asks[1:])]
    for each in [*gone, *(first if asks else [])]:
        left = [one for one in left if one is not each]
        yield left
    words = _joined(left).split()
    for many in range(len(words), 0, -1):
        yield [replace(left[0], words=" ".join(words[:many]))]
    for long in range(300, -1, -1):  # one word as long as that
        yield [replace(left[0], words=_joined(left)[:long])]
