"""Without a network: nothing typed is lost, a form of asking waits on the phone and goes once."""

import contextlib
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import func, select, update

from enabler.persistence.tables.members import WebSessionRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.browser.serving import Served, serve
from tests.browser.visiting import enter, fill, sign_in
from tests.browser.waits import becomes
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.web.signing import newest_code, phone_of

pytestmark = [pytest.mark.browser,
              pytest.mark.parametrize("database", ["spatialite"], indirect=True)]  # fmt: skip
WAITS = "#waiting"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
CACHED = """caches.keys()
    .then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))
    .then((all) => all.flat().map((asked) => new URL(asked.url).pathname))"""


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A phone; pages do not differ by database, so that one is enough."""
    context = browser.new_context(base_url=served.url, viewport={"width": 360, "height": 740})
    yield context
    context.close()


def ready(page: Page) -> None:
    """Wait until the worker has kept the shell and looks after this page."""
    page.evaluate("navigator.serviceWorker.ready")
    becomes(page, "navigator.serviceWorker.controller !== null")


def needs_of(app: Flask) -> int:
    with app.app_context(), reading() as uow:
        return int(uow.session.scalar(select(func.count()).select_from(NeedRow)) or 0)


def to_the_check(app: Flask, page: Page, someone: BuiltMember) -> None:
    """A member has answered all questions of asking."""
    sign_in(app, page, someone)
    for name, answers in (
        ("what", {"category": "transport"}), ("words", {"words": "To the clinic, please."}),
        ("where", {"spot": "home"}),
        ("meeting", {"setting": "car", "alone": "yes", "child": "no", "appointment": "no"}),
        ("when", {"when": "any"}),
        ("how-much", {"duration_minutes": "60"}), ("anything-else", {"language": ""}),
    ):  # fmt: skip
        page.goto(f"/needs/new/{name}", wait_until="commit")
        for field, value in answers.items():
            fill(page, field, value)
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def sign_out_everywhere(app: Flask) -> None:
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(WebSessionRow).values(ended_at=NOW))
        uow.commit()


def send_again(page: Page) -> None:
    """Press the button once more, not as a double click."""
    page.locator("form[data-keep]").evaluate("form => form.requestSubmit()")


def test_a_form_of_asking_waits_for_network_and_sign_in_and_goes_once(
    app: Flask, place: BuiltPlace, phone: BrowserContext
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa")
    page = phone.new_page()
    to_the_check(app, page, rosa)
    phone.set_offline(True)
    page.get_by_role("button", name="Ask for help now").click()
    expect(page.locator(WAITS)).to_contain_text("1 waiting to send. You have no network")
    send_again(page)
    expect(page.locator(WAITS)).to_contain_text("1 waiting to send")

    sign_out_everywhere(app)
    phone.set_offline(False)
    expect(page.locator(WAITS)).to_contain_text("You were signed out before your form")
    assert needs_of(app) == 0
    page.get_by_role("link", name="Sign in to send it").click()
    enter(app, page, place, phone_of(app, rosa))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.locator(WAITS)).to_have_text("Your form was sent Go on", use_inner_text=True)
    assert needs_of(app) == 1
    send_again(page)  # the form is still on the page: its key makes twice into once
    expect(page.get_by_role("heading", level=1)).to_have_text("You have asked for help")
    expect(page.locator(WAITS)).to_be_hidden()
    assert needs_of(app) == 1


def test_a_lost_connection_is_noticed_and_a_waiting_form_can_be_thrown_away(
    app: Flask, place: BuiltPlace, phone: BrowserContext, browser: Browser
) -> None:
    with serve(app) as gone:
        page = browser.new_context(
            base_url=gone.url, viewport={"width": 360, "height": 740}
        ).new_page()
        page.goto("/needs/new/words")
        ready(page)
        fill(page, "words", "To the clinic, please.")
    page.get_by_role("button", name="Continue").click()  # the phone itself believes to be online
    expect(page.locator(WAITS)).to_contain_text("1 waiting to send")
    expect(page.get_by_label("Tell helpers what you need")).to_have_value("To the clinic, please.")
    drop = page.locator(WAITS).get_by_role("button")
    drop.click()
    expect(drop).to_have_text("Yes, throw away what was typed")
    drop.click()
    expect(page.locator(WAITS)).to_be_hidden()

    page.goto("/needs/new/where")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no network just now")
    assert page.evaluate("getComputedStyle(document.querySelector('.head')).backgroundColor") == (
        "rgb(11, 83, 81)"
    )
    kept = page.evaluate(CACHED)
    pages = [path for path in kept if not path.startswith(("/static/", "/place.css"))]
    assert pages == ["/elmford/offline"]
    page.context.close()


def test_signing_up_on_a_slow_line_keeps_what_was_typed_and_a_shared_phone_keeps_nothing(
    app: Flask, place: BuiltPlace, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto("/sign-in")
    page.get_by_label("Your mobile phone number").fill("07700 900955")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Your code").fill(newest_code(app, place, "+447700900955"))
    page.get_by_label("Other people use this phone").check()
    page.get_by_role("button", name="Sign in").click()
    fill(page, "name", "Rosa Long")
    for name, value in (("postcode", place.postcode_at(500, 500)), ("address", "12 North Street")):
        fill(page, name, value)
    phone.set_offline(True)
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator(WAITS)).to_contain_text("What you typed is still here")
    phone.set_offline(False)
    for name in ("adult", "consented"):
        fill(page, name, "y")
    page.locator("main form").evaluate("form => form.requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Rosa")

    page.goto("/needs/new/words")
    fill(page, "words", "To the clinic, please.")
    phone.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(WAITS)).to_contain_text("What you typed is still here")
    expect(page.locator(WAITS)).not_to_contain_text("waiting to send")
    expect(page.get_by_label("Tell helpers what you need")).to_have_value("To the clinic, please.")


def test_signing_up_without_scripts_goes_on_where_the_line_was_lost(
    app: Flask, place: BuiltPlace, browser: Browser, served: Served
) -> None:
    phone = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = phone.new_page()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto("/sign-in")
    enter(app, page, place, "07700 900957")
    answers = {"name": "Rosa Long", "postcode": place.postcode_at(500, 500),
               "address": "12 North Street", "adult": "y", "consented": "y"}  # fmt: skip
    for name, value in answers.items():
        fill(page, name, value)
    phone.set_offline(True)
    with contextlib.suppress(Error):
        page.get_by_role("button", name="Sign up").click()
    phone.set_offline(False)
    page.reload()  # the browser sends the form again
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Rosa")
    phone.close()
