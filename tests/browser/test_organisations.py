"""Every page of organisations in Chromium: axe finds nothing, nothing is wider than the screen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from enabler.domain.meeting import NONE_SO
from enabler.services import moderation, needs
from enabler.services.needs import NeedDraft
from tests.browser.test_pages import Looker, page
from tests.browser.visiting import enter, fill, make, sign_in, sign_in_staff, sign_out
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.web.organisation_scene import (
    OrganisationScene,
    organisation_helpers_tour,
    organisations_desk_tour,
    owners_tour,
    registering_tour,
    registrants_tour,
    set_organisation_scene,
    written_down_tour,
)
from tests.web.scene import TOMORROW, key
from tests.web.tour import Stop

__all__ = ["page"]
pytestmark = pytest.mark.browser


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> OrganisationScene:
    """An organisation with people, asks and something agreed."""
    with app.app_context():
        return set_organisation_scene(place)


def test_pages_of_organisations(
    app: Flask, place: BuiltPlace, scene: OrganisationScene, page: Page,
    axe: Callable[[Page], Any],
) -> None:  # fmt: skip
    looker = Looker(page, axe)
    looker.tour(registering_tour(place))
    sign_in(app, page, scene.owner)
    looker.tour(owners_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.helper)
    looker.tour(organisation_helpers_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.registrant)
    looker.tour(registrants_tour(scene))
    sign_out(page)
    sign_in_staff(app, page, place)
    looker.tour(organisations_desk_tour(scene))
    looker.tour(written_down_tour(scene))
    assert looker.wrong == []


def test_who_goes_is_chosen_by_keyboard_alone(
    app: Flask, scene: OrganisationScene, page: Page
) -> None:
    sign_in(app, page, scene.owner)
    page.goto(f"/matches/{scene.asked}")
    page.get_by_role("button", name="Yes, I can help").focus()
    with page.expect_navigation():  # the worker takes a moment to let it through
        page.keyboard.press("Enter")
    page.goto(f"/organisations/{scene.organisation}/board?only=nobody")
    page.get_by_role("link", name=re.compile(f"Say who goes.*{scene.asked}")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/assign")
    page.locator("main input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board")
    assert page.get_by_text("Hetty goes.").count() == 2


def test_a_cafe_registers_offers_and_goes(app: Flask, place: BuiltPlace, page: Page) -> None:
    """The whole way, also on a phone, with JavaScript."""
    with app.app_context():
        custodian, rosa = a_custodian(place), a_member(place, "Rosa Long")
    cafe = _register(app, page, place)
    _decide(app, custodian, cafe)
    offer = _offer(page, cafe)
    _decide(app, custodian, offer)
    with app.app_context():
        draft = NeedDraft(
            category="advice",
            words="A form to fill in.",
            windows=(TOMORROW,),
            circumstances=NONE_SO,
        )
        needs.post(actor=rosa.actor, draft=draft, key=key(), now=NOW)
    page.goto(f"/organisations/{cafe}/board")
    page.locator(".card a").first.click()
    page.get_by_role("button", name="Yes, I can help").click()
    page.get_by_role("link", name="Say who goes").click()
    page.get_by_label("Carla").check()
    page.get_by_role("button", name="This person goes").click()
    page.get_by_text("Carla goes.").wait_for()
    page.locator(".card a").first.click()
    page.get_by_role("button", name="It is done").click()
    page.get_by_label("How many minutes did it take?").fill("45")
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("Done, waiting to be confirmed").wait_for()


def _register(app: Flask, page: Page, place: BuiltPlace) -> str:
    """Through the questions, the sign-up and the check page; the organisation's ref."""
    for stop in registering_tour(place):
        if not stop.name.endswith("-wrong"):
            make(page, stop)
    page.get_by_role("button", name="Go on and give my phone number").click()
    enter(app, page, place, "07700 900960")
    fill(page, "name", "Carla Kettle")
    fill(page, "postcode", place.postcode_at(900, 900))
    fill(page, "address", "9 Mill Lane")
    for name in ("adult", "consented"):
        fill(page, name, "y")
    page.get_by_role("button", name="Sign up").click()
    page.get_by_role("button", name="Send it to the council").click()
    return page.locator(".govuk-panel strong").inner_text()


def _offer(page: Page, cafe: str) -> str:
    """An offer of advice when it is open, two on a day; the offer's ref."""
    page.goto(f"/offers/new?for={cafe}")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("what", {"categories": ["advice"]}), ("words", {"words": "We help with forms."}),
        ("how-far", {"reach_metres": "3200"}),
        ("when", {"mostly": "any", "capacity": "5", "per_day": "2"}), ("terms", {"terms": "free"}),
    ]  # fmt: skip
    for name, answers in steps:
        make(page, Stop(name, f"/offers/new/{name}", answers))
    page.get_by_role("button", name="Offer help now").click()
    return page.locator(".govuk-panel strong").inner_text()


def _decide(app: Flask, custodian: BuiltMember, ref: str) -> None:
    with app.app_context():
        moderation.approve(actor=custodian.actor, ref=ref, key=key(), now=NOW)
