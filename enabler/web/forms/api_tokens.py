"""A new key for a program."""

from flask_babel import lazy_gettext as _

from enabler.domain.api_tokens import LIFE_DAYS, Scope
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line, One, Required

_SCOPES = {
    Scope.READ: _("Only look"),
    Scope.WRITE: _("Look, and do things for me: ask, offer, answer"),
}
_LIVES = {30: _("A month"), 90: _("Three months"), 365: _("A year")}


class NewKey(KeyedForm):
    """What it is for, what it may, how long it holds."""

    name = Line(
        _("What is the key for?"),
        description=_("So that you recognise it, like: my phone's diary"),
        validators=[Required(message=_("Type what the key is for, so that you recognise it."))],
    )  # fmt: skip
    scope = One(
        _("What may the program do?"),
        choices=lambda: [(scope.value, words) for scope, words in _SCOPES.items()],
        validators=[Required(message=_("Choose what the program may do."))],
    )
    days = One(
        _("How long should the key work?"),
        choices=lambda: [(str(days), _LIVES[days]) for days in LIFE_DAYS],
        validators=[Required(message=_("Choose how long the key should work."))],
    )
