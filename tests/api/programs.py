"""A program that calls with a key of its member, or a browser that is signed in."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from enabler.domain.api_tokens import Scope
from enabler.doors.wiring import now, wiring
from enabler.services import api_tokens
from tests.builders import BuiltMember

_keys = count(1)


@dataclass
class Program:
    """Calls the door, each time with what it needs."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Look."""
        headers = self.headers | more.pop("headers", {})
        return self.client.get(f"/api/v1{path}", headers=headers, **more)

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, **more: Any
    ) -> TestResponse:
        """Change something, with a key that nothing has had where none is given."""
        headers = {"Idempotency-Key": key or f"program-{next(_keys):08d}"} | self.headers
        return self.client.post(
            f"/api/v1{path}", json=body, headers=headers | more.pop("headers", {}), **more
        )


def a_token(app: Flask, member: BuiltMember, scope: Scope = Scope.WRITE, *, days: int = 30) -> str:
    """A new key of the member, with a name that no other has."""
    number = next(_keys)
    with app.app_context():
        return str(api_tokens.make(
            actor=member.actor, name=f"Diary {number}", scope=scope, days=days,
            secrets=wiring().secrets, key=f"token-{number}", now=now(),
        ).secret)  # fmt: skip


def a_program(app: Flask, member: BuiltMember, scope: Scope = Scope.WRITE) -> Program:
    """A program with a new key of the member."""
    return Program(app.test_client(), {"Authorization": f"Bearer {a_token(app, member, scope)}"})
