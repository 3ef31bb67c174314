"""What an asker may wish of a helper, and why the place lets them."""

from collections.abc import Iterable, Mapping

from enabler.doors.words.marking import N_, shown

PREFERENCES: dict[str, str] = {
    "woman": N_("A woman"),
    "man": N_("A man"),
}
REASONS: dict[str, str] = {
    "care-at-home": N_("This help is care inside the home. So you may ask for a woman or a man."),
    "alone-together": N_("With this help two people are alone together. So you may ask for a woman"
                         " or a man."),
}  # fmt: skip


def preference_words(code: str) -> str:
    """What is wished for."""
    return shown(PREFERENCES, code)


def reasons_words(listed: Mapping[str, str]) -> str:
    """Why these may be wished for, each reason once."""
    return " ".join(shown(REASONS, reason) for reason in dict.fromkeys(listed.values()))


def preferences_words(codes: Iterable[str]) -> str:
    """Several wishes in one line."""
    return ", ".join(preference_words(code) for code in codes)
