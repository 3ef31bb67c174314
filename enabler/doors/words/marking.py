"""How tables of words are marked for translation and read."""

from collections.abc import Mapping

from flask_babel import gettext


def N_(message: str) -> str:
    """The message itself, marked for the translators."""
    return message


def P_(one: str, many: str) -> tuple[str, str]:
    """A message for one and for many, marked for the translators as one with its forms."""
    return one, many


def shown(table: Mapping[str, str], code: str) -> str:
    """The words of a code in the reader's language. Raises KeyError for a code without words."""
    return str(gettext(table[str(code)]))
