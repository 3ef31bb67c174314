"""What a code of ours looks like: the letter of a question, or both of a later one, with the number
of an answer."""

import re
from collections.abc import Sequence

from sms.reading import Said, read

_CODE = re.compile(r"\s*(?:[a-z] ?|[a-z]{2})[1-9]\b", re.IGNORECASE)
"""Two letters stand right before their number: *my 2* and *im 9* are words."""
_HALF = re.compile("[a-z1-9]")
_BETWEEN = " .,:;-\n"


def begins_with_code(text: str) -> bool:
    """Whether a text begins with what looks like a code, whatever follows."""
    return _CODE.match(text) is not None


def is_code(words: Sequence[str]) -> bool:
    """Whether these words are a code and nothing else, or the half of one: a letter, a number."""
    typed = "".join(words)
    return bool(_CODE.fullmatch(typed) or _HALF.fullmatch(typed))


def after_its_code(said: Said) -> Said:
    """What is said behind a code; all of it where there is no code, or nothing behind it."""
    code = _CODE.match(said.text)
    left = said.text[code.end() :].lstrip(_BETWEEN) if code else ""
    return read(left) if left else said
