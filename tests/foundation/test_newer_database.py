"""A database of a newer release, or with rows that a newer rule forbids, gets one sentence and is
left as it is."""

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from enabler.persistence import schema
from tests.builders import a_place
from tests.databases.stores import Database
from tests.foundation.test_command_line import instance, said

__all__ = ["instance"]


def test_is_named_and_left_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    assert said(monkeypatch, capsys, "db", "upgrade")[0] == 0
    with schema.owner_connection(database.url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    code, told = said(monkeypatch, capsys, "db", "upgrade")
    assert code == 2
    assert "newer release" in told
    assert "Traceback" not in told
    with schema.owner_connection(database.url) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_two_places_of_one_number_are_named_with_what_to_do(
    app: Flask,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """0047: an inbound text could have been for either of them."""
    with app.app_context():
        for slug in ("elmford", "ashford", "oakford"):
            a_place(slug)
    with schema.owner_connection(database.url) as connection:
        command.downgrade(schema.alembic_config(connection), "0046_own_wordings")
    with schema.owner_connection(database.url) as connection:
        connection.execute(text(
            "UPDATE place SET phone = '+447700900005' WHERE slug IN ('elmford', 'ashford')"
        ))  # fmt: skip
    monkeypatch.setenv("DATABASE_URL", database.url)

    code, told = said(monkeypatch, capsys, "db", "upgrade")

    assert code == 3
    assert "ashford (+447700900005), elmford (+447700900005)" in told
    assert "oakford" not in told
    assert "Traceback" not in told
    with schema.owner_connection(database.url) as connection:
        connection.execute(text("UPDATE place SET phone = NULL WHERE slug = 'ashford'"))
    assert said(monkeypatch, capsys, "db", "upgrade")[0] == 0
