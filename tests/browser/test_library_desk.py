"""A desk, step by step in Chromium: a new code, somebody who stops, somebody new, the last page;
axe finds nothing on any of them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.test_pages import Looker, page
from tests.browser.visiting import SEND, fill, sign_in, sign_in_staff, sign_out
from tests.builders import BuiltPlace
from tests.web.signing import newest_code
from tests.web.supporters_scene import SupportersScene, set_supporters_scene
from tests.web.tour import Stop

__all__ = ["page"]
pytestmark = pytest.mark.browser

NEW = {"to": "07700 900446", "why": "Here she is", "scopes": ["post-need"], "days": "90"}


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> SupportersScene:
    """A library, and the people whom it knows."""
    with app.app_context():
        return set_supporters_scene(place)


def pressed(looker: Looker, at: str, button: str = SEND) -> None:
    """The page that follows is looked at."""
    looker.at = at
    with looker.page.expect_navigation():
        looker.page.locator(button).first.click()
    looker.page.wait_for_load_state()
    looker.look()


def answered(looker: Looker, at: str, **answers: Any) -> None:
    for name, value in answers.items():
        fill(looker.page, name, value)
    pressed(looker, at)


def of_hidden(name: str) -> str:
    """The button of a form that says by a hidden field what it is for."""
    return f"main form:has(input[type=hidden][name={name}]) button"


@pytest.mark.prove("7.3")
def test_the_steps_of_a_desk(
    app: Flask, place: BuiltPlace, scene: SupportersScene, page: Page, axe: Callable[[Page], Any]
) -> None:
    looker = Looker(page, axe)
    sign_in(app, page, scene.librarian)
    path = f"/organisations/{scene.library.ref}/supporters"
    looker.tour([Stop("library-desk-sent", path, NEW)])
    pressed(looker, "library-new-code", of_hidden("anew"))
    pressed(looker, "library-stopped", of_hidden("stop"))
    assert page.locator("main [name=to]").input_value() == ""
    _somebody_new(app, looker, place, path, "Vera New", "+447700900446", NEW)
    sign_out(page)

    sign_in_staff(app, page, place)
    asked = NEW | {"to": "07700 900447", "helper": scene.library.ref}
    _somebody_new(app, looker, place, "/desk/supporters", "Nora New", "+447700900447", asked)
    assert looker.wrong == []


def _somebody_new(
    app: Flask, looker: Looker, place: BuiltPlace, path: str, name: str, number: str,
    asked: dict[str, Any],
) -> None:  # fmt: skip
    """From the desk's form by the code and who they are to the page that says it is done."""
    of = path.split("/")[1]
    looker.tour([Stop(f"{of}-sent", path, asked)])
    answered(looker, f"{of}-code-wrong", code="000000")
    answered(looker, f"{of}-newcomer", code=newest_code(app, place, number))
    assert looker.page.locator("main [name=adult]").is_visible()
    pressed(looker, f"{of}-newcomer-wrong")
    answered(
        looker, f"{of}-done", name=name, postcode=place.postcode_at(500, 500), address="2 Elm Row",
        adult="y", agreed="y",
    )  # fmt: skip
    assert name.split()[0] in looker.page.locator("main h1").inner_text()
