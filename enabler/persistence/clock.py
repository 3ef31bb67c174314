"""Leases, ticks and runs of jobs."""

from sqlalchemy.orm import Session


class Clock:
    """Leases, ticks and runs of jobs."""

    def __init__(self, session: Session) -> None:
        self._session = session
