"""For whom by whom: what a supporter wrote or did shows so to all who read it. The name is a sight,
and nobody reads that of somebody whom they are kept apart from, or who is hidden from them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from enabler.domain.letters import Party
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart
from enabler.services._hidden import knows

_WHY = "supporter"
_LINES = frozenset({"match.wrote", "match.proposed", "match.agreed"})
"""What the audit has of a line that a supporter wrote."""


def writer_of(uow: UnitOfWork, actor: Actor, need: Need, now: datetime) -> str | None:
    """The name of the supporter who asked for it in the asker's name; None: the asker did, or the
    reader is not to know."""
    writer_id = uow.mandates.writer_of(need.id)
    if writer_id is None:
        return None
    return _name(uow, actor, writer_id, need, now)


def doers(
    uow: UnitOfWork, actor: Actor, need: Need, refs: Collection[str], now: datetime
) -> dict[str, str]:
    """The names of the supporters with these refs, by ref, as far as the reader may know them."""
    found: dict[str, str] = {}
    for ref in sorted(set(refs)):
        member = uow.members.by_ref(need.place_id, ref)
        name = None if member is None else _name(uow, actor, member.id, need, now)
        if name is not None:
            found[ref] = name
    return found


def lines_by_another(uow: UnitOfWork, match_id: int) -> Mapping[datetime, str]:
    """The refs of supporters who wrote lines in the asker's name, by the moment of each."""
    return {
        one.at: one.actor_name for one in uow.audit.of("match", match_id)
        if one.on_behalf_of is not None and one.what in _LINES
    }  # fmt: skip


def known_party(uow: UnitOfWork, actor: Actor, whose: int | None) -> Party | None:
    """The supporter of this id, where the reader may know of them and it is somebody else. Whoever
    shows the name logs the sight."""
    if whose is None or whose == actor.member_id:
        return None
    if are_apart(uow, actor.person_id, whose) or not knows(uow, actor, whose):
        return None
    return Party(whose, uow.homes.member(whose).shown_name)


def _name(uow: UnitOfWork, actor: Actor, whose: int, need: Need, now: datetime) -> str | None:
    if are_apart(uow, actor.person_id, whose) or not knows(uow, actor, whose):
        return None
    uow.sights.log(
        actor, whose, ("name",), place_id=need.place_id, why=_WHY, now=now, subject_ref=need.ref
    )
    return str(uow.homes.member(whose).shown_name)
