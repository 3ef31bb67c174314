"""What the map and its list say: spots, how much there is, and what a small number is called."""

from datetime import date

from flask_babel import gettext, ngettext

from enabler.domain.categories import TREE, category
from enabler.doors.words.times import day_words_by
from enabler.services.views.near import SpotView


def spot_words(spot: SpotView) -> str:
    """What a spot is called: an organisation's name, or the ward and which part of it."""
    if spot.organisation is not None:
        return spot.organisation
    return str(gettext("%(ward)s, part %(number)d", ward=spot.ward, number=spot.number))


def counts_words(asks: int, offers: int) -> str:
    """4 asks, 2 offers."""
    said = []
    if asks:
        said.append(str(ngettext("%(num)d ask", "%(num)d asks", asks)))
    if offers:
        said.append(str(ngettext("%(num)d offer", "%(num)d offers", offers)))
    return ", ".join(said) or str(gettext("nothing now"))


def since_words(day: date, today: date) -> str:
    """Since Tuesday 10 March."""
    return str(gettext("Since %(day)s", day=day_words_by(day, today)))


def few_words(number: int | None) -> str:
    """The number, where it is told; else that it is small."""
    return str(gettext("a few")) if number is None else str(number)


def picture_of(slug: str) -> str:
    """The name of the picture of a kind of help, in the file of pictures."""
    return category(slug).icon if slug in TREE else "other"
