"""Hours of many on their pages: written down, seen, spoken against, decided."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.services import hours_events
from tests.builders import BuiltMember, BuiltOrganisation, BuiltPlace, a_member, an_organisation
from tests.services.noting import LATER, broken_laws, give_to, noted, stands
from tests.services.test_help_hours import a_pot
from tests.web.people import Person
from tests.web.signing import deliver, phone_of, sign_in, sign_in_staff, texts

DAY = ["7", "3", "2026"]


@dataclass(frozen=True)
class Two:
    """A pantry with hours, and two neighbours who were there."""

    pantry: BuiltOrganisation
    ann: BuiltMember
    ben: BuiltMember


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Two:
    with app.app_context():
        pantry = an_organisation(place)
        give_to(place, pantry, 600)
        return Two(pantry, a_member(place, "Annabel Long"), a_member(place, "Benedict Near"))


@pytest.fixture
def lead(app: Flask, scene: Two, person: Callable[[], Person]) -> Person:
    return sign_in(app, person(), scene.pantry.owner)


def through(lead: Person, scene: Two, who: str) -> Person:
    """All questions, up to the check page."""
    start = f"/organisations/{scene.pantry.ref}/hours/event"
    first = lead.open(start).page.find("a", string="Start")
    assert first is not None
    assert lead.open(str(first["href"])).heading == "What was it?"
    assert str(lead.page.select("a.govuk-back-link")[0]["href"]) == start
    lead.send(words="Clean-up of Elm Park").send(day=DAY).send(length="120")
    return lead.send(people=who)


def test_an_afternoon_is_written_down_question_by_question_and_counts(
    app: Flask, place: BuiltPlace, scene: Two, lead: Person, person: Callable[[], Person]
) -> None:
    lead.open(f"/hours?for={scene.pantry.ref}")
    assert "Write down hours of a group" in lead.words
    through(lead, scene, f"{scene.ann.ref}\n{scene.ben.ref.lower()} 1h30")
    assert lead.heading == "Check before you write it down"
    assert f"{scene.ann.ref}: 2 hours {scene.ben.ref}: 1 hour 30 minutes" in lead.words
    assert "it counts on Friday 13 March" in lead.words
    assert "Annabel" not in lead.words
    lead.send()
    assert "It is written down." in lead.words
    event = lead.path
    lead.open(f"/hours?for={scene.pantry.ref}")
    assert "3 hours 30 minutes to 2 people What is this?" in lead.words
    lead.open(event)
    assert lead.words.count("Counts on Friday 13 March") == 1
    with app.app_context():
        assert hours_events.count_silent(now=LATER) == 1
        assert (stands(scene.ann), stands(scene.ben), broken_laws()) == ((120, 0), (90, 0), {})
    ann = sign_in(app, person(), scene.ann).open("/hours")
    said = "Elmford Pantry gave you 2 hours for “Clean-up of Elm Park” on Saturday 7 March"
    assert said in ann.words
    lead.open(f"/hours?for={scene.pantry.ref}")
    assert "You gave 1 hour 30 minutes to a neighbour for “Clean-up of Elm Park”" in lead.words


def test_whoever_counts_but_is_not_paid_yet_does_not_read_that_they_received_it(
    app: Flask, place: BuiltPlace, scene: Two, lead: Person, person: Callable[[], Person]
) -> None:
    through(lead, scene, f"{scene.ann.ref} 8h\n{scene.ben.ref} 3h").send()
    path = lead.path
    assert "Nobody has hours for 1 hour of it. Somebody at the council decides" in lead.words
    with app.app_context():
        assert hours_events.count_silent(now=LATER) == 1
    ben = sign_in(app, person(), scene.ben).open(path)
    assert "You received 2 hours It counts. Nobody has hours for 1 hour of it yet." in ben.words
    desk = sign_in_staff(app, person(), place).open("/desk/hours")
    assert "Clean-up of Elm Park on Saturday 7 March" in desk.words


def test_the_text_leads_to_the_entry_which_the_statement_leads_to_before_and_after_it_counts(
    app: Flask, place: BuiltPlace, scene: Two, lead: Person, person: Callable[[], Person]
) -> None:
    through(lead, scene, scene.ann.ref).send()
    with app.app_context():
        (said,) = [each for each in texts(app, place, phone_of(app, scene.ann)) if "told" in each]
    path = re.search(r"/hours/events/\w+", said)
    assert path is not None
    ann = sign_in(app, person(), scene.ann).open(path[0])
    assert (ann.heading, "You receive 2 hours" in ann.words) == ("Clean-up of Elm Park", True)
    for _ in range(2):
        assert [each["href"] for each in ann.open("/hours").page.find_all("a", href=path[0])]
        with app.app_context():
            hours_events.count_silent(now=LATER)
    assert "on Saturday 7 March" in ann.words
    assert "You received 2 hours" in ann.open(path[0]).words


def test_whoever_was_there_is_told_reads_it_and_says_that_it_was_not_so(
    app: Flask, place: BuiltPlace, scene: Two, lead: Person, person: Callable[[], Person]
) -> None:
    through(lead, scene, scene.ann.ref).send()
    deliver(app)
    with app.app_context():
        (said,) = [each for each in texts(app, place, phone_of(app, scene.ann)) if "told" in each]
    assert "We were told that you helped for 2 hours on Sat 7 Mar." in said
    ann = sign_in(app, person(), scene.ann).open("/hours")
    assert "2 hours from Elmford Pantry What is this?" in ann.words
    ann.open(str(next(link["href"] for link in ann.page.find_all("a", href=True)
                      if "/hours/events/" in link["href"])))  # fmt: skip
    assert (ann.heading, "You receive 2 hours" in ann.words) == ("Clean-up of Elm Park", True)
    here = ann.path
    ann.open(f"{here}/not-so").send(words="")
    assert "Say what was not so" in ann.error_at("words")
    ann.send(words="It was <b>one</b> hour.")
    assert "Somebody at the council looks at it." in ann.words
    assert sign_in(app, person(), scene.ben).open(here).answer.status_code == 404
    desk = sign_in_staff(app, person(), place, Role.CUSTODIAN).open("/desk")
    desk.open("/desk/hours/events")
    assert "Clean-up of Elm Park" in desk.words
    desk.open(f"/desk{here}")
    assert "It was <b>one</b> hour." in desk.words
    desk.send(without=["1"])
    assert "Say why you decide so." in desk.error_at("words")
    desk.send(without=["1"], words="She told me so.")
    assert "Does not count" in desk.words
    assert "It does not count: nothing has moved." in ann.open(here).words


def test_whoever_wrote_it_down_takes_it_back_once_they_are_sure(
    app: Flask, place: BuiltPlace, scene: Two, lead: Person
) -> None:
    through(lead, scene, scene.ann.ref).send()
    deliver(app)
    lead.open(f"{lead.path}/take-back")
    assert (lead.heading, "told that it was a mistake" in lead.words) == ("Take it back?", True)
    assert "Does not count" in lead.send().words
    assert "take it back" not in lead.words
    deliver(app)
    assert "was a mistake" in texts(app, place, phone_of(app, scene.ann))[-1]


@pytest.mark.parametrize(
    ("name", "answers", "field", "said"),
    [
        ("what", {"words": ""}, "words", "Say what it was"),
        ("day", {"day": ["11", "3", "2026"]}, "day", "This day has not come yet"),
        ("day", {"day": ["", "", ""]}, "day", "Type the day"),
        ("length", {"length": "other", "hours": "9"}, "hours", "The most is 8 hours"),
        ("who", {"people": "ZZZZ"}, "people", "with the reference ZZZZ"),
        ("who", {"people": "a b c"}, "people", "We cannot read number 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_was_typed(
    scene: Two, lead: Person, name: str, answers: dict[str, str], field: str, said: str
) -> None:
    lead.open(f"/organisations/{scene.pantry.ref}/hours/event/{name}").send(**answers)
    assert said in lead.error_at(field)
    for key, value in answers.items():
        if isinstance(value, str) and key != "length":
            assert lead.typed()[key] == value


def test_who_taught_is_asked_for_where_one_did(
    app: Flask, place: BuiltPlace, scene: Two, person: Callable[[], Person]
) -> None:
    desk = sign_in_staff(app, person(), place, Role.CUSTODIAN)
    desk.open("/desk/hours/event/way").send()
    assert "Choose who gave their time" in desk.error_at("way")
    desk.send(way="one-to-many")
    desk.open("/desk/hours/event/who").send(one="", people=scene.ann.ref)
    assert "whoever taught" in desk.error_at("one")
    assert desk.typed()["people"] == scene.ann.ref
    desk.send(one=scene.ben.ref, people=scene.ben.ref)
    assert "is there twice" in desk.error_at("people")


def test_an_organisation_gives_its_own_hours_and_nobody_elses(scene: Two, lead: Person) -> None:
    start = f"/organisations/{scene.pantry.ref}/hours/event"
    assert "ask the council to write that down" in lead.open(start).words
    lead.open(f"{start}/way")
    assert "One person taught" not in lead.words
    lead.send(way="one-to-many")
    assert "Ask the council to write it down" in lead.error_at("way")


def test_a_custodian_writes_down_a_help_and_an_afternoon_of_the_community(
    app: Flask, place: BuiltPlace, scene: Two, person: Callable[[], Person]
) -> None:
    desk = sign_in_staff(app, person(), place, Role.CUSTODIAN).open("/desk/hours/record").send()
    assert len(desk.problems) == 5
    desk.send(helper=scene.ben.ref, asker=scene.ann.ref, category="shopping", day=DAY,
              minutes="60", known_by="Both rang on Monday.")  # fmt: skip
    assert "Both rang on Monday." in desk.words
    assert f"Benedict ({scene.ben.ref}) receives 1 hour from Annabel" in desk.words
    desk.open("/desk/hours/event/way").send(way="many-to-one")
    assert "The community has no pot of hours yet" in desk.error_at("way")
    with app.app_context():
        a_pot(place, 600)
    desk.send(way="many-to-one").send(words="Snow").send(day=DAY).send(length="60")
    desk.send(people=scene.ann.ref)
    assert "The community pot" in desk.words
    assert f"Annabel ({scene.ann.ref})" in desk.words
    desk.send()
    assert "It is written down." in desk.words


def test_nobody_else_comes_to_these_pages(
    app: Flask, scene: Two, person: Callable[[], Person]
) -> None:
    with app.app_context():
        event = noted(scene.pantry.owner, scene.ben, organisation_ref=scene.pantry.ref)
    ann = sign_in(app, person(), scene.ann)
    pantry = f"/organisations/{scene.pantry.ref}/hours/event"
    for path, status in (
        (pantry, 403), (f"{pantry}/way", 403), (f"{pantry}/check", 403),
        ("/desk/hours/events", 403),
        ("/desk/hours/record", 403), (f"/hours/events/{event.ref}", 404),
        (f"/hours/events/{event.ref}/not-so", 404), (f"/desk/hours/events/{event.ref}", 403),
    ):  # fmt: skip
        assert ann.client.get(path).status_code == status, path


def test_a_day_that_is_full_is_said_where_the_people_are_typed_and_nothing_is_lost(
    app: Flask, scene: Two, lead: Person
) -> None:
    with app.app_context():
        noted(scene.pantry.owner, scene.ann, minutes=420, organisation_ref=scene.pantry.ref)
    who = f"{scene.ann.ref}\n{scene.ben.ref}"
    through(lead, scene, who)
    assert lead.error_at("people") == (
        f"Nobody can have more than 480 minutes for one day. For {scene.ann.ref} 60 are left:"
        " write down no more than that, or leave them out."
    )
    assert lead.typed().get("people", "").replace("\r", "") == who
    lead.send(people=f"{scene.ann.ref} 1h\n{scene.ben.ref}")
    assert lead.heading == "Check before you write it down"
