"""The words that work at any time, with what was said after them.

What looks like one of them and is a sentence of its own is none: ``my mum needs a lift``, ``give me
a ring``, ``can't get to the shop``, ``away from home, who feeds the cat?``
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from enabler.domain.refs import written
from sms.durations import either_at, minutes_at
from sms.reading import Said, first_of, read
from sms.tongues import TONGUES, Tongue, Word
from sms.tongues import tongues as tongues_of

_LETTER = re.compile(r"[a-z]{1,2}")
_LENGTH = re.compile(
    r"\d+(?:(?:h|hr|hrs|hour|hours)(?:\d+(?:m|min|mins)?)?|m|min|mins|minutes|st|nd|rd|th|am|pm)?"
)
"""What could be a ref by its letters and is a length, a number or a time: *90mins*, *1h30*."""
CODE = re.compile(r"\d{6}")
_NUMBER = re.compile(r"\d{9,15}")
_MOST_OF_A_NAME = 3


@dataclass(frozen=True, slots=True)
class Command:
    """A word and what belongs to it: the ``letter`` of a question, or in its place the ``ref`` of
    what it is about; ``minutes``, the ``ref`` of whoever is given hours, or in the place of
    minutes a ``number`` that could be hours as well; the code of a ``language``; ``words`` is the
    rest, as it was typed."""

    word: Word
    letter: str | None = None
    minutes: int | None = None
    number: int | None = None
    ref: str | None = None
    language: str | None = None
    words: str = ""


Read = Callable[[Said, int, Word, Sequence[Tongue], Collection[str]], Command | None]


def command(said: Said, tongues: Sequence[Tongue], known: Collection[str]) -> Command | None:
    """The command that a text is, or None; ``known`` are letters that this phone was sent, and refs
    of what they were about."""
    found = [
        (len(phrase), done)
        for tongue in tongues
        for word, phrases in tongue.commands.items()
        for phrase in [first_of(said, phrases)]
        if phrase
        for done in [_READ[word](said, len(phrase), word, tongues, known)]
        if done
    ]
    cannot = _cannot_come(said, tongues)
    return max([*found, *cannot], key=lambda one: one[0], default=(0, None))[1]


def name_to_end(text: str, language: str) -> str | None:
    """Of whom a text may say that they are to act no more, as it was typed; None of nobody."""
    found = command(read(text), tongues_of(language), ())
    if found is None or found.word not in (Word.DROP, Word.STOP_ONE) or found.words.isdigit():
        return None
    return found.words


def _alone(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    return None if _without_politeness(said, at, tongues) else Command(word)


def _with_words(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    return Command(word, words=said.typed(at))


def _about(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    """Of one question or thing, or of the one there is: nothing else may follow."""
    letter, ref, after = _which(said, at, known)
    if letter is None and ref is None and at < len(said.tokens):
        return _alone(said, at, word, tongues, known)
    return Command(word, letter=letter, ref=ref, words=said.typed(after))


def _about_or_words(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    letter, ref, after = _which(said, at, known)
    return Command(word, letter=letter, ref=ref, words=said.typed(after))


def _done(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    letter, ref, after = _which(said, at, known)
    took = minutes_at(said, after, tongues)
    minutes, after = took if took else (None, after)
    return Command(word, letter=letter, ref=ref, minutes=minutes, words=said.typed(after))


def _on_way(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    """Alone, of one thing, or with how long it takes: *on my way home I need* is a sentence."""
    letter, ref, after = _which(said, at, known)
    lengths = (
        minutes_at(said, nth, tongues) for nth in range(after, min(after + 3, len(said.words)))
    )
    if letter is None and ref is None and not any(lengths):
        return _alone(said, at, word, tongues, known)
    return Command(word, letter=letter, ref=ref, words=said.typed(after))


def _give(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    """An amount, then a ref: anything else is a sentence. What may be minutes or hours is asked."""
    took = minutes_at(said, at, tongues)
    if took is None or took[1] >= len(said.tokens):
        return None
    joins = [phrase for tongue in tongues for phrase in tongue.of("giving", "to")]
    after = took[1] + len(first_of(said, joins, took[1]) or ())
    if after >= len(said.tokens):
        return None
    ref, number = written(said.words[after]), either_at(said, at, tongues)
    minutes = took[0] if number is None else None
    rest = said.typed(after + 1)
    return Command(word, minutes=minutes, number=number, ref=ref, words=rest) if ref else None


def _away(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    until = [phrase for tongue in tongues for phrase in tongue.of("times", "until")]
    if first_of(said, until, at):
        return Command(word, words=said.typed(at))
    return _alone(said, at, word, tongues, known)


def _number(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    """A telephone number and nothing else: *supporter of the arts* is a sentence. Alone it asks who
    there is."""
    rest = _without_politeness(said, at, tongues)
    if not rest:
        return Command(Word.SUPPORTERS)
    digits = "".join(said.words[nth] for nth in rest)
    return Command(word, words=digits) if _NUMBER.fullmatch(digits) else None


def _drop(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    """Six digits, or what could be a name; alone it is none, and belongs to networks besides."""
    rest = _without_politeness(said, at, tongues)
    digits = "".join(said.words[nth] for nth in rest)
    if CODE.fullmatch(digits):
        return Command(word, words=digits)
    if not rest or len(rest) > _MOST_OF_A_NAME or any(each.isdigit() for each in digits):
        return None
    return Command(word, words=" ".join(said.words[nth] for nth in rest))


def _without_politeness(said: Said, at: int, tongues: Sequence[Tongue]) -> list[int]:
    polite = {phrase[0] for tongue in tongues for phrase in tongue.of("polite", "words")}
    return [nth for nth in range(at, len(said.words)) if said.words[nth] not in {*polite, "?"}]


def _language(
    said: Said, at: int, word: Word, tongues: Sequence[Tongue], known: Collection[str]
) -> Command | None:
    asked = said.words[at : at + 1]
    for tongue in TONGUES.values():
        if asked and asked[0] in tongue.facts["own_names"]:
            return Command(word, language=tongue.code)
    return _alone(said, at, word, tongues, known)


def _cannot_come(said: Said, tongues: Sequence[Tongue]) -> list[tuple[int, Command]]:
    """Said without a letter: only of coming, not of whatever somebody cannot do any more."""
    return [
        (len(phrase), Command(Word.CANNOT, words=said.typed(len(phrase))))
        for tongue in tongues
        for phrase in [first_of(said, tongue.of("cannot_without_letter", "phrases"))]
        if phrase
    ]


def _which(
    said: Said, at: int, known: Collection[str]
) -> tuple[str | None, str | None, int]:  # fmt: skip
    """The letter or the ref that stands there, and the word after it."""
    letter, after = _letter(said, at, known)
    if letter is None and at < len(said.tokens) and (ref := _ref(said, at, known)):
        return None, ref, at + 1
    return letter, None, after


def _ref(said: Said, at: int, known: Collection[str]) -> str | None:
    """Many a word could be a ref (*cook*, *sleep*): one that this phone was told is one, and what
    holds a figure and is no length of time, or stands in capitals at the end."""
    token = said.tokens[at]
    ref, typed = written(token.word), said.text[token.begin : token.end]
    if ref in known:
        return ref
    if _LENGTH.fullmatch(token.word):
        return None
    figure = any(letter.isdigit() for letter in token.word)
    last = at + 1 == len(said.tokens) and typed.isupper()
    return ref if ref and (figure or last) else None


def _letter(said: Said, at: int, known: Collection[str]) -> tuple[str | None, int]:
    """The letter that stands there: one that is known, or the last word of all."""
    if at < len(said.tokens) and _LETTER.fullmatch(said.words[at]):
        letter = said.words[at].upper()
        if letter in known or at + 1 == len(said.tokens):
            return letter, at + 1
    return None, at


_READ: dict[Word, Read] = {
    Word.NEED: _with_words, Word.OFFER: _with_words, Word.MY: _alone, Word.DONE: _done,
    Word.CANNOT: _about, Word.HOURS: _alone, Word.GIVE: _give, Word.AWAY: _away,
    Word.BACK: _alone, Word.WHY: _about, Word.CALL: _with_words, Word.WORRIED: _with_words,
    Word.REPORT: _with_words, Word.BLOCK: _about, Word.COMPLAIN: _with_words,
    Word.LANGUAGE: _language, Word.MENU: _alone, Word.JOIN: _alone, Word.THANKS: _about_or_words,
    Word.SUPPORTERS: _alone, Word.SUPPORTER: _number, Word.DROP: _drop, Word.ACT_FOR: _with_words,
    Word.STOP_ONE: _drop,
    Word.ON_WAY: _on_way,
}  # fmt: skip
