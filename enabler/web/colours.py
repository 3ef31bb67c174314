"""A place's own colour, and what can be read on it."""

import re
from dataclasses import dataclass

from enabler.domain.places import Place

DEFAULT = "#0b5351"
WHITE, INK = "#ffffff", "#0b0c0c"
DARK, ON_DARK = "#24292c", "#7fd6c6"
"""The lightest ground of dark pages, and marks on it where the place's colour cannot be seen."""
READABLE = 4.5
"""The least contrast of text, WCAG 2.2 success criterion 1.4.3."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The head's colour, the colour of text on it, and the colours for marks on white and on dark
    pages."""

    place: str
    on_place: str
    mark: str
    mark_on_dark: str


def colours_of(place: Place | None) -> Colours:
    """The place's colours; what is no colour is left for the default."""
    colour = (place.colour if place else None) or DEFAULT
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        colour = DEFAULT
    on_place = WHITE if contrast(colour, WHITE) >= READABLE else INK
    mark = colour if contrast(colour, WHITE) >= READABLE else INK
    on_dark = colour if contrast(colour, DARK) >= READABLE else ON_DARK
    return Colours(colour, on_place, mark, on_dark)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 'contrast ratio')."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
