"""Lays the project's own schema in an empty database, as ``enabler db upgrade`` does."""

import tempfile
from pathlib import Path

from enabler.app import upgrade_schema
from enabler.config import Settings


def build_schema(url: str) -> None:
    """Bring an empty database up to the newest schema."""
    with tempfile.TemporaryDirectory(prefix="enabler-") as instance:
        upgrade_schema(
            Settings(
                instance=Path(instance),
                database_url=url,
                database_owner_url=url,
                secret_key="no session is opened here, so no key is used",
                environment="test",
            )
        )
