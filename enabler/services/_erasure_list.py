"""The list of the erased outside the database: what it does not have yet is written into it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from enabler.persistence.erasures import Listed
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services.ports import ErasureList


def note(kept_in: ErasureList, now: datetime) -> None:
    """As :func:`write`, right behind the erasure: a database that is lost the next minute brings
    nobody back. Where the file cannot be written now, the clock's job does it."""
    with suppress(OSError):
        write(kept_in, now)


def those_in(kept_in: ErasureList) -> Sequence[Listed]:
    """Who stands in it."""
    return [Listed(*line) for line in kept_in.lines()]


def write(kept_in: ErasureList, now: datetime) -> int:
    """Write down who is not in it yet; how many. Also whom the database takes for listed and the
    list does not have: the file was lost, or this machine has another one. Raises OSError."""
    with reading() as uow:
        new, listed = uow.erasures.unlisted(), uow.erasures.listed()
    missing = [*(line for _, line in new), *set(listed).difference(those_in(kept_in))]
    if not missing:
        return 0
    kept_in.add([(line.place, line.ref, line.at) for line in missing])
    with unit_of_work() as uow:
        uow.erasures.note_listed([key for key, _ in new], now)
        uow.commit()
    return len(missing)
