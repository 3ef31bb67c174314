"""Who acts for an organisation: asked, their own yes, another part, removed, gone."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from enabler.domain.errors import Invalid, LimitReached, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import MatchState, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.organisations import InvitationRow
from enabler.persistence.unit_of_work import reading
from enabler.services import board, clock, colleagues, invitations, matches, mine
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import (
    acting,
    assign,
    goes_to,
    refreshed,
    said_yes,
    staffed,
    state_of,
    told,
)
from tests.services.deeds import a_key

HETTY = "07700 900961"


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    """An organisation that does shopping."""
    made = an_organisation(place)
    an_offer(made)
    return made


def invited(lead: BuiltMember, pantry: BuiltOrganisation, to: str = HETTY, role: str = "helper"
) -> str:  # fmt: skip
    """Somebody is asked by number or address; the invitation."""
    return invitations.invite(
        actor=lead.actor, ref=pantry.ref, role=f"organisation-{role}", to=to,
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip


def code_of(ref: str) -> str:
    """The code that went to whoever was asked."""
    with reading() as uow:
        return wiring().secrets.code(uow.colleagues.invitation(None, ref).nonce)


def answered(who: BuiltMember, ref: str, code: str | None = None, *, yes: bool = True) -> str:
    """They say yes or no with the code."""
    return invitations.answer(
        actor=who.actor, invitation_ref=ref, code=code or code_of(ref), joining=yes,
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip


def remove(lead: BuiltMember, pantry: BuiltOrganisation, who: BuiltMember) -> None:
    """An owner removes somebody."""
    colleagues.remove(actor=lead.actor, ref=pantry.ref, who=who.ref, key=a_key(), now=NOW)


def another(lead: BuiltMember, pantry: BuiltOrganisation, who: BuiltMember, role: str) -> None:
    """An owner gives somebody another part."""
    colleagues.change_role(
        actor=lead.actor, ref=pantry.ref, who=who.ref, role=f"organisation-{role}", key=a_key(),
        now=NOW,
    )  # fmt: skip


def leave(who: BuiltMember, pantry: BuiltOrganisation) -> None:
    """Somebody goes."""
    colleagues.leave(actor=who.actor, ref=pantry.ref, key=a_key(), now=NOW)


def parts(pantry: BuiltOrganisation) -> dict[int, Role]:
    """Who acts for it now, as what."""
    with reading() as uow:
        return {one.member_id: one.role for one in uow.colleagues.of(pantry.id, NOW)}


class TestSomebodyWhoWasAsked:
    def test_acts_for_it_from_their_own_yes_on(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        hetty = a_member(place, "Hetty Hands")
        ref = invited(pantry.owner, pantry, role="coordinator")
        assert parts(pantry) == {pantry.owner.id: Role.ORGANISATION_OWNER}
        answered(hetty, ref)
        assert parts(pantry)[hetty.id] is Role.ORGANISATION_COORDINATOR
        assert board.board(actor=refreshed(hetty).actor, ref=pantry.ref, now=NOW).leads
        assert told(pantry.owner)[-1] == "joined"
        with pytest.raises(WrongMoment, match="invitation_over"):
            answered(a_member(place, "Late"), ref, "123456")

    def test_may_say_no_and_nothing_of_them_is_kept(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        ref = invited(pantry.owner, pantry, to="hetty@example.org")
        answered(a_member(place), ref, yes=False)
        assert len(parts(pantry)) == 1
        with reading() as uow:
            row = uow.session.scalars(select(InvitationRow).filter_by(ref=ref)).one()
            assert (row.value, row.ended_because) == (None, "declined")

    def test_has_five_tries_for_the_code(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        hetty, ref = a_member(place), invited(pantry.owner, pantry)
        right = code_of(ref)
        wrong = "000000" if right != "000000" else "111111"
        for left in (4, 3, 2, 1, 0):
            with pytest.raises(Invalid) as refused:
                answered(hetty, ref, wrong)
            assert (refused.value.code, refused.value.facts["left"]) == (
                "invitation_code_wrong", left,
            )  # fmt: skip
        with pytest.raises(WrongMoment, match="invitation_over"):
            answered(hetty, ref, right)

    def test_has_seven_days(self, place: BuiltPlace, pantry: BuiltOrganisation) -> None:
        hetty, ref = a_member(place), invited(pantry.owner, pantry)
        late = NOW + timedelta(days=7)
        with pytest.raises(WrongMoment, match="invitation_over"):
            invitations.answer(
                actor=hetty.actor, invitation_ref=ref, code=code_of(ref), joining=True,
                secrets=wiring().secrets, key=a_key(), now=late,
            )  # fmt: skip
        assert clock.forget_old(now=late)["invitation"] == 1

    def test_is_asked_by_the_newest_message_alone(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        first = invited(pantry.owner, pantry)
        assert invited(pantry.owner, pantry) == first  # from another window: one message
        second = invited(pantry.owner, pantry, role="coordinator")
        with pytest.raises(WrongMoment):
            answered(a_member(place), first, code_of(first))
        answered(a_member(place), second)

    def test_who_acts_for_it_already_is_told_so(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        ref = invited(pantry.owner, pantry)
        with pytest.raises(WrongMoment, match="acts_already"):
            answered(pantry.owner, ref)

    def test_can_be_reached(self, pantry: BuiltOrganisation) -> None:
        for to, code in (("", "to_missing"), ("12", "phone_malformed"), ("x@y", "email_malformed"),
                         ("0117 496 0123", "phone_no_texts")):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                invited(pantry.owner, pantry, to=to)
            assert (refused.value.field, refused.value.code) == ("to", code)

    def test_is_one_of_twenty_a_day(self, pantry: BuiltOrganisation) -> None:
        for number in range(20):
            invited(pantry.owner, pantry, to=f"a{number}@example.org")
        with pytest.raises(LimitReached, match="invitations_too_many"):
            invited(pantry.owner, pantry, to="b@example.org")


Deed = Callable[[BuiltMember, BuiltOrganisation, BuiltMember], object]
DEEDS: dict[str, Deed] = {
    "see": lambda who, pantry, _: colleagues.people(actor=who.actor, ref=pantry.ref, now=NOW),
    "board": lambda who, pantry, _: board.board(actor=who.actor, ref=pantry.ref, now=NOW),
    "invite": lambda who, pantry, _: invited(who, pantry),
    "change": lambda who, pantry, one: another(who, pantry, one, "coordinator"),
    "remove": remove,
    "leave": lambda who, pantry, _: leave(who, pantry),
}
ALLOWED = {
    "owner": {"see", "board", "invite", "change", "remove"},  # the only owner cannot leave
    "coordinator": {"see", "board", "leave"},
    "helper": {"board", "leave"},
    "stranger": set(),
    "elsewhere": set(),
    "beside": set(),
}


def test_each_part_may_do_what_is_its_own(
    place: BuiltPlace, pantry: BuiltOrganisation, noise: BuiltPlace
) -> None:
    people = staffed(place, pantry)
    people["elsewhere"] = an_organisation(noise, "Their Own").owner
    people["beside"] = an_organisation(place, "The Other").owner
    extra = [acting(a_member(place, f"Extra {n}"), pantry, Role.ORGANISATION_HELPER)
             for n in range(len(people))]  # fmt: skip
    may: dict[str, set[str]] = {name: set() for name in people}
    for (name, who), one in zip(people.items(), extra, strict=True):
        for deed, act in DEEDS.items():
            with suppress(NotAllowed, NotFound, WrongMoment):
                act(who, pantry, one)
                may[name].add(deed)
    assert may == ALLOWED


class TestAnotherPart:
    def test_counts_at_once_and_is_told(self, place: BuiltPlace, pantry: BuiltOrganisation) -> None:
        helper = staffed(place, pantry)["helper"]
        another(pantry.owner, pantry, helper, "coordinator")
        assert board.board(actor=refreshed(helper).actor, ref=pantry.ref, now=NOW).leads
        assert told(helper) == ["role_changed"]
        with reading() as uow:
            history = uow.audit.of("member", helper.id)
        assert [(one.what, one.why) for one in history] == [
            ("role.changed", "organisation-coordinator")
        ]

    def test_is_never_that_of_the_last_owner(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        with pytest.raises(WrongMoment, match="last_owner"):
            another(pantry.owner, pantry, pantry.owner, "helper")
        with pytest.raises(WrongMoment, match="last_owner"):
            leave(pantry.owner, pantry)
        second = staffed(place, pantry)["coordinator"]
        another(pantry.owner, pantry, second, "owner")
        leave(pantry.owner, pantry)
        assert parts(pantry)[second.id] is Role.ORGANISATION_OWNER
        assert pantry.owner.id not in parts(pantry)


class TestSomebodyWhoWasRemoved:
    def test_sees_no_match_no_board_and_no_address_from_that_moment(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        helper, asker = staffed(place, pantry)["helper"], a_member(place, "Ann Asker")
        match = said_yes(asker, pantry)
        assign(pantry.owner, match, helper)
        assert matches.show(actor=helper.actor, ref=match, now=NOW).address
        remove(pantry.owner, pantry, helper)
        gone = refreshed(helper)
        with pytest.raises(NotAllowed):
            matches.show(actor=gone.actor, ref=match, now=NOW)
        with pytest.raises(NotAllowed):
            board.board(actor=gone.actor, ref=pantry.ref, now=NOW)
        assert mine.everything(actor=gone.actor, now=NOW).helping == ()
        assert (goes_to(match), state_of(match)) == (None, MatchState.ACCEPTED)
        assert told(helper)[-1] == "role_ended"
        (entry,) = board.board(actor=pantry.owner.actor, ref=pantry.ref, now=NOW).days[0][1]
        assert (entry.goes, entry.may) == (None, {"assign"})

    def test_reads_nothing_though_their_name_still_stands_there(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        """Whoever goes reads the address as long as they act for the organisation, and no longer:
        also where a role ended in some other way."""
        helper, asker = staffed(place, pantry)["helper"], a_member(place, "Ann Asker")
        match = said_yes(asker, pantry)
        assign(pantry.owner, match, helper)
        lapsed = a_copy_without_roles(helper)
        with pytest.raises(NotAllowed):
            matches.show(actor=lapsed.actor, ref=match, now=NOW)
        with pytest.raises(NotAllowed):
            matches.done(actor=lapsed.actor, match_ref=match, minutes=5, key=a_key(), now=NOW)

    def test_cannot_be_the_one_who_removes(self, pantry: BuiltOrganisation) -> None:
        with pytest.raises(WrongMoment, match="leave_instead"):
            remove(pantry.owner, pantry, pantry.owner)


def a_copy_without_roles(member: BuiltMember) -> BuiltMember:
    """The member as a session knows them whose roles have lapsed."""
    return replace(member, actor=replace(member.actor, grants=()))
