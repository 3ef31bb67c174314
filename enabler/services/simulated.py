"""The simulator's record: what its gateway keeps and finds again, each in its own transaction."""

from datetime import datetime

from enabler.domain.vocabulary import Channel
from enabler.persistence.unit_of_work import reading, unit_of_work


def keep_simulated(
    *, channel: Channel, place_id: int, address: str, body: str, reference: str, now: datetime
) -> str:
    """Keep a message that left for an address; the name under which it is found again."""
    with unit_of_work() as uow:
        kept = uow.simulated.keep(
            place_id=place_id, channel=channel, direction="out", address=address, body=body,
            reference=reference, at=now,
        )  # fmt: skip
        uow.commit()
        return kept


def find_simulated(*, channel: Channel, address: str, reference: str) -> str | None:
    """The name of the kept message of a reference, or None when it never arrived."""
    with reading() as uow:
        return uow.simulated.find(channel=channel, address=address, reference=reference)
