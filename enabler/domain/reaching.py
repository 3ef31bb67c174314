"""Which failures of a text say that a number is not reached, and how many mark it (pure)."""

FAILURES_THAT_MARK = 2
"""So many one after the other, and no more texts go there: people ring instead."""
OF_THE_NUMBER = frozenset(
    {
        "number_wrong", "number_not_reached", "number_unknown", "landline", "phone_unreachable",
        "undelivered", "blocked",
    }
)  # fmt: skip
"""Codes that say something of the number. All others are about the text, the provider or us."""
UNREACHED = "number_unreached"
"""The letter that people are given to say: our texts do not reach you, what is your number now?"""


def is_marked(failures: int) -> bool:
    """Whether so many texts one after the other did not reach the number."""
    return failures >= FAILURES_THAT_MARK
