"""The kinds of help to choose from, by a list or by one's own words."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words.categories import category_name, category_names, grouped
from enabler.doors.words.near import picture_of
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Required, Words


def kinds() -> list[tuple[str, str]]:
    """Every kind of help with its name, in the order of the groups."""
    return [(slug, name) for _g, members in grouped(CATEGORIES) for slug, name, _h in members]


def said_freely(example: Any) -> Any:
    """The box above a choice for one's own words; ``example``: what could stand in it."""
    return Words(
        _("Say it in your own words (optional)"), description=example, render_kw={"rows": 3}
    )


def sentences(label: Any, *, description: Any, missing: Any) -> Any:
    """The box for a sentence or two that have to be there; ``missing``: what is said otherwise."""
    return Words(
        label, description=description, validators=[Required(message=missing)],
        render_kw={"rows": 5},
    )  # fmt: skip


class ByWords(Form):
    """A choice among the kinds of help (the field ``chooses``) below a box for one's own words
    (``said``), which is taken out where they stand already."""

    chooses: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen.pictures = {slug: picture_of(slug) for slug in CATEGORIES}
        self._head(CATEGORIES)

    @property
    def chosen(self) -> Any:
        """The choice."""
        return self[self.chooses]

    def put_first(self, likely: Iterable[str]) -> None:
        """Let these stand before all others; where none is chosen, they are asked about."""
        first = list(likely)
        if not first:
            return
        named = [(slug, category_name(slug)) for slug in first]
        self.chosen.choose_among([*named, *(one for one in kinds() if one[0] not in first)])
        self._head(set(CATEGORIES) - set(first))
        self.chosen.headings[first[0]] = gettext("It sounds like")
        asks: Field = self.chosen
        asks.validators = [Required(message=gettext(
            "Which kind of help? It sounds like: %(kinds)s.", kinds=category_names(first)
        ))]  # fmt: skip

    def _head(self, slugs: Iterable[str]) -> None:
        groups = grouped(frozenset(slugs))
        self.chosen.headings = {members[0][0]: heading for heading, members in groups}
