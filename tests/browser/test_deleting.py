"""At 360 pixels, with scripts and without: a member rests, comes back, and deletes the account."""

from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_walk import Open, another_browser, press  # noqa: F401
from tests.browser.visiting import fill, sign_in
from tests.builders import BuiltPlace, a_helper, a_member
from tests.services.deeds import post
from tests.web.signing import newest_code, phone_of

pytestmark = pytest.mark.browser


def looked_at(page: Page, heading: str, *, scripts: bool) -> None:
    """The page is there, nothing is beside the screen, and axe (a script itself) finds nothing."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).click()


@pytest.mark.prove("7.4")
def test_a_member_rests_comes_back_and_deletes(
    app: Flask, place: BuiltPlace, another_browser: Open,  # noqa: F811
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    scripts = request.node.callspec.params["another_browser"] == "with scripts"
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
        a_helper(place)
        post(rosa)
    phone, page = phone_of(app, rosa), another_browser()
    page.set_viewport_size({"width": 360, "height": 760})
    look = partial(looked_at, page, scripts=scripts)
    sign_in(app, page, rosa)
    page.goto("/me/details")
    follow(page, "Have a rest from us")
    look("Have a rest from us")
    press(page, "Pause me")
    look("You are having a rest")
    press(page, "I am back")
    expect(page.get_by_role("heading", level=1)).to_have_text("Have a rest from us")
    page.goto("/me/details")
    follow(page, "Delete your account")
    look("Delete your account")
    press(page, "Send me a code by text")
    look("Which code did we send you?")
    fill(page, "code", newest_code(app, place, phone))
    press(page, "Delete my account for good")
    look("Your account is deleted")
    page.goto("/me")
    assert "/sign-in" in page.url
