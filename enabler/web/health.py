"""For machines: whether the process lives, whether it can serve, and its figures."""

import hmac
from typing import Any

from flask import Blueprint, Response, abort, request

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import health as service

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def health() -> Any:
    """The process answers."""
    return {"status": "ok"}
