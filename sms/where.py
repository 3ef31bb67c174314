"""Where somebody says that they are: of the codes in a text the one that counts."""

from collections.abc import Sequence

from sms.layout import Laid
from sms.outward_said import Outwards
from sms.postcodes_said import Found, Wholes, words_of
from sms.reading import Said

_NEAR = 4
"""So many words before a code can say what it is."""


def read_postcode_in(said: Said) -> Found | None:
    """The postcode that a text gives, whole or in part, or None.

    Of several: the last where somebody corrects themselves, where they are and not where they go,
    else the last whole one.
    """
    if not any(letter.isdigit() for letter in said.text):
        return None
    laid = Laid(said)
    wholes = Wholes(laid).found()
    parts = Outwards(laid).found(one.span for one in wholes)
    found = sorted([*wholes, *parts], key=lambda one: one.span)
    return _meant(said, found)


def whole_postcodes_in(said: Said) -> Sequence[Found]:
    """Every whole code of a text, in order."""
    return Wholes(Laid(said)).found() if any(letter.isdigit() for letter in said.text) else ()


def _meant(said: Said, found: list[Found]) -> Found | None:
    left = [one for one in found if not _is_denied(said, one)] or found
    if len(left) < 2:
        return left[0] if left else None
    between = said.words[left[-2].span[1] : left[-1].span[0]]
    if words_of("corrects").intersection(between):
        return left[-1]
    roles = [
        _role(said, one, 0 if nth == 0 else left[nth - 1].span[1]) for nth, one in enumerate(left)
    ]
    here = [one for one, role in zip(left, roles, strict=True) if role == "person_before"]
    if here:
        return here[0]
    elsewhere = [one for one, role in zip(left, roles, strict=True) if role == "goal_before"]
    stays = [one for one in left if one not in elsewhere] or left
    pool = [one for one in stays if one.is_whole] or stays
    return pool[-1]


def _is_denied(said: Said, one: Found) -> bool:
    return one.span[0] > 0 and said.words[one.span[0] - 1] in words_of("denies")


def _role(said: Said, one: Found, since: int) -> str:
    """What the nearest word before it says: where they are, or where they go."""
    for at in range(one.span[0] - 1, max(since, one.span[0] - 1 - _NEAR) - 1, -1):
        for name in ("person_before", "goal_before"):
            if said.words[at] in words_of(name):
                return name
    return ""
