"""Who met and does not want to again: neither is asked to help the other, and nobody is told."""

import pytest

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import keeping_apart, matches, needs
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


def texts() -> int:
    with reading() as uow:
        return uow.session.query(OutboxRow).count()


@pytest.mark.parametrize("side", [0, 1])
def test_neither_is_asked_to_help_the_other_again(
    met: tuple[BuiltMember, BuiltMember, str], side: int
) -> None:
    asker, helper, ref = met
    before = texts()
    assert apart(met[side], ref) == {"together"}
    assert texts() == before
    an_offer(asker)
    assert post(asker, "shopping").nobody.refused == {"same_person": 1, "blocked": 1}  # type: ignore[union-attr]
    assert post(helper).nobody.refused == {"same_person": 1, "blocked": 1}  # type: ignore[union-attr]
    assert asks_of(helper) == asks_of(asker) == []


def test_nobody_else_reads_of_it(met: tuple[BuiltMember, BuiltMember, str]) -> None:
    asker, helper, ref = met
    seen = matches.show(actor=asker.actor, ref=ref, now=NOW)
    story = needs.show(actor=asker.actor, ref=seen.need_ref, now=NOW)
    apart(helper, ref)
    assert matches.show(actor=asker.actor, ref=ref, now=NOW) == seen
    assert needs.show(actor=asker.actor, ref=seen.need_ref, now=NOW) == story


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


def test_an_organisation_is_no_person_to_be_kept_from(place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    an_offer(pantry)
    asker = a_member(place, "Ann")
    post(asker)
    ref = accept(pantry.owner).ref
    for side in (asker, pantry.owner):
        assert not matches.show(actor=side.actor, ref=ref, now=NOW).may & {"apart"}
    with pytest.raises(WrongMoment):
        apart(asker, ref)
