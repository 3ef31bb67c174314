"""/health, /ready and /metrics: for machines, on both databases."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import clock
from tests import rows

TOKEN = {"Authorization": "Bearer a token for figures"}


def with_token(app: Flask) -> None:
    """Set the token, and the time at noon."""
    app.extensions["enabler"] = dataclasses.replace(
        app.extensions["enabler"], metrics_token="a token for figures", clock=lambda: rows.NOON
    )


class TestHealth:
    def test_is_that_the_process_answers(self, client: FlaskClient) -> None:
        assert client.get("/health").status_code == 200

    def test_asks_nothing_of_the_database(self, tmp_path: Path) -> None:
        client = create_app(nowhere(tmp_path)).test_client()
        assert client.get("/health").status_code == 200


def nowhere(folder: Path) -> Settings:
    """Settings of a database whose server does not listen."""
    url = f"postgresql+psycopg://nobody@/enabler?host={folder}"
    return Settings(
        instance=folder, database_url=url, database_owner_url=url, secret_key="k" * 40,
        environment="test",
    )  # fmt: skip


class TestReadiness:
    def test_is_there_with_the_newest_schema(self, client: FlaskClient) -> None:
        answer = client.get("/ready")
        assert (answer.status_code, answer.get_json()) == (200, {"status": "ready"})

    def test_is_not_with_an_older_schema(self, app: Flask, client: FlaskClient) -> None:
        with app.app_context(), unit_of_work() as uow:
            uow.session.execute(text("UPDATE alembic_version SET version_num = 'old'"))
            uow.commit()
        answer = client.get("/ready")
        assert (answer.status_code, answer.get_json()["because"]) == (503, "schema_behind")

    def test_is_not_without_a_database(self, tmp_path: Path) -> None:
        answer = create_app(nowhere(tmp_path)).test_client().get("/ready")
        assert (answer.status_code, answer.get_json()["because"]) == (503, "unreachable")


class TestMetrics:
    def test_are_not_there_without_a_token(self, app: Flask, client: FlaskClient) -> None:
        assert client.get("/metrics", headers={"Authorization": "Bearer None"}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
        with_token(app)
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404

    def test_tell_what_is_open_and_what_waits(self, app: Flask, client: FlaskClient) -> None:
        with_token(app)
        with app.app_context():
            with unit_of_work() as uow:
                town = rows.town(uow.session)
                asker = rows.member(uow.session, town)
                due = rows.NOON - timedelta(minutes=5)
                rows.need(uow.session, town, asker, next_step_at=due)
                rows.need(uow.session, town, asker)
                uow.outbox.queue(
                    place_id=town.id, member_id=asker, channel="text", template="held",
                    parameters={}, language="en", priority=Priority.MATCH, dedupe_key="1",
                    queued_at=due, due_at=due, expires_at=rows.NOON,
                )  # fmt: skip
                uow.commit()
            clock.begin_run(name="j", slot="s", holder="h", now=rows.NOON)
        told = client.get("/metrics", headers=TOKEN).get_data(as_text=True).splitlines()
        figures = dict(line.rsplit(" ", 1) for line in told if not line.startswith("#"))
        assert {name: float(value) for name, value in figures.items()} == {
            "enabler_open_needs": 2.0,
            "enabler_oldest_due_need_seconds": 300.0,
            "enabler_oldest_queued_message_seconds": 300.0,
            "enabler_last_tick_seconds": rows.NOON.timestamp(),
            "enabler_places_that_cannot_sign": 0.0,
            "enabler_forged_calls": 0.0,
            **{
                f'enabler_messages{{state="{state}"}}': float(state == "queued")
                for state in ("queued", "sending", "accepted", "delivered", "failed", "unknown",
                              "dropped")
            },
        }  # fmt: skip

    @pytest.mark.parametrize("path", ["/health", "/ready"])
    def test_need_no_sign_in_beside_them(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).content_type == "application/json"
