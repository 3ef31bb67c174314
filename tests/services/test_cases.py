"""A report is a case: noted, given, answered, settled; whom it concerns learns nothing of it until
a lead tells them, and whoever is named in it never finds it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.reports import KINDS
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    cases,
    conversations,
    looked,
    matches,
    messages,
    moderation,
    own_reports,
    reports,
    worries,
)
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_reports import a_lead, tell_council

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place, "Lena Lead")


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place, "Carol Desk")


def an_agreed(place: BuiltPlace) -> tuple[BuiltMember, BuiltMember, str]:
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    post(asker)
    return asker, helper, accept(helper).ref


def told(actor: BuiltMember, ref: str) -> own_reports.OwnReport:
    return own_reports.show(actor=actor.actor, ref=ref, now=NOW)


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_can_be_told_and_has_a_page_of_its_own(
    place: BuiltPlace, lead: BuiltMember, kind: str
) -> None:
    member = a_member(place)
    ref = tell_council(member.actor, kind=kind)
    assert told(member, ref).state == "open"
    assert cases.show(actor=lead.actor, ref=ref, now=NOW).kind == kind
    with pytest.raises(NotFound):
        told(a_member(place, "Another"), ref)


@pytest.mark.parametrize("about", ["staff", "place", "other"])
def test_of_staff_and_of_the_place_itself(
    place: BuiltPlace, custodian: BuiltMember, about: str
) -> None:
    ref = tell_council(Actor.anonymous(place.id), kind="rude", about=about)
    assert cases.show(actor=custodian.actor, ref=ref, now=NOW).about_kind == about


def test_of_one_message(place: BuiltPlace, custodian: BuiltMember) -> None:
    asker, helper, match = an_agreed(place)
    conversations.say(
        actor=helper.actor, match_ref=match, words="Pay me first.", key=a_key(), now=NOW
    )
    ref = tell_council(asker.actor, kind="scam", about="message", ref=match, line=1)
    view = cases.show(actor=custodian.actor, ref=ref, now=NOW)
    assert (view.quoted, view.about_ref) == ("Pay me first.", match)
    for line in (0, 2):
        with pytest.raises(NotFound):
            tell_council(asker.actor, "Another.", about="message", ref=match, line=line or 99)
    with pytest.raises(NotAllowed):
        tell_council(a_member(place).actor, about="conversation", ref=match)


def test_a_stranger_sees_where_it_stands_by_a_link_without_their_words(
    place: BuiltPlace, noise: BuiltPlace, custodian: BuiltMember
) -> None:
    secrets = wiring().secrets
    ref = tell_council(Actor.anonymous(place.id), kind="unsafe", call_back="07700 900123")
    token = own_reports.link_of(ref=ref, secrets=secrets)
    cases.share_outcome(
        actor=custodian.actor, ref=ref, words="We mended it.", key=a_key(), now=LATER
    )
    view = own_reports.by_link(
        actor=Actor.anonymous(place.id), token=token, secrets=secrets, now=LATER
    )
    assert (view.words, view.outcome) == (None, "We mended it.")
    for wrong in (f"{ref}-{'0' * 28}", ref, "", token[:-1]):
        with pytest.raises(NotFound):
            own_reports.by_link(
                actor=Actor.anonymous(place.id), token=wrong, secrets=secrets, now=LATER
            )
    with pytest.raises(NotFound):
        own_reports.by_link(
            actor=Actor.anonymous(noise.id), token=token, secrets=secrets, now=LATER
        )


class TestACase:
    @pytest.fixture
    def ref(self, place: BuiltPlace, custodian: BuiltMember) -> str:
        return tell_council(a_member(place, "Rita").actor, "A broken gate.", kind="unsafe")

    def test_is_noted_given_and_settled_and_opened_again(
        self, place: BuiltPlace, custodian: BuiltMember, lead: BuiltMember, ref: str
    ) -> None:
        does = {"actor": custodian.actor, "ref": ref, "now": LATER}
        cases.add_note(**does, words="I rang the warden.", about=ref, key=a_key())  # type: ignore[arg-type]
        cases.assign(**does, who=lead.ref, key=a_key())  # type: ignore[arg-type]
        assert [row.member_id for row in texts("report_yours_staff")] == [lead.id]
        cases.stand(**does, state="with-partner", words="With the park team.", key=a_key())  # type: ignore[arg-type]
        after = cases.settle(**does, words="It was mended.", key=a_key())  # type: ignore[arg-type]
        assert after is not None
        assert (after.state, after.may) == ("settled", frozenset({"outcome", "reopen"}))
        with pytest.raises(WrongMoment):
            cases.settle(**does, words="Again.", key=a_key())  # type: ignore[arg-type]
        again = cases.reopen(**does, words="It broke again.", key=a_key())  # type: ignore[arg-type]
        assert again is not None
        assert [note.kind for note in again.notes] == [
            "note", "assigned", "stands", "settled", "reopened"
        ]  # fmt: skip
        assert again.notes[0].facts == {"about_kind": "report", "about_ref": ref}
        assert again.assigned_to is not None
        assert again.assigned_to.ref == lead.ref

    def test_the_reporter_reads_the_answer_and_no_note(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        reporter = a_member(place, "Rob")
        ref = tell_council(reporter.actor, kind="rude")
        cases.add_note(actor=custodian.actor, ref=ref, words="Secret note.", key=a_key(), now=LATER)
        cases.share_outcome(
            actor=custodian.actor, ref=ref, words="We spoke to them.", key=a_key(), now=LATER
        )
        view = told(reporter, ref)
        assert view.outcome == "We spoke to them."
        assert "Secret" not in repr(view)
        (letter,) = texts("report_outcome")
        assert letter.member_id == reporter.id
        messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=LATER)
        (letter,) = texts("report_outcome")
        assert letter.state.value == "accepted"

    def test_the_reporter_hears_that_it_is_closed_where_nobody_answered(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        """Nobody is left to wonder; what was done stays with colleagues."""
        reporter = a_member(place, "Rob")
        for answered in (False, True):
            ref = tell_council(reporter.actor, f"He swears. {answered}", kind="rude")
            does = {"actor": custodian.actor, "ref": ref, "now": LATER}
            if answered:
                cases.share_outcome(**does, words="We spoke to them.", key=a_key())  # type: ignore[arg-type]
            cases.settle(**does, words="We rang him.", key=a_key())  # type: ignore[arg-type]
            assert "rang" not in repr(told(reporter, ref))
            assert len([row for row in texts("report_outcome")
                        if row.parameters["outcome"] == ref]) == 1  # fmt: skip
        messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=LATER)
        assert {row.state.value for row in texts("report_outcome")} == {"accepted"}

    def test_notes_are_never_changed(self, custodian: BuiltMember, ref: str) -> None:
        cases.add_note(actor=custodian.actor, ref=ref, words="One.", key=a_key(), now=LATER)
        for statement in ("UPDATE report_note SET words = 'Two'", "DELETE FROM report_note"):
            with unit_of_work() as uow, pytest.raises(DBAPIError):
                uow.session.execute(text(statement))

    def test_twice_with_one_key_is_once(self, custodian: BuiltMember, ref: str) -> None:
        key = a_key()
        for _ in range(2):
            cases.add_note(actor=custodian.actor, ref=ref, words="One.", key=key, now=LATER)
        assert len(cases.show(actor=custodian.actor, ref=ref, now=LATER).notes) == 1

    def test_is_passed_to_the_lead_who_alone_reads_it_then(
        self, place: BuiltPlace, custodian: BuiltMember, lead: BuiltMember, ref: str
    ) -> None:
        assert cases.pass_on(
            actor=custodian.actor, ref=ref, words="This is more.", key=a_key(), now=LATER
        ) is None  # fmt: skip
        with pytest.raises(NotFound):
            cases.show(actor=custodian.actor, ref=ref, now=LATER)
        desk = moderation.desk(actor=custodian.actor, now=LATER)
        assert (desk.reports, desk.reports_waiting) == ((), 1)
        view = cases.show(actor=lead.actor, ref=ref, now=LATER)
        assert view.due_at == LATER + timedelta(hours=1)
        assert {"acknowledge"} <= view.may
        assert [row.member_id for row in texts("report_passed_lead")] == [lead.id]

    def test_waits_for_a_lead_also_where_a_custodian_said_that_they_saw_it(
        self, place: BuiltPlace, custodian: BuiltMember, lead: BuiltMember, ref: str
    ) -> None:
        does = {"actor": custodian.actor, "ref": ref, "now": LATER}
        worries.acknowledge(**does, key=a_key())  # type: ignore[arg-type]
        cases.pass_on(**does, words="I worry about her.", key=a_key())  # type: ignore[arg-type]
        assert "acknowledge" in cases.show(actor=lead.actor, ref=ref, now=LATER).may

    def test_is_given_to_nobody_who_may_not_read_it(
        self, place: BuiltPlace, custodian: BuiltMember, ref: str
    ) -> None:
        chief = a_member(place, "Ada", roles=(Role.ADMINISTRATOR,))
        for who in (chief.ref, a_member(place).ref, "ZZZZ"):
            with pytest.raises(Invalid):
                cases.assign(actor=custodian.actor, ref=ref, who=who, key=a_key(), now=LATER)

    def test_is_nobody_elses(
        self, place: BuiltPlace, noise: BuiltPlace, custodian: BuiltMember, ref: str
    ) -> None:
        for who, error in (
            (a_member(place), NotAllowed), (a_custodian(noise), NotFound),
            (a_member(place, "Ada", roles=(Role.ADMINISTRATOR,)), NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                cases.show(actor=who.actor, ref=ref, now=LATER)


class TestWhomItConcerns:
    def test_learns_nothing_until_a_lead_tells_them(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        asker, helper, match = an_agreed(place)
        before = self.all_of(helper, match)
        ref = tell_council(asker.actor, "He shouted.", about="match", ref=match)
        view = cases.show(actor=lead.actor, ref=ref, now=LATER)
        worries.acknowledge(actor=lead.actor, ref=ref, key=a_key(), now=LATER)
        assert [one.ref for one in view.concerned] == [helper.ref]
        # The report leads to the match: that somebody from the council looked there tells, too.
        assert matches.show(actor=lead.actor, ref=match, now=LATER).side == "staff"
        (look,) = [one for one in looked.show(actor=asker.actor, secrets=secrets(), now=LATER).days
                   if "case" in one.what]  # fmt: skip
        assert (look.why, look.subject_ref) == ("match", match)
        with reading() as uow:
            assert uow.session.execute(  # they were looked at, and it is written down
                text("SELECT count(*) FROM sight WHERE member_id = :who AND why = 'safeguarding'"),
                {"who": helper.id},
            ).scalar_one()  # fmt: skip
        assert self.all_of(helper, match) == before
        cases.release(
            actor=lead.actor, ref=ref, who=helper.ref, words="We were told that you shouted.",
            key=a_key(), now=LATER,
        )  # fmt: skip
        after = self.all_of(helper, match)
        assert after != before
        assert "He shouted" not in repr(after)

    def all_of(self, who: BuiltMember, match: str) -> list[object]:
        """What they can read anywhere about themselves."""
        return [
            matches.show(actor=who.actor, ref=match, now=NOW),
            looked.show(actor=who.actor, secrets=secrets(), now=LATER).days,
            own_reports.mine(actor=who.actor, now=LATER),
            own_reports.all_told(actor=who.actor, now=LATER),
            [row.template for row in self.letters(who)],
        ]

    def letters(self, who: BuiltMember) -> list[object]:
        with reading() as uow:
            return list(uow.session.query(OutboxRow).filter_by(member_id=who.id))

    def test_answers_once_and_the_lead_reads_it(self, place: BuiltPlace, lead: BuiltMember) -> None:
        asker, helper, match = an_agreed(place)
        ref = tell_council(asker.actor, "He shouted.", kind="rude", about="match", ref=match)
        cases.release(
            actor=lead.actor, ref=ref, who=helper.ref, words="About Tuesday.", key=a_key(),
            now=LATER,
        )  # fmt: skip
        (one,) = own_reports.all_told(actor=helper.actor, now=LATER)
        with pytest.raises(NotFound):
            own_reports.told(actor=asker.actor, ref=one.ref, now=LATER)
        with pytest.raises(NotFound):
            own_reports.answer(actor=asker.actor, ref=one.ref, words="Me.", key=a_key(), now=LATER)
        own_reports.answer(
            actor=helper.actor, ref=one.ref, words="I was in pain.", key=a_key(), now=LATER
        )
        with pytest.raises(WrongMoment):
            own_reports.answer(
                actor=helper.actor, ref=one.ref, words="More.", key=a_key(), now=LATER
            )
        view = cases.show(actor=lead.actor, ref=ref, now=LATER)
        assert view.concerned[0].answer == "I was in pain."
        assert lead.id in [row.member_id for row in texts("report_answered_lead")]

    def test_is_told_by_a_lead_alone(
        self, place: BuiltPlace, lead: BuiltMember, custodian: BuiltMember
    ) -> None:
        asker, helper, match = an_agreed(place)
        ref = tell_council(asker.actor, kind="rude", about="match", ref=match)

        def tell(actor: BuiltMember, who: str) -> Callable[[], object]:
            return lambda: cases.release(
                actor=actor.actor, ref=ref, who=who, words="Hello.", key=a_key(), now=LATER
            )

        with pytest.raises(NotFound):
            tell(custodian, helper.ref)()
        with pytest.raises(Invalid):
            tell(lead, asker.ref)()
        tell(lead, helper.ref)()
        with pytest.raises(WrongMoment):
            tell(lead, helper.ref)()


def test_what_else_is_open_about_the_same_person_stands_beside_it(
    place: BuiltPlace, lead: BuiltMember, custodian: BuiltMember
) -> None:
    """Two neighbours who worry about one person are two reports; whoever looks sees both."""
    asker, helper, match = an_agreed(place)
    first = tell_council(asker.actor, "He shouts.", about="match", ref=match)
    second = tell_council(asker.actor, "Rude.", kind="rude", about="member", ref=helper.ref)
    other = tell_council(a_member(place, "Nell").actor, "She limps.", about="member", ref=asker.ref)
    tell_council(a_member(place, "Nora").actor, "Elsewhere.")

    def beside(who: BuiltMember, ref: str) -> list[str]:
        return [one.ref for one in cases.show(actor=who.actor, ref=ref, now=LATER).beside]

    assert beside(lead, first) == [second]
    assert beside(lead, second) == [first]
    assert beside(lead, other) == []
    assert beside(custodian, second) == []
    cases.settle(actor=lead.actor, ref=second, words="Done.", key=a_key(), now=LATER)
    assert beside(lead, first) == []


def test_whoever_is_named_finds_it_nowhere(place: BuiltPlace) -> None:
    """Not by its ref, in no list and no count, by no service of a case."""
    named, other = a_lead(place, "Vera Grim"), a_lead(place, "Lena Lead")
    ref = tell_council(a_member(place).actor, "Vera Grim laughed at me.")
    desk = moderation.desk(actor=named.actor, now=NOW)
    assert (desk.reports, desk.reports_waiting) == ((), 0)
    does = {"actor": named.actor, "ref": ref, "now": LATER}
    for act in (
        lambda: cases.show(**does),  # type: ignore[arg-type]
        lambda: cases.add_note(**does, words="x", key=a_key()),  # type: ignore[arg-type]
        lambda: cases.stand(**does, state="looking", key=a_key()),  # type: ignore[arg-type]
        lambda: cases.assign(**does, who=named.ref, key=a_key()),  # type: ignore[arg-type]
        lambda: cases.share_outcome(**does, words="x", key=a_key()),  # type: ignore[arg-type]
        lambda: cases.settle(**does, words="x", key=a_key()),  # type: ignore[arg-type]
        lambda: cases.pass_on(**does, words="x", key=a_key()),  # type: ignore[arg-type]
        lambda: worries.acknowledge(**does, key=a_key()),  # type: ignore[arg-type]
        lambda: worries.note_call(**does, who="duty-line", went="spoke", key=a_key()),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Invalid):  # and it is given to nobody who is named in it
        cases.assign(actor=other.actor, ref=ref, who=named.ref, key=a_key(), now=LATER)
    assert reports.check(actor=named.actor, about_kind="other", about_ref=None) is None
