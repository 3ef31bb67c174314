"""What is a member's own is nothing to whoever is not signed in, whichever door they come by."""

from collections.abc import Callable
from typing import Any

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.doors.wiring import wiring
from enabler.services import calendars, invitations
from tests.builders import NOW, BuiltPlace, a_member, an_organisation
from tests.services.deeds import a_key
from tests.services.test_colleagues import code_of, invited

Call = Callable[[Actor, str], Any]


def code(ref: str) -> dict[str, Any]:
    """An invitation with its code."""
    return {"invitation_ref": ref, "code": code_of(ref), "secrets": wiring().secrets}


CALLS: dict[str, Call] = {
    "calendars.token": lambda who, _: calendars.token(actor=who, secrets=wiring().secrets),
    "calendars.switch_on": lambda who, _: calendars.switch_on(
        actor=who, secrets=wiring().secrets, key=a_key(), now=NOW
    ),
    "calendars.switch_off": lambda who, _: calendars.switch_off(actor=who, key=a_key(), now=NOW),
    "invitations.show": lambda who, ref: invitations.show(actor=who, invitation_ref=ref, now=NOW),
    "invitations.open_with": lambda who, ref: invitations.open_with(
        actor=who, now=NOW, **code(ref)
    ),
    "invitations.answer": lambda who, ref: invitations.answer(
        actor=who, joining=False, key=a_key(), now=NOW, **code(ref)
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_member_may_and_a_stranger_may_not(place: BuiltPlace, name: str) -> None:
    pantry, hetty = an_organisation(place), a_member(place, "Hetty Hands")
    ref = invited(pantry.owner, pantry)
    with pytest.raises(NotAllowed):
        CALLS[name](Actor.anonymous(place.id), ref)
    CALLS[name](hetty.actor, ref)


def test_what_an_invitation_is_for_is_known_to_those_who_keep_the_people(
    place: BuiltPlace,
) -> None:
    pantry, hetty = an_organisation(place), a_member(place, "Hetty Hands")
    ref = invited(pantry.owner, pantry)
    for who, known in ((pantry.owner, True), (hetty, False)):
        shown = invitations.show(actor=who.actor, invitation_ref=ref, now=NOW)
        assert (shown.organisation == "Elmford Pantry") is known
