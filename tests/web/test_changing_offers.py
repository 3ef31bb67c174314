"""A café publishes, changes, pauses: opening hours, days when not, until a day; two windows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.jobs import job_named, run_job
from tests.builders import NOW, BuiltPlace, an_offer, an_organisation
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.test_changing import follow

Someone = Callable[[], Person]


@pytest.fixture
def cafe(app: Flask, place: BuiltPlace, person: Someone) -> Person:
    """The café's owner, on the page of its offer."""
    with app.app_context():
        organisation = an_organisation(place, "Corner Café")
        ref = an_offer(organisation, "meals")
    return sign_in(app, person(), organisation.owner).open(f"/offers/{ref}")


def test_everything_is_filled_in_changed_and_shown(cafe: Person) -> None:
    path = cafe.path
    follow(cafe, "Change it")
    assert "Corner Café" in cafe.words
    follow(cafe, "Change When")
    cafe.send(mostly="exact", on1=["0", "1"], opens1="9am", closes1="midday", more="1")
    cafe.send(on2=["0", "1"], opens2="2pm", closes2="5pm", capacity="9")
    follow(cafe, "Change Days when not")
    cafe.send(bank_holidays="y", off1=["3", "4", "2026"], season_last=["30", "9", "2026"])
    assert cafe.heading == "Change what you offer", cafe.problems
    cafe.send()
    assert cafe.path == path
    for words in (
        "Monday, 9am to midday Monday, 2pm to 5pm Tuesday, 9am to midday Tuesday, 2pm to 5pm",
        "Not on bank holidays", "Not on Friday 3 April", "Only until Wednesday 30 September",
    ):  # fmt: skip
        assert words in cafe.words
    follow(cafe, "Change it")
    follow(cafe, "Change When")
    assert cafe.typed().getlist("on1") == ["0", "1"]
    assert cafe.typed()["closes2"] == "17:00"
    cafe.open(f"{path}/edit")
    follow(cafe, "Change Days when not")
    assert cafe.typed()["bank_holidays"] == "y"
    assert cafe.typed().getlist("off1") == ["3", "4", "2026"]


def test_new_words_of_an_organisation_are_looked_at(cafe: Person) -> None:
    follow(follow(cafe, "Change it"), "Change Your words").send(words="Soup at noon.")
    assert "Being checked" in cafe.send().words
    assert "Soup at noon." in cafe.words


def test_nothing_typed_is_lost_where_another_window_was_quicker(cafe: Person) -> None:
    path = f"{cafe.path}/edit"
    cafe.open(f"{path}/when?change=1").send(mostly="any", capacity="7")
    first = cafe.typed()
    cafe.client.post(path, data=first)
    assert cafe.client.post(path, data=first).status_code == 302  # the very same form
    other = {**first.to_dict(), "key": "k" * 20}
    answer = cafe.client.post(path, data=other).get_data(as_text=True)
    assert "changed in another window" in answer


@pytest.mark.parametrize(
    ("question", "said", "field", "words"),
    [
        ("when", {"mostly": "exact", "on1": ["0"], "opens1": "9am"}, "closes1", "when it ends"),
        (
            "when",
            {"mostly": "exact", "opens1": "9am", "closes1": "10am"},
            "on1",
            "at least one day",
        ),
        ("exceptions", {"back1": ["3", "4", "2026"]}, "off1", "Type the day"),
        ("exceptions", {"off1": ["3", "4", "2026"], "back1": ["1", "4", "2026"]}, "back1", "after"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    cafe: Person, question: str, said: dict[str, object], field: str, words: str
) -> None:
    cafe.open(f"{cafe.path}/edit/{question}?change=1").send(**said)
    assert words in cafe.error_at(field)


def test_a_pause_ends_by_itself(app: Flask, cafe: Person, clock: Clock) -> None:
    path = cafe.path
    follow(cafe, "Pause until a day").send(until=["9", "3", "2026"])
    assert cafe.error_at("until") == "This day is past. Choose today or a day to come."
    cafe.send(until=["16", "3", "2026"])
    assert "We may ask you again from Monday 16 March on." in cafe.words
    job = job_named("resume-offers")
    assert job is not None
    run_job(app, job, NOW + timedelta(days=5))
    assert "Paused" in cafe.open(path).words
    run_job(app, job, NOW + timedelta(days=6))
    assert "Ready to help" in cafe.open(path).words


def test_a_forgotten_offer_is_asked_about_once(app: Flask, cafe: Person) -> None:
    path, job = cafe.path, job_named("nudge-offers")
    assert job is not None
    assert [run_job(app, job, NOW) for _ in range(2)] == [1, 0]
    assert "Is this still right?" in cafe.open(path).words
    assert "Is this still right?" not in cafe.send("still-right").words
    assert run_job(app, job, NOW + timedelta(days=182)) == 0
    assert run_job(app, job, NOW + timedelta(days=184)) == 1
