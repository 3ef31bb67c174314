"""Complaints about data: made by anybody, acknowledged at once, answered in 30 days or told of."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from enabler.domain.complaints import COMPLAINT, CORRECTION
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.complaints import ComplaintRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import complaints, corrections
from enabler.services.views.complaints import MeantView
from enabler.services.views.my_data import RowView, ValueView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOB = Actor.system("look-at-complaints")


def staff(place: BuiltPlace, name: str, role: Role) -> BuiltMember:
    return a_member(place, name, at=(1500, 1500), credentials=(), roles=(role,))


def chief(place: BuiltPlace, name: str = "Ada Chief") -> BuiltMember:
    return staff(place, name, Role.ADMINISTRATOR)


def complain(
    who: BuiltMember | Actor, words: str = "You kept my old address.", **more: object
) -> str:
    actor = who if isinstance(who, Actor) else who.actor
    said = {"words": words, "key": a_key(), "now": NOW} | more
    return complaints.make(actor=actor, **said)  # type: ignore[arg-type]


def letters(member: BuiltMember | None = None) -> list[str]:
    with reading() as uow:
        query = uow.session.query(OutboxRow).order_by(OutboxRow.id)
        if member is not None:
            query = query.filter_by(member_id=member.id)
        return [row.template for row in query]


class TestMade:
    def test_by_a_member_it_is_acknowledged_at_once(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        rosa, ada, lead = a_member(place), chief(place), staff(place, "Lea", Role.SAFEGUARDING_LEAD)
        ref = complain(rosa)
        (mine,) = complaints.mine(actor=rosa.actor, now=NOW)
        assert (mine.ref, mine.state, mine.answer_by) == (ref, "open", date(2026, 4, 9))
        assert letters(rosa) == ["complaint_noted"]
        assert letters(ada) == ["complaint_staff"]
        assert letters(lead) == []
        assert [one.ref for one in complaints.register(actor=ada.actor, now=NOW).waiting] == [ref]
        assert complaints.register(actor=lead.actor, now=NOW).waiting == ()
        with pytest.raises(NotFound):
            complaints.one(actor=lead.actor, ref=ref, now=NOW)
        with pytest.raises(NotAllowed):
            complaints.register(actor=rosa.actor, now=NOW)
        elsewhere = chief(noise, "Eve Chief")
        with pytest.raises(NotFound):
            complaints.one(actor=elsewhere.actor, ref=ref, now=NOW)

    def test_by_a_stranger_it_can_be_asked_for_by_its_link(self, place: BuiltPlace) -> None:
        ada = chief(place)
        ref = complain(
            Actor.anonymous(place.id), call_back="07700 900999", from_address="192.0.2.1",
            secrets=secrets(),
        )  # fmt: skip
        token = complaints.link_of(ref=ref, secrets=secrets())
        seen = complaints.by_link(
            actor=Actor.anonymous(place.id), token=token, secrets=secrets(), now=NOW
        )
        assert (seen.ref, seen.words, seen.answer_by) == (ref, None, date(2026, 4, 9))
        assert complaints.one(actor=ada.actor, ref=ref, now=NOW).call_back == "07700 900999"
        with pytest.raises(NotFound):
            complaints.by_link(
                actor=Actor.anonymous(place.id), token=f"{ref}-0", secrets=secrets(), now=NOW
            )

    def test_of_strangers_there_is_one_letter_an_hour(self, place: BuiltPlace) -> None:
        ada = chief(place)
        for number in range(3):
            complain(Actor.anonymous(place.id), f"Number {number}.")
        complain(Actor.anonymous(place.id), "Later.", now=NOW + HOUR)
        assert letters(ada) == ["complaint_staff"] * 2
        assert len(complaints.register(actor=ada.actor, now=NOW).waiting) == 4

    def test_by_text_it_is_the_same(self, place: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        ref = complain(rosa, how="text")
        assert complaints.one(actor=ada.actor, ref=ref, now=NOW).how == "text"
        with pytest.raises(Invalid):
            complain(rosa, how="pigeon")


class TestKept:
    def test_from_whom_it_names(self, place: BuiltPlace) -> None:
        ada, ben = chief(place), chief(place, "Ben Boss")
        lead = staff(place, "Lea Lead", Role.SAFEGUARDING_LEAD)
        rosa = a_member(place)
        ref = complain(rosa, "Ada read my letters.")
        for who, reads in ((ada, False), (ben, True), (lead, False)):
            found = complaints.register(actor=who.actor, now=NOW).waiting
            assert [one.ref for one in found] == ([ref] if reads else [])
        assert letters(ada) == []
        both = complain(rosa, "Ada Chief and Ben Boss read my letters.")
        assert complaints.one(actor=lead.actor, ref=both, now=NOW).ref == both

    def test_from_who_made_it_though_they_work_here(self, place: BuiltPlace) -> None:
        ada, ben = chief(place), chief(place, "Ben Boss")
        ref = complain(ada)
        with pytest.raises(NotFound):
            complaints.answer(
                actor=ada.actor, ref=ref, outcome="right", words="Yes.", key=a_key(), now=NOW
            )
        assert complaints.one(actor=ben.actor, ref=ref, now=NOW).by_ref == ada.ref

    def test_from_whom_it_names_only_in_what_is_added(self, place: BuiltPlace) -> None:
        ada, ben = chief(place), chief(place, "Ben Boss")
        rosa = a_member(place)
        ref = complain(rosa)
        complaints.take(actor=ada.actor, ref=ref, key=a_key(), now=NOW)
        before = letters(ada)
        complaints.add(
            actor=rosa.actor, ref=ref, words="It was Ada Chief.", key=a_key(), now=NOW
        )  # fmt: skip
        assert letters(ada) == before
        with pytest.raises(NotFound):
            complaints.one(actor=ada.actor, ref=ref, now=NOW)
        seen = complaints.one(actor=ben.actor, ref=ref, now=NOW)
        assert (seen.state, seen.assigned_to) == ("open", None)
        complaints.add(
            actor=rosa.actor, ref=ref, words="Ask Ben, he helped.", key=a_key(), now=NOW
        )  # fmt: skip
        assert complaints.one(actor=ben.actor, ref=ref, now=NOW).ref == ref

    def test_where_nobody_may_read_it_the_administrators_hear_that_much(
        self, place: BuiltPlace
    ) -> None:
        ada = chief(place)
        complain(a_member(place), "Ada Chief read my letters.")
        assert letters(ada) == ["complaint_unread_staff"]

    def test_as_it_was_made_whoever_asks(self, place: BuiltPlace) -> None:
        chief(place)
        ref = complain(a_member(place))
        for change in ({"words": "Nothing."}, {"answer_by": date(2027, 1, 1)},
                       {"due_at": NOW + 99 * DAY}):  # fmt: skip
            with pytest.raises(DatabaseError), unit_of_work() as uow:
                uow.session.execute(update(ComplaintRow).filter_by(ref=ref).values(**change))
        with unit_of_work() as uow:  # as erasure does
            uow.session.execute(update(ComplaintRow).filter_by(ref=ref).values(words=""))
            uow.commit()
        for statement in ("UPDATE complaint_note SET words = 'x'", "DELETE FROM complaint_note"):
            with pytest.raises(DatabaseError), unit_of_work() as uow:
                uow.session.execute(text(statement))


class TestAnswered:
    def test_once_with_what_came_of_it(self, place: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        ref = complain(rosa)
        complaints.take(actor=ada.actor, ref=ref, key=a_key(), now=NOW + DAY)
        complaints.add(actor=rosa.actor, ref=ref, words="And my phone.", key=a_key(), now=NOW + DAY)
        complaints.note(actor=ada.actor, ref=ref, words="Looked.", key=a_key(), now=NOW + DAY)
        complaints.answer(
            actor=ada.actor, ref=ref, outcome="partly", words="We put it right.", key=a_key(),
            now=NOW + 2 * DAY,
        )  # fmt: skip
        own = complaints.show(actor=rosa.actor, ref=ref, now=NOW + 2 * DAY)
        assert (own.state, own.outcome, own.answer) == ("answered", "partly", "We put it right.")
        assert own.added == ((NOW + DAY, "And my phone."),)
        kinds = [one.kind for one in complaints.one(actor=ada.actor, ref=ref, now=NOW).notes]
        assert kinds == ["made", "taken", "added", "note", "answered"]
        assert letters(rosa) == ["complaint_noted", "complaint_answered"]
        for late in (complaints.take, complaints.note, complaints.answer):
            more = {"words": "x"} if late is not complaints.take else {}
            more |= {"outcome": "right"} if late is complaints.answer else {}
            with pytest.raises(WrongMoment, match="complaint_answered"):
                late(actor=ada.actor, ref=ref, key=a_key(), now=NOW + 3 * DAY, **more)
        with pytest.raises(WrongMoment):
            complaints.add(actor=rosa.actor, ref=ref, words="x", key=a_key(), now=NOW + 3 * DAY)
        with reading() as uow:
            seen = [(one.viewer, one.why) for one in uow.sights.of(rosa.id, 9)]
            assert seen == [(ada.ref, "complaint")]

    def test_is_counted_for_everybody(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        in_time, late, _ = (complain(rosa, f"Number {number}.") for number in range(3))
        complain(a_member(noise))
        for ref, at in ((in_time, NOW + DAY), (late, NOW + 31 * DAY)):
            complaints.answer(
                actor=ada.actor, ref=ref, outcome="right", words="Yes.", key=a_key(), now=at
            )
        found = complaints.counts(
            actor=Actor.anonymous(place.id), place_id=place.id, kind=COMPLAINT, now=NOW + 31 * DAY
        )
        assert (found.made, found.in_time, found.late, found.waiting, found.overdue) == (
            3, 1, 1, 1, 1,
        )  # fmt: skip
        assert found.outcomes == {"right": 2}


class TestPutRight:
    def test_is_counted_apart_and_stays_what_it_is(self, place: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        ref = corrections.ask(
            actor=rosa.actor, words="It has two n.", of="member", key=a_key(), now=NOW
        )
        with pytest.raises(Invalid):
            corrections.ask(actor=rosa.actor, words="x", of="member_of", key=a_key(), now=NOW)
        counted = {
            kind: complaints.counts(
                actor=Actor.anonymous(place.id), place_id=place.id, kind=kind, now=NOW
            ).made
            for kind in (COMPLAINT, CORRECTION)
        }
        assert counted == {COMPLAINT: 0, CORRECTION: 1}
        seen = complaints.one(actor=ada.actor, ref=ref, now=NOW)
        assert (seen.kind, seen.words) == (CORRECTION, "It has two n.")
        assert seen.meant == MeantView("member", None)
        for change in ("kind = 'complaint'", """meant = '{"of": "need"}'"""):
            statement = text("UPDATE complaint SET WHAT".replace("WHAT", change))
            with unit_of_work() as uow, pytest.raises(DatabaseError):
                uow.session.execute(statement)

    def test_says_no_line_that_is_not_theirs(self, place: BuiltPlace) -> None:
        rosa = a_member(place)
        foreign = RowView((), (ValueView("ref", "ZZZZ"),))
        with pytest.raises(Invalid):
            corrections.ask(
                actor=rosa.actor, words="x", of="member", line=foreign, key=a_key(), now=NOW
            )

    def test_a_line_is_kept_so_that_it_reads_the_same(self) -> None:
        beside = (ValueView("posted_at", NOW), ValueView("on_day", NOW.date()),
                  ValueView("category", "transport"), ValueView("old", None))  # fmt: skip
        meant = MeantView("need", RowView((), beside))
        assert MeantView.unpacked(meant.packed()) == meant


class TestTheClock:
    def test_rings_on_day_twenty_and_each_day_when_it_is_late(self, place: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        complain(rosa)
        alarm = datetime.fromisoformat("2026-03-30T08:00Z")
        late = datetime.fromisoformat("2026-04-10T08:00Z")
        for at, told in (
            (alarm - HOUR, 0), (alarm, 1), (alarm, 0), (late - HOUR, 0), (late, 1),
            (late + HOUR, 0), (late + DAY, 1), (late + 9 * DAY, 1), (late + 9 * DAY, 0),
        ):  # fmt: skip
            assert complaints.look_over(actor=JOB, now=at) == told
        assert letters(ada) == [
            "complaint_staff", "complaint_waits_staff", *["complaint_late_staff"] * 3
        ]  # fmt: skip
        with pytest.raises(NotAllowed):
            complaints.look_over(actor=rosa.actor, now=late)

    def test_stands_still_once_it_is_answered(self, place: BuiltPlace) -> None:
        rosa, ada = a_member(place), chief(place)
        ref = complain(rosa)
        complaints.answer(
            actor=ada.actor, ref=ref, outcome="not-right", words="No.", key=a_key(), now=NOW
        )
        assert complaints.look_over(actor=JOB, now=NOW + 99 * DAY) == 0
