"""Runs axe-core (an npm package, for tests only) inside a page.

The script is handed to the page through the debugging protocol, so that the page's own content
security policy stays as strict as it is for residents.
"""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.absence import skip_or_fail
from tests.browser.waits import becomes

SCRIPT = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"""

CONTRAST = """() => axe.run(document, {
    runOnly: ['color-contrast'], resultTypes: ['violations']})"""


@cache
def _script() -> str:
    if not SCRIPT.exists():
        skip_or_fail("axe-core is not installed: make setup")
    return SCRIPT.read_text(encoding="utf-8")


def faint_when_dark(page: Page) -> list[str]:
    """Elements whose words are too faint on the page as those see it who like it dark. After
    ``violations``, which brings axe into the page."""
    page.emulate_media(color_scheme="dark")
    found = page.evaluate(CONTRAST)["violations"]
    page.emulate_media(color_scheme="light")
    return [element["html"] for each in found for element in each["nodes"]]


def violations(page: Page) -> list[dict[str, Any]]:
    """Rules of WCAG 2.2 AA and good practice that the page breaks, each with its elements."""
    if page.locator("#map").count():
        page.wait_for_load_state("networkidle")  # its wards are fetched, then drawn
    becomes(page, "document.documentElement !== null")
    page.evaluate(_script())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [
        {
            "rule": each["id"],
            "help": each["help"],
            "elements": [element["html"] for element in each["nodes"]],
        }
        for each in found
    ]
