"""All that is kept about me: seen, put right, and taken away by whoever proves that it is them."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler.domain.vocabulary import Role
from enabler.domain.windows import Weekly
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.members import MemberRow, RoleRow, WebSessionRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_member,
    a_need,
    an_offer,
    an_organisation,
)
from tests.erasure.deleting import deliver
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.signing import newest_code, phone_of, sign_in, sign_in_staff


@pytest.fixture
def ada(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        member = a_member(place, "Ada Own")
        a_need(member, words="=2+2 tins of soup, <b>please</b>")
        a_need(a_member(place, "Bob Other", at=(900, 900)), words="Somebody else's words.")
    return member


@pytest.fixture
def page(app: Flask, person: Any, ada: BuiltMember) -> Person:
    signed: Person = sign_in(app, person(), ada)
    return signed


def proved(app: Flask, ago: timedelta) -> None:
    """The last time that the browser's owner proved who they are was so long ago."""
    with app.app_context(), unit_of_work() as uow:
        values = {"created_at": NOW - timedelta(hours=1), "proved_at": NOW - ago}
        uow.session.execute(update(WebSessionRow).values(values))
        uow.commit()


def copied(app: Flask) -> int:
    with app.app_context(), reading() as uow:
        return uow.session.query(AuditRow).filter_by(what="member.copied").count()


def test_the_page_says_what_is_held_why_how_long_and_where_it_is_put_right(page: Person) -> None:
    page.open("/me/details")
    assert page.page.select_one('a[href="/me/data"]')
    page.open("/me/data")
    assert page.heading == "What we keep about you"
    for said in ("Ada Own", "=2+2 tins of soup, <b>please</b>", "How long: 12 months after it",
                 "it is part of the council's public work".capitalize()):  # fmt: skip
        assert said in page.words
    assert "Bob" not in page.words
    assert "Somebody else" not in page.words
    for address in ("/me/details", "/me/looked", "/me/data/wrong?of=need", "/me/data/copy"):
        assert page.page.select_one(f'main a[href="{address}"]'), address


def test_a_copy_is_given_at_once_after_signing_in(app: Flask, page: Person) -> None:
    page.open("/me/data/copy").send("/page")
    assert page.answer.content_type.startswith("text/html")
    assert "attachment" in page.answer.headers["Content-Disposition"]
    assert "=2+2 tins of soup, &lt;b&gt;please" in page.answer.get_data(as_text=True)
    assert not page.page.find_all("script")
    assert copied(app) == 1


def test_later_it_asks_for_a_code_first(
    app: Flask, place: BuiltPlace, page: Person, ada: BuiltMember
) -> None:
    page.open("/me/data/copy")
    stale = page.typed("/all")
    proved(app, timedelta(minutes=5))
    assert page.client.post("/me/data/copy/all", data=stale).status_code == 302
    assert copied(app) == 0
    page.open("/me/data/copy")
    assert "Send me a code" in page.words
    page.send()
    assert page.path == "/me/data/copy/code"
    page.send(code="000000")
    assert page.error_at("code").startswith("This is not the code")
    page.send(code=newest_code(app, place, phone_of(app, ada)))
    assert page.path == "/me/data/copy"
    taken = page.client.post("/me/data/copy/all", data=page.typed("/all"))
    with zipfile.ZipFile(io.BytesIO(taken.data)) as files:
        names = set(files.namelist())
        said = json.loads(files.read("everything.json"))
        table = files.read("tables/need.csv").decode("utf-8-sig")
        assert "Ada Own" in files.read("read-me.html").decode()
    assert {"read-me.html", "everything.json", "tables/member.csv"} <= names
    assert said["kinds"]["need"]["rows"][0]["words"] == "=2+2 tins of soup, <b>please</b>"
    (line,) = csv.DictReader(io.StringIO(table))
    assert line["words"].startswith("'=2+2"), "no spreadsheet takes it for a formula"
    assert copied(app) == 1


def test_the_proof_holds_for_five_minutes(app: Flask, page: Person) -> None:
    proved(app, timedelta(minutes=5) - timedelta(seconds=1))
    assert "Send me a code" not in page.open("/me/data/copy").words
    proved(app, timedelta(minutes=5))
    assert "Send me a code" in page.open("/me/data/copy").words


RAW = (
    "not-alone", "dbs-", "post-need", "own-reply", "minutes of the day", "Monday is 0", "+447",
    "organisation-owner", "mandate,",
)  # fmt: skip
"""How codes of the house look, and numbers as machines write them."""


def test_nothing_raw_stands_before_anybody(
    app: Flask, place: BuiltPlace, page: Person, ada: BuiltMember
) -> None:
    with app.app_context():
        group = an_organisation(place)
        an_offer(ada, weekly=(Weekly(3, 540, 1020),))
        a_mandate(ada, a_member(place, "Bob Hand"))
        with unit_of_work() as uow:
            uow.session.add(RoleRow(
                place_id=place.id, member_id=ada.id, role=Role.ORGANISATION_OWNER,
                organisation_id=group.id, from_at=NOW,
            ))  # fmt: skip
            uow.commit()
    page.open("/me/data")
    for told in (page.words, page.open("/me/data/copy").send("/page").words):
        assert [raw for raw in RAW if raw in told] == []
        for said in ("Basic DBS check", "Thursday", "9am", "5pm", "Owner", "Shopping",
                     "Will a child or young person under 18 be there? No",
                     "See who comes to help me, and when"):  # fmt: skip
            assert said in told, said


def told(app: Flask) -> list[tuple[str, str]]:
    """By which ways it was said that a copy was taken, in which words."""
    with app.app_context():
        deliver(NOW)
        with reading() as uow:
            sent = uow.session.scalars(select(SimulatedMessageRow)).all()
            return [(one.channel.value, one.body) for one in sent if "took a copy" in one.body]


def test_all_that_reaches_somebody_is_told_that_a_copy_was_taken(
    app: Flask, place: BuiltPlace, person: Any
) -> None:
    with app.app_context():
        eve = a_member(place, "Eve Twoways", mail=True)
        a_member(place, "Bob Other", at=(900, 900), mail=True)
    page = sign_in(app, person(), eve)
    page.open("/me/data/copy").send("/page")
    typed = page.open("/me/data/copy").typed("/all")
    assert page.client.post("/me/data/copy/all", data=typed).status_code == 200
    found = told(app)
    assert sorted(way for way, _ in found) == ["mail", "text"], "once for both files"
    for _, body in found:
        assert "/me/browsers" in body
        assert "Eve" not in body
        assert "Mill Lane" not in body
    proved(app, timedelta(minutes=1))
    page.open("/me/data/copy").send("/page")
    assert len(told(app)) == 4, "another proof, another letter"


def test_a_phone_that_stopped_our_texts_is_not_told(
    app: Flask, page: Person, ada: BuiltMember
) -> None:
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(MemberRow).values(stopped_at=NOW))
        uow.commit()
    page.open("/me/data/copy").send("/page")
    assert told(app) == []


def test_what_is_wrong_reaches_the_desk_with_its_line_and_a_clock_and_is_answered(
    app: Flask, place: BuiltPlace, person: Any, page: Person, ada: BuiltMember
) -> None:
    with app.app_context():
        a_need(ada, "transport", words="To the clinic.")
    chief = sign_in_staff(app, person(), place, Role.ADMINISTRATOR)
    page.open("/me/data/wrong?of=need")
    assert "Say what is wrong" in page.send(words=" ").error_at("words")
    (line, *_) = [str(one["value"]) for one in page.page.select("[name=line]")]
    assert line.startswith("A lift"), "the newest first"
    page.send(line=line, words="It was for Tuesday, not Monday.")
    assert page.path == "/your-data/complain/made"
    ref = re.findall(r"Your reference: (\w+)", page.words)[0]
    assert "days left" in chief.open("/desk/complaints").words
    seen = chief.open(f"/desk/complaints/{ref}").words
    for said in ("What you ask for, and where", line, "It was for Tuesday, not Monday."):
        assert said in seen, said
    chief.open(f"/desk/complaints/{ref}/answer")
    for said in ("We put it right", "We keep it as it is, because", line):
        assert said in chief.words, said
    chief.send(outcome="not-right", words="It says Tuesday here.")
    assert f"To put right: {ref}" in chief.open("/desk/complaints").words
    answered = page.open("/me/data").open(f"/your-data/complaints/{ref}").words
    assert "We keep it as it is, because" in answered
    assert line in answered
    assert "It says Tuesday here." in answered
    assert "Information Commissioner" in answered


def test_whoever_does_not_know_where_it_stands_says_so_all_the_same(page: Person) -> None:
    page.open("/me/data/wrong")
    assert "Choose what it is about" in page.send(words="My name.").error_at("kind")
    page.send(kind="member", words="My name has two n.")
    assert page.heading == "We have what you told us"
