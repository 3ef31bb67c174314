"""The market at one look: what is counted, and of whom nothing is told."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.vocabulary import Channel, NeedState, Outcome
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import needs, overview
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    a_place,
)
from tests.services.deeds import a_key, accept, post

LONG_SINCE = NOW - timedelta(days=30)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    other = a_place("noise", area="NN", west=450_000)
    a_need(a_member(other, "Nora Noise"))
    return a_custodian(place)


def shown(custodian: BuiltMember, **more: str) -> overview.OverviewView:
    return overview.show(actor=custodian.actor, now=NOW, **more)


def test_what_waits_and_what_nobody_was_found_for_is_counted_by_ward(
    place: BuiltPlace, custodian: BuiltMember
) -> None:
    west, east = a_member(place, at=(500, 500)), a_member(place, "Eve East", at=(3500, 500))
    a_need(west, posted_at=LONG_SINCE)
    a_need(west, "gardening")
    ended = a_need(east)
    needs.close(
        actor=east.actor, ref=ended, outcome=Outcome.NOBODY_FOUND, words=None, key=a_key(), now=NOW
    )
    a_need(east, state=NeedState.HELD)  # waits for a custodian, not for a yes
    found = shown(custodian)
    rows = {row.name: (row.waits, row.missed, row.asked, row.since) for row in found.wards}
    assert sorted(rows.values(), key=str) == [(0, 1, 2, None), (2, 0, 2, LONG_SINCE)]
    assert found.wards[0].unmet == 2  # where most is unmet comes first
    kinds = {kind.category: (kind.waits, kind.missed) for kind in found.kinds}
    assert kinds == {"shopping": (1, 1), "gardening": (1, 0)}
    only = shown(custodian, category="gardening")
    assert sum(row.unmet for row in only.wards) == 1
    assert set(found.picture.paths) == {row.code for row in found.wards}
    with pytest.raises(Invalid, match="category_unknown"):
        shown(custodian, category="respite")


def test_what_was_met_is_not_unmet(place: BuiltPlace, custodian: BuiltMember) -> None:
    helper, asker = a_helper(place), a_member(place)
    post(asker)
    accept(helper)
    assert sum(row.unmet for row in shown(custodian).wards) == 0
    assert sum(row.asked for row in shown(custodian).wards) == 1


def test_who_is_never_asked(place: BuiltPlace, custodian: BuiltMember) -> None:
    a_helper(place, "Ann Asked")
    post(a_member(place))
    idle = a_helper(place, "Ivy Idle", "gardening")
    found = shown(custodian)
    assert found.idle_count == 1
    with unit_of_work() as uow:
        (offer,) = uow.offers.open_of((idle.id, None))
    assert [one.ref for one in found.idle] == [offer.ref]
    assert "Ivy" not in str(found)


def test_what_does_not_arrive_and_what_it_costs() -> None:
    place = a_place(policy={"text_price_tenths": 45})
    custodian = a_custodian(place)
    for name in ("Hal Near", "Una Nigh", "Ike Close"):
        a_helper(place, name)
    post(a_member(place))
    with unit_of_work() as uow:
        texts = update(OutboxRow).where(
            OutboxRow.place_id == place.id, OutboxRow.channel == Channel.TEXT
        )
        uow.session.execute(texts.values(state="accepted", segments=2))
        one = uow.session.query(OutboxRow.id).filter_by(place_id=place.id).first()
        failed = update(OutboxRow).where(OutboxRow.id == one.id)
        uow.session.execute(failed.values(state="failed", failure="opted_out"))
        uow.commit()
    found = overview.show(actor=custodian.actor, now=NOW + timedelta(minutes=1))
    (text,) = (each for each in found.sending if each.channel is Channel.TEXT)
    assert text.failing == (("opted_out", 1),)
    assert text.left == found.spend[0].texts > 0
    assert found.spend[0].parts == 2 * text.left
    assert found.spend[0].texts_pence == round(2 * text.left * 4.5)
    assert [month.month for month in found.spend] == [(2026, 3), (2026, 2), (2026, 1)]


def test_it_is_for_the_desk_alone(place: BuiltPlace) -> None:
    with pytest.raises(NotAllowed):
        overview.show(actor=a_member(place).actor, now=NOW)
