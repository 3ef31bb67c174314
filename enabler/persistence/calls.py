"""Keyed calls: the same key does a thing once and gets the same result."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.errors import KeyReused
from enabler.persistence.database import changed
from enabler.persistence.tables.clock import ServiceCallRow

KEPT = timedelta(days=7)


class Calls:
    """The table of keys: ``claim``, then the effect, then ``keep``, all in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(
        self, key: str, *, actor: str, service: str, arguments: dict[str, Any], now: datetime
    ) -> dict[str, Any] | None:
        """None when the key is new (it is ours now); else the stored result.

        Two calls with one key at once: the second waits for the first's commit, then sees it.
        Raises KeyReused when the key came with another actor, service or arguments.
        """
        digest = _digest(arguments)
        row = {"key": key, "actor": actor, "service": service, "arguments_hash": digest}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(ServiceCallRow).values(**row, result={}, at=now))
        except IntegrityError:
            return self._recall(row)
        return None

    def did(self, key: str, service: str) -> bool:
        """Whether this service was called under this key."""
        query = select(ServiceCallRow.key).where(
            ServiceCallRow.key == key, ServiceCallRow.service == service
        )  # fmt: skip
        return self._session.scalar(query) is not None

    def _recall(self, row: dict[str, str]) -> dict[str, Any]:
        found = self._session.execute(
            select(ServiceCallRow).where(ServiceCallRow.key == row["key"])
        ).scalar_one()
        if any(getattr(found, name) != value for name, value in row.items()):
            raise KeyReused(service=found.service)
        return dict(found.result)

    def known(self, key: str) -> tuple[str, dict[str, Any]] | None:
        """The service that was called under a key, and its result; None where none was."""
        found = self._session.execute(
            select(ServiceCallRow.service, ServiceCallRow.result).where(ServiceCallRow.key == key)
        ).one_or_none()
        return None if found is None else (found.service, dict(found.result))

    def same_since(self, key: str, since: datetime) -> dict[str, Any] | None:
        """The result of the last call from then on that was the same but for its key."""
        ours = select(ServiceCallRow).where(ServiceCallRow.key == key).subquery()
        query = (
            select(ServiceCallRow.result)
            .join(ours, ServiceCallRow.actor == ours.c.actor)
            .where(ServiceCallRow.service == ours.c.service)
            .where(ServiceCallRow.arguments_hash == ours.c.arguments_hash)
            .where(ServiceCallRow.key != key, ServiceCallRow.at > since)
            .order_by(ServiceCallRow.at.desc())
            .limit(1)
        )
        found = self._session.scalar(query)
        return dict(found) if found else None

    def keep(self, key: str, result: dict[str, Any]) -> None:
        """Store the result of a claimed key: refs, codes and numbers only."""
        self._session.execute(
            update(ServiceCallRow).where(ServiceCallRow.key == key).values(result=result)
        )

    def forget_old(self, now: datetime) -> int:
        """Drop keys older than seven days; how many."""
        old = delete(ServiceCallRow).where(ServiceCallRow.at < now - KEPT)
        return changed(self._session.execute(old))


def _digest(arguments: dict[str, Any]) -> str:
    text = json.dumps(arguments, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
