"""Hide a member, name who may know, introduce them."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.services.views.cases import HandView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, Required, Some, Words

_REF = {"class": "govuk-input--width-10", "spellcheck": "false", "autocomplete": "off"}


class Hide(KeyedForm):
    """Hide a member, or change who may know."""

    ref = Line(
        _("Reference of the person"), most=20,
        validators=[Required(message=_("Type the reference of the person."))], render_kw=_REF,
    )  # fmt: skip
    words = Words(
        _("Why is this person hidden?"),
        description=_("Only safeguarding leads read it. Do not say where the person is."),
        most=1_000, validators=[Required(message=_("Say why."))], render_kw={"rows": 3},
    )  # fmt: skip
    readers = Some(_("Who else may know? (optional)"), choices=list, validators=[Optional()])

    def choose_from(self, staff: Iterable[HandView]) -> None:
        """Let these be named."""
        self.readers.choose_among([(one.ref, one.name) for one in staff])


class Introduce(KeyedForm):
    """Let the other side of a match know who it is."""

    ref = Line(
        _("Reference of the person"), most=20,
        validators=[Required(message=_("Type the reference of the person."))], render_kw=_REF,
    )  # fmt: skip
    match_ref = Line(
        _("Reference of what was agreed"), most=20,
        description=_("The other side then sees the name, and where you two meet."),
        validators=[Required(message=_("Type the reference of what was agreed."))],
        render_kw=_REF,
    )  # fmt: skip
