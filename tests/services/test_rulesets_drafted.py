"""The rules of a place are drafted by one, approved by another, and in force from then on."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.ruleset_drafts import DraftState
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import rulesets
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.services.deeds import a_key
from tests.services.rules import approved, begun, decided, edited, placed, proposed
from tests.services.test_storms import at_once

DAY = timedelta(days=1)


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def dan(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place, "Dan Desk")


def in_force(place: BuiltPlace, **at: Any) -> Any:
    """The rules of the whole place at a moment."""
    with reading() as uow:
        return uow.rulesets.in_force(place.id, at.get("now", NOW))


def told(template: str) -> set[int]:
    """Who was told."""
    with reading() as uow:
        rows = uow.session.query(OutboxRow).filter_by(template=template)
        return {row.member_id for row in rows if row.member_id}


class TestADraft:
    def test_says_what_it_was_made_from_until_it_is_changed(self, carol: BuiltMember) -> None:
        draft = begun(carol)
        assert (draft.state, draft.differences, draft.based_on) == (DraftState.DRAFT, (), 1)
        changed = edited(carol, draft, {"quiet_from": 21 * 60, "categories_held.gardening": True})
        assert [(one.path, one.before, one.after) for one in changed.differences] == [
            ("categories_held.gardening", False, True), ("quiet_from", 1200, 1260),
        ]  # fmt: skip
        assert in_force(carol.place).quiet_from == 1200

    def test_is_compared_by_the_kind_of_help_that_it_is_about(self, carol: BuiltMember) -> None:
        draft = edited(carol, begun(carol), {
            "category_credentials.gardening": ["identity"], "categories_held.respite": False,
            "weights.nearness": 500, "category_earns.goods": None,
        })  # fmt: skip
        assert {one.path for one in draft.differences} == {
            "category_credentials.gardening", "categories_held.respite", "weights.nearness",
            "category_earns.goods",
        }  # fmt: skip
        assert "goods" not in draft.rules.category_earns
        assert "respite" not in draft.rules.categories_held

    @pytest.mark.parametrize(("path", "value"), [
        ("quiet_from", 1441), ("waves", []), ("waves", [0]), ("waves", list(range(1, 12))),
        ("asks_per_day", -1), ("no_such", 1), ("categories_held.no-such", True),
        ("weights.nonsense", 3), ("category_credentials.gardening", ["wings"]),
        ("sharing", "yes"), ("category_minutes.shopping", -5), ("risk_rules.nonsense", True),
        ('risk_rules.{"settings": ["moon"], "pair": true}', True),
        ('risk_rules.{"categories": ["no-such"], "pair": true}', True),
        ('risk_rules.{"code": "care", "pair": true}', True), ('risk_rules.{"risks": []}', True),
    ])  # fmt: skip
    def test_takes_nothing_that_no_rules_can_say(
        self, carol: BuiltMember, path: str, value: Any
    ) -> None:
        draft = begun(carol)
        with pytest.raises(Invalid) as wrong:
            edited(carol, draft, {path: value})
        assert wrong.value.field == f"ruleset.{path.partition('.')[0]}"
        assert rulesets.draft(actor=carol.actor, ref=draft.ref, now=NOW).version == 1

    def test_is_edited_by_two_at_once_without_losing_anything(
        self, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        """Both opened the same page: what one left as it was stays as the other made it."""
        draft = begun(carol)
        edited(carol, draft, {"quiet_from": 1260, "asks_per_day": 3}, version=1)
        both = edited(dan, draft, {"quiet_from": 1200, "asks_per_day": 2}, version=1)
        assert (both.rules.quiet_from, both.rules.asks_per_day) == (1260, 2)

    def test_shows_the_second_what_the_first_changed_about_the_same(
        self, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = begun(carol)
        edited(carol, draft, {"quiet_from": 1260}, version=1)
        with pytest.raises(WrongMoment) as wrong:
            edited(dan, draft, {"quiet_from": 1320, "asks_per_day": 2}, version=1)
        assert wrong.value.code == "changed_meanwhile"
        (change,) = rulesets.meanwhile(actor=dan.actor, ref=draft.ref, version=1, now=NOW)
        assert (change.by, change.at) == ("Carol Desk", NOW)
        assert [(one.path, one.before, one.after) for one in change.differences] == [
            ("quiet_from", 1200, 1260)
        ]
        mine = edited(dan, draft, {"quiet_from": 1320, "asks_per_day": 2}, version=2)
        assert (mine.rules.quiet_from, mine.rules.asks_per_day) == (1320, 2)

    def test_says_that_the_rules_it_was_made_from_are_gone_and_moves_to_the_new(
        self, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = edited(carol, begun(carol), {"quiet_from": 1260, "categories_held.pet-care": True})
        approved(carol, dan, {"asks_per_day": 1, "categories_held.gardening": True})
        old = rulesets.draft(actor=carol.actor, ref=draft.ref, now=NOW)
        assert (old.old, old.based_on, old.standing) == (True, 1, 2)
        assert "asks_per_day" in {one.path for one in old.differences}
        moved = rulesets.rebase(actor=dan.actor, ref=draft.ref, key=a_key(), now=NOW)
        assert (moved.old, moved.based_on) == (False, 2)
        assert {one.path for one in moved.differences} == {"quiet_from", "categories_held.pet-care"}
        assert moved.rules.asks_per_day == 1

    def test_can_be_made_from_an_older_version(self, carol: BuiltMember, dan: BuiltMember) -> None:
        approved(carol, dan, {"asks_per_day": 1})
        again = begun(carol, "As before", from_version=1)
        assert [one.path for one in again.differences] == ["asks_per_day"]
        assert (again.based_on, again.old) == (2, False)
        with pytest.raises(NotFound):
            begun(carol, from_version=2**70)

    def test_is_of_its_place_alone(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
    ) -> None:
        draft, theirs = begun(carol), a_custodian(noise)
        with pytest.raises(NotFound):
            rulesets.draft(actor=theirs.actor, ref=draft.ref, now=NOW)
        desk = rulesets.desk(actor=theirs.actor, now=NOW)
        assert (desk.drafts, len(desk.in_force)) == ((), 1)

    def test_is_for_staff_with_both_factors(self, place: BuiltPlace, carol: BuiltMember) -> None:
        draft = begun(carol)
        for role in (Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD):
            some = a_member(place, roles=(role,))
            assert rulesets.draft(actor=some.actor, ref=draft.ref, now=NOW).ref == draft.ref
        for nobody in (
            a_member(place).actor, Actor.anonymous(place.id), Actor.system("x"),
            Actor("member", carol.ref, carol.id, place.id, carol.actor.grants),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                rulesets.desk(actor=nobody, now=NOW)


class TestAProposal:
    def test_is_approved_by_a_second_person_and_then_in_force(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        assert (draft.state, draft.mine, draft.may_decide) == (DraftState.PROPOSED, True, False)
        assert rulesets.draft(actor=dan.actor, ref=draft.ref, now=NOW).may_decide
        done = decided(dan, draft.ref)
        assert (done.state, done.became, done.decided_by) == (DraftState.APPROVED, 2, "Dan Desk")
        assert in_force(place).version == 2
        assert in_force(place, now=NOW - timedelta(seconds=1)).version == 1
        desk = rulesets.desk(actor=carol.actor, now=NOW)
        assert [(one.number, one.imported) for one in desk.in_force] == [(2, False)]
        assert [(one.number, one.imported, one.over_at) for one in desk.over] == [(1, True, NOW)]
        (stands,) = desk.in_force
        assert (stands.proposed_by, stands.approved_by) == ("Carol Desk", "Dan Desk")

    def test_is_never_approved_by_who_proposed_it_or_by_the_command_line(
        self, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        for approving in (True, False):
            with pytest.raises(NotAllowed) as wrong:
                decided(carol, draft.ref, approving=approving)
            assert wrong.value.code == "second_person_same"
        operator = Actor("operator", "root", place_id=place.id)
        with pytest.raises(NotAllowed):
            rulesets.decide(actor=operator, ref=draft.ref, approving=True, words="Yes.",
                            key=a_key(), now=NOW)  # fmt: skip
        assert in_force(place).version == 1

    def test_stays_as_it_is(self, carol: BuiltMember, dan: BuiltMember) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        for act in (
            lambda: edited(dan, draft, {"quiet_from": 1300}), lambda: placed(dan, draft),
            lambda: proposed(dan, draft),
            lambda: rulesets.rebase(actor=dan.actor, ref=draft.ref, key=a_key(), now=NOW),
        ):  # fmt: skip
            with pytest.raises(WrongMoment) as wrong:
                act()
            assert wrong.value.code == "rules_draft_fixed"

    def test_is_of_what_its_proposer_saw(self, carol: BuiltMember, dan: BuiltMember) -> None:
        draft = edited(carol, begun(carol), {"quiet_from": 1260})
        edited(dan, draft, {"asks_per_day": 1})
        with pytest.raises(WrongMoment) as wrong:
            proposed(carol, draft)
        assert wrong.value.code == "changed_meanwhile"

    def test_must_say_something_new(self, carol: BuiltMember) -> None:
        with pytest.raises(WrongMoment) as wrong:
            proposed(carol, begun(carol))
        assert wrong.value.code == "rules_say_the_same"

    def test_that_is_rejected_changes_nothing_and_says_why(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        with pytest.raises(Invalid):
            decided(dan, draft.ref, approving=False, words=" ")
        done = decided(dan, draft.ref, approving=False, words="Too late in the evening.")
        assert (done.state, done.decided_words) == (
            DraftState.REJECTED, "Too late in the evening.",
        )  # fmt: skip
        assert in_force(place).version == 1
        assert told("rules_rejected") == {carol.id}
        with pytest.raises(WrongMoment):
            decided(dan, draft.ref)

    def test_is_taken_back_by_who_proposed_it_alone(
        self, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        with pytest.raises(NotAllowed):
            rulesets.withdraw(actor=dan.actor, ref=draft.ref, key=a_key(), now=NOW)
        back = rulesets.withdraw(actor=carol.actor, ref=draft.ref, key=a_key(), now=NOW)
        assert back.state is DraftState.WITHDRAWN
        for act in (
            lambda: decided(dan, draft.ref),
            lambda: rulesets.withdraw(actor=carol.actor, ref=draft.ref, key=a_key(), now=NOW + DAY),
        ):
            with pytest.raises(WrongMoment):
                act()

    def test_lapses_after_a_fortnight(self, carol: BuiltMember, dan: BuiltMember) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        last = NOW + 14 * DAY
        desk = rulesets.desk(actor=dan.actor, now=last)
        assert (desk.proposed, [one.state for one in desk.ended]) == ((), [DraftState.LAPSED])
        with pytest.raises(WrongMoment):
            decided(dan, draft.ref, now=last)
        assert rulesets.lapse(now=last - timedelta(seconds=1)) == 0
        assert [rulesets.lapse(now=last) for _ in range(2)] == [1, 0]
        assert told("rules_lapsed") == {carol.id}
        assert [one.state for one in rulesets.desk(actor=dan.actor, now=last).ended] == [
            DraftState.LAPSED
        ]

    def test_is_told_to_the_other_custodians_and_its_end_to_who_proposed_it(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        eve = a_custodian(place, "Eve Desk")
        a_custodian(noise)
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        assert told("rules_proposed") == {dan.id, eve.id}
        decided(dan, draft.ref)
        assert told("rules_approved") == {carol.id, eve.id}

    def test_that_three_approve_at_once_is_in_force_once(
        self, app: Flask, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        draft = proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        desk = [a_custodian(place, f"Dan {nth}") for nth in range(3)]
        came = at_once(app, [partial(decided, each, draft.ref) for each in desk])
        assert came == {"done": 1, "rules_draft_ended": 2}
        with reading() as uow:
            assert [one.number for one in uow.rulesets.versions(place.id)] == [2, 1]

    def test_of_two_drafts_approved_at_once_makes_two_versions(
        self, app: Flask, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        drafts = [
            proposed(carol, edited(carol, begun(carol, f"Rules {nth}"), {"asks_per_day": nth}))
            for nth in range(1, 3)
        ]
        came = at_once(app, [partial(decided, dan, each.ref) for each in drafts])
        assert came == {"done": 2}
        with reading() as uow:
            assert [one.number for one in uow.rulesets.versions(place.id)] == [3, 2, 1]

    def test_is_in_the_audit_with_who_and_what(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = approved(carol, dan, {"quiet_from": 1260})
        with reading() as uow:
            number = uow.ruleset_drafts.by_ref(place.id, draft.ref).id
            lines = [(one.what.partition(".")[2], one.actor_name)
                     for one in uow.audit.of("ruleset-draft", number)]  # fmt: skip
        assert lines == [
            ("draft", carol.ref), ("changed", carol.ref), ("proposed", carol.ref),
            ("approved", dan.ref),
        ]  # fmt: skip


APPROVED = "state = 'approved', decided_at = proposed_at, ruleset_id = based_on_id"
BY_HAND = {
    "approved by who proposed it": (f"{APPROVED}, decided_by = proposed_by", "two_people"),
    "approved by nobody": (APPROVED, "decided"),
    "approved without a version": (
        "state = 'approved', decided_at = proposed_at, decided_by = proposed_by + 1", "approved",
    ),
    "other rules": ("policy = '{\"waves\": [9]}'", "once"),
    "another time": ("from_at = '2027-01-01 00:00:00'", "once"),
    "a draft again": ("state = 'draft'", "once"),
    "a state of its own": ("state = 'done'", "state"),
}  # fmt: skip
VERSIONS = (
    "UPDATE ruleset SET policy = '{}' WHERE version = 2", "DELETE FROM ruleset WHERE version = 2",
    "UPDATE ruleset SET version = 9 WHERE version = 2",
    "UPDATE ruleset SET from_at = '2020-01-01 00:00:00' WHERE version = 2",
    "UPDATE ruleset SET from_at = '2030-01-01 00:00:00' WHERE version = 1",
    "UPDATE ruleset SET until_at = '2031-01-01 00:00:00' WHERE version = 2",
    "UPDATE ruleset SET until_at = NULL WHERE version = 2", "DELETE FROM ruleset_draft",
)  # fmt: skip


class TestTheDatabase:
    @pytest.mark.parametrize("what", BY_HAND)
    def test_refuses_by_hand(self, carol: BuiltMember, what: str) -> None:
        proposed(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        change, said = BY_HAND[what]
        with unit_of_work() as uow, pytest.raises(DBAPIError) as refused:
            uow.session.execute(text(f"UPDATE ruleset_draft SET {change}"))  # noqa: S608
        assert said in str(refused.value)

    @pytest.mark.parametrize("statement", VERSIONS)
    def test_never_changes_or_deletes_a_version(
        self, carol: BuiltMember, dan: BuiltMember, statement: str
    ) -> None:
        approved(carol, dan, {"quiet_from": 1260}, until_at=NOW + 30 * DAY)
        with unit_of_work() as uow, pytest.raises(DBAPIError) as refused:
            uow.session.execute(text(statement))
        assert "never changed" in str(refused.value) or "once" in str(refused.value)

    def test_lets_a_version_end_sooner_and_words_go(
        self, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        approved(carol, dan, {"quiet_from": 1260}, until_at=NOW + 30 * DAY)
        with unit_of_work() as uow:
            uow.session.execute(
                text("UPDATE ruleset SET until_at = '2026-03-12 00:00:00' WHERE version = 2")
            )
            uow.session.execute(text("UPDATE ruleset_draft SET words = '', decided_words = ''"))
            uow.commit()
