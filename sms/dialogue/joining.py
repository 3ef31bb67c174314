"""Signing up by text: first name, postcode, 18 or over, and consent to the words that were sent.

Nothing else is asked, and nothing is kept of who does not agree.
"""

from enabler.domain.consents import SIGN_UP, newest
from sms.dialogue.turns import Deed, Facts, Opening, Question, Say, Turn
from sms.reading import read
from sms.tongues import TONGUES
from sms.understanding.drafted import understand

JOIN = "join"
LONGEST_NAME = 40
MOST_TRIES = 3
"""After so many postcodes that we cannot read people go on."""


def begin(first_words: str = "") -> Turn:
    """Ask for the first name; what they wrote at first is not lost."""
    return _ask("name", (), {"first_words": first_words})


def answered(question: Question, option: str | None, words: str, language: str) -> Turn:
    """An answer to one of its questions. ``language``: in which they read what they agree to."""
    asked, facts = question.kind.removeprefix("join-"), dict(question.facts)
    closed = Turn(closes=(question.letter,))
    if asked == "name":
        name = " ".join(words.split())[:LONGEST_NAME]
        if not any(letter.isalpha() for letter in name):
            return closed + begin(str(facts["first_words"]))
        return closed + _ask("postcode", (), {**facts, "name": name})
    if asked == "postcode":
        found = understand(read(words), tuple(TONGUES.values()), question.opened_at)
        if not found.is_whole:
            return closed + asked_again("postcode", facts, words)
        return closed + _after_postcode({**facts, "postcode": found.postcode}, language)
    if option == "yes" and _is_of_help(words, question):
        return closed + _ask(asked, question.options, {**facts, "again": True})
    if option != "yes":
        return closed + Turn(says=(Say("too_young" if asked == "age" else "not_agreed"),))
    if asked == "age":
        return closed + consent({**facts, "adult": True}, language)
    return closed + Turn(deeds=(Deed(JOIN, facts={**facts, "agreed": True}),))


def _is_of_help(words: str, question: Question) -> bool:
    """Whether more was written, and of help: *I can lend a drill* agrees to nothing."""
    found = understand(read(words), tuple(TONGUES.values()), question.opened_at)
    return bool(found.kinds)


def consent(facts: Facts, language: str) -> Turn:
    """Ask for it: which words they are shown is kept with the question."""
    shown = {"version": newest(SIGN_UP).version, "language": language}
    return _ask("consent", ("yes", "no"), {**facts, **shown})


def asked_again(asked: str, facts: Facts, words: str = "") -> Turn:
    """The same once more; after some tries what they wrote goes to people."""
    tries = int(facts.get("tries", 0)) + 1
    if tries >= MOST_TRIES:
        told = (str(facts[name]) for name in ("first_words", "name") if facts.get(name))
        said = " / ".join(filter(None, (*told, words)))
        return Turn(deeds=(Deed("to_people", words=said),))
    return _ask(asked, (), {**facts, "again": True, "tries": tries})


def _after_postcode(facts: dict[str, object], language: str) -> Turn:
    """Whoever said the rest before is not asked for it twice."""
    facts = {name: value for name, value in facts.items() if name not in ("again", "tries")}
    if facts.get("agreed"):
        return Turn(deeds=(Deed(JOIN, facts=facts),))
    return consent(facts, language) if facts.get("adult") else _ask("age", ("yes", "no"), facts)


def _ask(asked: str, options: tuple[str, ...], facts: Facts) -> Turn:
    words = asked in ("name", "postcode")
    return Turn(opens=(Opening(f"join-{asked}", options, dict(facts), takes_words=words),))
