"""A copy of all that is kept: the code before it, and in which form it is wanted."""

from flask_babel import lazy_gettext as _

from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Line

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class ProofCode(KeyedForm):
    """The code that shows that it is them."""

    code = Line(_("Your code"), most=40, description=_("6 digits."), render_kw=CODE)
