"""What people agreed to, who looked, and complaints, on pages without JavaScript."""

import re
from collections.abc import Callable

from flask import Flask

from enabler.domain.mandates import Scope
from enabler.domain.vocabulary import Role
from enabler.services import needs
from tests.builders import NOW, BuiltPlace, a_custodian, a_member
from tests.services.deeds import post
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.rights_scene import set_rights_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


def foot(person: Person, words: str) -> str:
    """Where a link of the foot leads."""
    links = person.page.select("footer a")
    return next(str(link["href"]) for link in links if link.get_text().strip() == words)


def test_from_every_page_it_is_two_steps_to_a_complaint_and_one_to_its_answer(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    chief = sign_in_staff(app, person(), place, Role.ADMINISTRATOR)
    stranger = person().open("/how-it-works")
    stranger.open(foot(stranger, "Your data"))
    button = stranger.page.find("a", string="Complain about your data")
    stranger.open(str(button["href"]))  # type: ignore[index]
    assert "Say what is wrong" in stranger.send(words=" ").error_at("words")
    stranger.send(words="You kept my old address.", call_back="")
    assert stranger.heading == "We have your complaint"
    assert "Thursday 9 April" in stranger.words
    link = re.search(r"/your-data/complaints/at/[^\s<\"]+", stranger.answer.text)
    assert link
    ref = re.findall(r"Your reference: (\w+)", stranger.words)[0]
    chief.open("/desk/complaints")
    assert f"{ref} 30 days left" in chief.words
    chief.open(f"/desk/complaints/{ref}/answer")
    assert "reads your answer by the link" in chief.words
    person().open("/your-data/complain").send(words="Me too.", call_back="01632 960001")
    asked = re.findall(r"/desk/complaints/(\w+)\"", chief.open("/desk/complaints").answer.text)
    (other,) = set(asked) - {ref}
    chief.open(f"/desk/complaints/{other}/answer")
    assert "Ring or write to them as they asked" in chief.words
    chief.send(outcome="partly", words="We looked.")
    assert "ring or write to them as they asked" in chief.words
    chief.open(f"/desk/complaints/{ref}/answer")
    chief.send(outcome="right", words="We put it right today.")
    seen = person().open(link.group())
    assert "We put it right today." in seen.words
    assert "You kept my old address." not in seen.words
    assert "Information Commissioner" in seen.words
    assert "Answered within 30 days 2" in person().open("/your-data").words


def test_what_was_never_asked_is_asked_at_the_next_sign_in(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_rights_scene(place)
    unasked = sign_in(app, person(), scene.unasked)
    assert unasked.path == "/me/consents/again"
    assert "Choose yes or no." in unasked.send().error_at("agrees")
    assert unasked.send(agrees="yes").path == "/me"
    assert "What your helper should know about you" in unasked.open("/me/consents").words
    assert sign_in(app, person(), scene.unasked).path == "/me"


def test_each_is_taken_back_in_one_press(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        scene = set_rights_scene(place)
    member = sign_in(app, person(), scene.asker).open("/me/consents")
    assert member.heading == "What you agreed to"
    assert "Take it back" in member.words
    for code in ("access-needs", "carry-check", "councillor"):
        assert member.send(f"/me/consents/{code}/take-back").path == "/me/consents"
    assert "Take it back" not in member.words
    assert "You took it back on a page." in member.words
    assert "Nothing given" in member.open("/me/details").words


def test_who_looked_reads_well_and_can_be_asked(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        rosa, carol = a_member(place, "Rosa Long"), a_custodian(place, "Carol Desk")
        a_member(place, "Lea Lead", roles=(Role.SAFEGUARDING_LEAD,))
        needs.show(actor=carol.actor, ref=post(rosa).ref, now=NOW)
    member = sign_in(app, person(), rosa).open("/me/looked")
    said = "Somebody at the council who looks after this service saw your address, your name"
    assert said in member.words
    assert "Carol" not in member.answer.text
    assert carol.ref not in member.answer.text
    member.open("/me/looked/why?mark=" + re.findall(r"why\?mark=(\w+)", member.answer.text)[0])
    assert member.heading == "Why was this?"
    member.send(words="I asked nobody.")
    assert member.path.startswith("/reports/")
    assert "You asked why. See the answer" in member.open("/me/looked").words


def test_a_councillor_reads_what_somebody_lets_them(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    with app.app_context():
        rosa = a_member(place, "Rosa Long", address="12 North Street")
        need = post(rosa).ref
    assert "Rosa" not in councillor.open("/ward").words
    member = sign_in(app, person(), rosa).open(f"/needs/{need}/councillor")
    assert "I agree, let Sue Staff see it" in member.words
    assert "Choose a councillor." in member.send(councillor="").error_at("councillor")
    member.open(f"/needs/{need}/councillor").send()
    assert "Sue Staff may see this until" in member.words
    seen = councillor.open("/ward")
    assert "Rosa:" in seen.words
    assert need in seen.words
    assert "North Street" not in seen.answer.text
    assert "Your councillor" in member.open("/me/looked").words
    member.open("/me/consents").send("/me/consents/councillor/take-back")
    assert "Rosa" not in councillor.open("/ward").words


def test_who_acts_for_me_stands_with_what_i_agreed_to_and_ends_in_one_press(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        ada = a_member(place, "Ada Own", language="en")
        given = a_mandate(ada, a_member(place, "Bob Hand"), Scope.SEE_MATCH)
        a_mandate(a_member(place, "Eve Else"), a_member(place, "Col Hand"))
    page = sign_in(app, person(), ada).open("/me/consents")
    for said in ("Bob acts for you", "I let them act for me here", "See who comes to help me",
                 "with a code"):  # fmt: skip
        assert said in page.words, said
    assert "Col" not in page.words
    page.send(f"/{given.ref}/end")
    assert "Bob acts for you" not in page.open("/me/consents").words


def test_what_cannot_be_undone_looks_so_and_says_what_to_keep(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        ada = a_member(place, "Ada Own")
    page = sign_in(app, person(), ada).open("/me/data/delete")
    button = page.page.select_one("main form button")
    assert button is not None
    assert "govuk-button--warning" in button["class"]
    assert page.page.select_one('main a[href="/me/data/copy"]')


def test_whoever_comes_back_is_told_that_they_are_back(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        ada = a_member(place, "Ada Own")
    page = sign_in(app, person(), ada).open("/me/pause").send(what="pause")
    assert page.heading == "You are having a rest"
    assert "You are having a rest. I am back" in page.open("/me").words
    page.open("/me/pause")
    assert "You are back" in page.send(what="back").words
    assert "having a rest" not in page.open("/me").words
