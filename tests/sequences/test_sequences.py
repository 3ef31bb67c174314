"""Generated sequences of what all people can do, clock moves included."""

from random import Random

import pytest
from sqlalchemy import select

from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading
from enabler.services import laws
from tests.sequences.deeds import Town, work
from tests.sequences.oracle import Oracle, counted

DEEDS = 24
MANY, FEW = 2_500, 100
"""Sequences on each database."""
PARTS = 50
"""Each in a database of its own: what works all places through would grow with every sequence."""


@pytest.mark.prove("6.1")
@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_is_asked_or_shown_what_they_must_not(part: int, full_size: bool) -> None:
    for number in range(part, MANY if full_size else FEW, PARTS):
        run(number)


def run(number: int) -> None:
    """One sequence, always the same of its number."""
    town = Town(Random(number))
    oracle = Oracle(town.place, town.people)
    try:
        for _ in range(DEEDS):
            done = town.do()
            work(town)
            town.match_refs = refs(town)
            oracle.look(town.now, addresses=done)
        wrong = counted(one for one in laws.check(now=town.now) if one.law == 6)
        assert not wrong, wrong
    except BaseException as broken:
        broken.add_note(f"sequence {number}: {', '.join(town.said)}")
        raise


def refs(town: Town) -> list[str]:
    """Every match of the town, the newest last."""
    query = select(MatchRow.ref).join(NeedRow, NeedRow.id == MatchRow.need_id)
    with reading() as uow:
        here = query.where(NeedRow.place_id == town.place.id).order_by(MatchRow.id)
        return list(uow.session.scalars(here))
