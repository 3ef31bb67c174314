"""The simulator's record: what its gateway keeps and finds again, each in its own transaction."""

from datetime import datetime

from enabler.domain.contact import PhoneNumber
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


def keep_texted(
    *, place_id: int, number: str, body: str, reference: str, now: datetime
) -> bool:  # fmt: skip
    """Keep what somebody texts from a phone of the simulator, so that it is shown beside what comes
    back; once for each reference. Whether it is new. Raises Invalid("phone", …)."""
    address = PhoneNumber.parse(number).e164
    with unit_of_work() as uow:
        known = uow.simulated.find(channel=Channel.TEXT, address=address, reference=reference)
        if known is None:
            uow.simulated.keep(
                place_id=place_id, channel=Channel.TEXT, direction="in", address=address,
                body=body.replace("\0", "").encode("utf-8", "replace").decode("utf-8"),
                reference=reference, at=now,
            )  # fmt: skip
            uow.commit()
    return known is None


def count_texted(*, place_id: int, since: datetime) -> int:
    """How many texts phones of the simulator have sent to a place since then."""
    with reading() as uow:
        return uow.simulated.count_in(place_id, since)


def newest() -> int:
    """A number that stands for the last message of all, for ``texts_after``."""
    with reading() as uow:
        return uow.simulated.newest()


def texts_after(*, number: int) -> tuple[tuple[str, str], ...]:
    """The texts that left after a message, in the order in which they did: to whom, and what."""
    with reading() as uow:
        return tuple(uow.simulated.texts_after(number))


def find_simulated(*, channel: Channel, address: str, reference: str) -> str | None:
    """The name of the kept message of a reference, or None when it never arrived."""
    with reading() as uow:
        return uow.simulated.find(channel=channel, address=address, reference=reference)
