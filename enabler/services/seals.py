"""Seals over the hours: made every few minutes, written out for an auditor."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.timebank import checks, sealing
from enabler.timebank.transfers import Entry

MOST_AT_ONCE = 20_000
"""Rows of one seal: bounds its memory, and how long nobody can give hours."""


def seal(*, actor: Actor, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Seal the rows since the last seal; how many. 0 too where somebody is writing just now: the
    next time will do. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        if not uow.seals.still():
            return 0
        last, root = uow.seals.last()
        entries = list(uow.ledger.all_entries(after_seq=last, at_most=most))
        digests, made = sealing.sealed(map(sealing.row_of, entries), root)
        if made is None:
            return 0
        uow.seals.keep([entry.seq for entry in entries], digests, made, now)
        uow.commit()
    return made.count


def export(*, actor: Actor) -> Iterator[str]:
    """The lines of the whole ledger with its seals, all of one moment. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with reading() as uow:
        rows = _with_digests(uow.ledger.all_entries(), uow.seals.digests())
        yield from sealing.export(rows, uow.seals.all())


def findings(*, actor: Actor) -> tuple[checks.Finding, ...]:
    """What is wrong with the ledger; nothing, where it is in order. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with reading() as uow:
        return checks.check(
            uow.ledger.all_accounts(), uow.ledger.all_entries(), uow.purses.mirrors()
        )


def _with_digests(
    entries: Iterable[Entry], digests: Iterator[tuple[int, str]]
) -> Iterator[tuple[sealing.Row, str | None]]:
    """Each row with the digest that was kept of it; both come in the order of their numbers."""
    kept = next(digests, None)
    for entry in entries:
        while kept is not None and kept[0] < entry.seq:
            kept = next(digests, None)
        mine = kept[1] if kept is not None and kept[0] == entry.seq else None
        yield sealing.row_of(entry), mine
    for _ in digests:  # to their end, or the database keeps them ready
        pass
