"""Who has looked at me: said by what they are to me, with what, why and when."""

from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import browsers, looked, matches, members, needs
from tests.builders import NOW, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.contacting import secrets
from tests.services.deeds import accept, post

HOUR = timedelta(hours=1)


def test_sights_are_told_by_what_the_viewer_is_to_me(place: BuiltPlace, noise: BuiltPlace) -> None:
    asker, helper, custodian = a_member(place, "Rosa"), a_helper(place), a_custodian(place)
    need = post(asker)
    ref = accept(helper).ref
    needs.show(actor=custodian.actor, ref=need.ref, now=NOW + HOUR)
    matches.show(actor=asker.actor, ref=ref, now=NOW + 2 * HOUR)
    members.by_ref(actor=Actor.operator("x"), ref=asker.ref, now=NOW + 3 * HOUR)
    found = looked.show(actor=asker.actor, secrets=secrets(), now=NOW).days
    assert [(one.who, one.role, one.why) for one in found] == [
        ("operator", None, "looked-up"),
        ("staff", Role.CUSTODIAN, "match"),
        ("staff", Role.CUSTODIAN, "need"),
        ("helper", None, "match"),
    ]
    assert (found[1].what, found[3].what) == (("case",), ("address", "name"))
    assert (found[3].subject_ref, found[2].subject_ref) == (ref, None)
    theirs = looked.show(actor=helper.actor, secrets=secrets(), now=NOW).days
    assert ("asker", ("name",)) in [(one.who, one.what) for one in theirs]
    with pytest.raises(NotAllowed):
        looked.show(actor=Actor.anonymous(place.id), secrets=secrets(), now=NOW)


def test_browsers_are_signed_out_one_by_one(place: BuiltPlace) -> None:
    mine, other = a_member(place), a_member(place)
    with unit_of_work() as uow:
        for member, name in ((mine, "a"), (mine, "b"), (other, "c")):
            uow.sessions.open(
                token_hash=secrets().digest(f"session:{name}"), place_id=place.id, now=NOW,
                member_id=member.id,
            )  # fmt: skip
        uow.commit()

    def seen(who: Actor, token: str) -> list[tuple[bool, str]]:
        found = browsers.signed_in(actor=who, token=token, secrets=secrets(), now=NOW)
        return [(each.here, each.mark) for each in found]

    before = seen(mine.actor, "a")
    assert sorted(here for here, _ in before) == [False, True]
    mark = next(mark for here, mark in before if not here)
    theirs = seen(other.actor, "c")[0][1]
    for _ in range(2):
        browsers.sign_out_one(actor=mine.actor, mark=mark, secrets=secrets(), now=NOW)
    assert [here for here, _ in seen(mine.actor, "a")] == [True]
    for wrong in (theirs, "", "x"):
        with pytest.raises(NotFound):
            browsers.sign_out_one(actor=mine.actor, mark=wrong, secrets=secrets(), now=NOW)
    assert len(seen(other.actor, "c")) == 1
