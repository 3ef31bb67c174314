"""A service's refusal of a value, shown at the field where it was typed."""

from collections.abc import Callable
from typing import Any

from enabler.domain.errors import Invalid
from enabler.web.forms.base import Form


def shown_at(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the service took it; if not, the form says why at its field.

    Raises Invalid when the form has no such field: then the page of the failure says it.
    """
    try:
        act()
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return False
    return True
