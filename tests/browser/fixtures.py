"""Fixtures: ``served`` is the app at an address, ``browser`` a Chromium, ``page`` a page of it.

The browser reaches this machine alone. Where there is no Chromium its tests are skipped by name;
under CI=true that is a failure.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from tests.absence import skip_or_fail
from tests.browser.axe import violations
from tests.browser.serving import Served, serve

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable")
WHY_ABSENT = "Chromium is not installed: apt-get install chromium"
SWITCHES = (
    "--no-sandbox",  # the tests may run as root
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; make a context of your own in it (or ask for ``page``)."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        skip_or_fail(WHY_ABSENT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield chromium
        chromium.close()


@pytest.fixture
def served(app: Flask) -> Iterator[Served]:
    """The application at ``served.url``, on a port of the system's choice."""
    with serve(app) as running:
        yield running


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page of a clean browser at a phone's width; ``page.goto("/")`` is the application."""
    context = browser.new_context(
        base_url=served.url,
        viewport={"width": 360, "height": 740},
        locale="en-GB",
        timezone_id="Europe/London",
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[dict[str, Any]]]:
    """``axe(page)``: what is wrong with the page as it stands, by rule; an empty list is right."""
    return violations
