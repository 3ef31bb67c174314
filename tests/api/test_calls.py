"""What a call must carry, and what it is told where it does not: code, field and sentence."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from enabler.domain.api_tokens import Scope
from tests.api.programs import Program, a_program
from tests.builders import BuiltPlace, a_member, a_place
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import sign_in

NEED = {"category": "shopping", "words": "Milk, please.", "circumstances": []}


SharedApp = Callable[[], AbstractContextManager[Flask]]


@pytest.fixture(scope="module")
def app(shared_app: SharedApp) -> Iterator[Flask]:
    """One app for all of these."""
    with shared_app() as made:
        yield made


@pytest.fixture(scope="module")
def clock(app: Flask) -> Clock:
    """Its clock."""
    moving = Clock()
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=moving)
    return moving


@pytest.fixture(scope="module")
def place(app: Flask, clock: Clock) -> BuiltPlace:
    """Its place."""
    with app.app_context():
        return a_place()


@pytest.fixture
def hers(app: Flask, place: BuiltPlace) -> Program:
    """Rosa's program, which may do all that she may."""
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    return a_program(app, rosa)


def told(answer: TestResponse, status: int) -> tuple[str, str | None]:
    """Code and field of a refusal, whose shape is always the same."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    problem = answer.json
    assert set(problem) == {
        "type", "title", "status", "code", "sentence", "field", "facts", "also",
    }  # fmt: skip
    assert problem["sentence"]
    assert problem["code"] not in problem["sentence"], "a code that has no words"
    return problem["code"], problem["field"]


class TestAKey:
    def test_is_asked_for(self, hers: Program) -> None:
        answer = hers.client.post("/api/v1/needs", json=NEED, headers=hers.headers)
        assert told(answer, 400) == ("key_missing", "Idempotency-Key")

    @pytest.mark.parametrize("key", ["short", "x" * 65, "with spaces in it"])
    def test_has_a_shape(self, hers: Program, key: str) -> None:
        assert told(hers.post("/needs", NEED, key=key), 400)[0] == "key_malformed"

    def test_does_it_once_and_answers_the_same(self, hers: Program) -> None:
        first, second = (hers.post("/needs", NEED, key="the-same-key") for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.data == second.data
        assert len(hers.get("/needs").json["needs"]) == 1

    def test_with_something_else_is_refused(self, hers: Program) -> None:
        hers.post("/needs", NEED, key="the-same-key")
        other = hers.post("/needs", NEED | {"words": "Bread, please."}, key="the-same-key")
        assert told(other, 422) == ("key_reused", None)

    def test_is_the_callers_own(self, app: Flask, place: BuiltPlace, hers: Program) -> None:
        with app.app_context():
            sam = a_member(place, "Sam Green")
        hers.post("/needs", NEED, key="the-same-key")
        assert a_program(app, sam).post("/needs", NEED, key="the-same-key").status_code == 201


class TestWhatIsSent:
    @pytest.mark.parametrize(
        ("change", "code", "field"),
        [
            ({"wordz": "x"}, "field_unknown", "wordz"),
            ({"words": None}, "field_null", "words"),
            ({"words": 5}, "text_wanted", "words"),
            ({"words": " "}, "words_empty", "words"),
            ({"words": "a\ud800b"}, "words_control_characters", "words"),
            ({"category": "\x00"}, "words_control_characters", "category"),
            ({"category": "juggling"}, "category_unknown", "category"),
            ({"slots": "2"}, "number_wanted", "slots"),
            ({"slots": True}, "number_wanted", "slots"),
            ({"slots": 2.0}, "number_wanted", "slots"),
            ({"slots": 21}, "number_out_of_range", "slots"),
            ({"slots": 10**30}, "number_out_of_range", "slots"),
            ({"at_home": "false"}, "truth_wanted", "at_home"),
            ({"windows": {}}, "list_wanted", "windows"),
            ({"windows": ["x"]}, "object_wanted", "windows.0"),
            ({"windows": [{"start": "2026-03-11T10:00:00+00:00"}]}, "field_missing",
             "windows.0.end"),
            ({"windows": [{"start": "2026-03-11T10:00:00", "end": "2026-03-11T12:00:00Z"}]},
             "time_wanted", "windows.0.start"),
            ({"windows": [{"start": "2026-02-30T10:00:00Z", "end": "2026-03-11T12:00:00Z"}]},
             "time_wanted", "windows.0.start"),
            ({"windows": [{"start": "2026-03-11T12:00:00Z", "end": "2026-03-11T10:00:00Z"}]},
             "window_ends_before_it_starts", "windows"),
            ({"windows": [{"start": "2026-03-09T12:00:00Z", "end": "2026-03-09T13:00:00Z"}]},
             "window_in_the_past", "windows"),
            ({"windows": [{"start": "9999-12-31T23:00:00-14:00", "end": "9999-12-31T23:59:00Z"}]},
             "time_wanted", "windows.0.start"),
        ],
    )  # fmt: skip
    def test_is_held_to_its_schema(
        self, hers: Program, change: dict[str, Any], code: str, field: str
    ) -> None:
        assert told(hers.post("/needs", NEED | change), 400) == (code, field)
        assert hers.get("/needs").json["needs"] == []

    def test_is_told_with_all_that_is_wrong(self, hers: Program) -> None:
        answer = hers.post("/needs", {"slots": 0, "more": 1})
        told(answer, 400)
        found = {answer.json["field"], *(one["field"] for one in answer.json["also"])}
        assert found == {"category", "words", "slots", "more"}

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"{", "unreadable"), (b"\xff{}", "unreadable"), (b"[" * 50_000, "unreadable"),
            (b'{"slots": NaN}', "unreadable"), (b'{"slots": ' + b"9" * 5000 + b"}", "unreadable"),
            (b"[]", "object_wanted"), (b"null", "object_wanted"), (b"", "unreadable"),
        ],
    )  # fmt: skip
    def test_is_one_object_of_json(self, hers: Program, body: bytes, code: str) -> None:
        headers = hers.headers | {"Idempotency-Key": "a-key-for-it"}
        answer = hers.client.post(
            "/api/v1/needs", data=body, headers=headers, content_type="application/json"
        )
        assert told(answer, 400)[0] == code

    def test_is_json_by_its_content_type(self, hers: Program) -> None:
        headers = hers.headers | {"Idempotency-Key": "a-key-for-it"}
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            answer = hers.client.post(
                "/api/v1/needs", data=json.dumps(NEED), headers=headers, content_type=kind
            )
            assert told(answer, 415)[0] == "not_json"

    def test_is_not_too_much(self, hers: Program) -> None:
        assert told(hers.post("/needs", NEED | {"words": "x" * 70_000}), 413)[0] == "too_large"

    def test_is_nothing_where_nothing_is_taken(self, hers: Program) -> None:
        need = hers.post("/needs", NEED).json["ref"]
        answer = hers.post(f"/needs/{need}/withdraw", {"why": "x"})
        assert told(answer, 400) == ("field_unknown", "why")
        assert hers.post(f"/needs/{need}/withdraw", {}).status_code == 200

    def test_in_a_query_is_strict_too(self, hers: Program) -> None:
        for query, code in {
            "limit=51": "number_out_of_range", "limit=x": "number_wanted",
            "limit=": "number_wanted", "cursor=ABCD": "cursor_unknown", "cursor=": "ref_malformed",
            "page=2": "field_unknown",
        }.items():  # fmt: skip
            assert told(hers.get(f"/needs?{query}"), 400)[0] == code


class TestAnAddress:
    def test_that_is_none_is_a_problem_and_no_page(self, hers: Program) -> None:
        for path in ("/nothing", "/needs/new", "/needs/K3M9/nothing", "/needs/K3M9", "/places/x"):
            told(hers.get(path), 404)

    def test_takes_its_methods_only(self, hers: Program) -> None:
        answer = hers.client.delete("/api/v1/needs", headers=hers.headers)
        assert told(answer, 405)[0] == "method_not_allowed"
        assert {"GET", "POST"} <= {one.strip() for one in answer.headers["Allow"].split(",")}

    def test_that_breaks_tells_nothing_of_it(
        self, app: Flask, hers: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app.config["PROPAGATE_EXCEPTIONS"] = False

        def broken(**_: object) -> None:
            raise OSError("a secret detail")

        monkeypatch.setattr("enabler.services.lists.needs", broken)
        answer = hers.get("/needs")
        assert told(answer, 500)[0] == "broken"
        assert "secret detail" not in answer.text


class TestAnAnswer:
    def test_that_is_known_already_is_not_said_again(self, hers: Program) -> None:
        hers.post("/needs", NEED)
        first = hers.get("/needs")
        tag = {"If-None-Match": first.headers["ETag"]}
        again = hers.get("/needs", headers=tag)
        assert (again.status_code, again.data) == (304, b"")
        hers.post("/needs", NEED)
        assert hers.get("/needs", headers=tag).status_code == 200

    def test_is_for_no_other_site(self, hers: Program) -> None:
        answer = hers.get("/me", headers={"Origin": "https://elsewhere.example"})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]

    def test_comes_in_parts(self, hers: Program) -> None:
        refs = [hers.post("/needs", NEED).json["ref"] for _ in range(5)][::-1]
        read, cursor = [], ""
        while True:
            part = hers.get(f"/needs?limit=2{cursor}").json
            assert len(part["needs"]) <= 2
            read += [need["ref"] for need in part["needs"]]
            if part["next"] is None:
                break
            cursor = f"&cursor={part['next']}"
        assert read == refs


class TestWho:
    def test_nobody_knows_is_told_so(self, app: Flask, place: BuiltPlace) -> None:
        answer = Program(app.test_client()).get("/needs")
        assert told(answer, 401)[0] == "sign_in_needed"
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("sent", ["Bearer x", "Bearer ", "Basic YTpi", "enabler_x", "Bearer é"])
    def test_comes_with_no_key_of_ours(self, app: Flask, place: BuiltPlace, sent: str) -> None:
        answer = Program(app.test_client(), {"Authorization": sent}).get("/needs")
        assert told(answer, 401)[0] == "token_wrong"

    def test_only_looks_changes_nothing(self, app: Flask, place: BuiltPlace) -> None:
        with app.app_context():
            rosa = a_member(place)
        looks = a_program(app, rosa, Scope.READ)
        assert told(looks.post("/needs", NEED), 403)[0] == "token_reads_only"
        assert looks.get("/needs").json["needs"] == []

    def test_calls_too_often_waits(self, hers: Program, clock: Clock) -> None:
        assert {hers.get("/me").status_code for _ in range(120)} == {200}
        clock.pass_by(seconds=20)
        answer = hers.get("/me")
        assert told(answer, 429)[0] == "calls_too_many"
        assert answer.headers["Retry-After"] == "40"
        clock.pass_by(seconds=40)
        assert hers.get("/me").status_code == 200

    def test_sits_at_a_browser_sends_its_token_against_forgery(
        self, app: Flask, place: BuiltPlace
    ) -> None:
        with app.app_context():
            rosa = a_member(place, "Rosa Long")
        browser = Program(sign_in(app, Person(app.test_client()), rosa).client)
        assert told(browser.post("/needs", NEED), 403)[0] == "forged"
        token = browser.get("/me").headers["X-CSRFToken"]
        assert browser.post("/needs", NEED, headers={"X-CSRFToken": token}).status_code == 201

    def test_comes_with_a_key_is_not_the_browsers(self, app: Flask, place: BuiltPlace) -> None:
        with app.app_context():
            rosa, sam = a_member(place, "Rosa Long"), a_member(place, "Sam Green")
        browser = sign_in(app, Person(app.test_client()), rosa).client
        both = Program(browser, a_program(app, sam).headers)
        assert both.get("/me").json["shown_name"] == "Sam"
