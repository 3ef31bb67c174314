"""Keys for programs: made and ended on a page, told to their member, and never staff's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.api_tokens import Scope
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.api_tokens import ApiTokenRow
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import clock as clock_service
from enabler.services import sign_in as service
from tests.api.programs import Program, a_program
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, a_place
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import phone_of, sign_in, texts


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody with a program."""
    with app.app_context():
        return a_member(place, "Rosa Long")


def make_one(app: Flask, person: Person, member: BuiltMember) -> str:
    """Make a key on the page; the key as it is shown."""
    sign_in(app, person, member).open("/me/tokens")
    person.send("", name="My diary", scope="write", days="30")
    found = person.page.select_one("code")
    assert found is not None, person.problems
    return found.get_text()


def test_a_key_is_shown_once_told_and_audited(
    app: Flask, place: BuiltPlace, rosa: BuiltMember, person: Callable[[], Person]
) -> None:
    someone = person()
    secret = make_one(app, someone, rosa)
    program = Program(app.test_client(), {"Authorization": f"Bearer {secret}"})
    assert program.get("/me").json["ref"] == rosa.ref
    someone.open("/me/tokens")
    assert "My diary" in someone.words
    assert "Last used on Tuesday 10 March." in someone.words
    assert secret not in someone.answer.text
    assert any("new key" in text and "/me/tokens" in text
               for text in texts(app, place, phone_of(app, rosa)))  # fmt: skip
    with app.app_context(), reading() as uow:
        row = uow.session.scalars(select(ApiTokenRow)).one()
        assert secret not in "".join(str(value) for value in vars(row).values())
        audited = uow.session.scalars(select(AuditRow.what).filter_by(subject_kind="token"))
        assert list(audited) == ["token.made"]


def test_a_key_that_was_ended_opens_nothing(
    app: Flask, rosa: BuiltMember, person: Callable[[], Person]
) -> None:
    someone = person()
    secret = make_one(app, someone, rosa)
    someone.open("/me/tokens")
    link = someone.page.select_one("a[href$='/end']")
    assert link is not None
    someone.open(str(link["href"]))
    assert someone.heading == "End this key?"
    someone.send("/end")
    assert "My diary" not in someone.words
    program = Program(app.test_client(), {"Authorization": f"Bearer {secret}"})
    assert program.get("/me").status_code == 401


def test_a_key_needs_a_name_and_a_choice(
    app: Flask, rosa: BuiltMember, person: Callable[[], Person]
) -> None:
    someone = sign_in(app, person(), rosa).open("/me/tokens").send("", name=" ", scope="write")
    assert someone.error_at("name") == "Type what the key is for, so that you recognise it."
    assert someone.error_at("days") == "Choose how long the key should work."
    assert someone.page.select_one("input[value=write][checked]") is not None


def test_somebody_elses_key_cannot_be_ended(
    app: Flask, place: BuiltPlace, rosa: BuiltMember, person: Callable[[], Person]
) -> None:
    hers = person()
    make_one(app, hers, rosa)
    path = str(hers.open("/me/tokens").page.select_one("a[href$='/end']")["href"])  # type: ignore[index]
    with app.app_context():
        sam = a_member(place, "Sam Green")
    assert sign_in(app, person(), sam).open(path).answer.status_code == 404


def test_a_key_is_over_at_its_end_and_then_forgotten(
    app: Flask, rosa: BuiltMember, clock: Clock
) -> None:
    program = a_program(app, rosa)
    clock.pass_by(days=29)
    assert program.get("/me").status_code == 200
    clock.pass_by(days=2)
    assert program.get("/me").status_code == 401
    with app.app_context():
        clock_service.forget_old(now=NOW + timedelta(days=62))
        with reading() as uow:
            assert uow.session.scalars(select(ApiTokenRow)).all() == []


def test_staff_have_no_powers_by_a_key(app: Flask, place: BuiltPlace, rosa: BuiltMember) -> None:
    with app.app_context():
        carol = a_member(place, "Carol Desk", roles=(Role.CUSTODIAN, Role.ADMINISTRATOR))
    need = a_program(app, rosa).post("/needs", {"category": "moving", "words": "Please."}).json
    program = a_program(app, carol)
    assert program.get("/me").json["roles"] == []
    assert program.get(f"/needs/{need['ref']}").status_code == 403


def test_whoever_is_suspended_or_signs_out_everywhere_has_no_key(
    app: Flask, place: BuiltPlace, rosa: BuiltMember
) -> None:
    with app.app_context():
        sam = a_member(place, "Sam Green")
    hers, his = a_program(app, rosa), a_program(app, sam, Scope.READ)
    with app.app_context():
        service.sign_out_everywhere(actor=rosa.actor, now=NOW)
        with unit_of_work() as uow:
            uow.session.get_one(MemberRow, sam.id).state = "suspended"
            uow.commit()
    assert (hers.get("/me").status_code, his.get("/me").status_code) == (401, 401)


def test_a_key_is_of_one_place(app: Flask, place: BuiltPlace, rosa: BuiltMember) -> None:
    with app.app_context():
        there = a_place("otherton", area="LS", west=450_000, south=430_000)
        lee = a_member(there, "Lee There")
    need = a_program(app, rosa).post("/needs", {"category": "moving", "words": "Please."}).json
    theirs = a_program(app, lee)
    assert theirs.get("/me").json["place"] == "otherton"
    assert theirs.get(f"/needs/{need['ref']}").status_code == 404
    assert theirs.get("/needs").json["needs"] == []
