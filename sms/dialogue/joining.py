"""Signing up by text: first name, postcode, 18 or over, and consent to the words that were sent.

Nothing else is asked, and nothing is kept of who does not agree. What they agree to is sent word
for word, in the ``version`` that the question carries.
"""

from enabler.domain.consents import SIGN_UP, newest
from sms.dialogue.turns import Deed, Opening, Question, Say, Turn
from sms.reading import read
from sms.tongues import TONGUES
from sms.understanding import understand

JOIN = "join"
LONGEST_NAME = 40


def begin(first_words: str = "") -> Turn:
    """Ask for the first name; what they wrote at first is not lost."""
    return _ask("name", (), {"first_words": first_words})


def answered(question: Question, option: str | None, words: str) -> Turn:
    """An answer to one of its questions."""
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
            return closed + _ask("postcode", (), {**facts, "again": True})
        return closed + _ask("age", ("yes", "no"), {**facts, "postcode": found.postcode})
    if option != "yes":
        return closed + Turn(says=(Say("too_young" if asked == "age" else "not_agreed"),))
    if asked == "age":
        asked_to = {**facts, "adult": True, "version": newest(SIGN_UP).version}
        return closed + _ask("consent", ("yes", "no"), asked_to)
    return closed + Turn(deeds=(Deed(JOIN, facts=facts),))


def _ask(asked: str, options: tuple[str, ...], facts: dict[str, object]) -> Turn:
    opening = Opening(f"join-{asked}", options, facts, takes_words=asked in ("name", "postcode"))
    return Turn(opens=(opening,))
