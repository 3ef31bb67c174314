"""Staff say why they look somebody up; members read it and ask; odd looks go to another lead."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import cases, look_ups, looked, members, needs, new_numbers, odd_looks
from enabler.services.views import LookedDayView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, new_rules
from tests.services.contacting import secrets
from tests.services.deeds import a_key, post

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def a_lead(place: BuiltPlace, name: str = "Lea Lead") -> BuiltMember:
    return a_member(
        place, name, at=(3500, 3500), credentials=(), roles=(Role.SAFEGUARDING_LEAD,)
    )  # fmt: skip


def look_up(who: BuiltMember, whom: BuiltMember, reason: str = "asked", **more: object) -> None:
    said = {"now": NOW} | more
    new_numbers.find(actor=who.actor, typed=whom.ref, reason=reason, **said)  # type: ignore[arg-type]


def days(member: BuiltMember) -> tuple[LookedDayView, ...]:
    return looked.show(actor=member.actor, secrets=secrets(), now=NOW).days


def judged(now: object = NOW) -> int:
    return odd_looks.look_over(actor=odd_looks.WATCHER, now=now)  # type: ignore[arg-type]


def to(member: BuiltMember) -> list[tuple[str, str]]:
    with reading() as uow:
        rows = uow.session.query(OutboxRow).filter_by(member_id=member.id).order_by(OutboxRow.id)
        return [(row.template, row.parameters.get("report", "")) for row in rows]


class TestAReason:
    def test_is_asked_before_anything_is_shown(self, place: BuiltPlace) -> None:
        rosa, carol = a_member(place, "Rosa Long"), a_custodian(place)
        with pytest.raises(WrongMoment, match="look_reason_missing"):
            new_numbers.show(actor=carol.actor, ref=rosa.ref, now=NOW)
        for reason, words in (("", None), ("other", " ")):
            with pytest.raises(Invalid):
                look_up(carol, rosa, reason, words=words)
        assert days(rosa) == ()
        look_up(carol, rosa, "other", words="Their daughter rang.")
        shown = new_numbers.show(actor=carol.actor, ref=rosa.ref, now=NOW + 29 * MINUTE)
        assert shown.name == "Rosa Long"
        with pytest.raises(WrongMoment):
            new_numbers.show(actor=carol.actor, ref=rosa.ref, now=NOW + 30 * MINUTE)
        (day,) = days(rosa)
        assert (day.who, day.role, day.reason, day.reason_words) == (
            "staff", "custodian", "other", "Their daughter rang.",
        )  # fmt: skip
        assert (day.what, day.times) == (("address", "name", "phone"), 2)

    def test_of_one_colleague_holds_for_no_other(self, place: BuiltPlace) -> None:
        rosa, carol, dan = a_member(place), a_custodian(place), a_custodian(place, "Dan Desk")
        look_up(carol, rosa)
        with pytest.raises(WrongMoment):
            new_numbers.show(actor=dan.actor, ref=rosa.ref, now=NOW)
        other = a_member(place)
        with pytest.raises(WrongMoment):
            new_numbers.show(actor=carol.actor, ref=other.ref, now=NOW)

    def test_is_asked_of_staff_and_not_of_the_command_line(self, place: BuiltPlace) -> None:
        rosa, carol = a_member(place), a_custodian(place)
        with pytest.raises(Invalid):
            members.by_ref(actor=carol.actor, ref=rosa.ref, now=NOW)
        members.by_ref(actor=carol.actor, ref=rosa.ref, reason="check", now=NOW)
        members.by_ref(actor=Actor.operator("x"), ref=rosa.ref, now=NOW)
        assert {(day.who, day.reason) for day in days(rosa)} == {
            ("staff", "check"), ("operator", None),
        }  # fmt: skip
        look_ups.begin(actor=carol.actor, typed=rosa.ref, reason="asked", now=NOW)
        with pytest.raises(Invalid, match="person_unknown"):
            look_ups.begin(actor=carol.actor, typed="ZZZZ", reason="asked", now=NOW)


class TestWhoLooked:
    def test_the_same_viewer_and_day_is_one_line(self, place: BuiltPlace) -> None:
        rosa, carol = a_member(place), a_custodian(place)
        need = post(rosa).ref
        for minutes in (0, 5, 60):
            needs.show(actor=carol.actor, ref=need, now=NOW + minutes * MINUTE)
        needs.show(actor=carol.actor, ref=need, now=NOW + 24 * HOUR)
        later, first = days(rosa)
        assert (first.times, first.first, first.last) == (3, NOW, NOW + HOUR)
        assert later.day > first.day
        assert carol.ref not in repr(days(rosa))

    def test_the_role_is_the_one_of_then(self, place: BuiltPlace) -> None:
        rosa, carol = a_member(place), a_custodian(place)
        needs.show(actor=carol.actor, ref=post(rosa).ref, now=NOW)
        members.end_role(
            actor=Actor.operator("x"), role=Role.CUSTODIAN, place_slug=place.slug, ref=carol.ref,
            key=a_key(), now=NOW,
        )  # fmt: skip
        (day,) = days(rosa)
        assert (day.who, day.role) == ("staff", "custodian")


class TestAQuestion:
    def test_goes_to_a_lead_and_never_to_the_viewer(self, place: BuiltPlace) -> None:
        rosa, first, second = a_member(place), a_lead(place), a_lead(place, "Len Lead")
        look_up(first, rosa)
        (day,) = days(rosa)
        ref = looked.ask_why(
            actor=rosa.actor, mark=day.mark, words="I asked nobody.", secrets=secrets(),
            key=a_key(), now=NOW,
        )  # fmt: skip
        case = cases.show(actor=second.actor, ref=ref, now=NOW)
        assert case.look is not None
        assert (case.look.viewer, case.look.member_ref, case.words) == (
            "Lea Lead", rosa.ref, "I asked nobody.",
        )  # fmt: skip
        assert [one.reason for one in case.look.looks] == ["asked"]
        with pytest.raises(NotFound):
            cases.show(actor=first.actor, ref=ref, now=NOW)
        assert (to(first), to(second)) == ([], [("look_question_lead", ref)])
        asked = [one for one in days(rosa) if one.asked_ref]
        assert [(one.asked_ref, one.may_ask, one.why) for one in asked] == [
            (ref, False, "lost-phone")
        ]

    def test_is_of_ones_own_looks_alone_and_asked_once(self, place: BuiltPlace) -> None:
        rosa, other, carol = a_member(place), a_member(place), a_custodian(place)
        a_lead(place)
        look_up(carol, rosa)
        mark = days(rosa)[0].mark

        def ask(who: BuiltMember) -> str:
            return looked.ask_why(
                actor=who.actor, mark=mark, words=None, secrets=secrets(), key=a_key(), now=NOW
            )

        with pytest.raises(NotFound):
            ask(other)
        ask(rosa)
        with pytest.raises(WrongMoment, match="look_asked_already"):
            looked.ask_why(actor=rosa.actor, mark=mark, words="More.", secrets=secrets(),
                           key=a_key(), now=NOW)  # fmt: skip


class TestOddLooks:
    def test_go_to_a_lead_once_a_day_with_their_reasons(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        lead = a_lead(place)
        carol = a_member(place, "Carol Long", at=(1500, 1500), credentials=(),
                         roles=(Role.CUSTODIAN,), address="1 Quiet Way")  # fmt: skip
        rosa, sam = (a_member(place, "Rosa Long", address="9 Elm Row"),
                     a_member(place, "Sam Green", address="8 Elm Row"))  # fmt: skip
        look_up(carol, rosa)
        look_up(carol, sam)
        assert judged() == 2
        look_up(carol, rosa, now=NOW + HOUR)
        assert (judged(NOW + HOUR), judged(NOW + HOUR)) == (1, 0)
        ((template, ref),) = to(lead)
        assert template == "odd_look_lead"
        case = cases.show(actor=lead.actor, ref=ref, now=NOW)
        assert case.look is not None
        assert (case.look.viewer, case.look.reasons) == ("Carol Long", ("same-surname",))
        assert to(carol) == []

    def test_are_not_made_of_a_name_that_many_have_and_of_what_waits(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        lead = a_lead(place)
        carol = a_member(place, "Carol Jones", at=(1500, 1500), credentials=(),
                         roles=(Role.CUSTODIAN,), address="1 Quiet Way")  # fmt: skip
        rosa = a_member(place, "Rosa Jones", address="9 Elm Row")

        def on_duty(now: datetime) -> None:
            with unit_of_work() as uow:
                uow.sights.log(carol.actor, rosa.id, ("name",), place_id=place.id, why="erasure",
                               now=now, subject_ref=rosa.ref)  # fmt: skip
                uow.commit()

        on_duty(NOW)
        judged()
        assert len(to(lead)) == 1
        for nth in range(9):
            a_member(place, f"Ned{nth} JONES")
        on_duty(NOW + 25 * HOUR)
        judged(NOW + 25 * HOUR)
        assert len(to(lead)) == 1
        look_up(carol, rosa, now=NOW + 26 * HOUR)
        judged(NOW + 26 * HOUR)
        assert len(to(lead)) == 2

    def test_of_a_lead_go_to_the_second(self, place: BuiltPlace) -> None:
        first, second = a_lead(place, "Lea Lead"), a_lead(place, "Len Other")
        carol, rosa = a_custodian(place), a_member(place, "Rosa Lead")
        look_up(first, rosa)
        judged()
        ((_, ref),) = to(second)
        assert (to(first), to(carol)) == ([], [])
        for who in (first, carol):
            with pytest.raises(NotFound):
                cases.show(actor=who.actor, ref=ref, now=NOW)

    def test_many_in_an_hour_and_at_night_by_the_rules(self, place: BuiltPlace) -> None:
        new_rules(place, {"odd_looks_hour": 2, "odd_looks_from": 22 * 60, "odd_looks_until": 360})
        lead, carol = a_lead(place), a_custodian(place)
        people = [
            a_member(place, f"Ann Number{number}", address=f"{number} Elm Row")
            for number in range(3)
        ]
        for number, one in enumerate(people):
            look_up(carol, one, now=NOW + number * MINUTE)
        judged(NOW + HOUR)
        assert len(to(lead)) == 1
        look_up(carol, people[0], now=NOW + 13 * HOUR)
        judged(NOW + 13 * HOUR)
        reasons = {
            cases.show(actor=lead.actor, ref=ref, now=NOW).look.reasons  # type: ignore[union-attr]
            for _, ref in to(lead)
        }
        assert reasons == {("many",), ("at-night",)}

    def test_of_work_that_waited_are_odd_by_whose_home_it_is_alone(self, place: BuiltPlace) -> None:
        lead, carol = a_lead(place), a_custodian(place)
        rosa = a_member(place, "Rosa Long", home_id=carol.home_id)
        other = a_member(place, address="3 Elm Row")
        needs.show(actor=carol.actor, ref=post(other).ref, now=NOW + 14 * HOUR)
        judged()
        assert to(lead) == []
        needs.show(actor=carol.actor, ref=post(rosa, "gardening").ref, now=NOW + 14 * HOUR)
        judged()
        ((_, ref),) = to(lead)
        look = cases.show(actor=lead.actor, ref=ref, now=NOW).look
        assert look is not None
        assert look.reasons == ("own-home",)
