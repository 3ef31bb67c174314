"""On a phone, with JavaScript and without: a resident edits and withdraws, asks for every week; a
café publishes, changes and pauses what it offers."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from enabler.services import moderation
from tests.browser.test_walk import Open, another_browser, press  # noqa: F401
from tests.browser.visiting import fill, sign_in
from tests.builders import NOW, BuiltPlace, a_custodian, a_helper, a_member, an_organisation
from tests.services.deeds import a_key, post

pytestmark = pytest.mark.browser


def follow(page: Page, words: str) -> None:
    """Follow the link that says this."""
    page.locator("main").get_by_role("link", name=words, exact=True).click()


def answer(page: Page, button: str = "Continue", **answers: Any) -> None:
    """Fill in the page and go on."""
    for name, value in answers.items():
        fill(page, name, value)
    press(page, button)


def test_a_resident_edits_and_withdraws(
    app: Flask, place: BuiltPlace, another_browser: Open  # noqa: F811
) -> None:  # fmt: skip
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
        a_helper(place)
        need = post(rosa, setting="doorstep").ref
    page = another_browser()
    sign_in(app, page, rosa)
    page.goto(f"/needs/{need}")
    follow(page, "Change it")
    follow(page, "Change Your words")
    expect(page.locator("[name=words]")).to_have_value(re.compile("Milk and bread"))
    answer(page, words="Milk, bread and eggs, please.")
    follow(page, "Change When")
    answer(page, "Add another time", when="day", day=["12", "3", "2026"], start="9am", end="midday")
    answer(page, day2=["13", "3", "2026"], start2="2pm", end2="4pm")
    press(page, "Keep these changes")
    main = page.locator("main")
    expect(main).to_contain_text("Milk, bread and eggs")
    expect(main).to_contain_text("Thursday 12 March, 9am to midday; Friday 13 March, 2pm to 4pm")
    follow(page, "Take it back")
    press(page, "Take it back")
    expect(main).to_contain_text("Taken back")
    press(page, "Ask for the same again")
    expect(page.get_by_role("heading", level=1)).to_have_text("When do you need it?")
    answer(page, when="every", weekdays=["3"], each_start="10am", each_end="midday",
           last=["30", "4", "2026"])  # fmt: skip
    press(page, "Ask for help now")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shopping every week")
    page.get_by_role("link", name=re.compile("Leave this day out")).first.click()
    press(page, "Leave this day out")
    expect(main.get_by_text("Left out")).to_be_visible()


def test_a_cafe_publishes_and_pauses(
    app: Flask, place: BuiltPlace, another_browser: Open  # noqa: F811
) -> None:  # fmt: skip
    with app.app_context():
        cafe = an_organisation(place, "Corner Café")
    page = another_browser()
    sign_in(app, page, cafe.owner)
    page.goto("/offers/new/what")
    answer(page, categories=["meals"])
    answer(page, words="Soup at noon.")
    answer(page, reach_metres="1600")
    answer(page, "Add other times", mostly="exact", on1=["0", "2"], opens1="9am", closes1="midday")
    answer(page, on2=["0", "2"], opens2="1pm", closes2="3pm", capacity="9")
    answer(page, terms="free")
    answer(page, organisation=cafe.ref)
    main = page.locator("main")
    expect(main).to_contain_text("Wednesday, 1pm to 3pm")
    press(page, "Offer help now")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for offering help")
    follow(page, "See your offer, or change your mind")
    follow(page, "Change it")
    follow(page, "Change Days when not")
    answer(page, bank_holidays="y")
    press(page, "Keep these changes")
    expect(main).to_contain_text("Not on bank holidays")
    approve(app, place, page.url.rsplit("/", 1)[-1])
    page.reload()
    follow(page, "Pause until a day")
    answer(page, "Pause: do not ask me for now", until=["16", "3", "2026"])
    expect(main).to_contain_text("We may ask you again from Monday 16 March on.")
    press(page, "Start again: you can ask me")
    expect(main).to_contain_text("Ready to help")
    follow(page, "Share it: link and QR code")
    expect(page.locator(".qr svg")).to_be_visible()
    follow(page, "A poster to print")
    expect(main).to_contain_text("Corner Café")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def approve(app: Flask, place: BuiltPlace, ref: str) -> None:
    """A custodian lets it through."""
    with app.app_context():
        custodian = a_custodian(place)
        moderation.approve(actor=custodian.actor, ref=ref, key=a_key(), now=NOW)
