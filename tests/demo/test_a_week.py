"""A week of a peopled place by a clock that is set: each confirmed help is settled just once."""

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from enabler.domain.errors import EnablerError
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, Terms
from enabler.persistence.tables.hours import HelpHoursRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import reading
from enabler.services import chasing, laws, matches, rounds
from enabler.timebank import checks
from tests.demo.peopled import OPERATOR, bring_in_and_people
from tests.demo.towns import NOW
from tests.geography.small_place import SmallPlace

DAY = timedelta(days=1)
SHIPPED = Path(__file__).resolve().parents[2] / "places" / "swansea" / "place.toml"
"""What ``make run`` serves."""
NOTHING = ("goods", "lending", "space")
_keys = count(1)


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


def members_matches(*states: MatchState) -> list[tuple[str, Actor, Actor]]:
    """Matches between two members in these states: ref, the asker, the helper."""
    query = (
        select(MatchRow.ref, MatchRow.helper_id, NeedRow.asker_id, NeedRow.place_id)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .where(MatchRow.state.in_(states), MatchRow.helper_id.is_not(None))
        .join(OfferRow, OfferRow.id == MatchRow.offer_id)
        .where(NeedRow.organisation_id.is_(None), OfferRow.organisation_id.is_(None))
        .order_by(MatchRow.id)
    )
    with reading() as uow:
        refs = dict(uow.session.execute(select(MemberRow.id, MemberRow.ref)).all())
        rows = uow.session.execute(query).all()

    def actor(member_id: int, place_id: int) -> Actor:
        return Actor("member", refs[member_id], member_id, place_id)

    return [(ref, actor(asker, place), actor(helper, place)) for ref, helper, asker, place in rows]


def tried(act, **told) -> None:
    """Do it, unless the place's own rules are against it."""
    try:
        act(key=f"week:{next(_keys)}", **told)
    except EnablerError:
        return


def a_day(now: datetime) -> None:
    """What a clock and its people do in a day."""
    for ref, asker, helper in members_matches(MatchState.ACCEPTED, MatchState.ARRANGED):
        nth = next(_keys)
        if nth % 7 == 0:
            tried(matches.release, actor=helper, match_ref=ref, words=None, now=now)
        else:
            minutes = 20 + nth * 37 % 300
            tried(matches.done, actor=(asker, helper)[nth % 2], match_ref=ref, minutes=minutes,
                  now=now)  # fmt: skip
    for nth, (ref, asker, helper) in enumerate(members_matches(MatchState.DONE)):
        if nth % 3:
            for who in (asker, helper):
                tried(matches.confirm, actor=who, match_ref=ref, now=now)
    rounds.confirm_by_silence(now=now)
    chasing.chase_due(now=now)
    rounds.lapse_asks(now=now)
    rounds.run_round(actor=OPERATOR, now=now)
    rounds.work_due_needs(now=now)
    for ref, _, helper in members_matches(MatchState.ASKED):
        tried(matches.accept, actor=helper, match_ref=ref, now=now)


@pytest.mark.prove("5.4")
def test_ends_with_every_confirmed_help_settled_once(tmp_path: Path, full_size: bool) -> None:
    if full_size:
        bring_in_and_people(SHIPPED, 600)
    else:
        bring_in_and_people(SmallPlace(tmp_path / "small").write(), 150)
    with reading() as uow:
        told = set(uow.session.scalars(select(MatchRow.id).filter_by(state="confirmed")))
    for day in range(7):
        a_day(NOW + day * DAY)

    query = select(MatchRow, HelpHoursRow).outerjoin(
        HelpHoursRow, HelpHoursRow.match_id == MatchRow.id
    )
    settled = 0
    with reading() as uow:
        for match, row in uow.session.execute(query.where(MatchRow.state == "confirmed")):
            if match.id in told or (row is not None and row.earns == "gift"):
                continue
            if row is None:  # what is paid for, or of a kind that earns nothing
                offer = uow.offers.by_id(match.offer_id)
                need = uow.needs.by_id(match.need_id)
                assert offer.terms is Terms.STATED or need.category in NOTHING
                continue
            moved = [one for one in uow.ledger.of_group(f"match:{match.ref}") if one.moved]
            assert row.state == "settled"
            assert sum(one.moved for one in moved) == row.minutes - row.unpaid
            settled += bool(moved)
        assert checks.check(uow.ledger.all_accounts(), uow.ledger.all_entries()) == ()
    assert settled >= 3
    counts = {line.what: line.count for line in laws.check(now=NOW + 6 * DAY)}
    assert {what: found for what, found in counts.items() if found} == {}
