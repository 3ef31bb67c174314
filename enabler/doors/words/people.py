"""What the invented people of a demonstration are, for those who sign in as them."""

from enabler.doors.words.marking import N_, shown

PARTS: dict[str, str] = {
    "resident": N_("A resident who asks for help"),
    "helper": N_("A resident who helps"),
    "organisation": N_("Somebody who acts for an organisation"),
}


def part_words(part: str) -> str:
    """What somebody is."""
    return shown(PARTS, part)
