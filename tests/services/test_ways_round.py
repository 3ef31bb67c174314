"""Ways round a rule that somebody could find, by luck or on purpose: none leads anywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.errors import AlreadyFilled, NotAllowed, WrongMoment
from enabler.domain.permissions import RoleGrant
from enabler.domain.vocabulary import MatchState, MemberState, OfferState, Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import BlockRow, MemberRow, OrganisationRow, RoleRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, offers
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
    check_ends,
)
from tests.services.deeds import a_key, accept, asks_of, post, the_ask
from tests.services.test_asking import texts

HOUR = timedelta(hours=1)


def offered(giver: BuiltMember) -> tuple[str, OfferState]:
    """Offer shopping at any time."""
    draft = offers.OfferDraft(categories=("shopping",), words="Glad to.", any_time=True)
    view = offers.post(actor=giver.actor, draft=draft, key=a_key(), now=NOW)
    return view.ref, view.state


def change(kind: type, identity: int, **values: object) -> None:
    """Change a row behind the services' back."""
    with unit_of_work() as uow:
        row = uow.session.get(kind, identity)
        for name, value in values.items():
            setattr(row, name, value)
        uow.commit()


def test_a_held_first_offer_that_its_giver_ends_lets_no_second_one_through(
    place: BuiltPlace,
) -> None:
    """No custodian has ever looked at this helper."""
    helper = a_member(place)
    ref, state = offered(helper)
    assert state is OfferState.HELD
    offers.end(actor=helper.actor, ref=ref, key=a_key(), now=NOW)
    assert offered(helper)[1] is OfferState.HELD


class TestAReserve:
    """Somebody who said yes too late is asked first, if they may still be asked at all."""

    @pytest.fixture
    def late(self, place: BuiltPlace) -> BuiltMember:
        """Whoever was too late; their offer's ref is ``self.offer``, the yes of another stands."""
        winner, late = a_helper(place, "Win"), a_member(place, "Lat")
        self.offer = an_offer(late, capacity=1)
        self.asker = a_member(place, "Ann")
        post(self.asker)
        self.ref = the_ask(late)
        self.yes, self.winner = accept(winner).ref, winner
        with pytest.raises(AlreadyFilled):
            accept(late, self.ref)
        return late

    def released(self, late: BuiltMember) -> list[str]:
        """What the late one is asked when the slot comes free."""
        matches.release(
            actor=self.winner.actor, match_ref=self.yes, key=a_key(), now=NOW + HOUR
        )  # fmt: skip
        return [ask.ref for ask in asks_of(late, NOW + HOUR)]

    def test_is_asked(self, late: BuiltMember) -> None:
        assert self.released(late) == [self.ref]

    def test_whose_offer_has_ended_is_not(self, late: BuiltMember) -> None:
        offers.end(actor=late.actor, ref=self.offer, key=a_key(), now=NOW)
        assert self.released(late) == []
        assert len(texts("ask", late.id)) == 1

    def test_who_paused_is_not(self, late: BuiltMember) -> None:
        offers.pause(actor=late.actor, ref=self.offer, key=a_key(), now=NOW)
        assert self.released(late) == []

    def test_whose_check_has_lapsed_is_not(self, late: BuiltMember) -> None:
        """Law 6."""
        check_ends(late, NOW)
        assert self.released(late) == []

    def test_who_is_suspended_is_not(self, late: BuiltMember) -> None:
        change(MemberRow, late.id, state=MemberState.SUSPENDED)
        assert self.released(late) == []

    def test_who_is_kept_apart_is_not(self, late: BuiltMember) -> None:
        with unit_of_work() as uow:
            uow.session.add(BlockRow(
                place_id=late.place.id, member_id=self.asker.id, blocked_id=late.id, since=NOW
            ))  # fmt: skip
            uow.commit()
        assert self.released(late) == []

    def test_whose_week_is_full_is_not(self, late: BuiltMember, place: BuiltPlace) -> None:
        post(a_member(place, "Bea"))
        accept(late)
        assert self.released(late) == []


class TestAnOrganisation:
    @pytest.fixture
    def pantry(self, place: BuiltPlace) -> BuiltOrganisation:
        """One that was asked."""
        pantry = an_organisation(place)
        an_offer(pantry, reach=9000)
        return pantry

    def test_that_is_suspended_is_taken_at_its_word_no_more(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        """Law 6: it was asked while it stood."""
        post(a_member(place))
        ref = the_ask(pantry.owner)
        change(OrganisationRow, pantry.id, state=MemberState.SUSPENDED)
        with pytest.raises(WrongMoment):
            accept(pantry.owner, ref)

    def test_does_not_help_the_very_member_who_answers_for_it(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        """Nobody stands on both sides of a match, whoever they act for."""
        assert post(pantry.owner).asked == 0
        other = a_member(place, "Oz", at=(3500, 3500))
        with unit_of_work() as uow:
            uow.session.add(RoleRow(
                place_id=place.id, member_id=other.id, role=Role.ORGANISATION_COORDINATOR,
                organisation_id=pantry.id, from_at=NOW - HOUR,
            ))  # fmt: skip
            uow.commit()
        assert post(pantry.owner, words="Something else").asked == 1
        assert len(texts("ask", other.id)) == 1
        assert texts("ask", pantry.owner.id) == []
        with pytest.raises(NotAllowed):
            accept(pantry.owner)


def test_a_helper_who_was_suspended_since_is_taken_at_their_word_no_more(
    place: BuiltPlace,
) -> None:
    """Law 6: their session has ended, but a text or an open page may still say yes."""
    helper = a_helper(place)
    post(a_member(place))
    ref = the_ask(helper)
    change(MemberRow, helper.id, state=MemberState.SUSPENDED)
    with pytest.raises(WrongMoment):
        accept(helper, ref)
    with reading() as uow:
        assert uow.matches.by_ref(place.id, ref).state is MatchState.ASKED


class TestWhoReadsAMatch:
    def test_of_an_organisation_only_whoever_said_yes_learns_who_asks(
        self, place: BuiltPlace
    ) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        colleague = a_member(place, "Cole", at=(3000, 3000))
        with unit_of_work() as uow:
            uow.session.add(RoleRow(
                place_id=place.id, member_id=colleague.id, role=Role.ORGANISATION_COORDINATOR,
                organisation_id=pantry.id, from_at=NOW - HOUR,
            ))  # fmt: skip
            uow.commit()
        grant = RoleGrant(Role.ORGANISATION_COORDINATOR, place.id, organisation_id=pantry.id)
        acting = replace(colleague.actor, grants=(grant,))
        post(a_member(place, "Ann Asker"))
        ref = accept(pantry.owner).ref
        assert matches.show(actor=pantry.owner.actor, ref=ref, now=NOW).other_name == "Ann"
        seen = matches.show(actor=acting, ref=ref, now=NOW)
        assert (seen.side, seen.other_name, seen.address) == ("helper", None, None)
        with reading() as uow:
            assert uow.session.query(SightRow).filter_by(viewer=colleague.ref).count() == 0

    def test_a_custodian_leaves_a_sight_of_both_sides(self, place: BuiltPlace) -> None:
        asker, helper, custodian = a_member(place), a_helper(place), a_custodian(place)
        post(asker)
        ref = accept(helper).ref
        seen = matches.show(actor=custodian.actor, ref=ref, now=NOW)
        assert (seen.other_name, seen.address) == (None, None)
        with reading() as uow:
            sights = uow.session.query(SightRow).filter_by(viewer=custodian.ref).all()
            assert {(one.member_id, one.what) for one in sights} == {
                (asker.id, "case"), (helper.id, "case"),
            }  # fmt: skip

    def test_what_was_agreed_is_not_read_any_more_when_it_is_off(self, place: BuiltPlace) -> None:
        """Law 7: people write where the key is."""
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        ref = accept(helper).ref
        matches.arrange(
            actor=asker.actor, match_ref=ref, start=NOW + HOUR, end=NOW + 2 * HOUR,
            words="The key is under the pot.", key=a_key(), now=NOW,
        )  # fmt: skip
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).visit_words
        matches.release(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).visit_words is None
