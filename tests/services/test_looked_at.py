"""Help that looks like a game waits for a custodian: nothing is lost, nobody is punished."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.persistence.help_hours import HoursFlag
from enabler.persistence.tables.hours import HoursFlagRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import hours_desk, looked_at, matches
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    an_offer,
    an_organisation,
    share,
)
from tests.services.acting import told
from tests.services.deeds import a_key, accept, post
from tests.services.test_help_hours import (
    confirm,
    done,
    hours_of,
    in_order,
    minutes_of,
    rules_say,
    settled,
)

DAY = timedelta(days=1)
JOB = Actor.system("look-at-hours")
KINDS = ("ring", "reciprocal", "burst")


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600))


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping")


def helped(asker: BuiltMember, helper: BuiltMember, minutes: int = 60) -> str:
    """Help from the need to both sides' word; its match."""
    post(asker, duration_minutes=60)
    ref = accept(helper).ref
    done(helper, ref, minutes)
    confirm(asker, ref)
    return ref


@pytest.fixture
def waiting(place: BuiltPlace, asker: BuiltMember, helper: BuiltMember) -> str:
    """A match whose hours a custodian looks at first."""
    rules_say(place, hours_burst_day=60)
    return helped(asker, helper, 90)


def flags(place: BuiltPlace) -> tuple[HoursFlag, ...]:
    with reading() as uow:
        return uow.help_hours.flags_waiting(place.id, KINDS)


def decide(
    who: BuiltMember, ref: str, *, counts: bool, key: str | None = None,
    words: str = "I rang them both.",
) -> MatchView:  # fmt: skip
    """A custodian says so at the desk of hours; the match as they see it then."""
    with reading() as uow:
        match = uow.matches.by_ref(who.place.id, ref)
        flag = uow.session.query(HoursFlagRow).filter_by(match_id=match.id).first()
        assert flag is not None
        flag_ref = flag.ref
    hours_desk.settle(
        actor=who.actor, ref=flag_ref, choice="counts" if counts else "does-not-count",
        words=words, key=key or a_key(), now=NOW,
    )  # fmt: skip
    return matches.show(actor=who.actor, ref=ref, now=NOW)


class TestHelpThatWouldCompleteAGame:
    def test_waits_with_its_promise_and_says_so_to_both(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, waiting: str
    ) -> None:
        assert (settled(waiting).state, minutes_of(waiting)) == ("looked-at", [])
        assert (hours_of(asker).held, hours_of(asker).posted, hours_of(helper).posted) == (60, 0, 0)
        for who in (asker, helper):
            shown = matches.show(actor=who.actor, ref=waiting, now=NOW)
            assert shown.state is MatchState.CONFIRMED
            assert shown.hours is not None
            assert shown.hours.state == "looked-at"
        (flag,) = flags(place)
        assert (flag.kind, flag.facts["why"], flag.facts["minutes"]) == (
            "burst", "more-than-a-day", 90,
        )  # fmt: skip
        assert flag.facts["accounts"] == [hours_of(helper).number]
        in_order()

    def test_stops_nothing_else(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, waiting: str
    ) -> None:
        other = a_member(place, "Cat Other", at=(600, 600))
        post(other, duration_minutes=30)
        assert accept(helper).state is MatchState.ACCEPTED

    def test_is_the_last_of_a_ring(self, place: BuiltPlace) -> None:
        rules_say(place, hours_ring=60)
        ring = [a_helper(place, f"Rita {at}", "shopping") for at in range(3)]
        refs = [helped(asker, ring[at - 1]) for at, asker in enumerate(ring)]
        assert [settled(ref).state for ref in refs] == ["settled", "settled", "looked-at"]
        (flag,) = flags(place)
        assert flag.kind == "ring"
        assert flag.facts["accounts"] == sorted(hours_of(one).number for one in ring)
        in_order()

    def test_is_two_who_help_each_other_too_long_on_one_day(self, place: BuiltPlace) -> None:
        rules_say(place, hours_pair_day=90)
        pair = [a_helper(place, f"Pat {at}", "shopping") for at in range(2)]
        refs = [helped(*both) for both in (pair, pair[::-1])]
        assert [settled(ref).state for ref in refs] == ["settled", "looked-at"]


class TestHelpThatIsNotLookedAt:
    def test_is_an_organisations(self, place: BuiltPlace, asker: BuiltMember) -> None:
        rules_say(place, hours_burst_day=60)
        pantry = an_organisation(place)
        an_offer(pantry)
        assert settled(helped(asker, pantry.owner, 90)).state == "settled"
        assert looked_at.look_over(actor=JOB, now=NOW) == 0

    def test_comes_from_another_place(self, place: BuiltPlace, asker: BuiltMember) -> None:
        other = a_place("nextham", area="NX")
        share(place, other)
        rules_say(place, hours_burst_day=60)
        assert settled(helped(asker, a_helper(other, "Ned Next", "shopping"), 90)).state == (
            "settled"
        )
        assert looked_at.look_over(actor=JOB, now=NOW) == 0

    def test_is_long_ago(self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember) -> None:
        helped(asker, helper, 90)
        rules_say(place, hours_burst_day=60)
        assert looked_at.look_over(actor=JOB, now=NOW + 61 * DAY) == 0


class TestACustodian:
    def test_lets_them_count_as_they_would_have(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, waiting: str
    ) -> None:
        custodian, key = a_custodian(place), a_key()
        shown = decide(custodian, waiting, counts=True, key=key)
        assert shown.hours is not None
        assert (shown.hours.state, shown.hours.minutes) == ("settled", 90)
        assert decide(custodian, waiting, counts=True, key=key) == shown
        assert [key for key, _ in minutes_of(waiting)] == [f"match:{waiting}", f"match:{waiting}:2"]
        assert (hours_of(asker).posted, hours_of(asker).held) == (-90, 0)
        assert hours_of(helper).posted == 90
        assert flags(place) == ()
        assert "hours_count" in told(asker)
        assert "hours_count" in told(helper)
        in_order()

    def test_is_not_asked_again_about_the_same(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, waiting: str
    ) -> None:
        decide(a_custodian(place), waiting, counts=True)
        assert settled(helped(asker, helper, 90)).state == "settled"

    def test_lets_them_go_and_both_are_told(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, waiting: str
    ) -> None:
        decide(a_custodian(place), waiting, counts=False)
        assert (settled(waiting).state, settled(waiting).minutes) == ("let-go", 0)
        assert (hours_of(asker).held, hours_of(asker).posted, hours_of(helper).posted) == (0, 0, 0)
        assert "hours_do_not_count" in told(asker)
        assert "hours_do_not_count" in told(helper)
        assert settled(helped(asker, helper, 90)).state == "looked-at"
        in_order()

    def test_decides_once(self, place: BuiltPlace, waiting: str) -> None:
        custodian = a_custodian(place)
        decide(custodian, waiting, counts=False)
        with pytest.raises(WrongMoment) as wrong:
            decide(custodian, waiting, counts=True)
        assert wrong.value.code == "hours_flag_settled_already"

    def test_says_why(self, place: BuiltPlace, waiting: str) -> None:
        with pytest.raises(Invalid):
            decide(a_custodian(place), waiting, counts=True, words=" ")

    def test_is_none_of_the_two_and_nobody_of_the_place_but_staff(
        self, place: BuiltPlace, helper: BuiltMember
    ) -> None:
        rules_say(place, hours_burst_day=60)
        custodian = a_custodian(place)
        ref = helped(custodian, helper, 90)
        for who, code in ((helper, "not_allowed"), (custodian, "party_to_it")):
            with pytest.raises(NotAllowed) as wrong:
                decide(who, ref, counts=True)
            assert wrong.value.code == code
        assert settled(ref).state == "looked-at"


class TestEachDay:
    def test_what_was_settled_is_looked_over_and_told_once(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        ref = helped(asker, helper, 90)
        assert looked_at.look_over(actor=JOB, now=NOW) == 0
        rules_say(place, hours_burst_day=60)
        rules_say(noise, hours_burst_day=60)
        assert looked_at.look_over(actor=JOB, now=NOW) == 1
        (flag,) = flags(place)
        assert (flag.kind, flag.match_id) == ("burst", None)
        assert looked_at.look_over(actor=JOB, now=NOW) == 0
        assert looked_at.look_over(actor=JOB, now=NOW + DAY) == 0
        assert settled(ref).state == "settled"
        assert flags(noise) == ()

    def test_custodians_are_reminded_of_what_waits_and_nothing_happens_by_itself(
        self, place: BuiltPlace, waiting: str
    ) -> None:
        custodian = a_custodian(place)
        told_on = [
            day for day in range(8) if looked_at.remind(actor=JOB, now=NOW + day * DAY)
        ]  # fmt: skip
        assert told_on == [3, 6]
        with reading() as uow:
            rows = uow.session.query(OutboxRow).filter_by(template="hours_wait_staff").all()
            assert {(row.member_id, row.place_id) for row in rows} == {(custodian.id, place.id)}
        assert settled(waiting).state == "looked-at"
        decide(custodian, waiting, counts=True)
        assert looked_at.remind(actor=JOB, now=NOW + 9 * DAY) == 0

    def test_only_the_clock_looks(self, place: BuiltPlace, asker: BuiltMember) -> None:
        for act in (looked_at.look_over, looked_at.remind):
            with pytest.raises(NotAllowed):
                act(actor=asker.actor, now=NOW)
