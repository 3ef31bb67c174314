"""A database of a newer release gets one sentence, and is left as it is."""

import pytest
from sqlalchemy import text

from enabler.persistence import schema
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
