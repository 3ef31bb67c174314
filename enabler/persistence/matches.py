"""Needs with offers."""

from sqlalchemy.orm import Session


class Matches:
    """Needs with offers."""

    def __init__(self, session: Session) -> None:
        self._session = session
