"""By when a held need is looked at: the same clock for whoever asked and for the desk."""

from collections.abc import Collection
from datetime import datetime

from enabler.domain.desk import NOTICED, EntryKind, Waiting, when_held
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan, is_pressing
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground


def held_from_now(uow: UnitOfWork, need: Need, here: Ground, because: str) -> Plan:
    """The next step of a need that is held now, with what was noticed about it before."""
    noticed = uow.signals.of(here.place.id, "need", [need.id])
    return held_plan(
        need.category, need.setting, need.circumstances, need.needed_by, here,
        NOTICED if noticed else because,
    )  # fmt: skip


def held_plan(
    category: str, setting: str | None, circumstances: Collection[str], needed_by: datetime,
    here: Ground, because: str,
) -> Plan:  # fmt: skip
    """The next step of help that is held; ``because``: why, as the desk's queue has it."""
    urgent = is_pressing(category, needed_by, here.ruleset, here.now)
    one = Waiting(
        EntryKind.NEED, here.now, (category,), because, urgent,
        setting=setting, circumstances=tuple(circumstances),
    )  # fmt: skip
    return when_held(one, here.ruleset)
