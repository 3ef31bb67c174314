"""Counts of violations of each law on a live database."""

from sqlalchemy.orm import Session


class Laws:
    """Counts of violations of each law on a live database."""

    def __init__(self, session: Session) -> None:
        self._session = session
