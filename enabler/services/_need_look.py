"""A change of a need is looked at like a new one, before it is kept and after."""

from dataclasses import dataclass

from enabler.domain.members import Organisation, Where
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._need_drafts import NeedDraft
from enabler.services._posting import held_because
from enabler.services._signals import (
    BECAUSE,
    Looked,
    Written,
    keep,
    known_of,
    look,
    may_open_itself,
)
from enabler.services._written import written_need


@dataclass(frozen=True, slots=True)
class ChangeLooked:
    """What was found in the change; ``before``: the codes of what held the need until then."""

    need: Need
    written: Written
    looked: Looked
    before: frozenset[str]

    def opens(self, category: str, here: Ground) -> bool:
        """Whether what held it (a number, a link) was taken out, and nothing else holds it."""
        waits = self.need.state is NeedState.HELD and self.need.held_because == BECAUSE
        clean = self.looked.because is None and held_because(category, here) is None
        return waits and clean and may_open_itself(self.before)


def look_at_change(
    uow: UnitOfWork, need: Need, draft: NeedDraft, where: Where, organisation: Organisation | None,
    here: Ground,
) -> ChangeLooked:  # fmt: skip
    """What the change shows. Nothing is kept."""
    written = written_need(
        uow, uow.homes.member(need.asker_id), draft, here, cell_id=where.cell_id,
        organisation=organisation, about_id=need.id,
        repeated=uow.series.of_need(need.id) is not None,
    )  # fmt: skip
    before = uow.signals.holding(need.place_id, "need", need.id)
    return ChangeLooked(need, written, look(uow, written, here), before)


def keep_look(
    uow: UnitOfWork, actor: Actor, change: ChangeLooked, here: Ground, *, held: bool
) -> None:
    """Write down what was found. Where the need is open and stays so, nothing of it holds."""
    need, looked = change.need, change.looked
    if not held and need.state is not NeedState.HELD:
        looked = looked.shown
    known = known_of(uow, need.place_id, "need", need.id)
    keep(uow, actor, change.written, (need.id, need.ref), looked, here, known=known)
