"""A check that ends: said in time, the address gone at once, others asked, all back again."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.errors import NotAllowed
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState, Priority
from enabler.doors.wiring import wiring
from enabler.jobs import job_named, run_job
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    calendars,
    checks_ending,
    credential_desk,
    credentials,
    matches,
    messages,
    needs,
    on_the_day,
)
from enabler.services._tell import tell
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.deeds import a_key, accept, asks_of, post
from tests.services.test_asking import texts
from tests.services.test_on_the_day import THURSDAY, arrange

K = CredentialKind
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDS = NOW + 6 * HOUR


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    """Whose check ends this evening."""
    helper = a_member(place, "Hal Helper", at=(700, 700), credentials=[])
    has(helper, ENDS)
    an_offer(helper)
    return helper


def has(helper: BuiltMember, until: datetime, kind: K = K.IDENTITY) -> str:
    """Give a helper a check; its ref."""
    with unit_of_work() as uow:
        one = uow.credentials.add(
            place_id=helper.place.id, holder=(helper.id, None), kind=kind,
            seen_on=NOW - 300 * DAY, valid_until=until, checked_by="a test",
        )  # fmt: skip
        uow.commit()
    return one.ref


def look(now: datetime) -> None:
    """What the job does at this moment."""
    checks_ending.look_at_ended(now=now)
    checks_ending.remind_of_end(now=now)
    checks_ending.give_to_others(now=now)


def show(who: BuiltMember, ref: str, now: datetime) -> MatchView:
    return matches.show(actor=who.actor, ref=ref, now=now)


def told(template: str) -> list[int | None]:
    return [row.member_id for row in texts(template)]


class TestBeforeTheEnd:
    def test_the_holder_is_told_60_30_and_7_days_before_each_once(self, place: BuiltPlace) -> None:
        holder = a_member(place, credentials=[])
        has(holder, NOW + 61 * DAY)
        said = []
        for day in range(63):
            for _ in range(2):
                look(NOW + day * DAY)
            said.append(len(told("check_ends")))
        assert [said[day] for day in (0, 1, 30, 31, 53, 54, 60)] == [0, 1, 1, 2, 2, 3, 3]
        assert set(told("check_ends")) == {holder.id}
        assert told("check_ended") == [holder.id]

    def test_only_the_nearest_is_said_to_whoever_comes_late(self, place: BuiltPlace) -> None:
        has(a_member(place, credentials=[]), NOW + 5 * DAY)
        for hours in range(3):
            look(NOW + hours * HOUR)
        assert len(told("check_ends")) == 1

    def test_nothing_is_said_where_another_check_is_enough(self, place: BuiltPlace) -> None:
        holder = a_member(place, credentials=[])
        has(holder, NOW + 5 * DAY, K.DBS_BASIC)
        has(holder, NOW + 400 * DAY, K.DBS_ENHANCED)
        look(NOW)
        look(NOW + 6 * DAY)
        assert told("check_ends") == told("check_ended") == []

    def test_those_who_lead_an_organisation_are_told_of_its_own(self, place: BuiltPlace) -> None:
        shop = an_organisation(place, credentials=[])
        with unit_of_work() as uow:
            uow.credentials.add(
                place_id=place.id, holder=(None, shop.id), kind=K.INSURANCE, seen_on=NOW,
                valid_until=NOW + 5 * DAY, checked_by="a test",
            )  # fmt: skip
            uow.commit()
        look(NOW)
        assert told("check_ends") == [shop.owner.id]

    def test_it_stands_at_the_desk_30_days_before(
        self, place: BuiltPlace, helper: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        ref = has(a_member(place, credentials=[]), NOW + 31 * DAY)

        def ending(now: datetime) -> set[str]:
            found = credential_desk.desk(actor=custodian.actor, now=now).ending
            return {one.ref for one in found}

        assert ref not in ending(NOW)
        assert ref in ending(NOW + DAY)


class TestAtTheEnd:
    def test_the_address_is_gone_at_that_very_moment_on_pages_and_in_letters(
        self, app: Flask, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        last = ENDS - timedelta(microseconds=1)
        assert show(helper, ref, last).address is not None
        shown = show(helper, ref, ENDS)
        assert (shown.address, shown.postcode, shown.visit_words, shown.access_words) == (None,) * 4
        assert shown.day is not None
        assert (shown.day.missing, shown.day.word) == (("identity",), None)
        assert show(asker, ref, ENDS).day is not None
        visit = calendars.of_visit(actor=helper.actor, match_ref=ref, now=ENDS).visits[0]
        assert not hasattr(visit, "address")

    def test_a_letter_with_the_address_waits_for_the_check(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        with unit_of_work() as uow:
            tell(
                uow, place_id=asker.place.id, member_id=helper.id, template="address",
                parameters={"match": ref}, priority=Priority.MATCH, now=THURSDAY - 20 * HOUR,
                dedupe_key="address", expires_at=THURSDAY + DAY,
            )  # fmt: skip
            uow.commit()
        deliver(THURSDAY - 20 * HOUR)
        assert texts("address")[0].state.value == "queued"
        has(helper, NOW + 300 * DAY)
        deliver(THURSDAY - 19 * HOUR)
        assert texts("address")[0].state.value == "accepted"

    def test_whoever_was_asked_is_not_any_more_and_others_are(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        ref = post(asker).ref
        assert len(asks_of(helper)) == 1
        other = a_helper(place, "Olga")
        look(ENDS)
        assert asks_of(helper, ENDS) == []
        assert len(asks_of(other, ENDS)) == 1
        assert needs.show(actor=asker.actor, ref=ref, now=ENDS).state is NeedState.OPEN
        assert told("check_ended") == [helper.id]

    def test_a_yes_waits_both_are_told_and_the_desk_sees_it_first(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        for _ in range(2):
            look(ENDS)
        assert show(helper, ref, ENDS).state is MatchState.ARRANGED
        assert (told("check_gap_helper"), told("check_gap_asker")) == ([helper.id], [asker.id])
        (gap,) = credential_desk.desk(actor=a_custodian(place).actor, now=ENDS).gaps
        assert (gap.match_ref, gap.kinds) == (ref, ("identity",))
        assert gap.release_at == THURSDAY - DAY

    def test_renewed_all_comes_back(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        look(ENDS)
        custodian = a_custodian(place)
        credentials.record(
            actor=custodian.actor, holder_ref=helper.ref, kind=K.IDENTITY,
            seen_on=date(2026, 3, 10), valid_until=date(2027, 3, 9), key=a_key(), now=ENDS + HOUR,
        )  # fmt: skip
        assert show(helper, ref, ENDS + HOUR).address is not None
        assert sorted(told("check_back"), key=str) == sorted([asker.id, helper.id], key=str)
        assert credential_desk.desk(actor=custodian.actor, now=ENDS + HOUR).gaps == ()
        look(THURSDAY - DAY)
        assert show(helper, ref, THURSDAY).state is MatchState.ARRANGED

    def test_not_renewed_it_goes_to_others_a_day_before(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        look(ENDS)
        other = a_helper(place, "Olga")
        look(THURSDAY - DAY - timedelta(seconds=1))
        assert asks_of(other, THURSDAY - DAY) == []
        look(THURSDAY - DAY)
        gone = show(helper, ref, THURSDAY - DAY)
        assert (gone.state, gone.ended_because) == (MatchState.RELEASED, "credential_ended")
        assert len(asks_of(other, THURSDAY - DAY)) == 1
        assert (told("released"), told("check_released")) == ([asker.id], [helper.id])

    def test_is_looked_at_again_when_arranging_and_when_setting_off(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        with pytest.raises(NotAllowed) as wrong:
            arrange(asker, ref, THURSDAY + DAY, ENDS)
        assert wrong.value.code == "credential_missing"
        with pytest.raises(NotAllowed):
            on_the_day.on_way(actor=helper.actor, match_ref=ref, key=a_key(), now=THURSDAY - HOUR)

    def test_is_the_clocks_work(self, app: Flask, helper: BuiltMember) -> None:
        job = job_named("look-at-credentials")
        assert job is not None
        run_job(app, job, ENDS)
        assert told("check_ended") == [helper.id]
        with reading() as uow:
            assert uow.credentials.ended(ENDS, 10) == ()


def deliver(now: datetime) -> None:
    while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=now):
        pass
