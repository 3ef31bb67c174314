"""A worry goes to the first lead, with a clock of working time; seen by nobody it goes on to
others, and it never lapses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.reports import FROM_ONE
from enabler.domain.vocabulary import Role
from enabler.domain.working_time import WorkingHours
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import cases, looked, messages, moderation, reports, safeguarding, worries
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.messages.gateways import Network, failing
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_reports import a_lead, tell_council

HOUR = timedelta(hours=1)
WEEK = WorkingHours(dict.fromkeys(range(5), (9 * 60, 17 * 60)))
CLOCK = Actor.system("look-at-worries")


def an_administrator(place: BuiltPlace, name: str = "Ada Chief") -> BuiltMember:
    return a_member(place, name, roles=(Role.ADMINISTRATOR,), phone=False, mail=True)


def in_order(place: BuiltPlace, *leads: BuiltMember) -> None:
    """Two people agree who hears of a worry first."""
    chief, other = an_administrator(place, "Ada One"), an_administrator(place, "Ben Two")
    safeguarding.propose(
        actor=chief.actor, first=leads[0].ref, second=leads[1].ref if leads[1:] else "",
        hours=WEEK, duty_line=None, key=a_key(), now=NOW,
    )  # fmt: skip
    safeguarding.decide(actor=other.actor, agreeing=True, key=a_key(), now=NOW)


def look(now: datetime) -> set[int | None]:
    """Let the job run; who was told by it."""
    before = len(texts("worry_waits_lead"))
    while worries.look_over(actor=CLOCK, now=now):
        pass
    return {row.member_id for row in texts("worry_waits_lead")[before:]}


class TestTheOrder:
    def test_is_agreed_by_two(self, place: BuiltPlace) -> None:
        lead, chief = a_lead(place), an_administrator(place)
        ask = {"first": lead.ref, "second": "", "hours": WEEK, "duty_line": "0117 496 0001"}
        view = safeguarding.propose(actor=chief.actor, **ask, key=a_key(), now=NOW)  # type: ignore[arg-type]
        assert (view.plan.hands, view.may) == ((), frozenset({"change"}))
        with pytest.raises(NotAllowed):
            safeguarding.decide(actor=chief.actor, agreeing=True, key=a_key(), now=NOW)
        with pytest.raises(NotAllowed):
            safeguarding.decide(actor=a_custodian(place).actor, agreeing=True, key=a_key(), now=NOW)
        with pytest.raises(NotAllowed):
            safeguarding.propose(actor=lead.actor, **ask, key=a_key(), now=NOW)  # type: ignore[arg-type]
        view = safeguarding.decide(actor=lead.actor, agreeing=True, key=a_key(), now=NOW)
        assert [hand.ref for hand in view.plan.hands] == [lead.ref]
        assert (view.waiting, view.plan.duty_line) == (None, "+441174960001")
        with pytest.raises(NotFound):
            safeguarding.decide(actor=lead.actor, agreeing=True, key=a_key(), now=NOW)

    def test_one_that_is_refused_changes_nothing(self, place: BuiltPlace) -> None:
        lead, chief = a_lead(place), an_administrator(place)
        safeguarding.propose(
            actor=chief.actor, first=lead.ref, second="", hours=WEEK, duty_line=None, key=a_key(),
            now=NOW,
        )  # fmt: skip
        view = safeguarding.decide(actor=lead.actor, agreeing=False, key=a_key(), now=NOW)
        assert (view.plan.hands, view.waiting) == ((), None)

    def test_names_leads_of_the_place_each_once(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        lead, chief = a_lead(place), an_administrator(place)
        for first, second, field in (
            ("", "", "first"), (lead.ref, lead.ref, "second"), (chief.ref, "", "first"),
            (lead.ref, a_lead(noise).ref, "second"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as wrong:
                safeguarding.propose(
                    actor=chief.actor, first=first, second=second, hours=WEEK, duty_line=None,
                    key=a_key(), now=NOW,
                )  # fmt: skip
            assert wrong.value.field == field


class TestAWorry:
    def test_goes_to_the_first_and_on_to_the_others_and_to_administrators(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        first, second, third = (a_lead(place, name) for name in ("Una", "Dora", "Tess"))
        a_lead(noise, "Nina")
        in_order(place, first, second)
        ref = tell_council(a_member(place).actor)
        assert {row.member_id for row in texts("worried_lead")} == {first.id}
        assert look(NOW + HOUR - timedelta(seconds=1)) == set()
        leads = {first.id, second.id, third.id}
        assert look(NOW + HOUR) == leads
        assert look(NOW + HOUR) == set()
        assert look(NOW + 2 * HOUR) == leads
        told = look(NOW + 3 * HOUR)
        assert leads < told
        assert len(told) == 5  # and the two administrators, who may read it from then on
        with reading() as uow:
            chiefs = [hand.member_id for hand in uow.staff.at_desk(place.id, NOW)
                      if hand.role is Role.ADMINISTRATOR]  # fmt: skip
        assert set(chiefs) < told
        assert look(NOW + 4 * HOUR) == set()
        assert look(NOW + 27 * HOUR) == told  # each day, for ever
        assert look(NOW + 500 * HOUR) == told
        assert cases.show(actor=first.actor, ref=ref, now=NOW + 501 * HOUR).state == "open"

    def test_goes_on_at_once_when_the_letter_to_the_first_is_lost(self, place: BuiltPlace) -> None:
        first, second = a_lead(place, "Una"), a_lead(place, "Dora")
        in_order(place, first, second)
        tell_council(a_member(place).actor)
        minute = timedelta(minutes=1)
        assert look(NOW + minute) == set()
        lost = Network(at=failing("send", "address_unknown", times=1))
        messages.deliver_outbox(gateway=lost, secrets=wiring().secrets, now=NOW + minute)
        assert look(NOW + 2 * minute) == {first.id, second.id}
        messages.deliver_outbox(gateway=Network(), secrets=wiring().secrets, now=NOW + 2 * minute)
        assert look(NOW + 3 * minute) == set()  # somebody has it: the clock goes on from here
        assert look(NOW + 2 * HOUR) != set()

    def test_that_was_seen_goes_no_further(self, place: BuiltPlace) -> None:
        first, second = a_lead(place, "Una"), a_lead(place, "Dora")
        ref = tell_council(a_member(place).actor)
        look(NOW + HOUR)
        view = worries.acknowledge(actor=second.actor, ref=ref, key=a_key(), now=NOW + HOUR)
        assert view is not None
        assert view.assigned_to is not None
        assert (view.state, view.assigned_to.ref) == ("looking", second.ref)
        assert look(NOW + 200 * HOUR) == set()
        with pytest.raises(WrongMoment):
            worries.acknowledge(actor=first.actor, ref=ref, key=a_key(), now=NOW + HOUR)
        # The letters that had not gone out yet are not sent.
        while messages.deliver_outbox(
            gateway=wiring().gateway, secrets=wiring().secrets, now=NOW + HOUR
        ):
            pass
        assert {row.state.value for row in texts("worry_waits_lead")} == {"dropped"}

    def test_is_one_under_whatever_kind_somebody_chose(self, place: BuiltPlace) -> None:
        """Who writes of despair under "something else" must not wait like a broken gate."""
        lead, custodian = a_lead(place), a_custodian(place)
        ref = tell_council(a_member(place).actor, "I want to kill myself.", kind="other")
        assert cases.show(actor=lead.actor, ref=ref, now=NOW).due_at == NOW + HOUR
        assert [row.member_id for row in texts("worried_lead")] == [lead.id]
        with pytest.raises(NotFound):
            cases.show(actor=custodian.actor, ref=ref, now=NOW)

    def test_out_of_hours_says_when_somebody_looks(self, place: BuiltPlace) -> None:
        a_lead(place)
        night = datetime(2026, 3, 13, 22, 0, tzinfo=UTC)  # a Friday
        member = a_member(place)
        ref = tell_council(member.actor, now=night)
        monday = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
        assert reports.looked_at_by(actor=member.actor, now=night, kind="worried") == monday
        with reading() as uow:
            assert uow.reports.by_id(1 if not ref else uow.reports.of_reporter(
                place.id, member.id
            )[0].id).due_at == monday  # fmt: skip
        assert look(monday - timedelta(minutes=1)) == set()
        assert look(monday)

    def test_is_not_settled_before_it_was_seen_with_what_was_done(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        ref = tell_council(a_member(place).actor)
        with pytest.raises(WrongMoment):
            cases.settle(actor=lead.actor, ref=ref, words="Done.", key=a_key(), now=NOW)
        worries.acknowledge(actor=lead.actor, ref=ref, key=a_key(), now=NOW)
        with pytest.raises(Invalid):
            cases.settle(actor=lead.actor, ref=ref, words=" ", key=a_key(), now=NOW)
        cases.settle(actor=lead.actor, ref=ref, words="We rang her.", key=a_key(), now=NOW)

    def test_is_not_settled_unseen_by_the_database_either(self, place: BuiltPlace) -> None:
        tell_council(a_member(place).actor)
        with reading() as uow:
            (report,) = uow.reports.unsettled(place.id)
        with unit_of_work() as uow, pytest.raises(IntegrityError):
            uow.reports.settle(report.id, by_member_id=None, words="Done.", now=NOW)

    def test_is_read_by_leads_alone(self, place: BuiltPlace) -> None:
        lead, custodian, chief = a_lead(place), a_custodian(place), an_administrator(place)
        ref = tell_council(a_member(place).actor)
        for who in (custodian, chief):
            with pytest.raises(NotFound):
                cases.show(actor=who.actor, ref=ref, now=NOW)
            desk = moderation.desk(actor=who.actor, now=NOW)
            assert (desk.reports, desk.reports_waiting) == ((), 1)
        assert [one.ref for one in moderation.desk(actor=lead.actor, now=NOW).reports] == [ref]

    def test_about_a_lead_goes_to_the_second_and_about_all_to_administrators(
        self, place: BuiltPlace
    ) -> None:
        first, second = a_lead(place, "Vera Grim"), a_lead(place, "Dora Dale")
        a_custodian(place)
        in_order(place, first, second)
        tell_council(a_member(place).actor, "Vera Grim frightens her.")
        assert {row.member_id for row in texts("worried_lead")} == {second.id}
        assert first.id not in look(NOW + 3 * HOUR) | look(NOW + 30 * HOUR)
        both = tell_council(a_member(place).actor, "Vera Grim and Dora Dale laugh.")
        with reading() as uow:
            chiefs = {hand.member_id for hand in uow.staff.at_desk(place.id, NOW)
                      if hand.role is Role.ADMINISTRATOR}  # fmt: skip
        assert {row.member_id for row in texts("worried_lead")
                if row.parameters["report"] == both} == chiefs  # fmt: skip

    def test_in_a_flood_of_strangers_still_has_its_clock(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        for number in range(FROM_ONE + 3):
            tell_council(
                Actor.anonymous(place.id), f"Number {number}", secrets=wiring().secrets,
                from_address="203.0.113.7",
            )  # fmt: skip
        assert look(NOW + HOUR) == {lead.id}
        floods = [row for row in texts("worry_waits_lead") if "flood" in row.dedupe_key]
        assert len(floods) == 1


class TestTheCallList:
    def test_has_everybody_in_order_and_each_number_is_a_sight(self, place: BuiltPlace) -> None:
        lead, other = a_lead(place, "Lena", phone=True), a_lead(place, "Otto", phone=True)
        asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
        post(asker)
        match = accept(helper).ref
        ref = tell_council(asker.actor, about="match", ref=match)
        calls = cases.show(actor=lead.actor, ref=ref, now=NOW).calls
        assert [(call.who, call.key) for call in calls] == [
            ("reporter", asker.ref), ("concerned", helper.ref), ("lead", other.ref),
            ("duty-line", "duty-line"),
        ]  # fmt: skip
        assert all(call.phone for call in calls)
        (mine,) = [one for one in looked.show(actor=asker.actor, secrets=secrets(), now=NOW).days
                   if "phone" in one.what]  # fmt: skip
        assert mine.why == "report"
        assert not [one for one in looked.show(actor=helper.actor, secrets=secrets(), now=NOW).days
                    if "phone" in one.what]  # fmt: skip

    def test_keeps_how_each_call_went(self, place: BuiltPlace) -> None:
        lead, reporter = a_lead(place), a_member(place, "Rob")
        ref = tell_council(reporter.actor)
        does = {"actor": lead.actor, "ref": ref, "now": NOW}
        for went in ("no-answer", "spoke"):
            view = worries.note_call(**does, who=reporter.ref, went=went, key=a_key())  # type: ignore[arg-type]
        assert view is not None
        assert view.calls[0].went == "spoke"
        assert [note.facts["went"] for note in view.notes] == ["no-answer", "spoke"]
        with pytest.raises(Invalid):
            worries.note_call(**does, who=reporter.ref, went="shouted", key=a_key())  # type: ignore[arg-type]
        with pytest.raises(Invalid):
            worries.note_call(**does, who=a_member(place).ref, went="spoke", key=a_key())  # type: ignore[arg-type]

    def test_begins_with_the_number_that_a_stranger_left(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        left = {"07700 900123, after 6": "+447700900123", "knock at the back": None}
        for words, number in left.items():
            ref = tell_council(Actor.anonymous(place.id), words, call_back=words)
            calls = cases.show(actor=lead.actor, ref=ref, now=NOW).calls
            assert [one.phone for one in calls if one.who == "reporter"] == [number][: bool(number)]
        ref = tell_council(Actor.anonymous(place.id), "Again.", call_back="07700900123")
        view = worries.note_call(
            actor=lead.actor, ref=ref, who="call-back", went="spoke", key=a_key(), now=NOW
        )
        assert view is not None
        assert view.calls[0].went == "spoke"

    def test_is_of_worries_alone(self, place: BuiltPlace) -> None:
        custodian = a_custodian(place)
        ref = tell_council(a_member(place).actor, kind="rude")
        assert cases.show(actor=custodian.actor, ref=ref, now=NOW).calls == ()


def test_only_the_clock_looks_over(place: BuiltPlace) -> None:
    with pytest.raises(NotAllowed):
        worries.look_over(actor=a_lead(place).actor, now=NOW)
