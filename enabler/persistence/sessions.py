"""Signed-in browsers, one-time codes, staff secrets."""

from sqlalchemy.orm import Session


class Sessions:
    """Signed-in browsers, one-time codes, staff secrets."""

    def __init__(self, session: Session) -> None:
        self._session = session
