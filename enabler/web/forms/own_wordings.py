"""A phrase by which a place's people mean a kind of help."""

from typing import Any

from flask_babel import lazy_gettext as _

from enabler.domain.own_wordings import LONGEST, Proposed
from enabler.doors.words.categories import NAMES, category_name
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Required
from enabler.web.forms.near import Pick


class Phrase(KeyedForm):
    """The phrase, and which kind of help it means."""

    phrase = Line(
        _("Phrase"), most=LONGEST,
        description=_("Only the words for the kind of help, such as: big shop. No names."),
        validators=[Required(message=_("Type the phrase."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    category = Pick(_("What it means"), validators=[Required(message=_("Choose what it means."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choose_among((slug, category_name(slug)) for slug in NAMES)
        self.category.choices[0].label = str(_("Choose from the list"))

    def write(self, one: Proposed) -> None:
        """Show what was proposed, as far as it fits: it is to be cut."""
        self.phrase.data = one.phrase[:LONGEST]
        self.category.data = one.category
