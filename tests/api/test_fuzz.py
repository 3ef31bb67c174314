"""Whatever is sent, by whoever: no call breaks, none answers what the document does not say."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks as openapi_checks

from enabler.domain.api_tokens import Scope
from enabler.domain.vocabulary import CATEGORIES, Role
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import mine, my_checks
from tests.api.programs import a_token
from tests.builders import NOW, a_helper, a_member, a_place, an_offer, an_organisation
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

CASES, CASES_AT_FULL_SIZE = 160, 3_000
CHECKS = [
    schemathesis.checks.not_a_server_error, openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance, openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance, openapi_checks.negative_data_rejection,
]  # fmt: skip
STEP = timedelta(seconds=0.25)
SharedApp = Callable[[], AbstractContextManager[Flask]]


@pytest.fixture(scope="module")
def fuzzed(shared_app: SharedApp) -> Iterator[Flask]:
    """The app with a clock that goes on at each look, so that nobody calls too often."""
    with shared_app() as app:
        passed = count()
        wiring = app.extensions["enabler"]
        app.extensions["enabler"] = replace(wiring, clock=lambda: NOW + next(passed) * STEP)
        yield app


@pytest.fixture(scope="module")
def town(fuzzed: Flask) -> dict[str, dict[str, Any]]:
    """Each kind of member, by what their calls carry."""
    with fuzzed.app_context():
        place = a_place()
        scene = set_scene(place)
        pantry = an_organisation(place)
        an_offer(pantry, "meals", "shopping")
        gone = a_member(place, "Sue Spended")
        driver = a_helper(place, "Dan Driver", "transport", at=(1200, 900))
    bearers = {
        "stranger": "nobody's", "asker": a_token(fuzzed, scene.asker),
        "helper": a_token(fuzzed, scene.helper), "driver": a_token(fuzzed, driver),
        "organisation": a_token(fuzzed, pantry.owner),
        "only looks": a_token(fuzzed, scene.asker, Scope.READ), "suspended": a_token(fuzzed, gone),
    }  # fmt: skip
    with fuzzed.app_context(), unit_of_work() as uow:
        uow.session.get_one(MemberRow, gone.id).state = "suspended"
        uow.commit()
    carried = {
        name: {"headers": {"Authorization": f"Bearer {one}"}} for name, one in bearers.items()
    }
    browsers = {"asker's browser": sign_in(fuzzed, Person(fuzzed.test_client()), scene.asker)}
    for role in (Role.CUSTODIAN, Role.COUNCILLOR, Role.ADMINISTRATOR):
        browsers[role.value] = sign_in_staff(fuzzed, Person(fuzzed.test_client()), place, role)
    return carried | {name: _carried(fuzzed, one) for name, one in browsers.items()} | {
        "refs": {"refs": _refs(fuzzed, scene, driver.actor, pantry.ref)}
    }  # fmt: skip


def _carried(app: Flask, person: Person) -> dict[str, Any]:
    cookie = person.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    token = person.client.get("/api/v1/me").headers["X-CSRFToken"]
    kept = person.client.get_cookie(app.config["SESSION_COOKIE_NAME"]) or cookie
    assert kept is not None
    return {"cookies": {kept.key: kept.value}, "headers": {"X-CSRFToken": token}}


def _refs(app: Flask, scene: Scene, driver: Any, pantry: str) -> dict[str, list[str]]:
    with app.app_context():
        asks = [match.ref for match in mine.everything(actor=driver, now=NOW).asks]
        checks = [one.ref for one in my_checks.mine(actor=driver, now=NOW).credentials]
    return {
        "me": checks,
        "matches": [scene.asked, scene.agreed, scene.done, *asks],
        "needs": [scene.asked_need, scene.agreed_need, scene.unmet_need, scene.held_need],
        "offers": [scene.offer, scene.held_offer],
        "series": [scene.series], "organisations": [pantry],
    }  # fmt: skip


@pytest.mark.prove("4.9")
def test_no_call_breaks_or_answers_what_is_not_written_down(
    fuzzed: Flask, town: dict[str, dict[str, Any]], full_size: bool
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", fuzzed)
    operations = [one.ok() for one in schema.get_all_operations()]
    refs = town.pop("refs")["refs"]
    met: Counter[int] = Counter()
    chance = Random(49)
    ways = [
        operation.as_strategy(generation_mode=mode)
        for operation in operations
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    ]

    @settings(
        max_examples=CASES_AT_FULL_SIZE if full_size else CASES, phases=(Phase.generate,),
        deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def call(data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(ways).flatmap(lambda way: way))
        make_real(case, refs, chance)
        # In the case itself: the checks must see what was really sent, or a wrong key of theirs
        # that was put right on the way counts as a wrong call that was let in.
        who = town[chance.choice(sorted(town))]
        case.headers = {**(case.headers or {}), **who["headers"]}
        answer = case.call(cookies=who.get("cookies"))
        met[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    call()
    seldom = {201, 409} if full_size else set()
    assert {200, 400, 401, 403, 404} | seldom <= set(met), met


def make_real(case: schemathesis.Case, refs: dict[str, list[str]], chance: Random) -> None:
    """Mostly, let the call be about something that is there: chance would never hit upon it."""
    noun = case.path.split("/")[3]
    if "ref" in case.path_parameters and chance.random() < 0.8:
        case.path_parameters["ref"] = chance.choice(refs[noun])
    if isinstance(case.body, dict) and chance.random() < 0.8:
        real = {
            "category": chance.choice(CATEGORIES), "words": "Something, please.",
            "categories": chance.sample(CATEGORIES, 2), "at_home": True, "windows": [],
            "organisation_ref": None,
        }  # fmt: skip
        case.body |= {name: value for name, value in real.items() if name in case.body}
