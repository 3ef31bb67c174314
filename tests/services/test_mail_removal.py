"""A mail address is taken away: by a code to the phone, can be undone, never the last way."""

from collections.abc import Callable

import pytest

from enabler.domain.contact_changes import CAUTION
from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import contacts, mail_removal
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.contacting import (
    BROWSER,
    caution_of,
    contacts_of,
    key,
    newest_code,
    refusal_link,
    secrets,
    told,
)


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """A member with a phone and a mail address."""
    return a_member(place, "Rosa Long", mail=True)


def ask(member: BuiltMember) -> None:
    """Ask for the code."""
    mail_removal.ask_code(
        actor=member.actor, browser=BROWSER, from_address="192.0.2.9", secrets=secrets(),
        key=key(), now=NOW,
    )  # fmt: skip


def remove(member: BuiltMember, code: str, browser: str = BROWSER) -> None:
    """Take it away."""
    mail_removal.remove(actor=member.actor, code=code, browser=browser, secrets=secrets(), now=NOW)


def test_goes_for_the_code_that_came_to_the_phone(rosa: BuiltMember) -> None:
    old = contacts_of(rosa)
    assert mail_removal.check(actor=rosa.actor) == old["mail"]
    ask(rosa)
    code = newest_code(old["phone"])
    for _ in range(2):
        remove(rosa, code)
    assert contacts_of(rosa) == {"phone": old["phone"]}
    assert caution_of(rosa) == NOW + CAUTION
    assert (told(old["mail"]), told(old["phone"])) == (["contact_changed"], ["contact_changed"])


def test_is_undone_by_whoever_reads_it(rosa: BuiltMember) -> None:
    old = contacts_of(rosa)
    ask(rosa)
    remove(rosa, newest_code(old["phone"]))
    contacts.refuse(token=refusal_link(old["mail"]), secrets=secrets(), now=NOW)
    assert contacts_of(rosa) == old


def test_stays_without_the_right_code_of_this_browser(rosa: BuiltMember) -> None:
    old = contacts_of(rosa)
    ask(rosa)
    code = newest_code(old["phone"])
    bad = f"{(int(code) + 1) % 1_000_000:06d}"
    for typed, browser in ((bad, BROWSER), ("", BROWSER), (code, "another")):
        with pytest.raises(Invalid) as wrong:
            remove(rosa, typed, browser)
        assert wrong.value.field == "code"
    assert contacts_of(rosa) == old


def _signs_in(place: BuiltPlace) -> BuiltMember:
    staff = a_member(place, mail=True)
    with unit_of_work() as uow:
        uow.staff.add(place.id, staff.id, password_hash="x", totp_secret="y")
        uow.commit()
    return staff


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (lambda place: a_member(place, phone=False, mail=True), "mail_is_last_way"),
        (lambda place: a_member(place, mail=True, stopped_at=NOW), "mail_is_last_way"),
        (a_member, "mail_not_given"), (_signs_in, "mail_signs_in"),
    ],
)  # fmt: skip
def test_stays_where_nothing_else_reaches_them(
    place: BuiltPlace, who: Callable[[BuiltPlace], BuiltMember], code: str
) -> None:
    member = who(place)
    before = contacts_of(member)
    for act in (lambda: mail_removal.check(actor=member.actor), lambda: ask(member)):
        with pytest.raises(WrongMoment, match=code):
            act()
    assert contacts_of(member) == before


def test_is_nobody_elses_to_take(place: BuiltPlace) -> None:
    with pytest.raises(NotAllowed):
        mail_removal.check(actor=Actor.anonymous(place.id))
