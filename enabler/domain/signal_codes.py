"""The signals that there are, and what each does unless a place says otherwise."""

from collections.abc import Mapping

HELD_KINDS = ("need", "offer", "organisation", "message")
_WORDS = (
    "worry_children", "worry_weapons", "worry_drugs", "worry_hate", "worry_sexual", "worry_scam",
    "worry_place",
)  # fmt: skip
CODES = (
    "contact", "contact_public", "link", "money", "payment", "worry_self", "worry_abuse",
    "worry_danger", *_WORDS, "too_many", "too_far", "copy", "copy_own", "disagree",
    "disagree_riskier", "many_accounts", "many_on_network", "hurry",
)  # fmt: skip
"""Every signal there is."""
DEFAULT_HOLDS: Mapping[str, tuple[str, ...]] = {
    "need": ("link", "payment", *_WORDS, "copy", "disagree_riskier", "many_accounts"),
    "offer": (
        "contact_public", "link", "money", "payment", "worry_self", "worry_abuse", *_WORDS, "copy",
        "disagree_riskier", "many_accounts",
    ),
    "organisation": ("link", "payment", *_WORDS, "copy"),
    "message": ("payment", "worry_scam"),
}  # fmt: skip
"""Worry for who writes never holds their own need up: it opens, and the safeguarding lead hears."""
STRONG = frozenset(
    {"payment", "worry_weapons", "worry_drugs", "worry_hate", "worry_sexual", "worry_scam"}
)
"""What holds even a need that cannot wait: anything else is only shown beside it."""
TELLS_LEAD = ("worry_self", "worry_abuse", "worry_children", "worry_danger")
"""What the safeguarding lead is told at once, as a worry."""
FOR_THE_WRITER = (
    "contact", "contact_public", "link", "money", "payment", "disagree", "disagree_riskier",
)  # fmt: skip
"""What whoever wrote it is told, so that they can put it right."""
