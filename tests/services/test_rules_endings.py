"""Rules end before their time when one says so and another agrees: the flood is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import market_rules, rule_endings, rulesets
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.services.deeds import a_key, post
from tests.services.rules import approved
from tests.services.test_storms import at_once

DAY = timedelta(days=1)
FLOODED = {"categories_held.gardening": True}


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def dan(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place, "Dan Desk")


@pytest.fixture
def flood(carol: BuiltMember, dan: BuiltMember) -> str:
    """Rules of a ward for a week; the ref of their draft."""
    return approved(carol, dan, FLOODED, wards=("W0",), until_at=NOW + 7 * DAY).ref


def proposes(who: BuiltMember, draft: str, **more: object) -> rule_endings.EndingView:
    """Say that the water has gone."""
    said = {"words": "The water has gone.", "now": NOW + DAY, "key": a_key()} | more
    return rule_endings.propose(actor=who.actor, draft_ref=draft, **said)  # type: ignore[arg-type]


def says(
    who: BuiltMember, ref: str, *, approving: bool = True, **more: object
) -> rule_endings.EndingView:
    """What the second person says."""
    said = {"words": "I have been there.", "now": NOW + 2 * DAY, "key": a_key()} | more
    return rule_endings.decide(
        actor=who.actor, ref=ref, approving=approving, **said  # type: ignore[arg-type]
    )  # fmt: skip


def told(template: str) -> set[int | None]:
    """Who was told."""
    with reading() as uow:
        return {row.member_id for row in uow.session.query(OutboxRow).filter_by(template=template)}


def test_the_flood_is_over_when_two_say_so(
    place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, flood: str
) -> None:
    sam = a_member(place, at=(200, 200))
    assert post(sam, "gardening", now=NOW + DAY).state == "held"
    ending = proposes(carol, flood)
    assert told("rules_ending_proposed") == {dan.id}
    assert (ending.state, ending.mine, ending.may_decide) == (DraftState.PROPOSED, True, False)
    assert post(sam, "gardening", now=NOW + DAY).state == "held"  # nothing changes before
    over = says(dan, ending.ref)
    assert (over.state, over.decided_by) == (DraftState.APPROVED, "Dan Desk")
    assert (over.version.state, over.version.over_at) == ("over", NOW + 2 * DAY)
    assert told("rules_ending_approved") == {carol.id}
    assert post(sam, "gardening", now=NOW + 2 * DAY).state == "open"
    everybody = market_rules.show(actor=sam.actor, place_id=place.id, now=NOW + 2 * DAY)
    assert not everybody.special
    with reading() as uow:
        audit = uow.audit.of("ruleset-ending", 1)
    assert [one.state_after for one in audit] == ["proposed", "approved"]


def test_nobody_ends_rules_alone(carol: BuiltMember, dan: BuiltMember, flood: str) -> None:
    ref = proposes(carol, flood).ref
    with pytest.raises(NotAllowed, match="second_person_same"):
        says(carol, ref)
    operator = replace(Actor.operator("root"), place_id=carol.place.id)
    with pytest.raises(NotAllowed):
        rule_endings.decide(
            actor=operator, ref=ref, approving=True, words="Yes.",
            key=a_key(), now=NOW,
        )  # fmt: skip
    with pytest.raises(DBAPIError), unit_of_work() as uow:
        uow.session.execute(text(
            "UPDATE ruleset_ending SET state = 'approved', decided_by = proposed_by,"
            " decided_at = proposed_at"
        ))  # fmt: skip


def test_what_was_decided_stands(carol: BuiltMember, dan: BuiltMember, flood: str) -> None:
    ref = proposes(carol, flood).ref
    assert says(dan, ref, approving=False).version.state == "in-force"
    assert told("rules_ending_rejected") == {carol.id}
    for late in (
        lambda: says(dan, ref),
        lambda: rule_endings.withdraw(actor=carol.actor, ref=ref, key=a_key(), now=NOW + 2 * DAY),
    ):
        with pytest.raises(WrongMoment, match="rules_ending_over"):
            late()
    with pytest.raises(DBAPIError), unit_of_work() as uow:
        uow.session.execute(text("UPDATE ruleset_ending SET state = 'lapsed', decided_by = NULL"))


def test_one_proposal_waits_at_a_time(carol: BuiltMember, dan: BuiltMember, flood: str) -> None:
    key = a_key()
    first = proposes(carol, flood, key=key)
    assert proposes(carol, flood, key=key).ref == first.ref
    with pytest.raises(WrongMoment, match="rules_ending_waits"):
        proposes(dan, flood)
    with pytest.raises(NotAllowed, match="rules_of_another"):
        rule_endings.withdraw(actor=dan.actor, ref=first.ref, key=a_key(), now=NOW + DAY)
    rule_endings.withdraw(actor=carol.actor, ref=first.ref, key=a_key(), now=NOW + DAY)
    assert proposes(dan, flood).state is DraftState.PROPOSED


def test_what_nobody_answers_goes_on_and_its_proposer_hears(
    carol: BuiltMember, dan: BuiltMember
) -> None:
    long = approved(carol, dan, FLOODED, wards=("W0",)).ref
    ending = proposes(carol, long)
    last = ending.answer_by
    with pytest.raises(WrongMoment, match="rules_ending_over"):
        says(dan, ending.ref, now=last)
    assert [rule_endings.lapse(now=last) for _ in range(2)] == [1, 0]
    assert told("rules_ending_lapsed") == {carol.id}
    again = proposes(carol, long, now=last + DAY)
    assert (again.version.state, again.version.ending) == ("in-force", again.ref)


def test_the_whole_place_is_never_without_rules(carol: BuiltMember, dan: BuiltMember) -> None:
    spring = approved(carol, dan, {"asks_per_day": 2}).ref
    with pytest.raises(WrongMoment, match="rules_not_to_end"):
        proposes(carol, spring)
    with pytest.raises(NotFound):
        proposes(carol, rulesets.begin(
            actor=carol.actor, name="Draft", key=a_key(), now=NOW + DAY
        ).ref)  # fmt: skip


def test_what_is_approved_for_later_need_never_begin(
    place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
) -> None:
    later = approved(carol, dan, {"asks_per_day": 2}, from_at=NOW + 9 * DAY).ref
    over = says(dan, proposes(carol, later).ref)
    assert over.version.state == "over"
    with reading() as uow:
        assert uow.rulesets.in_force(place.id, NOW + 10 * DAY).version == 1


def test_what_is_over_by_itself_cannot_be_ended(
    carol: BuiltMember, dan: BuiltMember, flood: str
) -> None:
    ref = proposes(carol, flood).ref
    with pytest.raises(WrongMoment, match="rules_not_to_end"):
        says(dan, ref, now=NOW + 8 * DAY)


def test_of_two_who_decide_at_once_one_is_late(
    carol: BuiltMember, dan: BuiltMember, flood: str, app: Flask
) -> None:
    eve = a_custodian(carol.place, "Eve Desk")
    ref = proposes(carol, flood).ref
    came = at_once(app, [lambda: says(dan, ref), lambda: says(eve, ref, approving=False)])
    assert came == {"done": 1, "rules_ending_over": 1}


def test_another_place_knows_nothing_of_it(
    carol: BuiltMember, flood: str, noise: BuiltPlace
) -> None:
    ref = proposes(carol, flood).ref
    stranger = a_custodian(noise, "Olga Other")
    with pytest.raises(NotFound):
        says(stranger, ref)
    with pytest.raises(NotFound):
        proposes(stranger, flood)
