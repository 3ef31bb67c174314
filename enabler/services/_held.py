"""All that is held of a member, gathered kind by kind from the columns' tags."""

from collections.abc import Mapping
from datetime import datetime

from enabler.domain import privacy
from enabler.domain.members import Member
from enabler.persistence.tags import Given, Personal
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.persistence.whose import Held
from enabler.services._keeping import days_of
from enabler.services.views.my_data import (
    AllHeldView,
    HeldKindView,
    KeptColumnView,
    RowView,
    ValueView,
)


def everything_of(uow: UnitOfWork, member: Member, now: datetime) -> AllHeldView:
    """Every personal column that is theirs, and nothing of anybody else's."""
    days = days_of(uow, member.place_id, now)
    columns: dict[str, dict[str, KeptColumnView]] = {}
    rows: dict[str, list[RowView]] = {}
    for table, every, row in uow.holdings.of(member.id):
        tags = [(name, tag) for name, tag in every if tag.given is not Given.UNTOLD]
        if not tags:
            continue
        kept = columns.setdefault(table, {})
        kept |= {name: _column(name, tag, days) for name, tag in tags if name not in kept}
        rows.setdefault(table, []).append(_row(dict(tags), row))
    kinds = tuple(
        HeldKindView(
            kind.table, kind.part, kind.correct, tuple(columns[kind.table].values()),
            tuple(rows[kind.table]),
        )
        for kind in privacy.kinds()
        if kind.table in rows
    )  # fmt: skip
    return AllHeldView(member.ref, member.name, now, kinds)


def _column(name: str, tag: Personal, days: Mapping[str, int]) -> KeptColumnView:
    ground = privacy.grounds()[tag.purpose]
    return KeptColumnView(
        name, tag.purpose.value, ground.basis, ground.condition, tag.keep.value,
        days.get(tag.keep), _withheld(tag),
    )  # fmt: skip


def _withheld(tag: Personal) -> str | None:
    return None if tag.given is Given.WHOLE else tag.given.value


def _row(tags: Mapping[str, Personal], row: Held) -> RowView:
    values = (
        ValueView(name, None if _withheld(tags[name]) else value, _withheld(tags[name]))
        for name, value in row.values.items()
        if name in tags
    )
    beside = (ValueView(name, value) for name, value in row.beside.items())
    return RowView(tuple(values), tuple(beside))
