"""What a day served to whom, and in what two days differ that should not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, select

from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.persistence.database import db
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading
from tests.privacy.village import SEE_PEOPLE, Village

Label = tuple[str, str, str, str]
"""Kind (page, post, explain or job), stage, viewer, and what was asked for."""
EXACT = frozenset({"postcode", "address", "easting", "northing"})
"""Columns that may tell where somebody lives, in these tables and in no other:"""
WITH_EXACT = frozenset({"home", "need"})
BY_LOOKING = frozenset({
    "sight", "draft", "web_session", "simulated_message", "conversation_reader",
})  # fmt: skip
"""Tables that change by looking (or are compared by themselves), so that they tell how much of
the day was looked at."""
Entitled = frozenset[tuple[str, str, str]]
"""(owner, viewer, ref): who may see an owner's address on the pages of this ref."""


@dataclass
class Record:
    """A day: what was served by label; texts by number; rows by table; who was entitled when."""

    served: dict[Label, bytes] = field(default_factory=dict)
    offered: list[Label] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    entitled: dict[str, Entitled] = field(default_factory=dict)
    sighted: dict[str, Entitled] = field(default_factory=dict)

    def note(self, kind: str, stage: str, viewer: str, what: str, *, served: object) -> None:
        """Keep what was served."""
        whole = served if isinstance(served, bytes) else str(served).encode()
        self.served[kind, stage, viewer, what] = whole

    def is_left_out(self, label: Label, owner: str) -> bool:
        """Whether it is the owner's own, the accepted helper's in the window, or a page on which
        a custodian's sight of the owner's address was logged."""
        _, stage, viewer, what = label
        if viewer == owner:
            return True
        may_see = self.entitled.get(stage, frozenset()) | self.sighted.get(stage, frozenset())
        return any((owner, viewer, ref) in may_see for ref in what.split("/"))


def differences(here: Record, moved: Record, owner: str, numbers: Iterable[str]) -> list[str]:
    """Where a day after one home moved is not, byte for byte, the day before.

    ``numbers`` are those of the owner and of whoever helps them, whose texts are left out.
    """
    pages = [
        " ".join(label)
        for label, served in moved.served.items()
        if not moved.is_left_out(label, owner) and here.served.get(label) != served
    ]
    if here.offered != moved.offered:
        pages.append("other pages can be opened")
    own = set(numbers)
    said = [
        f"texts to {number}"
        for number in sorted(here.texts.keys() | moved.texts.keys())
        if number not in own and here.texts.get(number) != moved.texts.get(number)
    ]
    kept = [f"rows of {table}" for table in here.rows if here.rows[table] != moved.rows[table]]
    return pages + said + kept


def entitled(village: Village) -> Entitled:
    """Who is an accepted helper of whom, and by which match."""
    query = (
        select(NeedRow.asker_id, MatchRow.helper_id, MatchRow.ref)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .where(MatchRow.state.in_(LIVE_MATCHES))
    )
    with reading() as uow:
        found = uow.session.execute(query).all()
    return frozenset(
        (village.name_of(asker), village.name_of(helper), ref) for asker, helper, ref in found
    )


def sighted(village: Village, now: datetime) -> Entitled:
    """Which of those who look after people saw whose address in this minute, on pages of which
    need, or of the member themself."""
    sights = select(SightRow.viewer, SightRow.member_id).where(
        SightRow.minute == now.replace(second=0, microsecond=0), SightRow.what.contains("address")
    )
    with reading() as uow:
        seen = set(map(tuple, uow.session.execute(sights)))
        needs = uow.session.execute(select(NeedRow.asker_id, NeedRow.ref)).all()
    return frozenset(
        (village.name_of(asker), viewer, ref)
        for asker, ref in needs
        for viewer in SEE_PEOPLE
        if (village.refs[viewer], asker) in seen
    ) | frozenset(
        (name, viewer, who.ref)
        for name, who in village.people.items()
        for viewer in SEE_PEOPLE
        if (village.refs[viewer], who.id) in seen
    )


def texts() -> dict[str, list[str]]:
    """What the simulator kept, by number or mail address."""
    found: dict[str, list[str]] = {}
    with reading() as uow:
        for row in uow.session.scalars(select(SimulatedMessageRow).order_by("id")):
            found.setdefault(row.address, []).append(f"{row.at} {row.channel} {row.body}")
    return found


def numbers_of(village: Village, names: Iterable[str]) -> list[str]:
    """The numbers and addresses of some people."""
    ids = [village.people[name].id for name in names if name in village.people]
    with reading() as uow:
        query = select(ContactRow.value).where(ContactRow.member_id.in_(ids))
        return list(uow.session.scalars(query))


def rows() -> dict[str, list[str]]:
    """All that is kept, by table, but for what is exact and what comes of looking."""
    with reading() as uow:
        return {
            name: sorted(repr(tuple(map(_plain, row))) for row in uow.session.execute(query))
            for name, table in db.metadata.tables.items()
            if name not in BY_LOOKING
            for query in [select(*(column for column in table.columns if _is_told(column)))]
        }


def _is_told(column: Column[Any]) -> bool:
    return column.table.name not in WITH_EXACT or column.name not in EXACT


def _plain(value: object) -> object:
    """The value, or what an outline is written as."""
    return getattr(value, "desc", value)
