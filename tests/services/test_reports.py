"""Reports reach every lead but those they name, from members and from strangers."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import LimitReached, NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.reports import FROM_ALL, FROM_ONE
from enabler.domain.vocabulary import Channel, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from enabler.services import cases, matches, messages, moderation, offers, reports
from enabler.services.views import ReportView
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
from tests.keeping import end_what_is_over
from tests.services.acting import acting, said_yes
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts

HOUR = timedelta(hours=1)


def a_lead(place: BuiltPlace, name: str = "Lena Lead", **ways: Any) -> BuiltMember:
    ways = {"phone": False, "mail": True} | ways
    return a_member(place, name, roles=(Role.SAFEGUARDING_LEAD,), **ways)


def tell_council(actor: Actor, words: str = "He looks thin.", *, kind: str = "worried",
                 about: str = "other", ref: str | None = None, **more: Any) -> str:  # fmt: skip
    return reports.report(
        actor=actor, about_kind=about, about_ref=ref, kind=kind, words=words,
        key=more.pop("key", None) or a_key(), now=more.pop("now", NOW), **more,
    )  # fmt: skip


def on_desk(who: BuiltMember) -> list[ReportView]:
    return list(moderation.desk(actor=who.actor, now=NOW).reports)


def told() -> set[int | None]:
    """Who was told of a report."""
    return {row.member_id for which in ("worried_lead", "went_wrong_lead") for row in texts(which)}


def test_every_lead_of_the_place_is_told_by_mail_or_text_without_a_word_of_it(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    by_mail, by_text = a_lead(place, phone=True), a_lead(place, "Lou", phone=True, mail=False)
    a_lead(noise, "Nina"), a_custodian(place)
    ref = tell_council(a_member(place).actor)
    assert {row.member_id: row.channel for row in texts("worried_lead")} == {
        by_mail.id: Channel.MAIL, by_text.id: Channel.TEXT,
    }  # fmt: skip
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW)
    with reading() as uow:
        bodies = [row.body for row in uow.session.query(SimulatedMessageRow)]
    assert len(bodies) == 2
    assert all(f"/desk/reports/{ref}" in body and "thin" not in body for body in bodies)


def test_worries_are_on_top_of_the_desk(place: BuiltPlace) -> None:
    lead, member = a_lead(place), a_member(place).actor
    for number, kind in enumerate(("went-wrong", "worried", "went-wrong")):
        tell_council(member, f"He looks thin. {number}", kind=kind)
    assert [one.kind for one in on_desk(lead)] == ["worried", "went-wrong", "went-wrong"]


def test_whoever_does_not_deal_with_it_learns_that_it_waits(place: BuiltPlace) -> None:
    lead, chief = a_lead(place), a_member(place, "Ada", roles=(Role.ADMINISTRATOR,))
    for _ in range(2):
        tell_council(a_member(place).actor)
    found = moderation.desk(actor=chief.actor, now=NOW)
    assert (found.reports, found.reports_waiting) == ((), 2)
    assert "He looks thin." not in repr(found)
    assert len(on_desk(lead)) == 2


class TestStaffWhoAreNamed:
    def test_neither_hear_of_it_nor_see_it(self, place: BuiltPlace) -> None:
        named, other = a_lead(place, "Vera Grim"), a_lead(place, "Lena Lead")
        custodian = a_custodian(place, "Carol Desk")
        ref = tell_council(a_member(place).actor, "Vera Grim and Mrs Desk laughed at me.")
        assert told() == {other.id}
        assert [one.ref for one in on_desk(other)] == [ref]
        for who in (named, custodian):
            assert on_desk(who) == []
            with pytest.raises(NotFound):
                cases.settle(actor=who.actor, ref=ref, words="Done.", key=a_key(), now=NOW)

    def test_are_also_those_whose_match_it_is(self, place: BuiltPlace) -> None:
        lead = a_lead(place, at=(700, 700))
        an_offer(lead)
        asker, other = a_member(place, "Ann"), a_lead(place, "Lou")
        post(asker)
        match = matches.accept(
            actor=lead.actor, match_ref=the_ask(lead), key=a_key(), now=NOW
        ).ref  # fmt: skip
        tell_council(asker.actor, about="match", ref=match)
        assert told() == {other.id}

    def test_leave_it_to_the_custodians_where_no_other_lead_is(self, place: BuiltPlace) -> None:
        a_lead(place, "Vera Grim")
        custodian = a_custodian(place)
        tell_council(a_member(place).actor, "Miss Grim shouts.")
        assert told() == {custodian.id}

    def test_by_one_name_alone_are_kept_from_what_is_told_of_staff(self, place: BuiltPlace) -> None:
        """Most people know those at the council by one name: whom it is about must not read it."""
        named, other = a_lead(place, "Vera Grim"), a_lead(place, "Lena Lead")
        custodian = a_custodian(place, "Carol Desk")
        ref = tell_council(
            a_member(place).actor, "Vera and carol shout at me.", kind="rude", about="staff"
        )
        assert told() == {other.id}
        assert on_desk(named) == on_desk(custodian) == []
        assert [one.ref for one in on_desk(other)] == [ref]

    def test_by_one_name_leave_somebody_to_read_it(self, place: BuiltPlace) -> None:
        lead = a_lead(place, "Vera Grim")
        tell_council(a_member(place).actor, "Vera shouts at me.", about="staff")
        assert told() == {lead.id}

    @pytest.mark.parametrize("about", ["organisation", "offer", "match"])
    def test_are_also_those_who_act_for_the_organisation(
        self, place: BuiltPlace, about: str
    ) -> None:
        """Somebody of the desk may act for a group in their free time."""
        other, party = a_lead(place, "Lou"), a_lead(place, "Pat")
        pantry, asker = an_organisation(place), a_member(place, "Ann")
        acting(party, pantry, Role.ORGANISATION_COORDINATOR)
        of = {"organisation": pantry.ref, "offer": an_offer(pantry)}.get(about)
        tell_council(asker.actor, about=about, ref=of or said_yes(asker, pantry))
        assert told() == {other.id}


class TestAStranger:
    def test_is_heard_with_a_way_to_be_called_back(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        tell_council(Actor.anonymous(place.id), call_back="07700 900123, after 6")
        (seen,) = on_desk(lead)
        assert (seen.words, seen.call_back) == ("He looks thin.", "07700 900123, after 6")
        assert told() == {lead.id}

    def test_does_not_fill_the_leads_letter_box(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        for number in range(4):
            tell_council(Actor.anonymous(place.id), f"He looks thin. {number}")
        assert (len(on_desk(lead)), len(texts("worried_lead"))) == (4, 1)
        (more,) = texts("more_reports_lead")  # at the end of the ten minutes, for the other three
        assert more.due_at == NOW + timedelta(minutes=10)

    def test_in_two_windows_tells_it_once(self, place: BuiltPlace) -> None:
        lead, stranger = a_lead(place), Actor.anonymous(place.id)
        first = tell_council(stranger, about="other")
        assert tell_council(stranger, about="other") == first
        assert tell_council(stranger, call_back="07700 900123") != first
        assert tell_council(a_member(place).actor) != first
        assert len(on_desk(lead)) == 3

    def test_tells_of_an_offer_and_learns_nothing_of_any(self, place: BuiltPlace) -> None:
        lead, helper = a_lead(place), a_member(place, "Hal")
        shown, ended = an_offer(helper), an_offer(helper, "meals")
        offers.end(actor=helper.actor, ref=ended, key=a_key(), now=NOW)
        for ref in (shown, ended, "ZZZZ"):
            tell_council(Actor.anonymous(place.id), f"Of {ref}.", about="offer", ref=ref)
        assert [one.about_ref for one in on_desk(lead)] == [shown, None, None]

    def test_tells_of_no_match_need_or_person(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place), a_helper(place)
        need = post(asker)
        match = accept(helper).ref
        for about, ref in (("match", match), ("need", need.ref), ("member", asker.ref)):
            with pytest.raises(NotAllowed):
                tell_council(Actor.anonymous(place.id), about=about, ref=ref)


class TestAFlood:
    def flood(self, place: BuiltPlace, *, kind: str, number: int, start: int = 0) -> None:
        for each in range(start, start + number):
            self.one(place, f"Number {each}", kind=kind)

    def one(self, place: BuiltPlace, words: str, **more: Any) -> str:
        return tell_council(
            Actor.anonymous(place.id), words, secrets=wiring().secrets,
            **{"from_address": "203.0.113.7"} | more,
        )  # fmt: skip

    def test_of_what_went_wrong_waits_and_others_do_not(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        self.flood(place, kind="went-wrong", number=FROM_ONE)
        with pytest.raises(LimitReached) as wrong:
            self.one(place, "One more", kind="went-wrong")
        assert wrong.value.code == "reports_too_many"
        assert wrong.value.facts["minutes"] == 60
        self.one(place, "From elsewhere", kind="went-wrong", from_address="203.0.113.8")
        self.one(noise, "In another place", kind="went-wrong")
        self.one(place, "An hour later", kind="went-wrong", now=NOW + HOUR)
        tell_council(a_member(place).actor, "A member's", kind="went-wrong")

    def test_never_holds_up_a_worry_and_buries_no_other(self, place: BuiltPlace) -> None:
        lead = a_lead(place)
        self.flood(place, kind="worried", number=FROM_ONE + 5)
        real = self.one(place, "She has not eaten.", kind="worried", from_address="2001:db8::1")
        shown = on_desk(lead)
        assert len(shown) == FROM_ONE + 6
        assert [one.gathered for one in shown] == [False] * (FROM_ONE + 1) + [True] * 5
        assert real in [one.ref for one in shown if not one.gathered]
        told_of = Counter(row.template for row in texts("worried_lead", lead.id))
        more = [row.due_at for row in texts("more_reports_lead")]
        assert told_of["worried_lead"] == 1
        assert more == [NOW + timedelta(minutes=10), NOW + HOUR]

    def test_of_the_whole_place_is_one_too(self, place: BuiltPlace) -> None:
        for each in range(FROM_ALL):
            self.one(place, f"Number {each}", kind="worried", from_address=f"198.51.100.{each}")
        with pytest.raises(LimitReached):
            self.one(place, "One more", kind="went-wrong", from_address="203.0.113.9")
        self.one(place, "One more", kind="worried", from_address="203.0.113.9")

    def test_is_forgotten_after_a_day_but_for_its_words(self, place: BuiltPlace) -> None:
        self.one(place, "One")
        with reading() as uow:
            assert uow.session.query(ReportRow).one().from_address_hash
        end_what_is_over(now=NOW + 25 * HOUR)
        with reading() as uow:
            kept = uow.session.query(ReportRow).one()
        assert (kept.words, kept.from_address_hash) == ("One", None)


def test_that_it_went_wrong_is_one_report_and_the_match_says_so(place: BuiltPlace) -> None:
    lead, asker, helper = a_lead(place), a_member(place, "Ann"), a_helper(place)
    post(asker)
    match = accept(helper).ref
    matches.done(actor=helper.actor, match_ref=match, minutes=10, key=a_key(), now=NOW)
    key = a_key()
    made = {
        tell_council(asker.actor, "No.", kind="went-wrong", about="match", ref=match, key=key)
        for _ in range(2)
    }  # fmt: skip
    assert {one.ref for one in on_desk(lead)} == made
    assert matches.show(actor=helper.actor, ref=match, now=NOW).state.value == "disputed"
    assert len(texts("went_wrong_lead", lead.id)) == 1


def test_it_is_looked_at_within_the_rulesets_hours(place: BuiltPlace) -> None:
    for actor in (a_member(place).actor, Actor.anonymous(place.id)):
        assert reports.looked_at_by(actor=actor, now=NOW) == NOW + 24 * HOUR


def test_a_match_goes_wrong_by_the_word_of_its_sides_alone(place: BuiltPlace) -> None:
    helper, asker, custodian = a_helper(place), a_member(place, "Ann"), a_custodian(place)
    post(asker)
    ref = accept(helper).ref
    matches.done(actor=asker.actor, match_ref=ref, minutes=60, key=a_key(), now=NOW)
    for who, state in ((custodian, "done"), (helper, "disputed")):
        tell_council(who.actor, "Not so.", kind="went-wrong", about="match", ref=ref)
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).state.value == state
