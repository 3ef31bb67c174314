"""The walk without JavaScript: ask, sign up by code, be found, agree, done, confirmed."""

from collections.abc import Callable

from flask import Flask

from tests.builders import BuiltPlace, a_helper
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import enter, sign_in, texts

ROSA = "07700 900950"
Person_ = Callable[[], Person]


def ask_for_a_lift(asker: Person, place: BuiltPlace, words: str = "To the eye clinic") -> Person:
    """From the front page to the check page, not signed in."""
    asker.open("/").open("/needs/new").open("/needs/new/what")
    asker.send(category="transport").send(words=words)
    asker.send(postcode=place.postcode_at(500, 500).lower(), address="12 North Street")
    asker.send(setting="car", alone="no", child="no", appointment="no")
    asker.send(when="day", day=["11", "3", "2026"], start="2pm", end="5pm")
    return asker.send(duration_minutes="60", slots="1").send(language="")


def test_a_need_finds_its_neighbour(
    app: Flask, place: BuiltPlace, person: Person_, clock: Clock
) -> None:
    with app.app_context():
        ben = a_helper(place, "Ben Near", "transport")
    asker, helper = person(), person()
    need = posts_it(app, asker, place)
    match = says_yes(sign_in(app, helper, ben))
    assert "Ben" in texts(app, place, "+447700900950")[-1]

    assert "Someone said yes" in asker.open(f"/needs/{need}").words
    asker.open(match).open(f"{match}/arrange")
    asker.send(day=["11", "3", "2026"], start="2:30pm", end="4pm", words="Ring the bell twice")
    assert "Wednesday 11 March, 2:30pm to 4pm" in asker.words

    clock.pass_by(days=1, hours=7)
    helper = sign_in(app, person(), ben)
    helper.open(f"{match}/done").send(minutes="80")
    assert "Done, waiting to be confirmed" in helper.words
    asker = enter(app, person().open("/sign-in"), place, ROSA)
    assert "Done and confirmed" in asker.open(match).send("confirm").words
    assert "The other person confirmed it" in asker.open(f"/needs/{need}").words


def posts_it(app: Flask, asker: Person, place: BuiltPlace) -> str:
    """Rosa asks, gives her number at the end, signs up and posts; the need's ref."""
    ask_for_a_lift(asker, place)
    assert asker.heading == "Check your answers"
    assert "Wednesday 11 March, 2pm to 5pm" in asker.words
    enter(app, asker.send(), place, ROSA)
    assert asker.heading == "Tell us who you are"
    asker.send(name="Rosa Long", adult="y", consented="y")
    assert asker.heading == "Check your answers", asker.problems
    asker.send()
    assert asker.heading == "You have asked for help"
    return str(asker.page.select_one(".govuk-panel strong").get_text())  # type: ignore[union-attr]


def says_yes(helper: Person) -> str:
    """The helper reads what is asked, sees no name and no address, and says yes; the match."""
    assert "To the eye clinic" in helper.words
    helper.open(helper.page.select_one(".card a")["href"])  # type: ignore[index,arg-type]
    assert helper.heading == "Can you help?"
    assert "You were asked because you are close by" in helper.words
    for secret in ("Rosa", "12 North Street"):
        assert secret not in helper.answer.text
    helper.send("accept")
    for secret in ("Rosa", "12 North Street"):
        assert secret in helper.words
    return helper.path


def test_an_offer_waits_for_a_custodian_and_says_so(
    app: Flask, place: BuiltPlace, person: Person_
) -> None:
    giver = person().open("/offers/new/what")
    giver.send(categories=["transport", "shopping"]).send(words="I have a car.")
    giver.send(reach_metres="1600")
    giver.send(mostly="parts", times=["1-morning", "1-afternoon"], capacity="2")
    giver.send(terms="stated", stated_terms="Petrol, please").send(languages=["en", "pl"])
    assert giver.heading == "Check your answers"
    assert "Tuesday, 8am to 5pm" in giver.words
    enter(app, giver.send(), place, ROSA)
    giver.send(
        name="Rosa Long", postcode=place.postcode_at(500, 500), address="1 High Street",
        adult="y", consented="y",
    ).send()  # fmt: skip
    assert giver.heading == "Thank you for offering help"
    assert "Your first offer is looked at by a person." in giver.words
    assert "Driving licence" in giver.words
    giver.open(giver.page.find("main").find("a")["href"])  # type: ignore[union-attr,index,arg-type]
    assert "Being checked" in giver.words
