"""What every form of ours can do: keep a key, show errors at fields, give its answers as plain
values and take them back."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from enabler.domain.errors import EnablerError, Invalid
from enabler.doors.wiring import wiring
from enabler.doors.words import sentence
from enabler.web.tokens import FormTokens

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Form(FlaskForm):
    """A form of the pages.

    ``fields_of`` says at which field an error of a service is shown, where their names differ.
    """

    fields_of: ClassVar[Mapping[str, str]] = {}

    class Meta(FlaskForm.Meta):
        """Where the token against forged forms comes from."""

        csrf_class = FormTokens

    def sent(self) -> bool:
        """Whether it was sent and its syntax is right."""
        return bool(self.validate_on_submit())

    def grew(self) -> bool:
        """Whether room for one more answer was asked for: then it is shown again, as typed."""
        return False

    def show(self, wrong: Invalid) -> bool:
        """Show a service's refusal at its field; False where the form has no such field."""
        name = self.fields_of.get(wrong.field, wrong.field)
        field = self._fields.get(name)
        if field is None:
            return False
        field.errors = [*field.errors, sentence(wrong)]
        return True

    def refuse(self, name: str, wrong: EnablerError) -> None:
        """Show a refusal that belongs to no field, at this one."""
        self[name].errors = [sentence(wrong)]

    def answers(self) -> dict[str, Any]:
        """What was typed, to be kept in a draft: names to a text or a list of texts."""
        kept: dict[str, Any] = {}
        for name, field in self._fields.items():
            if name not in ("csrf_token", "key", "so_far"):
                typed = request.form.getlist(field.name)
                kept[name] = [text.replace("\x00", "") for text in typed]
        return kept

    def problems(self) -> list[dict[str, str]]:
        """Errors with links to where they can be put right, for the summary on top."""
        return [
            {"text": field.errors[0], "href": f"#{getattr(field, 'first_box', field.id)}"}
            for field in self._fields.values()
            if field.errors
        ]


class KeyedForm(Form):
    """A form that changes something: sent twice, it does it once."""

    key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.the_key()

    def the_key(self) -> str:
        """The key that came with the form; a new one where it came with none."""
        typed = self.key.data or ""
        if not _KEY.fullmatch(typed):
            typed = self.key.data = wiring().secrets.token()
        return typed


class Confirm(KeyedForm):
    """A button and nothing else."""
