"""Words of a member's own settings: what helps them, how they are told."""

from collections.abc import Iterable

from enabler.doors.words.marking import N_, shown

ACCESS_NEEDS: dict[str, str] = {
    "step-free": N_("I cannot manage steps"),
    "wheelchair": N_("I use a wheelchair"),
    "hard-of-hearing": N_("I do not hear well"),
    "bsl": N_("I use British Sign Language (BSL)"),
    "low-sight": N_("I do not see well"),
    "needs-time": N_("I need time: please go slowly"),
}
TO_A_HELPER: dict[str, str] = {
    "step-free": N_("Cannot manage steps"),
    "wheelchair": N_("Uses a wheelchair"),
    "hard-of-hearing": N_("Does not hear well"),
    "bsl": N_("Uses British Sign Language (BSL)"),
    "low-sight": N_("Does not see well"),
    "needs-time": N_("Needs time: please go slowly"),
}
WAYS: dict[str, str] = {
    "text": N_("Text"),
    "mail": N_("Email"),
    "both": N_("Text and email"),
    "page": N_("Only on my page"),
}


def access_need(code: str) -> str:
    """What helps somebody, in their own words."""
    return shown(ACCESS_NEEDS, code)


def access_mine(codes: Iterable[str]) -> list[str]:
    """What helps the reader, a line each."""
    return [access_need(code) for code in codes]


def access_lines(codes: Iterable[str]) -> list[str]:
    """What whoever helps them should know, a line each."""
    return [shown(TO_A_HELPER, code) for code in codes]


def way_words(way: str) -> str:
    """How somebody is told."""
    return shown(WAYS, way)
