"""The whole walk by keyboard alone, at a desk: sign up, offer, ask, say yes, write, meet, done."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.keys import Keys
from tests.browser.serving import Served
from tests.browser.test_everyday import approve
from tests.builders import BuiltMember, BuiltPlace, a_member
from tests.web.signing import newest_code, phone_of

pytestmark = [pytest.mark.browser,
              pytest.mark.parametrize("database", ["spatialite"], indirect=True)]  # fmt: skip
ROSA = "07700 900956"


@pytest.fixture
def at_a_desk(request: pytest.FixtureRequest, browser: Browser, served: Served) -> list[Keys]:
    """The keyboards of two people."""

    def one() -> Keys:
        context = browser.new_context(
            base_url=served.url, viewport={"width": 1280, "height": 740}
        )  # fmt: skip
        request.addfinalizer(context.close)
        return Keys(context.new_page())

    return [one(), one()]


def test_everything_is_done_by_keyboard_alone(
    app: Flask, place: BuiltPlace, at_a_desk: list[Keys]
) -> None:
    with app.app_context():
        ben = a_member(place, "Ben Near")
    asker, helper = at_a_desk
    offers_gardening(app, place, helper, ben)
    asks_for_gardening(app, place, asker)

    says_yes_and_suggests_a_time(helper)

    asker.page.goto("/me")
    asker.to_main()
    asker.go("new message")
    expect(asker.page.get_by_text("I have shears. Is Thursday good?")).to_be_visible()
    asker.to_main()
    asker.go("Yes, that time suits me")

    helper.page.reload()
    helper.to_main()
    helper.go("It is done")
    helper.write("minutes", "50")
    helper.go("It is done")
    asker.page.reload()
    asker.to_main()
    asker.go("Yes, it was done")
    expect(asker.page.get_by_text("Done and confirmed")).to_be_visible()


def says_yes_and_suggests_a_time(helper: Keys) -> None:
    """From the front page to what is asked, yes, a message and a time."""
    helper.page.goto("/")
    helper.go("My page")
    helper.to_main()
    helper.go("Gardening")
    helper.to_main()
    helper.go("Yes, I can help")
    expect(helper.page.get_by_text("12 North Street")).to_be_visible()
    helper.write("words", "I have shears. Is Thursday good?")
    helper.go("Send")
    helper.to_main()
    helper.go("Agree a time")
    for name, words in (("day", "12"), ("day", "3"), ("day", "2026"), ("start", "10am"),
                        ("end", "11am")):  # fmt: skip
        helper.write(name, words)
    helper.go("Send this time")


def enters(app: Flask, place: BuiltPlace, keys: Keys, number: str) -> None:
    """By the code that came to this number."""
    keys.write("phone", number)
    keys.go("Send me a code")
    e164 = "+44" + number.replace(" ", "").removeprefix("+44").removeprefix("0")
    keys.write("code", newest_code(app, place, e164))
    keys.go("Sign in")


def offers_gardening(app: Flask, place: BuiltPlace, keys: Keys, helper: BuiltMember) -> None:
    """A member signs in, says what they give, and a custodian lets it through."""
    keys.page.goto("/sign-in")
    keys.to_main()
    enters(app, place, keys, phone_of(app, helper))
    keys.go("Offer help")
    keys.go("Start now")
    keys.to_main()
    keys.tick("Gardening")
    keys.go("Continue")
    keys.write("words", "I like hedges.")
    keys.go("Continue")
    keys.choose("reach_metres", "2 miles")
    keys.go("Continue")
    keys.choose("mostly", "Any time")
    keys.go("Continue")
    keys.choose("terms", "")
    keys.go("Continue")
    keys.go("Continue")
    keys.go("Offer help now")
    approve(app, place, reference(keys.page))


def asks_for_gardening(app: Flask, place: BuiltPlace, keys: Keys) -> None:
    """A stranger asks, checks, signs up on the way, and sees how it stands on her page."""
    keys.page.goto("/")
    keys.go("Ask for help")
    keys.go("Start now")
    keys.to_main()
    keys.choose("category", "Gardening")
    keys.go("Continue")
    keys.write("words", "The hedge has grown over the path.")
    keys.go("Continue")
    keys.write("postcode", place.postcode_at(500, 500))
    keys.write("address", "12 North Street")
    keys.go("Continue")
    keys.choose("setting", "Inside the home")
    keys.choose("alone", "No")
    keys.choose("child", "No")
    keys.go("Continue")
    keys.choose("when", "As soon as possible")
    keys.go("Continue")
    keys.choose("duration_minutes", "1 hour")
    keys.go("Continue")
    keys.go("Continue")
    keys.go("Go on and give my phone number")
    enters(app, place, keys, ROSA)
    keys.write("name", "Rosa Long")
    keys.choose("adult", "Yes")
    keys.tick("I agree")
    keys.go("Sign up")
    keys.go("Ask for help now")
    reference(keys.page)
    keys.go("See how it stands")
    keys.go("My page")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Hello Rosa")


def reference(page: Page) -> str:
    """What the page of thanks says it is called."""
    return page.locator(".govuk-panel strong").inner_text()
