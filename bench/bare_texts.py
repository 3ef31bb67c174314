"""What the telephone's bell is measured against: a bare Flask page that writes the text that came
and one row to be sent, in one transaction of Python's own sqlite3, as safely as we do."""

import sqlite3
from dataclasses import dataclass
from threading import local
from typing import Any

from flask import Flask, request

from enabler.config import Settings

TABLES = """
CREATE TABLE IF NOT EXISTS inbound (id INTEGER PRIMARY KEY, sid TEXT UNIQUE, number TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS outbound (id INTEGER PRIMARY KEY, number TEXT, body TEXT, state TEXT);
"""  # noqa: E501
SAFELY = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=10000")


@dataclass(frozen=True)
class BareTexts:
    """One write a text, and nothing else."""

    settings: Settings
    database: str

    def app(self) -> Flask:
        """The app of one worker."""
        app, kept = Flask("bare"), local()

        def connection() -> sqlite3.Connection:
            if not hasattr(kept, "connection"):
                kept.connection = sqlite3.connect(self.database, isolation_level=None)
                for one in SAFELY:
                    kept.connection.execute(one)
                kept.connection.executescript(TABLES)
            return kept.connection  # type: ignore[no-any-return]

        @app.post("/sms/inbound")
        def came() -> Any:
            form, here = request.form, connection()
            here.execute("BEGIN IMMEDIATE")
            here.execute("INSERT INTO inbound (sid, number, body) VALUES (?, ?, ?)",
                         (form["MessageSid"], form["From"], form["Body"]))  # fmt: skip
            here.execute("INSERT INTO outbound (number, body, state) VALUES (?, ?, 'queued')",
                         (form["From"], "Thank you."))  # fmt: skip
            here.execute("COMMIT")
            return "<Response></Response>"

        return app
