"""Forms that were begun."""

from sqlalchemy.orm import Session


class Drafts:
    """Forms that were begun."""

    def __init__(self, session: Session) -> None:
        self._session = session
