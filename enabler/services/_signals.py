"""What was noticed about things that wait, as it is kept: named reasons, never a verdict."""

from collections.abc import Collection, Mapping

from enabler.domain.signals import Signal
from enabler.persistence.unit_of_work import UnitOfWork


def signals_of(
    uow: UnitOfWork, place_id: int, kind: str, ids: Collection[int]
) -> Mapping[int, tuple[Signal, ...]]:
    """The signals of things of one kind, by id."""
    kept = getattr(uow, "signals", None)
    return kept.of(place_id, kind, ids) if kept is not None and ids else {}
