"""A text that was kept, worked by the door that it came to; and one of the simulator's phones."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app

from enabler.domain.contact import PhoneNumber
from enabler.doors.caught import Caught
from enabler.doors.wiring import wiring
from enabler.services import inbound, messages, simulated

_BATCHES = 3


def work_kept(*, sent_to: str, sent_from: str) -> bool:
    """Work what waits of a number; whether it went well.

    It is kept, and what went wrong is counted with it: the sweep tries it again, and in the end it
    is people's. So nobody is told, but the operator's log.
    """
    with Caught() as caught:
        _work(inbound.place_of(sent_to=sent_to), sent_from, wiring().clock)
    return _went_well(caught, "a text is kept and could not be worked yet")


def text_of_simulator(
    *, place_id: int, place_phone: str, number: str, body: str, reference: str,
    clock: Callable[[], datetime],
) -> bool:  # fmt: skip
    """A phone of the simulator texts a place: kept as a real one's, shown, and worked; whether it
    could be. The same ``reference`` again is the same text.

    Raises Invalid("phone", …), NotFound.
    """
    moment, sent_from = clock(), PhoneNumber.parse(number).e164
    inbound.keep(
        provider_ref=reference, sent_from=sent_from, sent_to=place_phone, body=body, opt_out=None,
        sent_at=None, now=moment,
    )  # fmt: skip
    simulated.keep_texted(
        place_id=place_id, number=sent_from, body=body, reference=reference, now=moment
    )
    with Caught() as caught:
        _work(place_id, sent_from, clock)
    return _went_well(caught, "a text is kept and could not be worked yet")


def deliver_soon() -> None:
    """Let leave what is due, as the clock does every few seconds: an answer is the first."""
    ports = wiring()
    with Caught() as caught:
        for _ in range(_BATCHES):
            if not messages.deliver_outbox(
                gateway=ports.gateway, secrets=ports.secrets, now=ports.clock()
            ):
                break
    _went_well(caught, "a message could not be made; it is tried again")


def _went_well(caught: Caught, otherwise: str) -> bool:
    if caught.wrong is not None:
        current_app.logger.error(otherwise, exc_info=caught.wrong)
    return caught.wrong is None


def _work(place_id: int, number: str, clock: Callable[[], datetime]) -> None:
    ports = wiring()
    ports.converse(place_id=place_id, number=number, secrets=ports.secrets, clock=clock)
