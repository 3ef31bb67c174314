"""What is said by text to somebody about themself: asking, offering, joining, and people who
care."""

SAID_OF_PEOPLE: dict[str, str] = {}
"""By the code of what is said."""
