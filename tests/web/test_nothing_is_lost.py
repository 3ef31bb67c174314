"""Twice pressed, session lost, token missing, way back: nothing lost and nothing doubled."""

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
from flask import Flask

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.services import members
from enabler.services import sign_in as service
from tests.builders import BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.test_reports import tell_council
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.scene import set_scene
from tests.web.signing import PASSWORD, enter, phone_of, sign_in
from tests.web.test_walk import ask_for_a_lift

Someone = Callable[[], Person]


def test_a_double_click_posts_one_need(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = ask_at_home(sign_in(app, person(), sam))
    form, address = asker.typed(), asker.path
    first = asker.client.post(address, data=form)
    second = asker.client.post(address, data=form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert how_many_needs(asker) == 1


def ask_at_home(asker: Person) -> Person:
    """A member's way to the check page."""
    asker.open("/needs/new").open("/needs/new/what").send(category="shopping")
    asker.send(words="Milk and bread").send(spot="home").send().send(when="any")
    asker.send(duration_minutes="30", slots="1").send(language="")
    assert asker.heading == "Check your answers", asker.problems
    return asker


def how_many_needs(asker: Person) -> int:
    """Needs on the member's page."""
    return len(asker.open("/me").page.select("a[href^='/needs/']:not([href*='new'])"))


def test_the_way_back_after_posting_leads_to_what_was_posted(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = ask_at_home(sign_in(app, person(), sam)).send()
    assert asker.open("/needs/new/check").heading == "You have asked for help"
    assert asker.open("/needs/new").heading == "Ask for help"
    assert "checked" not in str(asker.open("/needs/new/what").page.find("main"))


def test_a_double_click_on_yes_says_yes_once(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        ben, sam = a_helper(place, "Ben Near"), a_member(place)
    ask_at_home(sign_in(app, person(), sam)).send()
    helper = sign_in(app, person(), ben)
    helper.open(helper.page.select_one(".card a")["href"])  # type: ignore[index,arg-type]
    form, address = helper.typed("accept"), helper.path + "/accept"
    for _ in range(2):
        assert helper.client.post(address, data=form).status_code == 302
    helper.open("/me")
    assert "Agreed" in helper.words


def test_a_missing_token_keeps_what_was_typed(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what").send(category="shopping")
    form = asker.typed()
    form["words"], form["csrf_token"] = "Milk 'n' <bread>", ""
    asker._took(asker.client.post(asker.path, data=form))
    assert asker.answer.status_code == 400
    assert asker.heading == "Please send it once more"
    assert "Milk 'n' <bread>" in asker.words
    asker.send()
    assert asker.path.endswith("/where")
    assert asker.open("/needs/new/words").typed()["words"] == "Milk 'n' <bread>"


def test_a_lost_cookie_loses_no_answer(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what").send(category="shopping").send(words="Milk")
    form, path = asker.typed(), asker.path
    form["postcode"], form["address"] = place.postcode_at(500, 500), "1 High Street"
    asker.client.delete_cookie("enabler")
    asker._took(asker.client.post(path, data=form)).send()
    assert asker.path.endswith("/meeting")
    assert asker.open("/needs/new/words").typed()["words"] == "Milk"


def test_a_session_that_ended_loses_nothing(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = sign_in(app, person(), sam).open("/report")
    with app.app_context():
        service.sign_out_everywhere(actor=sam.actor, now=clock.now)
    asker.send(kind="worried", words="He looked unwell.")
    assert asker.typed()["words"].strip() == "He looked unwell."  # to be sent as it is, or
    first = asker.page.select_one('a[href^="/sign-in?next="]')
    assert first is not None
    asker.open(str(first["href"]))
    assert "What you typed is kept" in asker.words
    sign_in_here(app, asker, sam)
    assert asker.heading == "Please send it once more"
    assert "He looked unwell." in asker.words
    asker.send()
    assert asker.heading == "Thank you for telling us"


def test_a_note_of_staff_whose_session_ended_is_kept_and_their_own_way_in_is_shown(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    """A lead opens the link of a letter at night, or writes longer than their session lasts."""
    with app.app_context():
        ref = tell_council(a_member(place).actor, now=clock.now)
        added = members.add_member(
            actor=Actor.operator("tester"), role=Role.SAFEGUARDING_LEAD, place_slug=place.slug,
            name="Lena Lead", mail="lena@example.org", password=PASSWORD, key="test-staff-lena",
            secrets=wiring().secrets, now=clock.now,
        )  # fmt: skip

    def known() -> dict[str, str]:
        code = pyotp.TOTP(added.totp_secret or "").at(clock.now)
        return {"email": "lena@example.org", "password": PASSWORD, "totp": code}

    late = person().open(f"/desk/reports/{ref}")
    assert late.heading == "Staff sign-in"
    late.send(**known())
    assert late.heading == f"Report {ref}"
    late.open(f"/desk/reports/{ref}/note")
    clock.pass_by(minutes=20)
    late.send(words="I rang her daughter.")
    assert late.heading == "Staff sign-in"
    assert "What you typed is kept" in late.words
    late.send(**known())
    assert "I rang her daughter." in late.words
    late.send()
    assert "I rang her daughter." in late.open(f"/desk/reports/{ref}").words


def sign_in_here(app: Flask, asker: Person, member: BuiltMember) -> None:
    """Sign in on the page that is open."""
    enter(app, asker, member.place, phone_of(app, member))


def test_a_session_that_ended_at_the_check_page_loses_nothing(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = ask_at_home(sign_in(app, person(), sam))
    with app.app_context():
        service.sign_out_everywhere(actor=sam.actor, now=clock.now)
    asker.send()
    sign_in_here(app, asker, sam)
    assert asker.heading == "Check your answers"
    assert asker.send().heading == "You have asked for help"


def test_a_form_sent_again_with_other_answers_is_refused(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = sign_in(app, person(), sam).open("/report")
    form = {**asker.typed(), "kind": "worried", "words": "One thing"}
    assert asker.client.post("/report", data=form).status_code == 302
    answer = asker.client.post("/report", data={**form, "words": "Another <b>thing</b>"})
    assert answer.status_code == 409
    assert "Another &lt;b&gt;thing&lt;/b&gt;" in answer.text  # what was written is not lost


def test_what_was_written_stays_where_it_says_that_it_could_not_be_done(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_scene(place)
    asker = sign_in(app, person(), scene.asker)
    asker.open(f"/matches/{scene.agreed}/visit-went")
    asker.send(kind="called-off-late", words="I waited at the door <b>for an hour</b>.")
    assert asker.answer.status_code == 200
    assert asker.typed()["words"] == "I waited at the door <b>for an hour</b>."
    assert "There is a problem" in asker.words


def test_passwords_and_codes_are_never_kept(place: BuiltPlace, person: Someone) -> None:
    staff = person().open("/sign-in/staff")
    form = {**staff.typed(), "email": "a@example.org", "password": "hush hush", "totp": "123456"}
    form["csrf_token"] = "stale"
    staff._took(staff.client.post("/sign-in/staff", data=form))
    assert staff.answer.status_code == 400
    assert "hush hush" not in staff.answer.text
    assert "123456" not in staff.answer.text
    assert re.search("type those again", staff.words)


def test_time_passing_on_a_page_is_told_at_the_end(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    asker = ask_for_a_lift(person(), place)
    clock.now += timedelta(hours=23, minutes=59)
    asker.open("/needs/new/check")
    assert asker.heading == "Check your answers"
    clock.now += timedelta(days=2)
    asker.send()
    assert asker.path.endswith("/when") or asker.heading == "What do you need help with?"


def test_a_line_break_in_a_field_comes_back_as_it_was(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = sign_in(app, person(), sam).open("/needs/new").open("/needs/new/what")
    asker.send(category="shopping").send(words="Milk and bread").send(spot="home")
    asker.send()
    asker.send(when="by", by_time="two\nlines\u2028three")
    assert asker.problems
    assert asker.page.select_one("input[name=by_time]")["value"] == "two\nlines\u2028three"


def test_a_form_that_came_too_late_gives_ones_words_back(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        sam = a_member(place)
    asker = ask_at_home(sign_in(app, person(), sam)).send()
    ref = asker.page.select_one(".govuk-panel strong").get_text()  # type: ignore[union-attr]
    other = sign_in(app, person(), sam)
    for window in (asker, other):
        window.open(f"/needs/{ref}/close")
    outcome = asker.page.select_one("input[name=outcome]")["value"]  # type: ignore[index]
    asker.send(outcome=outcome)
    other.send(outcome=outcome, words="My neighbour went to the shop for me.")
    assert other.answer.status_code == 409
    assert "What you wrote" in other.words
    assert "My neighbour went to the shop for me." in other.words
