"""Who goes, what becomes of what they agreed to, and what comes first."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.vocabulary import (
    Channel,
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    Role,
)
from enabler.doors.wiring import wiring
from enabler.persistence.tables.members import WebSessionRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import erasure, laws, matches, messages
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_place,
    an_organisation,
)
from tests.erasure.deleting import ask, deliver, finally_go, finish, go, hits, the_code
from tests.services.acting import state_of, told
from tests.services.deeds import a_key, accept, earn, owe, post, the_ask

HOUR = timedelta(hours=1)


BUILT = {"changes_without_audit", "asked_without_credential"}
"""What tests build by hand has no audit, and nobody was asked for a paper."""


def broken() -> dict[str, int]:
    found = laws.check(now=NOW, erased=wiring().erasures)
    return {one.what: one.count for one in found if one.count and one.what not in BUILT}


class TestWhoGoes:
    def test_is_gone_for_good_and_every_law_holds(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        other = a_helper(place, "Olive Other", "shopping", at=(900, 900))
        need = post(ann).ref
        ref = accept(ben).ref
        deliver(NOW)
        go(ann)
        with reading() as uow:
            member = uow.homes.member(ann.id)
            assert (member.state, member.name, member.home_id) == (MemberState.ERASED, "", None)
            assert member.ref == ann.ref
            assert uow.needs.by_ref(None, need).state is NeedState.WITHDRAWN
        assert state_of(ref) is MatchState.WITHDRAWN
        assert told(ben)[-1] == "withdrawn"
        assert other
        assert broken() == {}
        deliver(NOW)
        finish(NOW + 2 * HOUR)
        assert broken() == {}

    def test_a_helper_leaves_and_somebody_else_is_asked_at_once(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        post(ann)
        ref = accept(ben).ref
        other = a_helper(place, "Olive Other", "shopping", at=(900, 900))
        go(ben)
        assert state_of(ref) is MatchState.RELEASED
        assert told(ann)[-1] == "released"
        assert the_ask(other)
        with reading() as uow:
            assert [one.state for one in uow.offers.all_of((ben.id, None))] == [OfferState.ENDED]
        assert broken() == {}

    def test_their_last_letter_goes_and_then_nothing_knows_where(
        self, ann: BuiltMember, place: BuiltPlace
    ) -> None:
        go(ann)
        deliver(NOW)
        mail = f"{ann.ref.lower()}@example.org"
        (last,) = messages.conversations(place_id=place.id, address=mail)
        assert "is deleted" in last.body
        finish(NOW + 2 * HOUR)
        assert messages.conversations(place_id=place.id, address=mail) == ()

    @pytest.mark.parametrize("minutes", [90, -90])
    def test_the_ledger_stays_whole_and_their_account_is_nobodys(
        self, ann: BuiltMember, ben: BuiltMember, minutes: int
    ) -> None:
        if minutes > 0:
            earn(ann, minutes)
        else:
            owe(ann, ben, -minutes)
        with reading() as uow:
            account = uow.purses.of_member(ann.id)
        assert account is not None
        go(ann)
        with reading() as uow:
            closed = uow.ledger.account(account.number)
            assert (closed.closed, closed.posted) == (True, 0)
            assert uow.purses.owners([account.number]) == {}
        assert broken() == {}

    def test_help_that_was_done_counts(self, ann: BuiltMember, ben: BuiltMember) -> None:
        post(ann)
        ref = accept(ben).ref
        matches.done(actor=ben.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
        go(ann)
        assert state_of(ref) is MatchState.CONFIRMED
        assert broken() == {}

    def test_who_lives_with_them_keeps_the_home(self, place: BuiltPlace, ann: BuiltMember) -> None:
        mate = a_member(place, "Mo Mate", home_id=ann.home_id)
        go(ann)
        with reading() as uow:
            assert uow.homes.where(mate.home_id or 0).address
        go(mate)
        with reading() as uow, pytest.raises(Exception, match="home"):
            uow.homes.where(mate.home_id or 0)

    def test_may_join_anew_with_the_same_number(self, place: BuiltPlace, ann: BuiltMember) -> None:
        with reading() as uow:
            phone = uow.contacts.of(ann.id)["phone"].value
        go(ann)
        with reading() as uow:
            assert uow.members.by_contact(place.id, "phone", phone) is None


class TestTheCode:
    def test_a_wrong_one_deletes_nothing(self, ann: BuiltMember) -> None:
        ask(ann)
        wrong = f"{(int(the_code(ann)) + 1) % 1_000_000:06d}"
        with pytest.raises(Invalid, match="code_wrong"):
            finally_go(ann, wrong)
        with reading() as uow:
            assert uow.homes.member(ann.id).state is MemberState.ACTIVE
        finally_go(ann, the_code(ann))
        finally_go(ann, "123456")  # the same form a second time

    def test_without_any_way_to_be_reached_the_desk_does_it(self, place: BuiltPlace) -> None:
        silent = a_member(place, "Sue Silent", phone=False)
        assert erasure.show(actor=silent.actor, now=NOW).reach is None
        with pytest.raises(WrongMoment, match="erase_at_desk"):
            ask(silent)


class TestWhatComesFirst:
    def test_a_role_at_the_council(self, place: BuiltPlace) -> None:
        desk = a_member(place, "Dee Desk", roles=[Role.CUSTODIAN])
        assert erasure.show(actor=desk.actor, now=NOW).first == ("erase_role_first",)
        with pytest.raises(WrongMoment, match="erase_role_first"):
            ask(desk)

    def test_an_organisation_that_nobody_else_leads(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place, "The Pantry")
        view = erasure.show(actor=pantry.owner.actor, now=NOW)
        assert (view.first, view.organisations) == (("erase_leads_alone",), ("The Pantry",))

    def test_a_help_of_which_the_two_say_different_things(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        post(ann)
        ref = accept(ben).ref
        matches.done(actor=ben.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
        matches.dispute(
            actor=ann.actor, match_ref=ref, words="He was not here.", key=a_key(), now=NOW
        )
        for one in (ann, ben):
            assert erasure.show(actor=one.actor, now=NOW).first == ("erase_hours_first",)


class TestTheSameNumberElsewhere:
    """Somebody of another place may have it, or be told of it: that is not theirs to delete."""

    def test_keeps_its_browser_and_its_messages(self, ben: BuiltMember) -> None:
        door = a_place("farby", area="EX")
        with unit_of_work() as uow:
            number = uow.contacts.of(ben.id)["phone"].value
            _browser(uow, door.id, number)
            _message(uow, door.id, number, NOW)
            uow.commit()
        go(ben)
        finish(NOW + timedelta(hours=2))
        deliver(NOW + timedelta(hours=2))
        finish(NOW + timedelta(days=60))
        assert _where(number) == {"web_session", "simulated_message"}


def _where(needle: str) -> set[str]:
    return {table for table, _ in hits([needle])}


def _browser(uow: UnitOfWork, place_id: int, number: str) -> None:
    uow.session.add(WebSessionRow(
        place_id=place_id, token_hash="nobody's", verified_phone=number, created_at=NOW,
        last_seen_at=NOW, expires_at=NOW + timedelta(days=90),
    ))  # fmt: skip


def _message(uow: UnitOfWork, place_id: int, number: str, at: datetime) -> None:
    uow.session.add(SimulatedMessageRow(
        place_id=place_id, channel=Channel.TEXT, direction="out", address=number,
        body=f"Ring {number}.", provider_ref="far", at=at,
    ))  # fmt: skip
