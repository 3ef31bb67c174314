"""Rows of fields of which one more can be asked for, by a button that needs no script."""

from typing import Any, ClassVar

from flask import request
from wtforms import HiddenField

MORE = "more"
"""The button's name."""


class Growing:
    """For a form with such rows: ``all_rows`` are the names of their fields, row by row.

    ``by_more``: the answer that the button stands under, as (field, value), where there is one.
    """

    all_rows: ClassVar[tuple[tuple[str, ...], ...]]
    by_more: ClassVar[tuple[str, str] | None] = None
    rows = HiddenField(default="1")

    @property
    def shown_rows(self) -> Any:
        """The rows that are asked for now."""
        typed = str(self.rows.data or "")
        asked = int(typed) if typed.isdecimal() and len(typed) < 3 else 1
        return self.all_rows[: max(1, asked)]

    @property
    def may_grow(self) -> bool:
        """Whether there is room for one more."""
        return len(self.shown_rows) < len(self.all_rows)

    def grew(self) -> bool:
        """Whether the button for one more was pressed; then there is one more."""
        if request.method != "POST" or MORE not in request.form:
            return False
        self.rows.data = str(min(len(self.all_rows), len(self.shown_rows) + 1))
        if self.by_more is not None:
            field, value = self.by_more
            self[field].data = value  # type: ignore[index]
        return True
