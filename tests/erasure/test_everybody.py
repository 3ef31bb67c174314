"""People of a lived-in town go one after the other, whatever stands open of them: every law holds,
the ledger verifies, and nothing of their names is left."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState
from enabler.doors.wiring import wiring
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import erasures, laws, seals
from enabler.services._erasure import How, erase
from enabler.services._ground import ground
from tests.demo.peopled import OPERATOR, bring_in_and_people
from tests.demo.towns import NOW
from tests.erasure.deleting import JOB, hits
from tests.geography.small_place import SmallPlace

FEW, MANY = 24, 400
COME_FIRST = {"erase_role_first", "erase_leads_alone", "erase_visit_first", "erase_hours_first"}


def living() -> list[int]:
    with reading() as uow:
        gone = MemberRow.state == MemberState.ERASED
        return list(uow.session.scalars(select(MemberRow.id).where(~gone).order_by(MemberRow.id)))


def broken() -> dict[str, int]:
    found = laws.check(now=NOW, erased=wiring().erasures)
    return {one.what: one.count for one in found if one.count}


def gone(member_id: int, *, forced: bool) -> str | None:
    """Erase somebody; the name that they had, or None where something comes first."""
    with unit_of_work() as uow:
        member = uow.homes.member(member_id)
        here = ground(uow, member.place_id, NOW)
        actor = OPERATOR if forced else Actor("member", member.ref, member.id, member.place_id)
        try:
            erase(uow, actor, member, How("list" if forced else "self", forced=forced), here)
        except WrongMoment as first:
            if first.code not in COME_FIRST:
                raise
            return None
        uow.commit()
    return member.name


@pytest.mark.prove("7.1")
@pytest.mark.parametrize("forced", [False, True], ids=["asked", "listed"])
def test_whoever_goes_breaks_no_law(tmp_path: Path, full_size: bool, *, forced: bool) -> None:
    bring_in_and_people(
        SmallPlace(tmp_path / "small").write(), size=150 if full_size else 60, seed=7
    )
    assert broken() == {}
    random, names = Random(7), list[str]()
    going = living()
    random.shuffle(going)
    for member_id in going[: MANY if full_size else FEW]:
        name = gone(member_id, forced=forced)
        names += [] if name is None else [name]
        if full_size:
            assert broken() == {}, name
    assert len(names) > FEW // 2
    erasures.finish(actor=JOB, kept_in=wiring().erasures, now=NOW)
    assert broken() == {}
    assert list(seals.findings(actor=OPERATOR)) == []
    others = {name for name in _names() if name}
    assert hits(name for name in names if name not in others) == []


def _names() -> set[str]:
    with reading() as uow:
        return set(uow.session.scalars(select(MemberRow.name)))
