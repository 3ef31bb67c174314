"""How often helpers may still be asked, counted while their rows are held."""

from collections.abc import Iterable
from dataclasses import replace

from enabler.persistence.givers import Load
from enabler.persistence.supply import Terms, asks_left
from enabler.persistence.unit_of_work import UnitOfWork


class Caps:
    """The asks that some members have left; each ``take`` uses one up."""

    def __init__(self, uow: UnitOfWork, terms: Terms, member_ids: Iterable[int | None]) -> None:
        members = sorted({one for one in member_ids if one is not None})
        self._terms = terms
        self._loads = uow.supply.loads(members, terms.now)
        self._own = uow.homes.own_caps(members)

    @classmethod
    def held(cls, uow: UnitOfWork, terms: Terms, member_ids: Iterable[int | None]) -> "Caps":
        """Count while holding the members' rows: whoever else asks them waits until we are done."""
        members = sorted({one for one in member_ids if one is not None})
        uow.homes.lock(members)
        return cls(uow, terms, members)

    def take(self, member_id: int | None) -> bool:
        """Use up one ask of the member; False when none is left. Organisations have no caps."""
        if member_id is None:
            return True
        load = self._loads.get(member_id, Load())
        if asks_left(load, self._own.get(member_id), self._terms) < 1:
            return False
        self._loads[member_id] = replace(
            load,
            asked_today=load.asked_today + 1,
            asked_this_week=load.asked_this_week + 1,
        )
        return True
