"""What a page weighs with all that it needs, by a browser that has nothing yet; and how soon it
can be read on a slow line."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import BuiltPlace, a_need, an_offer
from tests.web.people import Person
from tests.web.scene import set_scene
from tests.web.signing import sign_in
from tests.web.tour import Stop, askers_tour, helpers_tour, strangers_tour

MOST_BYTES = 200_000
SLOW_BYTES_A_SECOND, ROUND_TRIP, SOON = 50_000, 0.4, 3.0
"""Slow 3G: 400 kbit/s and 0.4 s to and fro."""
TRIPS = 4
"""To find the machine, to connect, for the page, and for its styles (all at once)."""
PACKED = {"Accept-Encoding": "gzip"}
pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)


class Scales:
    """Weighs pages; a file is fetched once, but counts for each page that needs it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.files: dict[str, int] = {}

    def file(self, path: str) -> int:
        """What a file weighs as it goes over the line."""
        if path not in self.files:
            answer = self.client.get(path, headers=PACKED)
            assert answer.status_code == 200, path
            self.files[path] = len(answer.get_data())
            answer.close()
        return self.files[path]

    def page(self, path: str) -> tuple[int, float]:
        """Bytes in all, and the seconds until the page can be read."""
        html = self.client.get(path, headers=PACKED).get_data(as_text=True)
        page = BeautifulSoup(html, "html.parser")
        styles = sum(self.file(path) for path in styles_of(page))
        rest = sum(self.file(path) for path in sorted(set(others_of(page))))
        first = len(html.encode()) + styles
        return first + rest, TRIPS * ROUND_TRIP + first / SLOW_BYTES_A_SECOND


def styles_of(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select("link[rel=stylesheet]")]


def others_of(page: BeautifulSoup) -> Iterator[str]:
    """Scripts, what they import and ask for, pictures, icons, the manifest, the worker."""
    for script in page.select("script[src]"):
        yield str(script["src"])
        if "/start.js" in str(script["src"]):
            yield "/static/vendor/govuk-frontend/govuk-frontend.min.js"
    for link in page.select("link[rel=icon], link[rel=manifest]"):
        yield str(link["href"])
    for picture in page.select("use"):
        yield str(picture["href"]).split("#")[0]
    for picture in page.select("img"):
        yield str(picture["src"])
    for each in page.select("[data-outlines]"):
        yield str(each["data-outlines"])
    for each in page.select("[data-worker]"):
        yield str(each["data-worker"])


def opened(stops: Iterator[Stop]) -> list[str]:
    return [stop.path for stop in stops if stop.answers is None and "code" not in stop.path]


def test_no_page_is_heavy(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        scene = set_scene(place)
        for number in range(20):  # a full page of the map's list and of a spot's
            asker = scene.asker if number % 2 else scene.helper
            a_need(asker, "gardening", words="A word " * 60)
            an_offer(asker, "shopping", "gardening", words="A word " * 60)
    weights: dict[str, tuple[int, float]] = {}
    for who, stops in (
        (Person(app.test_client()), strangers_tour(place)),
        (sign_in(app, Person(app.test_client()), scene.asker), askers_tour(scene)),
        (sign_in(app, Person(app.test_client()), scene.helper), helpers_tour(scene)),
    ):
        scales = Scales(who.client)
        weights |= {path: scales.page(path) for path in opened(stops)}
    heaviest = max(weights, key=lambda path: weights[path][0])
    slowest = max(weights, key=lambda path: weights[path][1])
    told = f"{len(weights)} pages; {heaviest} {weights[heaviest]}, {slowest} {weights[slowest]}"
    assert len(weights) > 30
    assert weights[heaviest][0] <= MOST_BYTES, told
    assert weights[slowest][1] <= SOON, told
    assert heaviest.startswith("/near"), told  # the only page with a map


def test_files_are_named_by_what_is_in_them(app: Flask, place: BuiltPlace) -> None:
    client = app.test_client()
    (path,) = re.findall(r'href="(/static/looks\.css\?v=[0-9a-f]+)"', client.get("/").text)
    packed, plain = client.get(path, headers=PACKED), client.get(path)
    plain.get_data()
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data)
    plain.close()
    other = client.get("/static/looks.css?v=0", headers=PACKED)
    assert "immutable" not in other.headers.get("Cache-Control", "")
    tag = {"If-None-Match": packed.headers["ETag"], **PACKED}
    assert client.get(path, headers=tag).status_code == 304
    assert client.get("/static/../app.py").status_code == 404
