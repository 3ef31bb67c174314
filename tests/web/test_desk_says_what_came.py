"""The desk says what came of a decision, whose word it is, and what the thing is about."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.errors import WrongMoment
from enabler.domain.vocabulary import OfferState
from enabler.services import claims, moderation, questions, suspensions
from tests.builders import NOW, BuiltPlace, a_custodian, a_member, an_offer
from tests.services.deeds import a_key, post
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]
pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Something on the desk, something decided, something asked."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, scene: Scene, person: Someone) -> Person:
    """A custodian at the desk."""
    return sign_in_staff(app, person(), place)


@pytest.mark.parametrize(("decision", "said"), [
    ("approve", "It is open now, and its author is told. Take it back, until"),
    ("refuse", "Refused. Its author is told why, and how to say that they do not agree. Take it"),
    ("suspend", "Suspended. Its author is told why. It comes back to the desk"),
    ("ask", "Its author is asked. It waits at the desk, and its clock stands still"),
])  # fmt: skip
def test_what_came_of_it_stands_on_the_next_page(
    scene: Scene, staff: Person, decision: str, said: str
) -> None:
    staff.open(f"/desk/held/{scene.held_need}").send(decision=decision, words="Ring us first.")
    assert staff.path == "/desk"
    assert said in staff.words
    assert said in staff.open(f"/desk/next?done={scene.held_need}").words
    assert said not in staff.open("/desk?done=ZZZZ").words


def test_a_colleague_is_called_by_name(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    with app.app_context():
        ola = a_custodian(place, "Ola Desk")
        claims.claim(actor=ola.actor, kind="need", ref=scene.held_need, key=a_key(), now=NOW)
    assert "Ola Desk has it in hand since" in staff.open("/desk").words
    staff.open(f"/desk/held/{scene.held_need}")
    assert "Ola Desk has it in hand since" in staff.words


def test_whoever_comes_second_reads_why_it_was_suspended(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person, clock: Clock
) -> None:
    with app.app_context():
        ola = a_custodian(place, "Ola Desk")

        suspensions.suspend(
            actor=ola.actor, ref=scene.held_need, words="We talk with them first.", key=a_key(),
            now=NOW,
        )  # fmt: skip
    staff.open(f"/desk/held/{scene.held_need}")
    assert "Suspended , by Ola Desk" in staff.words
    assert "We talk with them first." in staff.words
    assert "It does not wait for a decision any more" not in staff.words


def test_a_question_leaves_it_since_when_it_was_and_is_not_asked_twice(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person, clock: Clock
) -> None:
    staff.open(f"/desk/held/{scene.held_need}")
    since = row(staff, "Since")
    assert row(staff, "When")
    with app.app_context():
        questions.ask(
            actor=a_custodian(place, "Ola Desk").actor, ref=scene.held_need, words="How long?",
            key=a_key(), now=NOW + timedelta(hours=2),
        )  # fmt: skip
    staff.open(f"/desk/held/{scene.held_need}")
    assert row(staff, "Since") == since
    assert "Ask the author something" not in staff.words


def row(person: Person, key: str) -> str:
    """What the page says beside this."""
    for each in person.page.select(".govuk-summary-list__row"):
        if each.dt.get_text(strip=True) == key:  # type: ignore[union-attr]
            return each.dd.get_text(" ", strip=True)  # type: ignore[union-attr]
    return ""


def test_what_was_edited_is_kept_when_somebody_was_quicker(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    staff.open(f"/desk/held/{scene.held_offer}/edit")
    with app.app_context():
        moderation.refuse(
            actor=a_custodian(place, "Ola Desk").actor, ref=scene.held_offer, words="Not here.",
            key=a_key(), now=NOW,
        )  # fmt: skip
    staff.send(edited="I help with forms on Mondays.", words="So it is plainer.")
    assert staff.error_at("edited").startswith("Somebody else decided about it")
    assert staff.typed()["edited"] == "I help with forms on Mondays."
    assert staff.typed()["words"] == "So it is plainer."


def test_an_answer_that_comes_too_late_is_kept(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    author = sign_in(app, person(), scene.asker).open(f"/questions/{scene.question}")
    second = sign_in(app, person(), scene.asker).open(f"/questions/{scene.question}")
    second.send(words="Knitting.")
    author.send(words="Knitting and crochet, on Mondays.")
    assert author.error_at("words").startswith("This question is closed.")
    assert author.typed()["words"] == "Knitting and crochet, on Mondays."


def test_an_appeal_that_was_decided_keeps_the_words_of_the_second(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person, person: Someone
) -> None:
    path = f"/desk/appeals/{scene.decision}"
    other = sign_in_staff(app, person(), place, nth="-other").open(path)
    assert other.page.select_one('a[href^="/desk/held/"]') is not None
    staff.open(path).send(decision="overturned", words="It was seen in May.")
    other.send(decision="upheld", words="I have not seen it.")
    assert other.error_at("decision")
    assert other.typed()["words"] == "I have not seen it."


def test_a_statement_says_which_thing_when_and_whom_to_ring(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person, person: Someone
) -> None:
    staff.open(f"/desk/held/{scene.held_need}").send(decision="refuse", words="Ring the nursery.")
    author = sign_in(app, person(), scene.helper).open("/decisions")
    (link,) = [each["href"] for each in author.page.select('a[href^="/decisions/"]')
               if scene.held_need in each.get_text()]  # fmt: skip
    author.open(str(link))
    assert row(author, "What").startswith(f"Need {scene.held_need}, Looking after children:")
    assert "+44" not in author.words


def test_staff_whose_session_ended_find_their_own_way_in(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    somebody = person().open("/desk?kind=offer")
    assert somebody.path == "/sign-in"
    link = somebody.page.select_one('main a[href="/sign-in/staff"]')
    assert link is not None
    sign_in_staff(app, somebody, place)
    assert somebody.path == "/desk"
    assert person().open("/sign-in").page.select_one('main a[href="/sign-in/staff"]') is None


def test_a_map_of_few_names_each_number_once(scene: Scene, staff: Person) -> None:
    key = staff.open("/desk/overview").page.select("figcaption .unmet__step")
    said = [each.get_text(" ", strip=True) for each in key]
    assert said[0] == "0"
    assert len(set(said)) == len(said)
    assert "text_price" not in staff.words


def test_what_opens_by_itself_says_when(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    with app.app_context():
        an_offer(
            a_member(place), "gardening", state=OfferState.HELD, held_because="first_offer",
            posted_at=NOW,
        )  # fmt: skip
    card = staff.open("/desk?kind=offer&risk=low").words
    assert "It opens by itself Thursday 12 March, 10am, if nobody looks at it." in card


def test_whoever_is_asked_reads_it_where_they_look(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    with app.app_context():
        questions.ask(
            actor=a_custodian(place, "Ola Desk").actor, ref=scene.held_need,
            words="Until when on Friday?", key=a_key(), now=NOW,
        )  # fmt: skip
    author = sign_in(app, person(), scene.helper)
    for path in ("/me", f"/needs/{scene.held_need}"):
        assert "Until when on Friday?" in author.open(path).words
        (link,) = [each["href"] for each in author.page.select('a[href^="/questions/"]')]
    author.open(str(link)).send(words="Until four.")
    assert "Until when on Friday?" not in author.open("/me").words
    assert "Until when on Friday?" not in author.open(f"/needs/{scene.held_need}").words


def test_a_needs_page_stands_whatever_the_desk_did(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    author = sign_in(app, person(), scene.helper)
    with app.app_context():
        ola, ref = a_custodian(place, "Ola Desk").actor, scene.held_need
        more = {"actor": ola, "ref": ref, "now": NOW}
        moderation.approve_edited(
            edited=moderation.Edit("Two hours, please."), words="So it is plainer.", key=a_key(),
            **more,
        )  # fmt: skip
        with pytest.raises(WrongMoment):
            moderation.refuse(words="Not here.", seen="held.1", key=a_key(), **more)
        suspensions.suspend(words="We look into it.", key=a_key(), **more)
        suspensions.lift(words="All is well.", key=a_key(), **more)
    page = author.open(f"/needs/{scene.held_need}")
    assert page.answer.status_code == 200
    assert "Somebody at the council changed the words" in page.words
    assert author.open("/me").answer.status_code == 200


def test_the_next_thing_is_found_behind_a_page_of_what_others_have(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person
) -> None:
    with app.app_context():
        ola = a_custodian(place, "Ola Desk").actor
        for _ in range(51):
            ref = post(a_member(place), "respite").ref
            claims.claim(actor=ola, kind="need", ref=ref, key=a_key(), now=NOW)
        claims.claim(actor=ola, kind="need", ref=scene.held_need, key=a_key(), now=NOW)
    assert staff.open("/desk/next").path == f"/desk/held/{scene.held_offer}"


def test_a_report_that_a_colleague_settled_keeps_the_words_of_the_second(
    app: Flask, place: BuiltPlace, scene: Scene, staff: Person, person: Someone
) -> None:
    path = f"/desk/reports/{scene.report}"
    other = sign_in_staff(app, person(), place, nth="-other").open(path)
    staff.open(path).send(words="I rang them both.")
    other.send(words="I wrote to both of them on Monday.")
    assert other.error_at("words")
    assert other.typed()["words"] == "I wrote to both of them on Monday."


def test_who_decides_between_two_reads_what_was_said_and_what_each_answer_does(
    scene: Scene, staff: Person
) -> None:
    staff.open(f"/desk/matches/{scene.disputed}/decide")
    assert row(staff, "Who said so").startswith("The helper, on ")
    assert "0: it did not happen. No hours move" in staff.words
    assert "The person helped wrote on" in staff.words
    assert "It was much shorter." in staff.words
    assert staff.page.select_one('main a[href^="/desk/reports/"]') is not None


@pytest.mark.parametrize("path", ["/desk", "/desk/rules", "/desk/credentials", "/desk/answers"])
def test_the_menu_says_that_one_is_at_the_desk(staff: Person, path: str) -> None:
    staff.open(path)
    assert staff.answer.status_code == 200
    link = staff.page.select_one('nav a[href="/desk"][aria-current]')
    assert link is not None
