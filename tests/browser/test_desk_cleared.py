"""The demonstration's desk is cleared by its own words, as docs/custodians.md says: at a desk and
on a phone, by keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from enabler.persistence.unit_of_work import reading
from tests.browser.keys import Keys
from tests.browser.serving import Served
from tests.browser.visiting import sign_in_staff
from tests.builders import NOW, BuiltPlace
from tests.demo.peopled import bring_in_and_people

pytestmark = [
    pytest.mark.browser, pytest.mark.prove("6.4"), pytest.mark.only_at_full_size,
    pytest.mark.parametrize("database", ["spatialite"], indirect=True),
]  # fmt: skip
ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "custodians.md").read_text(encoding="utf-8")
MOST = 60
"""So many things at the most wait in the demonstration."""
LEFT = ("Need without helper",)
"""What no decision takes away: it goes when somebody says yes, or its time is over."""


@pytest.fixture
def demo(app: Flask, clock: object) -> BuiltPlace:
    """The place that `make run` shows, with fewer people."""
    with app.app_context():
        made = bring_in_and_people(ROOT / "places" / "swansea" / "place.toml", 300, now=NOW)
        with reading() as uow:
            place = uow.places.by_slug(made.slug)
    return BuiltPlace(place.id, place.slug, 0, 0, (), {}, {})


def words_of_the_guide(after: str) -> str:
    """What the guide names in bold beside these words: the page says the same."""
    assert f"**{after}**" in GUIDE, after
    return after


@pytest.mark.parametrize("width", [1280, 360])
def test_the_desk_is_cleared_by_keyboard(
    app: Flask, demo: BuiltPlace, browser: Browser, served: Served, width: int,
    axe: Callable[[Page], Any],
) -> None:  # fmt: skip
    context = browser.new_context(
        base_url=served.url, viewport={"width": width, "height": 800}
    )  # fmt: skip
    page = context.new_page()
    sign_in_staff(app, page, demo, nth=f"-{width}")
    keys = Keys(page)
    page.goto("/desk")
    assert axe(page) == []
    before = page.locator("[data-desk] > li").count()
    keys.to_main()
    keys.go(words_of_the_guide("Go to the next to decide"))
    decided = 0
    while page.url.split("?")[0].rsplit("/", 2)[-2] == "held" and decided < MOST:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if decided == 0:
            assert axe(page) == []
        keys.to_main()
        refuses = decided % 3 == 2
        keys.choose("decision", words_of_the_guide("Refuse it" if refuses else "Approve it"))
        if refuses:
            keys.write("words", "We need to hear more from you first. Please write again.")
        keys.go(words_of_the_guide("Decide, and go to the next"))
        decided += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    assert decided > 3
    _disputes(page, keys)
    page.goto("/desk")
    cards = page.locator("[data-desk] > li h3").all_inner_texts()
    assert all(card.startswith(LEFT) for card in cards), cards
    assert len(cards) < before
    context.close()


def _disputes(page: Page, keys: Keys) -> None:
    """Those who do not agree how long it took are told."""
    for _ in range(MOST):
        page.goto("/desk")
        found = page.get_by_role("link", name=re.compile("^Two who do not agree"))
        if not found.count():
            return
        page.goto(found.first.get_attribute("href") or "")
        keys.to_main()
        keys.write("minutes", "30")
        keys.write("words", "You both say that it took about that long.")
        keys.go("Decide")
