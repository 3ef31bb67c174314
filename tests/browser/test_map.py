"""The map in Chromium: what it shows is the list, with a script and without, by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Served
from tests.browser.waits import becomes
from tests.builders import BuiltPlace, a_member, a_need, an_offer, an_organisation

pytestmark = [pytest.mark.browser,
              pytest.mark.parametrize("database", ["spatialite"], indirect=True)]  # fmt: skip
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
SHOWN = """() => [...document.querySelectorAll('#spots .spot')].map((spot) =>
    `${spot.querySelector('a').textContent}: ${spot.querySelector('[data-counts]').textContent}`)"""
LINKS = """(where) => [...document.querySelectorAll(where)].map((link) => link.pathname)"""
APART = """() => {
    const [one, other] = [...document.querySelectorAll('#map .mark')].map((mark) =>
        mark.getBoundingClientRect().top)
    return Math.abs(one - other)
}"""
CENTRE = "document.querySelector('.leaflet-map-pane').style.transform"


@pytest.fixture
def peopled(app: Flask, place: BuiltPlace) -> BuiltPlace:
    """Something in three cells and at one door."""
    with app.app_context():
        for metres in (100, 1100, 3100):
            asker = a_member(place, at=(metres, 100))
            a_need(asker)
            an_offer(asker, "gardening")
        a_need(a_member(place, at=(200, 200)))
        an_offer(an_organisation(place, at=(3500, 3500)), "meals")
    return place


def presses(page: Page, key: str, until: str, most: int = 60) -> None:
    """Press a key until what has the focus says this."""
    for _ in range(most):
        page.keyboard.press(key)
        if until in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{key} never reached {until}")


def test_the_map_is_the_list_and_is_used_by_keyboard(
    peopled: BuiltPlace, page: Page, axe: Callable[[Page], list[dict[str, Any]]]
) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto("/near")
    marks = page.locator("#map .mark")
    expect(marks).to_have_count(4)
    expect(page.locator("#map .ward")).to_have_count(2)
    listed = page.evaluate(SHOWN)
    assert listed[0] == "West End, part 7: 2 asks, 1 offer"
    assert marks.evaluate_all("all => all.map(one => one.firstChild.textContent)") == listed
    assert page.evaluate(LINKS, "#map .mark") == page.evaluate(LINKS, "#spots a")
    assert axe(page) == []

    presses(page, "Tab", "Map")
    before = page.evaluate(CENTRE)
    page.keyboard.press("ArrowRight")
    becomes(page, f"(before) => {CENTRE} !== before", before)
    presses(page, "Tab", listed[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("West End, part 7")
    assert told == []


def test_the_map_grows_by_buttons_that_a_thumb_can_press(peopled: BuiltPlace, page: Page) -> None:
    page.goto("/near?ward=W1")
    expect(page.locator("#map .mark")).to_have_count(2)
    before = page.evaluate(APART)
    larger = page.get_by_role("button", name="Larger")
    box = larger.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    larger.press("Enter")
    becomes(page, f"(before) => ({APART})() > before * 1.5", before)


def test_without_a_script_the_list_is_the_same(
    peopled: BuiltPlace, browser: Browser, served: Served, page: Page
) -> None:
    page.goto("/near?kind=offer")
    with_scripts = page.evaluate(SHOWN)
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/near?kind=offer")
    listed = plain.locator("#spots .spot")
    assert [" ".join(text.split()) for text in listed.locator("a").all_inner_texts()] == [
        each.split(":")[0] for each in with_scripts
    ]
    assert len(with_scripts) == 4
    expect(plain.locator("#map")).to_be_hidden()
    plain.get_by_label("Kind of help").select_option("gardening")
    plain.get_by_role("button", name="Show these").click()
    expect(plain.locator("#spots .spot")).to_have_count(3)
    context.close()
