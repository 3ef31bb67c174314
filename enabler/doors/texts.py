"""A text that was kept, worked by the door that it came to."""

from flask import current_app

from enabler.doors.wiring import wiring
from enabler.services import inbound


def work_kept(*, sent_to: str, sent_from: str) -> bool:
    """Work what waits of a number; whether it went well.

    It is kept, and what went wrong is counted with it: the sweep tries it again, and in the end it
    is people's. So nobody is told, but the operator's log.
    """
    ports = wiring()
    try:
        ports.converse(
            place_id=inbound.place_of(sent_to=sent_to), number=sent_from, secrets=ports.secrets,
            clock=ports.clock,
        )  # fmt: skip
    except Exception as wrong:
        current_app.logger.error("a text is kept and could not be worked yet", exc_info=wrong)
        return False
    return True
