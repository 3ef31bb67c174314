"""The browser harness itself: it shows what is served, judges it, and reaches nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Error, Page

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"
GOOD = """<!doctype html><html lang="en"><title>Good</title><main><h1>Help nearby</h1>
<p>Ask for help.</p></main></html>"""
BAD = """<!doctype html><html><title>Bad</title><main><h1>Help</h1>
<img src="/x.png"></main></html>"""


@pytest.fixture
def app() -> Flask:
    """Two pages under a strict policy, one of them with faults."""
    made = Flask(__name__)
    made.add_url_rule("/good", "good", lambda: (GOOD, {"Content-Security-Policy": POLICY}))
    made.add_url_rule("/bad", "bad", lambda: (BAD, {"Content-Security-Policy": POLICY}))
    return made


@pytest.mark.browser
class TestTheBrowser:
    def test_shows_what_is_served(self, page: Page) -> None:
        page.goto("/good")
        assert page.inner_text("h1") == "Help nearby"

    def test_finds_no_fault_in_a_good_page(self, page: Page, axe: Callable[[Page], Any]) -> None:
        page.goto("/good")
        assert axe(page) == []

    def test_finds_the_faults_of_a_bad_page(self, page: Page, axe: Callable[[Page], Any]) -> None:
        page.goto("/bad")
        assert {"html-has-lang", "image-alt"} <= {fault["rule"] for fault in axe(page)}

    def test_reaches_no_other_machine(self, page: Page) -> None:
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            page.goto("http://council.example.org/")
