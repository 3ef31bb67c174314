"""Who of the staff is named in a report, and so must neither read it nor be told of it (pure)."""

import re

_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|cllr|councillor)\.?"


def names(words: str, name: str) -> bool:
    """Whether the words name this person: by the whole name, or by title and last name.

    A first or last name alone is many people's, or no name at all ("green").
    """
    parts = [re.escape(part) for part in name.casefold().split()]
    if not parts:
        return False
    said = " ".join(words.casefold().split())
    ways = [r"\s".join(parts)] if len(parts) > 1 else []
    ways += [rf"{parts[0]}\s(?:\S+\s)?{parts[-1]}"] if len(parts) > 2 else []
    ways.append(rf"{_TITLES}\s(?:\S+\s)?{parts[-1]}")
    return any(re.search(rf"(?<!\w)(?:{way})(?!\w)", said) for way in ways)
