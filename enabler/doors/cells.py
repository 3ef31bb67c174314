"""Cells of a table that is opened in a spreadsheet: nothing that somebody wrote is a formula."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(words: str) -> str:
    """What somebody wrote, so that no spreadsheet takes it for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
