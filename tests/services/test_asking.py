"""Who is asked, when, and who never is."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.vocabulary import CredentialKind, NeedState, NextStep, OfferState, Role
from enabler.domain.windows import Weekly, Window
from enabler.doors.words.progress import stages
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, needs, offers, rounds, wards
from tests.builders import (
    NOW,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    an_offer,
    an_organisation,
    share,
)
from tests.services.deeds import a_key, accept, asks_of, decline, post, the_ask

HOUR = timedelta(hours=1)
EVENING = datetime(2026, 3, 10, 21, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


def texts(template: str, member_id: int | None = None) -> list[OutboxRow]:
    """The queued messages of a template (to a member), in order."""
    with reading() as uow:
        rows = uow.session.query(OutboxRow).filter_by(template=template).order_by(OutboxRow.id)
        return [row for row in rows if member_id in (None, row.member_id)]


class TestWhoIsNeverAsked:
    def test_whoever_asks_their_household_and_whom_they_do_not_want(
        self, place: BuiltPlace
    ) -> None:
        asker = a_helper(place, "Ann")
        partner = a_member(place, "Pat", home_id=asker.home_id)
        an_offer(partner)
        unwanted, afraid = a_helper(place, "Una"), a_helper(place, "Fay")
        with unit_of_work() as uow:
            for one, other in ((asker.id, unwanted.id), (afraid.id, asker.id)):
                uow.session.add(
                    BlockRow(place_id=place.id, member_id=one, blocked_id=other, since=NOW)
                )
            uow.commit()

        need = post(asker)

        assert need.asked == 0
        assert need.nobody is not None
        assert need.nobody.refused == {"same_person": 1, "blocked": 3}

    def test_whoever_is_too_far_of_another_kind_or_not_free(self, place: BuiltPlace) -> None:
        tomorrow = Window(NOW + 24 * HOUR, NOW + 26 * HOUR)  # a Wednesday, 10:00 to 12:00
        a_helper(place, "Far", at=(3900, 3900), reach=2000)
        a_helper(place, "Gardener", "gardening")
        mondays = a_member(place, "Monday")
        an_offer(mondays, weekly=[Weekly(0, 540, 1020)])
        away = a_member(place, "Away")
        an_offer(away, away=[Window(NOW, NOW + 48 * HOUR)])
        free = a_member(place, "Free")
        an_offer(free, weekly=[Weekly(2, 540, 1020)])

        need = post(a_member(place), windows=(tomorrow,))

        assert need.asked == 1
        assert the_ask(free)

    @pytest.mark.parametrize(
        "state", [OfferState.HELD, OfferState.PAUSED, OfferState.SUSPENDED, OfferState.REFUSED]
    )
    def test_whose_offer_is_not_open(self, place: BuiltPlace, state: OfferState) -> None:
        an_offer(a_member(place, "Hal"), state=state)
        assert post(a_member(place)).asked == 0

    def test_who_lacks_what_the_category_or_the_ruleset_demands(self) -> None:
        place = a_place("strictham", area="CB", policy={
            "category_credentials": {"shopping": ["dbs-basic"]}
        })  # fmt: skip
        a_helper(place, "Known", credentials=[CredentialKind.IDENTITY])
        a_helper(place, "Checked", credentials=[CredentialKind.DBS_BASIC])
        both = [CredentialKind.IDENTITY, CredentialKind.DBS_BASIC]
        right = a_helper(place, "Both", credentials=both)
        need = post(a_member(place))
        assert need.asked == 1
        assert the_ask(right)

    def test_of_another_council_unless_the_two_share(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        neighbour = a_helper(noise, "Over The Border", "gardening")
        assert post(a_member(place), "gardening").asked == 0
        share(place, noise)

        post(a_member(place, "Second"), "gardening")

        assert accept(neighbour).other_name == "Second"


class TestAnAsk:
    def test_says_why_and_roughly_where_and_nothing_of_a_person(self, place: BuiltPlace) -> None:
        helper = a_helper(place, at=(1700, 500))
        post(a_member(place, "Secret Name", at=(500, 500), address="1 Hidden Road"))

        ask = matches.show(actor=helper.actor, ref=the_ask(helper), now=NOW)

        assert (ask.where.ward, ask.where.within_metres) == ("West End", 1000)
        assert sum(reason.points for reason in ask.reasons) == ask.score > 0
        assert "Secret" not in repr(ask)
        assert "Hidden" not in repr(ask)
        assert "BS1" not in repr(ask)
        (text,) = texts("ask")
        assert text.parameters == {"match": ask.ref}

    def test_is_the_same_wherever_in_their_cells_the_two_live(self, place: BuiltPlace) -> None:
        """Law 7: a home is its cell, at both ends."""
        seen = []
        for number, (asker_at, helper_at) in enumerate(
            [((20, 30), (1010, 1020)), ((980, 970), (1990, 1980))]
        ):
            other = a_place(f"cellham{number}", area=("SN", "GL")[number], west=450_000)
            helper = a_helper(other, at=helper_at)
            post(a_member(other, at=asker_at))
            ask = matches.show(actor=helper.actor, ref=the_ask(helper), now=NOW)
            seen.append((ask.where, ask.score, ask.reasons))
        assert seen[0] == seen[1]

    def test_of_an_organisation_goes_to_whoever_leads_it(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        post(a_member(place, "Ann"))
        assert [text.member_id for text in texts("ask")] == [pantry.owner.id]

        yes = accept(pantry.owner)

        assert (yes.organisation, yes.other_name) == ("Elmford Pantry", "Ann")
        assert yes.address is not None  # whoever accepted for it is the helper

    def test_goes_to_nobody_who_cannot_be_reached(self, place: BuiltPlace) -> None:
        a_helper(place, "Silent", phone=False)
        a_helper(place, "Stopped", stopped_at=NOW)
        post_only = a_helper(place, "Mail", phone=False, mail=True)
        need = post(a_member(place))
        assert need.asked == 1
        assert the_ask(post_only)


class TestCaps:
    def test_hold_how_often_a_helper_is_asked_in_a_day_and_a_week(self, place: BuiltPlace) -> None:
        helper = a_helper(place, capacity=50)
        asked = 0
        for day, expected in enumerate([3, 6, 7, 7]):
            for number in range(4):
                now = NOW + timedelta(days=day, minutes=number)
                asked += post(a_member(place, f"Ann {day}{number}"), now=now).asked
            assert asked == expected
        assert len(asks_of(helper)) == 7

    def test_may_be_the_helpers_own(self, place: BuiltPlace) -> None:
        a_helper(place, asks_per_week=1)
        assert [post(a_member(place, f"Ann {n}")).asked for n in range(2)] == [1, 0]


class TestQuietHours:
    def test_make_the_ask_and_the_time_to_answer_wait_for_their_end(
        self, place: BuiltPlace
    ) -> None:
        asker, helper = a_member(place), a_helper(place)

        need = post(asker, now=EVENING)

        assert (need.next_step, need.next_step_at) == (NextStep.AWAIT_ANSWERS, MORNING)
        assert need.asks_wait
        ask = matches.show(actor=helper.actor, ref=the_ask(helper), now=EVENING)
        assert ask.answer_by == MORNING + timedelta(minutes=120)
        assert [text.due_at for text in texts("ask")] == [MORNING]
        (told,) = texts("no_one_yet", asker.id)
        assert (told.due_at, told.parameters) == (EVENING, {"need": need.ref})

    def test_nobody_is_said_to_have_seen_it_before_they_are_told(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        a_helper(place)
        need = post(asker, now=EVENING)

        def far(now: datetime) -> list[bool]:
            shown = needs.show(actor=asker.actor, ref=need.ref, now=now)
            return [stage.reached for stage in stages(shown)]

        assert far(EVENING) == [True, False, False, False, False]
        assert rounds.work_due_needs(now=MORNING) >= 1
        assert far(MORNING) == [True, True, False, False, False]

    def test_let_the_answer_time_run_once_they_are_over(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        a_helper(place)
        need = post(asker, now=EVENING)
        assert rounds.work_due_needs(now=MORNING) >= 1
        shown = needs.show(actor=asker.actor, ref=need.ref, now=MORNING)
        assert shown.next_step is NextStep.ASK_MORE
        assert not shown.asks_wait
        assert shown.next_step_at == MORNING + timedelta(minutes=120)
        assert shown.asked == 1

    def test_hold_for_asks_by_mail_too(self, place: BuiltPlace) -> None:
        a_helper(place, phone=False, mail=True)
        assert post(a_member(place), now=EVENING).next_step_at == MORNING
        assert [text.due_at for text in texts("ask")] == [MORNING]

    def test_do_not_hold_for_helpers_who_opted_in_to_night_asks(self, place: BuiltPlace) -> None:
        a_helper(place, night_asks=True)
        need = post(a_member(place), now=EVENING)
        assert need.next_step_at == EVENING + timedelta(minutes=120)
        assert [text.due_at for text in texts("ask")] == [EVENING]

    def test_rule_out_who_could_only_be_asked_when_it_is_too_late(self, place: BuiltPlace) -> None:
        a_helper(place)
        tonight = Window(EVENING + HOUR, EVENING + 3 * HOUR)
        need = post(a_member(place), now=EVENING, windows=(tonight,))
        assert (need.asked, need.next_step) == (0, NextStep.BROKER)


class TestWaves:
    def test_widen_when_nobody_answers_and_then_people_take_over(self, place: BuiltPlace) -> None:
        for number in range(20):
            a_helper(place, f"Hal {number}", at=(500 + 50 * number, 500))
        asker, custodian = a_member(place), a_custodian(place)
        need, now, asked = post(asker), NOW, []
        for _ in range(4):
            now += timedelta(minutes=121)
            rounds.lapse_asks(now=now)
            rounds.work_due_needs(now=now)
            shown = needs.show(actor=asker.actor, ref=need.ref, now=now)
            asked.append((shown.asked, shown.next_step))
        assert asked == [
            (8, NextStep.ASK_MORE), (16, NextStep.AWAIT_ANSWERS), (16, NextStep.BROKER),
            (16, NextStep.BROKER),
        ]  # fmt: skip
        assert len(texts("brokering", asker.id)) == 1
        assert len(texts("brokering_staff", custodian.id)) == 1

    def test_of_the_ward_its_councillors_hear_once_an_hour_and_of_no_need(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        west, east = place.ward_ids
        cora, edna = (
            a_member(place, name, roles=(Role.COUNCILLOR,), ward_id=ward)
            for name, ward in (("Cora West", west), ("Edna East", east))
        )
        a_member(noise, "Nina Noise", roles=(Role.COUNCILLOR,), ward_id=noise.ward_ids[0])
        asked = [post(a_member(place)).ref for _ in range(3)]
        post(a_member(place), windows=(Window(NOW + HOUR, NOW + 3 * HOUR),))  # urgent
        rounds.work_due_needs(now=NOW + timedelta(minutes=20))
        (told,) = texts("more_waiting_ward")
        assert (told.member_id, told.parameters) == (cora.id, {"ward": "W0"})
        assert told.due_at == NOW + HOUR
        for who in (cora, edna):
            assert not texts("brokering_staff", who.id)
        (mine,) = wards.waiting(actor=cora.actor, now=NOW + HOUR).wards
        assert (mine.waiting.people, mine.waiting.kinds) == (1, (("shopping", 1),))
        for ref in asked:
            with pytest.raises(NotAllowed):
                needs.show(actor=cora.actor, ref=ref, now=NOW + HOUR)

    def test_of_many_that_come_to_nothing_at_once_are_one_letter_but_for_what_is_urgent(
        self, place: BuiltPlace
    ) -> None:
        custodian = a_custodian(place)
        days = Window(NOW + 96 * HOUR, NOW + 100 * HOUR)
        for number in range(12):
            post(a_member(place), words=f"Loaf number {number}.", windows=(days,))
        urgent = post(a_member(place), windows=(Window(NOW + HOUR, NOW + 3 * HOUR),))
        rounds.work_due_needs(now=NOW)
        told = [row.parameters["need"] for row in texts("brokering_staff", custodian.id)]
        assert len(told) == 2
        assert urgent.ref in told
        (more,) = texts("more_waiting_staff", custodian.id)
        assert NOW < more.due_at <= NOW + timedelta(minutes=10)

    def test_go_on_at_once_when_everybody_said_no(self, place: BuiltPlace) -> None:
        crowd = [a_helper(place, f"Hal {n}", at=(500 + 300 * n, 500)) for n in range(5)]
        asker = a_member(place)
        need = post(asker)
        for helper in crowd[:3]:
            decline(helper)
        rounds.work_due_needs(now=NOW)
        assert [len(asks_of(helper)) for helper in crowd] == [0, 0, 0, 1, 1]
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.asked, shown.declined) == (5, 3)

    def test_are_shorter_when_it_is_urgent(self, place: BuiltPlace) -> None:
        a_helper(place)
        need = post(a_member(place), windows=(Window(NOW + HOUR, NOW + 5 * HOUR),))
        assert need.next_step_at == NOW + timedelta(minutes=30)

    def test_never_ask_one_person_twice_for_one_need(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        an_offer(helper, "shopping", "gardening")
        post(a_member(place))
        decline(helper)
        rounds.work_due_needs(now=NOW + timedelta(days=1))
        assert asks_of(helper) == []


class TestANeedThatNobodyCouldMeet:
    def test_is_looked_at_again_when_a_new_offer_opens(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        need = post(asker)
        assert need.next_step is NextStep.BROKER
        assert need.next_step_at == NOW + timedelta(hours=24)
        helper = a_member(place, "New")
        paused = an_offer(helper, state=OfferState.PAUSED)
        offers.resume(actor=helper.actor, ref=paused, key=a_key(), now=NOW + HOUR)

        rounds.work_due_needs(now=NOW + HOUR)

        assert the_ask(helper, NOW + HOUR)

    def test_asks_its_asker_how_it_ended_once_its_time_is_over(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        need = post(asker, windows=(Window(NOW + HOUR, NOW + 2 * HOUR),))
        later = NOW + 3 * HOUR
        rounds.work_due_needs(now=later)
        shown = needs.show(actor=asker.actor, ref=need.ref, now=later)
        assert (shown.state, shown.next_step) == (NeedState.OPEN, NextStep.CHASE)
        assert shown.next_step_at == later + timedelta(hours=24)
        assert len(texts("still_needed", asker.id)) == 1
