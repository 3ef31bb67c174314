"""Lays the project's own schema in an empty database.

It calls the composition root and knows no table.
"""


def build_schema(url: str) -> None:
    """Bring an empty database up to the newest schema."""
