"""The walk in Chromium, with JavaScript and without: sign up, ask for a lift, be found, done."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Served
from tests.browser.visiting import enter, fill, sign_in
from tests.builders import BuiltPlace, a_helper, a_member
from tests.services.deeds import accept as accepts
from tests.services.deeds import post

pytestmark = pytest.mark.browser
ROSA = "07700 900954"
Open = Callable[[], Page]


@pytest.fixture(params=["with scripts", "without scripts"])
def another_browser(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Open:
    """``another_browser()``: a page of a person's own phone."""

    def opened() -> Page:
        context = browser.new_context(
            base_url=served.url, viewport={"width": 360, "height": 740},
            java_script_enabled=request.param == "with scripts",
        )  # fmt: skip
        request.addfinalizer(context.close)
        return context.new_page()

    return opened


def press(page: Page, words: str) -> None:
    """Press a button or follow a link that says this."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def test_a_need_finds_its_neighbour(app: Flask, place: BuiltPlace, another_browser: Open) -> None:
    with app.app_context():
        ben = a_helper(place, "Ben Near", "transport")
    asker, helper = another_browser(), another_browser()
    ask_for_a_lift(app, asker, place)
    match = accept(app, helper, ben)

    asker.goto(match)
    asker.get_by_role("button", name="Agree a time").click()
    for name, value in (("day", ["10", "3", "2026"]), ("start", "11am"), ("end", "midday")):
        fill(asker, name, value)
    press(asker, "Send this time")
    expect(asker.get_by_text("It is agreed when Ben says yes.")).to_be_visible()

    helper.goto(match)
    press(helper, "Yes, that time suits me")
    expect(helper.locator(".next strong", has_text="11am to midday")).to_be_visible()
    helper.get_by_role("button", name="It is done").click()
    fill(helper, "minutes", "50")
    press(helper, "It is done")
    asker.goto(match)
    press(asker, "Yes, it was done")
    expect(asker.get_by_text("Done and confirmed")).to_be_visible()


def test_two_people_agree_a_time_by_messages(
    app: Flask, place: BuiltPlace, another_browser: Open
) -> None:
    with app.app_context():
        rosa, ben = a_member(place, "Rosa Long"), a_helper(place, "Ben Near")
        post(rosa)
        match = f"/matches/{accepts(ben).ref}"
    asker, helper = another_browser(), another_browser()
    for page, who in ((asker, rosa), (helper, ben)):
        sign_in(app, page, who)
    write(asker, match, "Is Thursday good for you?")
    expect(asker.locator(".bubble")).to_have_count(1)

    helper.goto("/me")
    helper.get_by_role("link", name="1 new message").first.click()
    expect(helper.get_by_text("Is Thursday good for you?")).to_be_visible()
    write(helper, match, "Yes. I suggest a time.")
    helper.get_by_role("button", name="Agree a time").click()
    for name, value in (("day", ["12", "3", "2026"]), ("start", "10am"), ("end", "11am"),
                        ("where", "The corner shop")):  # fmt: skip
        fill(helper, name, value)
    press(helper, "Send this time")
    expect(helper.get_by_text("No time is agreed yet.")).to_be_visible()

    asker.goto(match)
    expect(asker.get_by_text("Only suggested")).to_be_visible()
    expect(asker.get_by_text("Yes. I suggest a time.")).to_be_visible()
    press(asker, "Yes, that time suits me")
    for page in (asker, helper):
        page.goto(match)
        expect(page.get_by_text("Where: The corner shop")).to_be_visible()
        expect(page.locator(".next strong", has_text="Thursday 12 March, 10am to 11am")
               ).to_be_visible()  # fmt: skip
        assert "07700" not in page.locator("main").inner_text()


def write(page: Page, match: str, words: str) -> None:
    """Write to the other side on the match's page."""
    page.goto(match)
    page.get_by_label("Write a message").fill(words)
    press(page, "Send")


def ask_for_a_lift(app: Flask, page: Page, place: BuiltPlace) -> None:
    """From the front page to the confirmation, signing up on the way."""
    page.goto("/")
    page.locator("main").get_by_role("button", name="Ask for help").click()
    page.get_by_role("button", name="Start now").click()
    answers: list[dict[str, object]] = [
        {"category": "transport"}, {"words": "To the eye clinic, please."},
        {"postcode": place.postcode_at(500, 500), "address": "12 North Street"},
        {"setting": "car", "alone": "yes", "child": "no", "appointment": "no"},
        {"when": "any"}, {"duration_minutes": "60"}, {"language": ""},
    ]  # fmt: skip
    for answer in answers:
        for name, value in answer.items():
            fill(page, name, value)
        press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    press(page, "Go on and give my phone number")
    enter(app, page, place, ROSA)
    for name, value in (("name", "Rosa Long"), ("adult", "y"), ("consented", "y")):
        fill(page, name, value)
    press(page, "Sign up")
    press(page, "Ask for help now")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have asked for help")


def accept(app: Flask, page: Page, helper: object) -> str:
    """The neighbour signs in, sees what is asked, says yes and sees the address."""
    sign_in(app, page, helper)  # type: ignore[arg-type]
    page.locator(".card a").first.click()
    expect(page.get_by_text("12 North Street")).to_have_count(0)
    press(page, "Yes, I can help")
    expect(page.get_by_text("12 North Street")).to_be_visible()
    return re.sub(r"^https?://[^/]+", "", page.url)
