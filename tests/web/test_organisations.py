"""A café registers, is let in, offers, is asked, says who goes, and it is done: no JavaScript."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from enabler.domain.vocabulary import CredentialKind
from enabler.services import moderation
from tests.builders import BuiltMember, BuiltPlace, a_custodian, a_member
from tests.web.conftest import Clock
from tests.web.organisation_scene import (
    organisation_helpers_tour,
    organisations_desk_tour,
    owners_tour,
    registering_tour,
    registrants_tour,
    set_organisation_scene,
    written_down_tour,
)
from tests.web.people import Person
from tests.web.signing import enter, phone_of, sign_in, sign_in_staff, texts

CARLA, HETTY = "07700 900960", "07700 900961"
Someone = Callable[[], Person]


def registers(app: Flask, someone: Person, place: BuiltPlace) -> str:
    """Through the questions, then signs up; the organisation's ref."""
    someone.open("/offers/new").open("/organisations/new")
    assert someone.heading == "Register an organisation"
    assert "Not started" in someone.words
    someone.open("/organisations/new/kind").send(kind="business")
    assert "In progress" in someone.open("/organisations/new").words
    someone.open("/organisations/new/name").send(name="Copper Kettle", about="We cook daily.")
    someone.send(postcode=place.postcode_at(500, 500).lower(), address="2 Market Row")
    someone.send(phone="0117 496 0123", web="kettle.example.org")
    someone.send(day1="9am to midday, 1pm to 5pm", day2="10:00-16:00", holidays="closed")
    someone.send(can_show=["insurance", "food-hygiene"])
    assert someone.heading == "Check your answers", someone.problems
    assert "9am to midday, 1pm to 5pm" in someone.words
    enter(app, someone.send(), place, CARLA)
    someone.send(
        name="Carla Kettle", postcode=place.postcode_at(900, 900), address="9 Mill Lane",
        adult="y", consented="y",
    ).send()  # fmt: skip
    assert someone.heading == "We have your form", someone.problems
    return str(someone.page.select_one(".govuk-panel strong").get_text())  # type: ignore[union-attr]


def decide(app: Flask, custodian: BuiltMember, ref: str, clock: Clock) -> None:
    """A custodian lets it through."""
    with app.app_context():
        moderation.approve(actor=custodian.actor, ref=ref, key=f"yes-{ref}", now=clock.now)


def offers_dinners(owner: Person, ref: str) -> str:
    """An offer when the café is open, one on a day; the offer's ref."""
    owner.open(f"/offers/new?for={ref}").open("/offers/new/what").send(categories=["meals"])
    assert "Anybody may read these words, on the map and on the page of Copper" in owner.words
    assert not owner.page.select("main [name=words_public]"), "there is nothing to choose"
    owner.send(words="A warm dinner.").send(reach_metres="3200")
    assert owner.typed()["mostly"] == "open"
    owner.send(capacity="5", per_day="1").send(terms="free")
    assert owner.heading == "Check your answers", owner.problems
    for said in ("Tuesday, 9am to midday", "Offered by", "Copper Kettle", "Times on one day",
                 "anybody sees that Copper Kettle offers this"):  # fmt: skip
        assert said in owner.words
    assert owner.send().heading == "Thank you for offering help"
    return str(owner.page.select_one(".govuk-panel strong").get_text())  # type: ignore[union-attr]


def asks_for_dinner(app: Flask, asker: Person, day: str = "11") -> None:
    """Somebody asks for a meal on a day of March."""
    asker.open("/needs/new").open("/needs/new/what").send(category="meals")
    asker.send(words="A warm dinner, please.").send(spot="home").send()
    asker.send(when="day", day=[day, "3", "2026"], start="10am", end="3pm")
    asker.send(duration_minutes="30", slots="1").send(language="").send()
    assert asker.heading == "You have asked for help", asker.problems


def test_a_cafe_registers_offers_is_asked_and_goes(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    with app.app_context():
        custodian, rosa = a_custodian(place), a_member(place, "Rosa Long", address="12 North Row")
    owner = person()
    cafe = registers(app, owner, place)
    assert person().open(f"/organisations/{cafe}").answer.status_code == 404
    offer = offers_dinners(owner, cafe)
    let_in(app, custodian, cafe, clock)
    decide(app, custodian, offer, clock)
    assert "has been checked and is open now" in texts(app, place, "+447700900960")[-2]
    public = person().open(f"/organisations/{cafe}")
    for said in ("Copper Kettle", "2 Market Row", "A warm dinner.", "kettle.example.org"):
        assert said in public.words
    helper = joins(app, person(), owner, cafe, place)
    asks_for_dinner(app, sign_in(app, person(), rosa))
    match = hetty_goes(owner, helper, cafe)
    assert "asks you to go" in texts(app, place, "+447700900961")[-1]
    clock.pass_by(days=1, hours=3)
    helper = enter(app, person().open("/sign-in"), place, HETTY)
    assert "Done" in helper.open(f"{match}/done").send(minutes="40").words


def let_in(app: Flask, custodian: BuiltMember, cafe: str, clock: Clock) -> None:
    """A custodian approves the café and has seen its papers."""
    decide(app, custodian, cafe, clock)
    with app.app_context():
        for kind in ("food-hygiene", "identity"):
            moderation.record_credential(
                actor=custodian.actor, holder_ref=cafe, kind=CredentialKind(kind),
                seen_on=clock.now, valid_until=clock.now + timedelta(days=90), key=f"seen-{kind}",
                note="5" if kind == "food-hygiene" else None, now=clock.now,
            )  # fmt: skip


def hetty_goes(owner: Person, helper: Person, cafe: str) -> str:
    """The owner says yes and chooses Hetty, who alone reads the address; the match's path."""
    board = owner.open(f"/organisations/{cafe}/board")
    assert "Waiting for your answer" in board.words
    match = str(board.page.select_one(".card a")["href"])  # type: ignore[index]
    owner.open(match).send("accept")
    assert "They said yes" in owner.open(f"/organisations/{cafe}/board?only=nobody").words
    assert "warm dinner" not in helper.open(f"/organisations/{cafe}/board").words
    assert helper.open(match).answer.status_code == 403
    owner.open(f"{match}/assign")
    _carla, hetty = owner.page.find_all("input", {"name": "who", "type": "radio"})
    owner.send(who=hetty["value"])
    assert "Hetty goes" in owner.words
    assert "12 North Row" not in owner.open(match).answer.text
    assert "12 North Row" in helper.open(match).words
    return match


def joins(app: Flask, someone: Person, owner: Person, cafe: str, place: BuiltPlace) -> Person:
    """Hetty is asked by her number, signs up and says yes."""
    owner.open(f"/organisations/{cafe}/people/invite").send(to=HETTY, role="organisation-helper")
    assert "… 961" in owner.words
    (text,) = texts(app, place, "+447700900961")
    assert "Kettle" not in text
    link = text.split("/invitations/")[1].split()[0]
    enter(app, someone.open("/sign-in"), place, HETTY)
    someone.send(
        name="Hetty Hands", postcode=place.postcode_at(500, 500), address="3 Mill Lane",
        adult="y", consented="y",
    )  # fmt: skip
    someone.open(f"/invitations/{link}")
    assert someone.heading == "Do you want to act for Copper Kettle?"
    wrong = "000000" if someone.typed()["code"] != "000000" else "111111"
    someone.send(code=wrong, answer="yes")
    assert "tries left: 4" in someone.error_at("code")
    someone.send(code=newest_code_of(link), answer="yes")
    assert "Copper Kettle" in someone.words, someone.problems
    return someone


def newest_code_of(link: str) -> str:
    """The code in the address of an invitation."""
    return link.split("code=")[1]


def test_pages_of_organisations_say_what_is_wrong(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_organisation_scene(place)
    people = {
        "stranger": (person(), registering_tour(place)),
        "owner": (sign_in(app, person(), scene.owner), owners_tour(scene)),
        "helper": (sign_in(app, person(), scene.helper), organisation_helpers_tour(scene)),
        "registrant": (sign_in(app, person(), scene.registrant), registrants_tour(scene)),
        "desk": (
            sign_in_staff(app, person(), place),
            [*organisations_desk_tour(scene), *written_down_tour(scene)],
        ),
    }
    for name, (who, stops) in people.items():
        for stop in stops:
            who.open(stop.path)
            assert who.answer.status_code == 200, (name, stop.name)
            if stop.answers is not None:
                who.send(**stop.answers)
                assert bool(who.problems) == stop.name.endswith(("-wrong", "-empty")), stop.name


def test_a_removed_person_sees_nothing_from_that_moment(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_organisation_scene(place)
    home = f"/organisations/{scene.organisation}"
    helper, owner = sign_in(app, person(), scene.helper), sign_in(app, person(), scene.owner)
    owner.open(f"{home}/people/{scene.helper.ref}").send(role="organisation-coordinator")
    assert "Coordinator" in owner.words
    assert helper.open(f"{home}/people").answer.status_code == 200
    for path in ("invite", scene.owner.ref, f"{scene.owner.ref}/remove"):
        assert helper.open(f"{home}/people/{path}").answer.status_code == 403, path
    assert "12 North Street" in helper.open(f"/matches/{scene.agreed}").words
    owner.open(f"{home}/people/{scene.helper.ref}/remove").send()
    assert "Hetty" not in owner.words
    for path in (f"{home}/board", f"/matches/{scene.agreed}"):
        assert helper.open(path).answer.status_code in (403, 404), path
        assert "12 North Street" not in helper.answer.text
    assert "warm dinner" not in helper.open("/me").answer.text
    assert "Nobody goes" in owner.open(f"{home}/board").words
    last = texts(app, place, phone_of(app, scene.helper))[-1]
    assert last.startswith("You do not act for Elmford Pantry any more.")
