"""Single keys at the desk do what the guide says, once they are switched on."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.serving import Served
from tests.browser.visiting import sign_in_staff
from tests.builders import BuiltPlace
from tests.web.scene import set_scene

pytestmark = [pytest.mark.browser,
              pytest.mark.parametrize("database", ["spatialite"], indirect=True)]  # fmt: skip


@pytest.mark.parametrize(("key", "chosen"), [("a", "approve"), ("r", "refuse")])
def test_a_key_opens_it_with_the_decision_chosen(
    app: Flask, place: BuiltPlace, browser: Browser, served: Served, key: str, chosen: str
) -> None:
    with app.app_context():
        scene = set_scene(place)
    context = browser.new_context(base_url=served.url, viewport={"width": 1280, "height": 740})
    page = context.new_page()
    sign_in_staff(app, page, place)
    page.goto("/desk?kind=need")
    page.keyboard.press("j")
    page.keyboard.press(key)  # keys are off: nothing happens
    assert page.url.endswith("/desk?kind=need")
    page.get_by_role("button", name="Keys are off").click()
    page.keyboard.press("j")
    page.keyboard.press(key)
    page.wait_for_url(f"**/desk/held/{scene.held_need}?decision={chosen}")
    expect(page.locator(f"[name=decision][value={chosen}]")).to_be_checked()
    context.close()
