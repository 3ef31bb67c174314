"""A supporter asks if they may go on: the member answers as the first time, and whatever becomes of
it, the supporter reads the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from enabler.domain.mandates import Ended, Hears, Scope
from enabler.persistence.tables.mandates import MandateAskRow, MandateRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.services import mandates
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, an_organisation
from tests.services.acting import refreshed
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, rows
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import newest_code, phone_of, sign_in, texts
from tests.web.test_supporters import _without_chance as without_chance

Browser = Callable[[], Person]
ASKS = "asks if they may go on"


@pytest.fixture
def rose(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Rose Long")


@pytest.fixture
def sam(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Sam Near", at=(900, 900))


def of_both(app: Flask, rose: BuiltMember) -> list[MandateRow]:
    with app.app_context():
        return sorted(rows(MandateRow, member_id=rose.id), key=lambda one: one.id)


def asked(app: Flask) -> list[str]:
    """What became of each ask."""
    with app.app_context():
        found = sorted(rows(MandateAskRow), key=lambda one: one.id)
        return [one.ended_because or "waits" for one in found]


def open_ask(person: Person) -> Person:
    link = person.open("/me/supporters").page.select_one('main a[href*="/asked/"]')
    assert link is not None, person.words
    return person.open(str(link["href"]))


def press(person: Person, ref: str) -> TestResponse:
    """The button of a card, from a page that was open when the card was still there."""
    typed = {**person.typed(), "key": a_key()}
    return person.client.post(f"/for/{ref}/go-on", data=typed, follow_redirects=True)


class TestAYes:
    def test_makes_a_new_one_of_the_same_and_ends_the_old(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser,
        clock: Clock,
    ) -> None:  # fmt: skip
        with app.app_context():
            old = a_mandate(rose, sam, Scope.POST_NEED, Scope.MESSAGE, days=60)
            mandates.hear(actor=rose.actor, ref=old.ref, hears="big", key=a_key(), now=NOW)
        clock.pass_by(days=50)
        his = sign_in(app, person(), sam).open("/for")
        assert "It ends by itself" in his.words
        his.send(f"/for/{old.ref}/go-on")
        assert his.heading == "We have asked them"
        number = phone_of(app, rose)
        (told,) = [each for each in texts(app, place, number) if ASKS in each]
        assert "Sam" not in told

        hers = sign_in(app, person(), rose).open("/me/supporters")
        assert "Sam asks to go on acting for you" in hers.words
        open_ask(hers)
        assert hers.heading == "May Sam go on acting for you?"
        assert "They may act for you until Saturday 9 May" in hers.words
        hers.send(scopes=["post-need", "message"], days="60")
        hers.send(code=newest_code(app, place, number))
        assert hers.path == "/me/supporters", hers.problems
        before, after = of_both(app, rose)
        assert (before.ended_because, after.ended_because) == (Ended.RENEWED, None)
        assert (after.scopes, after.hears) == (before.scopes, Hears.BIG)
        assert after.until_at - after.from_at == timedelta(days=60)
        assert asked(app) == ["agreed"]
        assert "asks to" not in hers.words

    def test_an_organisation_goes_on_as_itself(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            library = an_organisation(place, "Central Library")
            old = a_mandate(rose, library, Scope.POST_NEED)
            owner = refreshed(library.owner)
        sign_in(app, person(), owner).open("/for").send(f"/for/{old.ref}/go-on")
        hers = open_ask(sign_in(app, person(), rose))
        assert hers.heading == "May Central Library go on acting for you?"


def test_a_no_or_nothing_changes_nothing(
    app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser,
    clock: Clock,
) -> None:  # fmt: skip
    """And the same is asked once more after a week at the earliest, however often it is pressed."""
    with app.app_context():
        old = a_mandate(rose, sam)
    his = sign_in(app, person(), sam).open("/for").send(f"/for/{old.ref}/go-on")
    waiting = without_chance(his.answer.data)
    with app.app_context():
        before = [one.id for one in rows(OutboxRow, member_id=sam.id)]
    hers = open_ask(sign_in(app, person(), rose))
    hers.send(hers.path + "/no")
    assert his.open("/for").send(f"/for/{old.ref}/give-up") is his  # it still stands: his to end
    (kept,) = of_both(app, rose)
    assert kept.ended_because is Ended.SUPPORTER
    with app.app_context():
        assert [one.id for one in rows(OutboxRow, member_id=sam.id)] == before
        other = a_mandate(rose, sam)
    clock.pass_by(minutes=20)
    his.open("/for").send(f"/for/{other.ref}/go-on")
    assert without_chance(his.answer.data) == waiting
    assert asked(app) == ["declined", "unsent"]
    clock.pass_by(days=7)
    sign_in(app, person(), sam).open("/for").send(f"/for/{other.ref}/go-on")
    assert asked(app) == ["declined", "unsent", "waits"]


@pytest.mark.prove("7.3")
def test_nothing_tells_what_became_of_it(
    app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser,
    clock: Clock,
) -> None:  # fmt: skip
    """The one stands, one has lapsed, one was ended, and one's member cannot be reached: what the
    supporter reads who pressed in a page of before is the same to the byte, up to the day's limit
    and beyond it."""
    with app.app_context():
        lost = a_member(place, "Rose Long", phone=False)
        ended, lapsed = (a_member(place, "Rose Long") for _ in range(2))
        supporters = [sam, *(a_member(place, "Sam Near", at=(900, 900)) for _ in range(3))]
        kept = [
            a_mandate(rose, supporters[0]), a_mandate(lost, supporters[1]),
            a_mandate(ended, supporters[2]), a_mandate(lapsed, supporters[3], days=10),
        ]  # fmt: skip
    clock.pass_by(days=10, minutes=-10)
    pages = [sign_in(app, person(), one).open("/for") for one in supporters]
    clock.pass_by(minutes=10)
    with app.app_context():
        mandates.end(actor=ended.actor, ref=kept[2].ref, key=a_key(), now=clock.now)
        told = len(rows(OutboxRow))
    seen: list[list[tuple[int, str]]] = [[] for _ in pages]
    for _ in range(6):
        for page, one, mandate, met in zip(pages, supporters, kept, seen, strict=True):
            answer = press(page, mandate.ref)
            read = without_chance(answer.data).replace(one.ref, "SUPPORTER")
            met.append((answer.status_code, read))
        clock.pass_by(minutes=11)
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert [status for status, _ in seen[0]] == [200] * 5 + [429]
    with app.app_context():
        new = sorted(rows(OutboxRow), key=lambda one: one.id)[told:]
    assert [one.template for one in new] == ["mandate_go_on"]


def test_is_asked_by_nobody_whose_it_never_was(
    app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
) -> None:
    with app.app_context():
        mandate = a_mandate(rose, a_member(place, "Dora Near", at=(900, 900)))
        a_mandate(a_member(place, "Vera Still"), sam)
    assert press(sign_in(app, person(), sam).open("/for"), mandate.ref).status_code == 404
    assert asked(app) == []


def test_who_ends_it_is_asked_no_more(
    app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
) -> None:
    """Neither does the message go that was still to go."""
    with app.app_context():
        mandate = a_mandate(rose, sam)
    sign_in(app, person(), sam).open("/for").send(f"/for/{mandate.ref}/go-on")
    with app.app_context():
        mandates.end(actor=rose.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert asked(app) == ["withdrawn"]
    assert "asks to" not in sign_in(app, person(), rose).open("/me/supporters").words
    assert not [each for each in texts(app, place, phone_of(app, rose)) if ASKS in each]
