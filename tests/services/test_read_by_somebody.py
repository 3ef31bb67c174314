"""Whoever a report names, somebody reads it; where nobody may, those who keep the house hear."""

from itertools import product

import pytest

from enabler.domain.errors import NotFound
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from enabler.services import cases, laws, messages, reports
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.services.test_asking import texts
from tests.services.test_reports import a_lead, tell_council
from tests.services.test_worries import HOUR, an_administrator, in_order, look


def the_desk(place: BuiltPlace) -> dict[str, BuiltMember]:
    """Two leads, the first of them first, a custodian and an administrator."""
    return {
        "Una Firth": a_lead(place, "Una Firth"), "Dora Second": a_lead(place, "Dora Second"),
        "Carl Desk": a_custodian(place, "Carl Desk"),
        "Ada Head": an_administrator(place, "Ada Head"),
    }  # fmt: skip


def who_reads(desk: dict[str, BuiltMember], ref: str) -> set[str]:
    reading_it = set()
    for name, one in desk.items():
        try:
            cases.show(actor=one.actor, ref=ref, now=NOW)
        except NotFound:
            continue
        reading_it.add(name)
    return reading_it


def read_by_nobody() -> int:
    return next(each.count for each in laws.check(now=NOW) if each.what == "reports_read_by_nobody")


@pytest.mark.parametrize("about", ["other", "staff"])
def test_whoever_is_named_somebody_reads_it_or_the_house_says_so(
    place: BuiltPlace, noise: BuiltPlace, about: str
) -> None:
    desk, teller = the_desk(place), a_member(place).actor
    a_lead(noise, "Nina Noise")
    unread = 0
    for which, kind in product(product((False, True), repeat=len(desk)), ("worried", "rude")):
        named = {name for name, said in zip(desk, which, strict=True) if said}
        ref = tell_council(teller, f"Nobody came. {', '.join(named)} know of it.", kind=kind,
                           about=about)  # fmt: skip
        seen_by = who_reads(desk, ref)
        by = reports.looked_at_by(actor=teller, now=NOW, kind=kind, ref=ref)
        if named != set(desk):
            assert seen_by
            assert not seen_by & named
        elif about == "staff":  # none of them may be the judge of it
            unread += 1
            assert (seen_by, by) == (set(), None)
            continue
        else:
            assert len(seen_by) == 1
        assert by is not None
    assert read_by_nobody() == unread


def test_of_all_who_are_named_the_second_lead_reads_it(place: BuiltPlace) -> None:
    desk = the_desk(place)
    in_order(place, desk["Una Firth"], desk["Dora Second"])
    names = ", ".join(desk) + ", Ada One and Ben Two"
    ref = tell_council(a_member(place).actor, f"{names} know of it.")
    assert who_reads(desk, ref) == {"Dora Second"}
    assert [row.member_id for row in texts("worried_lead")] == [desk["Dora Second"].id]


def test_where_nobody_may_read_it_administrators_hear_without_its_words(place: BuiltPlace) -> None:
    desk = the_desk(place)
    ref = tell_council(a_member(place).actor, f"{', '.join(desk)} hurt me.", about="staff")
    letters = texts("report_unread_staff")
    assert {row.member_id for row in letters} == {desk["Ada Head"].id}
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW)
    with reading() as uow:
        bodies = [row.body for row in uow.session.query(SimulatedMessageRow)]
    assert len(bodies) == 1
    assert "nobody at the desk may read" in bodies[0]
    assert not [name for name in (*desk, "hurt", ref) if name in bodies[0]]

    # Each day again, until somebody is there who may: they read it, and it is said no more.
    for hours in range(1, 30):
        look(NOW + hours * HOUR)
    assert len(texts("report_unread_staff")) > 1
    new = a_lead(place, "Nora New")
    assert new.id in look(NOW + 100 * HOUR)
    assert cases.show(actor=new.actor, ref=ref, now=NOW).words.endswith("hurt me.")
    assert read_by_nobody() == 0
