"""Who reads at the desk what another place proposes: whoever may answer, of what is theirs."""

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.vocabulary import Role
from enabler.services import between_places, moderation
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, share
from tests.services.test_between_places import propose


def an_administrator(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ada Keys", credentials=(), roles=(Role.ADMINISTRATOR,))


def waiting_for(who: BuiltMember) -> tuple[str, ...]:
    return moderation.desk(actor=who.actor, now=NOW).proposals


def test_custodians_of_the_place_that_is_asked(place: BuiltPlace, noise: BuiltPlace) -> None:
    share(place, noise)
    ours, theirs = a_custodian(place), a_custodian(noise)
    propose(ours, noise, 600, 300)
    assert len(waiting_for(theirs)) == 1
    assert waiting_for(ours) == ()
    assert waiting_for(an_administrator(noise)) == ()
    with pytest.raises(NotAllowed):
        waiting_for(a_member(noise))


def test_an_administrator_sees_totals_and_agrees_to_nothing(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    share(place, noise)
    seen = {
        who.ref: between_places.show(actor=who.actor, now=NOW).may_agree
        for who in (a_custodian(place), an_administrator(place))
    }
    assert sorted(seen.values()) == [False, True]
