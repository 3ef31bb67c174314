"""What is asked."""

from sqlalchemy.orm import Session


class Needs:
    """What is asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
