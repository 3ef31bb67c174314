"""Who met and does not want to again: neither is asked to help the other, and nobody is told."""

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.unit_of_work import reading
from enabler.services import board, keeping_apart, matches, needs
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
from tests.services.acting import acting, assign, goes_to, said_yes
from tests.services.deeds import a_key, accept, asks_of, decline, post, the_ask


@pytest.fixture
def met(place: BuiltPlace) -> tuple[BuiltMember, BuiltMember, str]:
    """An asker, a helper who said yes, and their match."""
    asker, helper = a_member(place, "Ann"), a_helper(place, "Hal")
    post(asker)
    return asker, helper, accept(helper).ref


def apart(actor: BuiltMember, ref: str, key: str | None = None) -> frozenset[str]:
    view = keeping_apart.keep_apart(actor=actor.actor, match_ref=ref, key=key or a_key(), now=NOW)
    return view.may & {"apart", "together"}


@pytest.mark.parametrize("side", [0, 1])
def test_neither_is_asked_to_help_the_other_again(
    met: tuple[BuiltMember, BuiltMember, str], side: int
) -> None:
    asker, helper, ref = met
    assert apart(met[side], ref) == {"together"}
    an_offer(asker)
    assert post(asker, "shopping").nobody.refused == {"same_person": 1, "blocked": 1}  # type: ignore[union-attr]
    assert post(helper).nobody.refused == {"same_person": 1, "blocked": 1}  # type: ignore[union-attr]
    assert asks_of(helper) == asks_of(asker) == []


def test_nobody_else_reads_of_it(met: tuple[BuiltMember, BuiltMember, str]) -> None:
    """The other side reads what it would read had the helper just called it off."""
    asker, helper, ref = met
    apart(helper, ref)
    seen = matches.show(actor=asker.actor, ref=ref, now=NOW)
    assert (seen.state.value, seen.ended_because) == ("released", "released_by_helper")
    assert "together" not in seen.may
    story = needs.show(actor=asker.actor, ref=seen.need_ref, now=NOW)
    assert not any(word in repr(story) for word in ("together", "blocked"))


def test_it_can_be_taken_back(met: tuple[BuiltMember, BuiltMember, str]) -> None:
    asker, helper, ref = met
    apart(helper, ref)
    again = keeping_apart.bring_together(actor=helper.actor, match_ref=ref, key=a_key(), now=NOW)
    assert "apart" in again.may
    assert post(asker).asked == 1


def test_said_twice_it_is_so_once_with_its_audit(met: tuple[BuiltMember, BuiltMember, str]) -> None:
    _, helper, ref = met
    key = a_key()
    for again in (key, key, a_key()):
        apart(helper, ref, again)
    with reading() as uow:
        assert uow.session.query(BlockRow).count() == 1
        told = [entry.what for entry in uow.audit.of("member", helper.id)]
    assert told == ["member.kept_apart", "member.kept_apart"]


def test_it_is_for_the_two_alone_and_once_they_have_met(place: BuiltPlace) -> None:
    asker, helper = a_member(place, "Ann"), a_helper(place, "Hal")
    post(asker)
    ref = the_ask(helper)
    assert not matches.show(actor=helper.actor, ref=ref, now=NOW).may & {"apart", "together"}
    with pytest.raises(WrongMoment):
        apart(helper, ref)
    decline(helper, ref)
    with pytest.raises(WrongMoment):
        apart(asker, ref)
    for stranger in (a_custodian(place), a_member(place, "Stranger")):
        with pytest.raises(NotAllowed):
            apart(stranger, ref)


def test_an_organisation_is_no_person_but_whoever_goes_for_it_is(place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    an_offer(pantry)
    asker = a_member(place, "Ann")
    need = post(asker)
    ref = accept(pantry.owner).ref
    assert matches.show(actor=asker.actor, ref=ref, now=NOW).may & {"apart"}
    apart(asker, ref)
    view = matches.show(actor=asker.actor, ref=ref, now=NOW)
    assert (view.state.value, view.other_name) == ("accepted", None)
    assert needs.show(actor=asker.actor, ref=need.ref, now=NOW).state.value == "filled"
    with pytest.raises(Invalid):  # the organisation's yes stands; this person does not go
        board.assign(
            actor=pantry.owner.actor, match_ref=ref, who=pantry.owner.ref, key=a_key(), now=NOW
        )


@pytest.mark.parametrize("another_goes", [False, True])
def test_whoever_went_for_an_organisation_is_let_back_on_the_matchs_page(
    place: BuiltPlace, another_goes: bool
) -> None:
    """Also when nobody of it goes now, or somebody else does: who is kept away stays theirs."""
    pantry = an_organisation(place)
    an_offer(pantry)
    asker = a_member(place, "Ann")
    ref = said_yes(asker, pantry)
    apart(asker, ref)
    if another_goes:
        other = acting(a_member(place, "Hetty"), pantry, Role.ORGANISATION_HELPER)
        assign(pantry.owner, ref, other)
    wanted = {"apart", "together_before"} if another_goes else {"together"}
    seen = matches.show(actor=asker.actor, ref=ref, now=NOW)
    assert seen.may & {"apart", "together", "together_before"} == wanted
    view = keeping_apart.bring_together(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
    assert not view.may & {"together", "together_before"}
    assign(pantry.owner, ref, pantry.owner)
    assert goes_to(ref) == pantry.owner.id


def test_who_leads_an_organisation_and_was_to_go_lets_the_asker_back(place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    an_offer(pantry)
    ref = said_yes(a_member(place, "Ann"), pantry)
    assert apart(pantry.owner, ref) == {"together"}
    view = keeping_apart.bring_together(
        actor=pantry.owner.actor, match_ref=ref, key=a_key(), now=NOW
    )
    assert not view.may & {"apart", "together"}
    assign(pantry.owner, ref, pantry.owner)
    assert goes_to(ref) == pantry.owner.id
