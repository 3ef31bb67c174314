"""Businesses, community groups and public services."""

from sqlalchemy.orm import Session


class Organisations:
    """Businesses, community groups and public services."""

    def __init__(self, session: Session) -> None:
        self._session = session
