"""What writers, custodians and the lead read about words that are looked at, and about people."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.signals_scene import BESIDE, SCAM, UNCLEAR, SignalsScene, set_signals_scene
from tests.web.signing import sign_in, sign_in_staff, sign_up

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> SignalsScene:
    """Something to look at."""
    with app.app_context():
        return set_signals_scene(place)


@pytest.fixture
def lead(app: Flask, place: BuiltPlace, scene: SignalsScene, person: Someone) -> Person:
    """The safeguarding lead."""
    return sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD).open("/desk/denied")


def test_a_writer_is_told_before_and_posts_it_all_the_same(
    app: Flask, scene: SignalsScene, person: Someone
) -> None:
    who = sign_in(app, person(), scene.asker)
    who.open("/needs/new/what").send(category="shopping")
    who.send(words="Ring 07700 900123, and see bit.ly/3abc")
    who.send(spot="home")
    who.open("/needs/new/meeting").send(setting="doorstep")
    who.open("/needs/new/when").send(when="day", day=["19", "3", "2026"], start="2pm", end="5pm")
    who.open("/needs/new/how-much").send(duration_minutes="60", slots="1")
    who.open("/needs/new/anything-else").send(language="")
    who.open("/needs/new/check")
    assert "There is a phone number in your words: “07700 900123”." in who.words
    assert "There is a link in your words: “bit.ly/3abc”." in who.words
    assert "a person at the council looks at it first" in who.words
    assert "Post it all the same" in who.words
    who.send()
    assert "There is a link in the words." in who.words
    assert "Change it, and it can open at once" in who.words


def test_a_held_need_opens_when_it_is_changed(
    app: Flask, scene: SignalsScene, person: Someone
) -> None:
    who = sign_in(app, person(), scene.asker).open(f"/needs/{scene.held_need}")
    assert "Something in the words is looked at by a person first." in who.words
    who.open(f"/needs/{scene.held_need}/edit/words?change=1").send(words="It is a tall hedge.")
    assert "There is a link" not in who.words
    who.send()
    assert who.path == f"/needs/{scene.held_need}"
    assert "looked at by a person" not in who.words


def test_both_sides_read_that_a_message_waits(
    app: Flask, scene: SignalsScene, person: Someone
) -> None:
    asker = sign_in(app, person(), scene.asker).open(f"/matches/{scene.match}")
    assert "A message waits. A person at the council looks at it first." in asker.words
    assert "bank account" not in asker.words
    helper = sign_in(app, person(), scene.helper).open(f"/matches/{scene.match}")
    assert SCAM in helper.words
    assert "A person at the council looks at this message first." in helper.words


def test_the_lead_passes_one_on_and_stops_another(
    app: Flask, scene: SignalsScene, lead: Person, person: Someone
) -> None:
    lead.open("/desk/said")
    assert scene.message in lead.words
    assert SCAM not in lead.words
    lead.open(f"/desk/said/{scene.message}")
    assert "It speaks of bank details, gift cards or sending money." in lead.words
    lead.send(decision="pass")
    lead.open(f"/desk/said/{scene.other}").send(decision="stop")
    assert "No message waits." in lead.words
    asker = sign_in(app, person(), scene.asker).open(f"/matches/{scene.match}")
    assert SCAM in asker.words
    assert "A message waits" not in asker.words
    assert "Do not tell anybody" not in asker.words


def test_the_lead_lets_somebody_in(
    app: Flask, scene: SignalsScene, lead: Person, person: Someone
) -> None:
    assert "The same: name and front door, name and postcode." in lead.words
    assert "Theft or fraud" in lead.words
    waiting = sign_in(app, person(), scene.waits)
    for page in ("/me", "/me/looked", "/needs/new"):
        waiting.open(page)
        assert not any(word in waiting.words for word in ("removed", "Theft", "list"))
    lead.open(f"/desk/denied/{scene.waits.ref}/let-in").send(words="I saw his passport.")
    assert "Nobody waits." in lead.words


def test_the_lead_removes_somebody_and_knows_them_again(
    app: Flask, place: BuiltPlace, scene: SignalsScene, lead: Person, person: Someone
) -> None:
    lead.send(who=scene.helper.ref.lower())
    assert "Ben Scammer" in lead.words
    lead.send(reason="exploitation", words="He asked her for money.")
    assert "Taking advantage of somebody" in lead.words
    gone = person().open(f"/matches/{scene.match}")
    assert "sign-in" in gone.path
    new = sign_up(app, person(), place, "07700 900974", name="Basil Gone")
    assert "removed" not in new.words


def test_the_desk_leads_there_for_whoever_may(
    app: Flask, place: BuiltPlace, scene: SignalsScene, lead: Person, person: Someone
) -> None:
    words = "People who were removed, and accounts that wait"
    assert words in lead.open("/desk").words
    custodian = sign_in_staff(app, person(), place).open("/desk")
    assert words not in custodian.words
    assert "Messages that wait" in custodian.words


def test_a_text_that_nobody_can_make_out_is_read_at_the_desk_and_done_with(
    scene: SignalsScene, lead: Person
) -> None:
    path = f"/desk/texts/{scene.text}"
    lead.open("/desk?kind=text")
    assert lead.page.find("a", href=path)
    assert UNCLEAR not in lead.words
    lead.open(path)
    assert UNCLEAR in lead.words
    assert BESIDE in lead.words
    assert "Rosa Linked" in lead.words
    lead.send(f"{path}/looked")
    assert lead.path == "/desk"
    assert not lead.open("/desk?kind=text").page.find("a", href=path)
    assert "Somebody has looked at this." in lead.open(path).words
