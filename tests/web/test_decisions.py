"""Decisions on the pages: what is seen of them, by whom, and what can be said to them."""

from collections.abc import Callable

import pytest
from flask import Flask

from bench.bare_doors import recorded
from enabler.domain.vocabulary import OfferState
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading
from enabler.services import _links, moderation
from tests.builders import NOW, BuiltPlace, a_custodian, a_member, an_offer
from tests.services.deeds import a_key
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Something on the desk, something decided, something asked."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, scene: Scene, person: Someone) -> Person:
    """A custodian at the desk."""
    return sign_in_staff(app, person(), place).open("/desk")


def test_the_next_thing_follows_a_decision(scene: Scene, staff: Person) -> None:
    staff.open("/desk/next")
    assert staff.path == f"/desk/held/{scene.held_need}"
    staff.send(decision="approve", then=["", "next"])
    assert staff.path == f"/desk/held/{scene.held_offer}"


def test_one_is_taken_in_hand_and_given_back(scene: Scene, staff: Person) -> None:
    path = f"/desk/hands/offer/{scene.held_offer}"
    staff.open("/desk").send("many")
    staff.open(path).send(do="take")
    assert staff.path == "/desk"
    assert "You have it in hand since" in staff.words
    assert scene.held_offer in staff.open("/desk?whose=mine").words
    staff.open(path).send(do="give")
    assert "You have it in hand since" not in staff.words


def test_several_of_low_risk_are_decided_at_once_and_each_is_told(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    with app.app_context():
        low = [
            an_offer(a_member(place), "gardening", state=OfferState.HELD,
                     held_because="first_offer")
            for _ in range(2)
        ]  # fmt: skip
        boss = a_custodian(place, "Ola Desk")
    boxes = [box["value"] for box in staff.open("/desk").page.select("input[name=chosen]")]
    chosen = [box for box in boxes if str(box).split(":")[0] in low]
    assert len(chosen) == 2
    for words, wrong in (
        (" ", "Say it in a sentence or two."),
        ("No. " * 200, "This is 800 characters long."),
    ):
        staff.open("/desk").send("many", do="refuse", chosen=chosen, words=words)
        assert staff.error_at("words").startswith(wrong)
        ticked = [box["value"] for box in staff.page.select("input[name=chosen][checked]")]
        assert ticked == chosen
    with app.app_context():
        moderation.refuse(actor=boss.actor, ref=low[0], words="No.", key=a_key(), now=NOW)
    staff.send("many", do="approve", chosen=[*chosen, scene.held_need], words="")
    assert f"{low[1]} : Approved" in staff.words
    assert "Somebody else decided about it while you had it before you." in staff.words
    assert "Decide about this one by itself" in staff.words


def test_whoever_is_late_sees_what_the_other_did_and_keeps_their_words(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    staff.open(f"/desk/held/{scene.held_need}")
    with app.app_context():
        other = a_custodian(place, "Ola Desk")
        moderation.refuse(
            actor=other.actor, ref=scene.held_need, words="Ask the nursery.", key=a_key(), now=NOW
        )
    staff.send(decision="approve", words="Let us try it.")
    assert staff.answer.status_code == 409
    for said in ("Somebody was quicker", "Refused", "Ola Desk", "Ask the nursery.",
                 "Let us try it."):  # fmt: skip
        assert said in staff.words


def test_it_is_approved_with_changes_that_its_author_sees(
    app: Flask, scene: Scene, staff: Person, person: Someone
) -> None:
    staff.open(f"/desk/held/{scene.held_offer}/edit")
    assert staff.send(edited=" ", words="So it is plainer.").error_at("edited")
    staff.open(f"/desk/held/{scene.held_offer}/edit").send(
        edited="I help with forms.", words="So it is plainer."
    )
    assert staff.path == "/desk"
    author = sign_in(app, person(), scene.asker).open("/decisions")
    (link,) = author.page.select('a[href^="/decisions/"]')
    author.open(str(link["href"]))
    for said in ("I help with forms.", "So it is plainer.", "What we changed", "version 1",
                 "The first offer of somebody new"):  # fmt: skip
        assert said in author.words


def test_a_standard_answer_begins_a_reason(scene: Scene, staff: Person) -> None:
    staff.open("/desk/answers").send(name="Nursery", words="Please ask the nursery.")
    assert "Nursery" in staff.words
    (option,) = [each for each in staff.open(f"/desk/held/{scene.held_need}").page.select("option")
                 if each.get_text() == "Nursery"]  # fmt: skip
    staff.send(decision="refuse", standard=str(option["value"]), words="They are open on Friday.")
    staff.open(f"/desk/held/{scene.held_need}")
    assert "Please ask the nursery. They are open on Friday." in staff.words
    staff.open("/desk/answers").send("/end")
    assert "There are none yet." in staff.words


def test_an_author_disagrees_by_the_link_without_signing_in(
    app: Flask, scene: Scene, staff: Person, person: Someone
) -> None:
    staff.open(f"/desk/held/{scene.helper.ref}").send(
        decision="suspend", words="We look into it.", days="7"
    )
    with app.app_context():
        with reading() as uow:
            decision = uow.decisions.of_subject("member", scene.helper.id)[0].ref
        token = _links.sign(wiring().secrets, _links.DECISION, decision)
    stranger = person().open(f"/statement?d={token}")
    assert "We look into it." in stranger.words
    assert "You cannot sign in." in stranger.words
    stranger.send(words="It was not me.")
    assert "It was not me." in stranger.words
    staff.open("/desk?kind=appeal")
    assert "Against a suspension." in staff.words
    assert person().open("/statement?d=nonsense").answer.status_code == 404


def test_an_appeal_is_decided_by_somebody_else(
    app: Flask, scene: Scene, staff: Person, person: Someone
) -> None:
    path = f"/desk/appeals/{scene.decision}"
    assert "I have shown it in May." in staff.open(path).words
    assert staff.send(words="Seen.").error_at("decision")
    staff.open(path).send(decision="overturned", words="It was seen in May.")
    assert staff.path == "/desk"
    author = sign_in(app, person(), scene.helper).open(f"/decisions/{scene.decision}")
    assert "the decision is taken back" in author.words
    assert "It was seen in May." in author.words


def test_a_question_is_answered(app: Flask, scene: Scene, person: Someone) -> None:
    author = sign_in(app, person(), scene.asker).open("/decisions")
    author.open(f"/questions/{scene.question}")
    assert "Which skills are they?" in author.words
    author.send(words="Knitting.")
    assert "You answered: Knitting." in author.words


def test_what_is_published_is_for_everybody(scene: Scene, person: Someone) -> None:
    stranger = person().open("/market/decisions")
    assert "Decisions in Elmford" in stranger.heading
    assert "a few" not in stranger.page.find("table").get_text()  # type: ignore[union-attr]


def test_the_desk_asks_the_database_twelve_times_at_most(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    for _ in range(2):
        with recorded(app) as asked:
            assert staff.client.get("/desk").status_code == 200
        assert 0 < len(asked) <= 12, [statement for statement, _ in asked]
        with app.app_context():
            for _ in range(5):
                an_offer(a_member(place), "gardening", "skills", state=OfferState.HELD)
