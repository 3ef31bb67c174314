"""Kinds of help are suggested while one types, on a phone and by keyboard; without scripts, and
without a network, the page works as ever."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faint_when_dark
from tests.browser.keys import Keys
from tests.browser.serving import Served
from tests.browser.test_pages import CUT, WIDER
from tests.browser.visiting import sign_in
from tests.builders import BuiltPlace, a_member

pytestmark = [pytest.mark.browser,
              pytest.mark.parametrize("database", ["spatialite"], indirect=True)]  # fmt: skip
TWO = "I need some milk, and my prescription picked up"
BANNER = "If somebody is in danger, ring 999 now. Do not wait for us."
Axe = Callable[[Page], list[dict[str, Any]]]


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser's console says against the page; at the end it must be nothing."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def kind(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name)


def narrow_and_right(page: Page, axe: Axe) -> None:
    assert axe(page) == []
    assert faint_when_dark(page) == []
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDER) is False
        assert page.evaluate(CUT) == []


def test_one_press_chooses_and_another_goes_on(
    place: BuiltPlace, page: Page, axe: Axe, complaints: list[str]
) -> None:
    page.goto("/needs/new/what")
    page.get_by_label("Say it in your own words").press_sequentially(TWO)
    expect(kind(page, "Shopping")).to_be_visible()
    assert page.locator("[name=category]:checked").count() == 0
    narrow_and_right(page, axe)
    kind(page, "Shopping").click()
    expect(page.locator("[name=category][value=shopping]")).to_be_checked()
    expect(kind(page, "Shopping")).to_have_attribute("aria-pressed", "true")
    page.locator("[name=category][value=meals]").check()  # in the list itself
    expect(kind(page, "Shopping")).to_have_attribute("aria-pressed", "false")
    kind(page, "Collecting medicine").click()
    narrow_and_right(page, axe)
    page.get_by_role("button", name="Continue").first.click()
    expect(page.get_by_label("Tell helpers what you need")).to_have_value(TWO)


def test_by_keyboard_an_offer_of_two_kinds(
    app: Flask, place: BuiltPlace, page: Page, complaints: list[str]
) -> None:
    with app.app_context():
        ben = a_member(place, "Ben Near")
    sign_in(app, page, ben)
    page.goto("/offers/new/what")
    keys = Keys(page)
    keys.to_main()
    keys.write("said", "I could do some shopping and mow a lawn")
    expect(kind(page, "Gardening")).to_be_visible()
    for words in ("Gardening", "Shopping"):
        keys.until(words=words)
        keys.press("Space")
        page.get_by_label("Say it in your own words").focus()
    expect(page.locator("[name=categories]:checked")).to_have_count(2)
    keys.go("Continue")
    assert "/offers/new/words" in page.url


def test_danger_is_told_at_once_and_stays(
    place: BuiltPlace, page: Page, axe: Axe, complaints: list[str]
) -> None:
    page.goto("/needs/new/words")
    words = page.get_by_label("Tell helpers what you need")
    words.press_sequentially("There is smoke coming from the kitchen")
    expect(page.get_by_text(BANNER)).to_be_visible()
    assert page.locator("[aria-live=polite]", has_text=BANNER).count() == 1
    narrow_and_right(page, axe)
    words.fill("Milk and bread, please.")
    page.wait_for_timeout(900)
    expect(page.get_by_text(BANNER)).to_be_visible()


def test_without_a_network_nothing_is_said(place: BuiltPlace, page: Page) -> None:
    page.goto("/needs/new/what")
    page.context.set_offline(True)
    page.get_by_label("Say it in your own words").press_sequentially(TWO)
    page.wait_for_timeout(900)
    expect(page.locator("[data-like]")).to_be_hidden()
    page.context.set_offline(False)
    page.locator("[name=category][value=shopping]").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Tell helpers what you need")).to_have_value(TWO)


def test_without_scripts(place: BuiltPlace, browser: Browser, served: Served) -> None:
    context = browser.new_context(
        base_url=served.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/needs/new/what")
    page.get_by_label("Say it in your own words").fill(TWO)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Which kind of help? It sounds like").click()
    expect(page.locator("[name=category]").first).to_have_value("prescriptions")
    page.get_by_label("Shopping").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Tell helpers what you need")).to_have_value(TWO)
    context.close()
