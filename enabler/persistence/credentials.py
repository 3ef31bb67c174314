"""Checked facts about helpers."""

from sqlalchemy.orm import Session


class Credentials:
    """Checked facts about helpers."""

    def __init__(self, session: Session) -> None:
        self._session = session
