"""What the map is asked for: sent by GET, so that an answer can be kept and shared."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words.categories import grouped
from enabler.services.near import Wanted
from enabler.services.views.near import WardCount
from enabler.web.forms import widgets
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Line, One

_POSTCODE = {"autocomplete": "postal-code", "class": "govuk-input--width-10"}


class Pick(SelectField):
    """One of many, folded away."""

    widget = widgets.Select()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def choose_among(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Offer these after the choice of all, as (value, label)."""
        every = [("", str(_("All"))), *pairs]
        self.choices = [SelectChoice(value, label) for value, label in every]


class Postcode(Form):
    """From where somebody looks."""

    postcode = Line(_("Your postcode"), most=40, render_kw=_POSTCODE)

    def __init__(self) -> None:
        super().__init__(formdata=request.args, meta={"csrf": False})
        self.validate()

    @property
    def typed(self) -> str:
        """The postcode as it was typed, or nothing where it is none."""
        return "" if self.postcode.errors else (self.postcode.data or "").strip()


class Near(Postcode):
    """The map's filters."""

    kind = One(
        _("Show"),
        choices=lambda: [("", _("Everything")), ("need", _("What is asked")),
                         ("offer", _("What is offered"))],
    )  # fmt: skip
    category = Pick(_("Kind of help"))
    ward = Pick(_("Ward"))

    def __init__(self) -> None:
        super().__init__()
        kinds = [kind for _group, kinds in grouped(CATEGORIES) for kind in kinds]
        self.category.choose_among((slug, name) for slug, name, _hint in kinds)
        self.kind.data = self.kind.data or ""

    def wanted(self) -> Wanted:
        """What the service is asked for."""
        page = request.args.get("page", "")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1
        return Wanted(
            kind=self.kind.data, category=self.category.data or "",
            ward=self.ward.data or "", postcode=self.typed, page=number,
        )  # fmt: skip

    def know_wards(self, wards: Iterable[WardCount]) -> None:
        """Let the reader choose among these."""
        self.ward.choose_among((ward.code, ward.name) for ward in wards)
