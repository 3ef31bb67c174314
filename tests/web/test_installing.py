"""The pages as an app: what a phone is told, and that the worker keeps nothing of anybody."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import sign_in

pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)


def test_a_place_can_be_put_on_a_phones_first_screen(app: Flask, place: BuiltPlace) -> None:
    client = app.test_client()
    told = client.get("/manifest.webmanifest")
    assert told.mimetype == "application/manifest+json"
    manifest = told.get_json()
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (
        "Elmford", "/", "standalone",
    )  # fmt: skip
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = client.get(icon["src"])
        assert picture.data.startswith(b"\x89PNG"), icon["src"]
        picture.close()
    below = client.get("/elmford/manifest.webmanifest").get_json()
    assert below["start_url"] == below["scope"] == "/elmford/"


def test_the_worker_keeps_files_and_one_page_of_a_stranger(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    member = sign_in(app, person(), rosa)
    script = member.open("/worker.js?place=elmford").answer
    assert script.mimetype == "text/javascript"
    assert "Rosa" not in script.text
    (offline,) = re.findall(r'OFFLINE = "(.*)"', script.text)
    (listed,) = re.findall(r"FILES = (\[.*\])", script.text)
    stranger = app.test_client()
    for path in json.loads(listed):
        assert re.match(r"/static/|/place\.css", path)
        answer = stranger.get(path)
        assert answer.status_code == 200, path
        answer.get_data()
        answer.close()
    page = stranger.get(offline)
    assert offline == "/elmford/offline"
    assert "You have no network just now" in page.text
    assert script.text == app.test_client().get("/worker.js?place=elmford").text
