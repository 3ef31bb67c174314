"""For machines: whether the process lives, whether it can serve, and its figures."""

from typing import Any

from flask import Blueprint

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def health() -> Any:
    """The process answers."""
    return {"status": "ok"}
