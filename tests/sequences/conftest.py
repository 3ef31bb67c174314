"""The same world as the services' tests."""

from tests.services.conftest import context, database, noise

__all__ = ["context", "database", "noise"]
