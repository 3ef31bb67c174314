"""Whoever cannot do something of their own asks for help, though *can't* is a word of ours too:
*cant work my new phone* takes no visit back, *cant make my visit* does."""

from functools import cache

from sms.reading import Said, first_of
from sms.tongues import TONGUES, Phrase

FURTHEST = 3
"""Words of what they cannot do, before whose it is."""


def is_unable(said: Said) -> bool:
    """Whether a text begins with something of their own that somebody cannot do; or with anything
    that they cannot, where it asks for somebody. What has a letter of a question is neither."""
    begun = first_of(said, _listed("begins"))
    if begun is None or _has_letter(said, len(begun)):
        return False
    asks = any(first_of(said, _listed("asks"), at) for at in range(len(begun), len(said.words)))
    for at in range(len(begun), min(len(begun) + FURTHEST + 1, len(said.words))):
        if first_of(said, _listed("of_visits"), at):
            return False
        own = first_of(said, _listed("own"), at)
        if own or (asks and first_of(said, _listed("things"), at)):
            after = at + len(own or " ")
            return at > len(begun) and not first_of(said, _listed("of_visits"), after)
    return False


def _has_letter(said: Said, begin: int) -> bool:
    """A letter right behind it, a capital by itself that is no word, or figures as in a ref."""
    if any(len(word) == 1 for word in said.words[begin : begin + 1]):
        return True
    for token in said.tokens[begin : begin + FURTHEST]:
        typed = said.text[token.begin : token.end]
        letter = len(typed) == 1 and typed.isupper() and typed not in "AI"
        if letter or (typed == "A" and not said.text.isupper()) or any(map(str.isdigit, typed)):
            return True
    return False


@cache
def _listed(name: str) -> tuple[Phrase, ...]:
    return tuple(
        phrase for tongue in TONGUES.values() for phrase in tongue.of("cannot_do_things", name)
    )
