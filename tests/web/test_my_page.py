"""My page: what comes next on top; a need's way in five words."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    with app.app_context():
        return set_scene(place)


def test_the_next_visit_is_on_top_and_each_thing_says_what_comes_next(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    helper = sign_in(app, person(), scene.helper).open("/me")
    assert next(one.get_text() for one in helper.page.select("main h2")) == "Your next visit"
    assert "Tuesday 10 March, midday to 1pm" in helper.words
    assert "Next: the other person says whether it was done, by Friday 13 March, 10am." in (
        helper.words
    )
    assert "We tell you when somebody near you needs this." in helper.words
    asker = sign_in(app, person(), scene.asker).open("/me")
    assert "Somebody helps you." in asker.words
    days = [card.get_text() for card in asker.page.select(".card") if "tablet" in card.get_text()]
    assert [f"Tuesday {day} March, 2pm to 4pm" in card for day, card in
            zip((24, 17, 10), days, strict=True)] == [True] * 3  # fmt: skip
    assert "12 North Street" not in helper.words
    assert "Rosa" not in helper.words


def test_a_needs_way_is_told_in_five_words(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    asker = sign_in(app, person(), scene.asker)
    for need, here in (
        (scene.asked_need, "Seen"), (scene.agreed_need, "Time agreed"), (scene.unmet_need, "Seen"),
    ):  # fmt: skip
        steps = asker.open(f"/needs/{need}").page.select(".steps li")
        words = [step.find("strong").get_text() for step in steps]  # type: ignore[union-attr]
        assert words == ["Posted", "Seen", "Offered", "Time agreed", "Done"]
        (current,) = asker.page.select('.steps li[aria-current="step"] strong')
        assert current.get_text() == here
        assert "Tuesday 10 March" in steps[0].get_text()
        assert "Not yet" in steps[-1].get_text()


def test_what_is_over_comes_last(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:  # fmt: skip
    asker = sign_in(app, person(), scene.asker)
    before = [one.get_text() for one in asker.open("/me").page.select("main h2")]
    assert "Earlier: what you asked for" not in before
    asker.open(f"/needs/{scene.unmet_need}/withdraw").send()
    (earlier,) = [one for one in asker.open("/me").page.select("main h2")
                  if one.get_text() == "Earlier: what you asked for"]  # fmt: skip
    assert "The hedge has grown over the path." in earlier.find_next("ul").get_text()  # type: ignore[union-attr]
    assert asker.words.count("The hedge has grown over the path.") == 1
