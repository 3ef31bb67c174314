"""What one help moved is one line to whoever helped and to whoever was helped, whoever paid."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.builders import NOW, BuiltPlace, a_helper, a_member
from tests.services.deeds import accept, post
from tests.services.test_help_hours import a_pot, confirm, done
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.test_hours import Two
from tests.web.test_printed_hours import printed

DAY = timedelta(days=1)
POT_WORDS = "A pot of your neighbours gave 1 hour more. That is what it is for."


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Two:
    """Six hours of help: 30 minutes promised, the rest down to the asker's floor, then the pot."""
    with app.app_context():
        two = Two(a_member(place, "Rosa Long", at=(600, 600)), a_helper(place, "Ben Near"))
        a_pot(place, 600)
        post(two.asker, duration_minutes=30)
        ref = accept(two.helper).ref
        done(two.helper, ref, 360, NOW + DAY)
        confirm(two.asker, ref, NOW + DAY)
    return two


def cards(who: Person) -> list[str]:
    return [" ".join(card.text.split()) for card in who.open("/hours").page.select(".card")]


def test_the_helper_sees_one_line_and_not_who_paid(
    app: Flask, scene: Two, person: Callable[[], Person]
) -> None:
    ben = sign_in(app, person(), scene.helper)
    (card,) = cards(ben)
    assert "You were given 6 hours for helping Rosa on Wednesday 11 March: shopping" in card
    assert "After that: 6 hours" in card
    assert "Numbers " in card
    assert "pot" not in card
    (paper,) = printed(ben)
    assert paper.count("You were given 6 hours for helping Rosa") == 1
    assert "In this month 6 hours came" in paper


def test_the_asker_sees_what_they_gave_and_that_a_pot_gave_the_rest(
    app: Flask, scene: Two, person: Callable[[], Person]
) -> None:
    rosa = sign_in(app, person(), scene.asker)
    (card,) = cards(rosa)
    assert "You gave 5 hours to Ben for help on Wednesday 11 March: shopping" in card
    assert POT_WORDS in card
    assert "After that: 5 hours below zero" in card
    assert POT_WORDS in printed(rosa)[0]


def test_the_spreadsheet_has_each_row_with_its_number(
    app: Flask, scene: Two, person: Callable[[], Person]
) -> None:
    head, *rows = sign_in(app, person(), scene.helper).client.get("/hours.csv").text.splitlines()
    assert head.endswith("minutes_in,minutes_out,balance_minutes,number")
    told = [row.rsplit(",", 4)[1:] for row in rows]
    assert [(int(came), int(left)) for came, _, left, _ in told] == [
        (30, 30), (270, 300), (60, 360),
    ]  # fmt: skip
    numbers = [int(number) for *_, number in told]
    assert numbers == sorted(set(numbers))


def test_what_nobody_had_hours_for_yet_is_shown_with_what_comes_next(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        two = Two(a_member(place, "Rosa Long", at=(600, 600)), a_helper(place, "Ben Near"))
        post(two.asker, duration_minutes=30)
        ref = accept(two.helper).ref
        done(two.helper, ref, 360)
        confirm(two.asker, ref)
    ben = sign_in(app, person(), two.helper).open("/hours")
    assert "1 hour for shopping on Tuesday 10 March." in ben.words
    assert "A person at the council looks at it by Friday 13 March." in ben.words
    (paper,) = printed(ben)
    assert "1 hour for shopping on Tuesday 10 March." in paper
    ben.open(f"/matches/{ref}")
    assert "You were given 5 hours for this." in ben.words
    assert "Still to come for this: 1 hour. The council decides who pays." in ben.words
    rosa = sign_in(app, person(), two.asker)
    for words in (rosa.open("/hours").words, rosa.open(f"/matches/{ref}").words):
        assert "to come" not in words
        assert "Not here yet" not in words
