"""On a phone, with JavaScript and without: a member sees what is kept about them, puts it right,
proves who they are and takes a copy."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from enabler.persistence.tables.members import WebSessionRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.browser.test_everyday import follow
from tests.browser.test_walk import Open, another_browser, press  # noqa: F401
from tests.browser.visiting import sign_in
from tests.builders import NOW, BuiltPlace, a_member
from tests.services.deeds import post
from tests.web.signing import newest_code, phone_of

pytestmark = pytest.mark.browser


def test_a_member_sees_corrects_and_takes_away(
    app: Flask, place: BuiltPlace, another_browser: Open, tmp_path: Path,  # noqa: F811
    axe: Callable[[Page], Any], request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    scripts = request.node.callspec.params["another_browser"] == "with scripts"
    with app.app_context():
        ada = a_member(place, "Ada Own")
        post(ada, words="Two tins of soup, please.")
    page = another_browser()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(app, page, ada)
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(WebSessionRow).values(created_at=NOW - timedelta(minutes=6)))
        uow.commit()
    page.goto("/me/details")
    follow(page, "What we keep about you")
    page.locator("details").first.locator("summary").click()
    expect(page.get_by_text("Ada Own").first).to_be_visible()
    for one in page.locator("details").all()[1:]:
        one.locator("summary").click()
    judged(page, axe if scripts else None)
    looks(page, "held")
    page.locator("main").get_by_role(
        "link", name=re.compile("Put it right.*Where you live")
    ).click()
    assert page.url.endswith("/me/details/home")
    page.goto("/me/data")
    follow(page, "Take a copy of everything")
    judged(page, axe if scripts else None)
    looks(page, "before-the-code")
    press(page, "Send me a code")
    expect(page.locator("[name=code]")).to_be_visible()
    page.locator("[name=code]").fill(newest_code(app, place, phone_of(app, ada)))
    press(page, "Go on")
    takes_the_page(page, tmp_path, axe if scripts else None)


def takes_the_page(page: Page, folder: Path, axe: Callable[[Page], Any] | None) -> None:
    """The page to read comes as a file, and is as good as ours."""
    with page.expect_download() as came:
        press(page, "Download the page")
    sheet = folder / came.value.suggested_filename
    came.value.save_as(sheet)
    assert sheet.name == "my-data.html"
    assert "Two tins of soup" in sheet.read_text("utf-8")
    page.goto("about:blank")  # as a file it has no policy of ours
    page.set_content(sheet.read_text("utf-8"))
    judged(page, axe)
    looks(page, "sheet")


def judged(page: Page, axe: Callable[[Page], Any] | None) -> None:
    """Nothing is wrong with it for whoever reads it otherwise; axe itself is a script."""
    assert axe is None or axe(page) == []


def looks(page: Page, name: str) -> None:
    """No word is cut off at the phone's width; a picture of it, where somebody wants one."""
    for one in page.locator("body, dd, h1, h2, h3, h4, p").all():
        box = one.bounding_box()
        assert box is None or box["x"] + box["width"] <= 360, one
    if folder := os.environ.get("ENABLER_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
