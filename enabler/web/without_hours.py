"""Where a place has no time bank, its pages of hours say so."""

from typing import Any

from flask import Blueprint, render_template

from enabler.domain.errors import NotFound
from enabler.web.failures import refused


def say_so_kindly(blueprint: Blueprint) -> None:
    """Answer for a place without a time bank with a page of its own, status 404."""

    def answer(missing: NotFound) -> Any:
        if missing.code != "hours_not_here":
            return refused(missing)
        return render_template("hours/none.html"), 404

    blueprint.register_error_handler(NotFound, answer)
