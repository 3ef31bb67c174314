"""What is to leave the house."""

from sqlalchemy.orm import Session


class Outbox:
    """What is to leave the house."""

    def __init__(self, session: Session) -> None:
        self._session = session
