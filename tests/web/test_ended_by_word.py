"""Ended by a telephone call, a mandate looks to its supporter as one whose time is over."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.services import mandate_calls
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import sign_in

Browser = Callable[[], Person]
BY_CHANCE = re.compile(r'(nonce|value)="[^"]*"')
LATER = NOW + timedelta(minutes=2)


def pages_of(person: Person, sam: BuiltMember) -> list[tuple[str, str]]:
    """What the supporter meets next, but for what is of chance."""
    met = []
    for path in ("/for/now", "/needs/new", "/for", "/me"):
        body = person.open(path).answer.get_data(as_text=True)
        met.append((person.path, BY_CHANCE.sub("", body).replace(sam.ref, "REF")))
    return met


@pytest.mark.prove("7.3")
def test_nothing_tells_which_it_was(
    app: Flask, place: BuiltPlace, person: Browser, clock: Clock
) -> None:
    with app.app_context():
        rose, vera = a_member(place, "Rose Long"), a_member(place, "Rose Long")
        sam, ann = (a_member(place, "Sam Near", at=(900, 900)) for _ in range(2))
        cal = a_member(place, "Cal Desk", at=(2500, 2500), roles=(Role.CALL_HANDLER,))
        ended = a_mandate(rose, sam)
        over = a_mandate(vera, ann, days=1, now=LATER - timedelta(days=1))
    his, hers = sign_in(app, person(), sam), sign_in(app, person(), ann)
    his.open("/for").send(f"/for/{ended.ref}")
    hers.open("/for").send(f"/for/{over.ref}")
    assert his.heading == hers.heading == "You act for Rose"
    clock.now = LATER
    with app.app_context():
        mandate_calls.find(actor=cal.actor, typed=rose.ref, reason="asked", now=LATER)
        mandate_calls.end(
            actor=cal.actor, ref=rose.ref, which=(ended.ref,), words="She rang.", key=a_key(),
            now=LATER,
        )  # fmt: skip
    assert pages_of(his, sam) == pages_of(hers, ann)
