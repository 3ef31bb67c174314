"""Somebody said yes, and then a check is taken back, they are suspended, the rules ask for more, or
whoever was to go with them cannot: nobody goes who may not, both are told, and help comes."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState, Priority
from enabler.jobs import job_named, run_job
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import credential_desk, credentials, matches, needs, suspensions, visits
from enabler.services._tell import tell
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    new_rules,
)
from tests.services.deeds import a_key, accept, asks_of, post
from tests.services.test_asking import texts
from tests.services.test_checks_ending import deliver, told
from tests.services.test_on_the_day import THURSDAY, arrange
from tests.services.test_visits_steps import WITH_A_CHILD, a_checked

K = CredentialKind
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
MORE = {"risk_rules": [{"settings": ["doorstep"], "credentials": ["food-hygiene"]}]}


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A visit on Thursday at 11."""
    post(asker, setting=Setting.DOORSTEP)
    ref = accept(helper).ref
    arrange(helper, ref, THURSDAY)
    return ref


def show(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.show(actor=who.actor, ref=ref, now=now)


def tick(app: Flask, now: datetime) -> None:
    job = job_named("look-at-credentials")
    assert job is not None
    run_job(app, job, now)


def take_back(custodian: BuiltMember, helper: BuiltMember, now: datetime) -> None:
    with reading() as uow:
        refs = [one.ref for one in uow.credentials.of_holder((helper.id, None))]
    for ref in refs:
        credentials.revoke(
            actor=custodian.actor, ref=ref, words="It was not theirs.", key=a_key(), now=now,
        )  # fmt: skip


class TestACheckTakenBackWhileTheVisitIsOn:
    def test_whoever_has_not_come_does_not_and_the_asker_hears_at_once(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember,
        ref: str,
    ) -> None:  # fmt: skip
        visits.watch(actor=helper.actor, match_ref=ref, key=a_key(), now=NOW)
        take_back(custodian, helper, THURSDAY + 5 * MINUTE)
        assert show(helper, ref, THURSDAY + 6 * MINUTE).state is MatchState.RELEASED
        assert told("released") == [asker.id]
        assert told("check_released") == [helper.id]

    def test_whoever_may_be_there_is_told_and_the_desk_sees_it_until_the_end(
        self, app: Flask, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        take_back(custodian, helper, THURSDAY + 5 * MINUTE)
        assert show(helper, ref, THURSDAY + 6 * MINUTE).state is MatchState.ARRANGED
        assert told("check_gap_asker") == [asker.id]
        (gap,) = credential_desk.desk(actor=custodian.actor, now=THURSDAY).gaps
        assert (gap.match_ref, gap.release_at) == (ref, THURSDAY + HOUR)
        for hours in range(1, 4):
            tick(app, THURSDAY + hours * HOUR)
        assert credential_desk.desk(actor=custodian.actor, now=THURSDAY).gaps == ()
        assert told("check_gap_asker") == [asker.id]

    def test_whoever_is_inside_is_sent_no_message_there(
        self, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        visits.arrive(actor=helper.actor, match_ref=ref, key=a_key(), now=THURSDAY)
        take_back(custodian, helper, THURSDAY + 5 * MINUTE)
        assert told("check_gap_helper") == told("check_gap_asker") == []
        assert len(credential_desk.desk(actor=custodian.actor, now=THURSDAY).gaps) == 1


class TestAHelperWhoIsSuspended:
    @pytest.fixture
    def stopped(self, helper: BuiltMember, custodian: BuiltMember, ref: str) -> str:
        suspensions.suspend(
            actor=custodian.actor, ref=helper.ref, words="We look into it.", key=a_key(), now=NOW
        )
        return ref

    def test_is_sent_no_address(
        self, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        at = THURSDAY - 20 * HOUR
        with unit_of_work() as uow:
            tell(
                uow, place_id=asker.place.id, member_id=helper.id, template="address",
                parameters={"match": ref}, priority=Priority.MATCH, now=at,
                dedupe_key="address", expires_at=THURSDAY + DAY,
            )  # fmt: skip
            uow.commit()
        suspensions.suspend(
            actor=custodian.actor, ref=helper.ref, words="We look into it.", key=a_key(), now=at
        )
        deliver(at)
        assert texts("address")[0].state.value != "accepted"
        assert show(custodian, ref, at).state is MatchState.RELEASED

    def test_leaves_an_asker_who_knows_and_gets_somebody_else_in_time(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember,
        custodian: BuiltMember, stopped: str,
    ) -> None:  # fmt: skip
        assert told("check_gap_asker") == [asker.id]
        day = show(asker, stopped).day
        assert day is not None
        assert (day.waits_until, day.missing) == (THURSDAY - DAY, ())
        assert (day.kept_away, day.word) == (True, None)
        other = a_helper(place, "Olga")
        tick(app, THURSDAY - DAY)
        assert show(custodian, stopped, THURSDAY - DAY).state is MatchState.RELEASED
        assert len(asks_of(other, THURSDAY - DAY)) == 1
        assert told("released") == [asker.id]

    def test_goes_after_all_when_it_is_lifted(
        self, app: Flask, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember,
        stopped: str,
    ) -> None:  # fmt: skip
        suspensions.lift(
            actor=custodian.actor, ref=helper.ref, words="All is well.", key=a_key(),
            now=NOW + HOUR,
        )  # fmt: skip
        assert show(helper, stopped, NOW + HOUR).address is not None
        assert set(told("check_back")) == {asker.id, helper.id}
        tick(app, THURSDAY - DAY)
        assert show(helper, stopped, NOW + HOUR).state is MatchState.ARRANGED


class TestRulesThatAskForMore:
    def test_both_are_told_and_others_are_asked_in_time(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        new_rules(place, MORE, from_at=NOW + HOUR)
        tick(app, NOW + 30 * MINUTE)
        assert told("check_gap_asker") == []
        for minutes in (60, 70):
            tick(app, NOW + minutes * MINUTE)
        assert (told("check_gap_helper"), told("check_gap_asker")) == ([helper.id], [asker.id])
        other = a_helper(place, "Olga", credentials=(K.IDENTITY, K.FOOD_HYGIENE))
        tick(app, THURSDAY - DAY)
        assert show(helper, ref, THURSDAY - DAY).state is MatchState.RELEASED
        assert len(asks_of(other, THURSDAY - DAY)) == 1

    def test_a_check_that_is_shown_in_time_is_enough(
        self, app: Flask, place: BuiltPlace, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        new_rules(place, MORE, from_at=NOW + HOUR)
        tick(app, NOW + HOUR)
        assert show(helper, ref, NOW + HOUR).address is None
        credentials.record(
            actor=custodian.actor, holder_ref=helper.ref, kind=K.FOOD_HYGIENE, note="5",
            seen_on=date(2026, 3, 9), valid_until=date(2027, 3, 9), key=a_key(),
            now=NOW + 2 * HOUR,
        )  # fmt: skip
        tick(app, THURSDAY - DAY)
        shown = show(helper, ref, THURSDAY - DAY)
        assert (shown.state, shown.address is not None) == (MatchState.ARRANGED, True)

    def test_an_ask_that_cannot_be_answered_is_taken_back(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        need = post(asker, setting=Setting.DOORSTEP)
        assert len(asks_of(helper)) == 1
        new_rules(place, MORE, from_at=NOW + HOUR)
        tick(app, NOW + HOUR)
        assert asks_of(helper, NOW + HOUR) == []
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW + HOUR)
        assert shown.state is NeedState.OPEN

    def test_two_are_found_where_two_must_go_and_it_is_watched(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        rule = {"settings": ["doorstep"], "pair": True, "check_in": True}
        new_rules(place, {"risk_rules": [rule]}, from_at=NOW + HOUR)
        other = a_helper(place, "Olga")
        tick(app, NOW + HOUR)
        assert told("mate_gone") == [helper.id]
        accept(other, now=NOW + 2 * HOUR)
        assert told("mate_found") == [helper.id]
        shown = show(helper, ref, NOW + 2 * HOUR)
        assert shown.address is not None
        assert shown.day is not None
        assert shown.day.watched
        tick(app, NOW + 3 * HOUR)
        assert told("mate_gone") == [helper.id]

    def test_of_another_place_change_nothing(
        self, app: Flask, noise: BuiltPlace, helper: BuiltMember, ref: str
    ) -> None:
        new_rules(noise, MORE, from_at=NOW + HOUR)
        tick(app, NOW + HOUR)
        assert show(helper, ref, NOW + HOUR).address is not None
        assert told("check_gap_helper") == []


def test_whoever_was_to_go_with_somebody_hears_when_they_cannot_and_when_somebody_can(
    place: BuiltPlace, asker: BuiltMember
) -> None:
    hal, hope = a_checked(place, "Hal"), a_checked(place, "Hope")
    post(asker, "befriending", circumstances=(Circumstance.ALONE, Circumstance.CHILD),
         setting=WITH_A_CHILD["setting"])  # fmt: skip
    first = accept(hal).ref
    assert told("mate_found") == []
    second = accept(hope).ref
    assert told("mate_found") == [hal.id]
    matches.release(actor=hope.actor, match_ref=second, key=a_key(), now=NOW)
    assert told("mate_gone") == [hal.id]
    assert show(hal, first).address is None
