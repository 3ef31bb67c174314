"""R14: pages answer a number or address of a member, byte for byte, as one of a stranger."""

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import phone_of, sign_in

DRAWN = re.compile(rb'(name="(?:csrf_token|key)"[^>]*value=|nonce=|nonce-|data-who=)"?[\w.-]+')
TYPED = {
    "phone": ("07700 900891", "07700 900892"),
    "email": ("zz98@example.org", "zz99@example.org"),
}


def whole(answer: TestResponse, *typed: str) -> bytes:
    """Status, headers and body, without what is drawn afresh and without what was typed."""
    kept = sorted(f"{name}: {value}" for name, value in answer.headers
                  if name not in ("Set-Cookie", "Date"))  # fmt: skip
    told = "\n".join((answer.status, *kept, "")).encode() + answer.get_data()
    for value in typed:
        for shape in (value, value.replace(" ", "+"), value.replace(" ", "%20")):
            told = told.replace(shape.encode(), b"what was typed")
    return DRAWN.sub(rb"\1", told)


@pytest.fixture
def known(app: Flask, place: BuiltPlace) -> dict[str, str]:
    """A member's phone and mail address."""
    with app.app_context():
        member = a_member(place, mail=True)
    phone = phone_of(app, member).removeprefix("+44")
    return {"phone": f"0{phone[:4]} {phone[4:]}", "email": f"{member.ref.lower()}@example.org"}


@pytest.fixture
def browser(app: Flask, place: BuiltPlace, person: Any) -> Any:
    """A fresh browser for each value: a stranger's, or a member's who has a phone."""

    def begin(signed_in: bool) -> Person:
        if not signed_in:
            return Person(app.test_client())
        with app.app_context():
            return sign_in(app, Person(app.test_client()), a_member(place, mail=True))

    return begin


@pytest.mark.parametrize(
    ("path", "field", "more", "signed_in"),
    [
        ("/sign-in/lost", "email", {}, False),
        ("/sign-in/lost/no-mail", "phone", {"name": "Ann", "words": "Ring"}, False),
        ("/sign-in", "phone", {}, False),
        ("/me/details/phone", "phone", {}, True),
        ("/me/details/mail", "email", {}, True),
    ],
)
def test_known_and_unknown_are_answered_alike(
    app: Flask, known: dict[str, str], browser: Any, path: str, field: str,
    more: dict[str, str], signed_in: bool,
) -> None:  # fmt: skip
    """The form, the page after it, and a wrong code there."""
    served = []
    for value in (known[field], *TYPED[field]):
        someone = browser(signed_in).open(path).send(**{field: value}, **more)
        seen = [whole(someone.answer, value)]
        if someone.path.endswith("/code"):
            seen.append(whole(someone.send(code="000000", old_code="000000").answer, value))
        served.append(seen)
    assert served[0] == served[1] == served[2]
