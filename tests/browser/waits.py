"""Waits for a page to be so. Playwright's own wait for a function looks again by ``eval``, which
our content security policy forbids in the page: it passes only where the first look does."""

import time
from typing import Any

from playwright.sync_api import Page

LONGEST_SECONDS = 20
BETWEEN_LOOKS_MS = 50


def becomes(page: Page, function: str, *given: Any) -> None:
    """Wait until ``function``, JavaScript of one argument or none, answers what counts as true."""
    end = time.monotonic() + LONGEST_SECONDS
    while not page.evaluate(function, *given):
        assert time.monotonic() < end, f"never true: {function}"
        page.wait_for_timeout(BETWEEN_LOOKS_MS)
