"""A ref in an address: read case-blind and forgivingly; what cannot be one is not found."""

from typing import Any

from werkzeug.routing import BaseConverter, ValidationError

from enabler.domain.refs import canonical


class RefConverter(BaseConverter):
    """``<ref:ref>`` in a rule."""

    regex = "[0-9A-Za-z-]{4,9}"

    def to_python(self, value: str) -> str:
        """The ref as we write it. Raises ValidationError, which makes the rule not match."""
        found = canonical(value)
        if found is None:
            raise ValidationError
        return found

    def to_url(self, value: Any) -> str:
        """The ref as it stands."""
        return str(value)
