"""What is said and asked by text of help that is there: answers to asks, visits, hours."""

SAID_OF_HELP: dict[str, str] = {}
"""By the code of what is said."""
ASKED_OF_HELP: dict[str, str] = {}
"""By the kind of question."""
OPTIONS_OF_HELP: dict[str, dict[str, str]] = {}
"""By kind of question and code of the answer."""
