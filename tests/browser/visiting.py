"""A visitor in Chromium: makes a tour's stops, signs in by the codes that the simulator shows."""

from typing import Any

from flask import Flask
from playwright.sync_api import Page

from enabler.domain.vocabulary import Role
from tests.builders import BuiltMember, BuiltPlace
from tests.web.signing import a_new_member_of_staff, newest_code, phone_of
from tests.web.tour import Stop

SEND = "main form[method=post] button[type=submit]:not([tabindex='-1']):not([name])"


def make(page: Page, stop: Stop) -> None:
    """Open a stop's page and send its answers, if it has any."""
    page.goto(stop.path)
    if stop.answers is not None:
        for name, value in stop.answers.items():
            fill(page, name, value)
        with page.expect_navigation():  # the worker takes a moment to let it through
            page.locator(SEND).first.click()
    page.wait_for_load_state()


def fill(page: Page, name: str, value: Any) -> None:
    """Answer one field, whatever kind it is."""
    field = page.locator(f'main [name="{name}"]')
    kind = field.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        for each in value if isinstance(value, list) else [value]:
            page.locator(f'main [name="{name}"][value="{each}"]').check()
    elif isinstance(value, list):
        for at, part in enumerate(value):
            field.nth(at).fill(part)
    elif field.first.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def enter(app: Flask, page: Page, place: BuiltPlace, number: str) -> None:
    """On the sign-in page, in whatever language: number, then the code that came."""
    fill(page, "phone", number)
    page.locator(SEND).click()
    e164 = "+44" + number.replace(" ", "").removeprefix("+44").removeprefix("0")
    fill(page, "code", newest_code(app, place, e164))
    page.locator(SEND).click()
    page.wait_for_load_state()


def sign_in(app: Flask, page: Page, member: BuiltMember) -> None:
    """A member signs in."""
    page.goto("/sign-in")
    enter(app, page, member.place, phone_of(app, member))


def sign_out(page: Page) -> None:
    """Whoever is signed in goes."""
    page.goto("/sign-out")
    page.locator("main button[type=submit]:not([name])").click()
    page.wait_for_load_state()


def sign_in_staff(
    app: Flask, page: Page, place: BuiltPlace, role: Role = Role.CUSTODIAN, nth: str = ""
) -> None:
    """A new member of staff signs in with both factors."""
    page.goto("/sign-in/staff")
    for name, value in a_new_member_of_staff(app, place, role, nth=nth).items():
        fill(page, name, value)
    page.locator(SEND).click()
    page.wait_for_url(lambda address: "sign-in" not in address)
