"""What is given."""

from sqlalchemy.orm import Session


class Offers:
    """What is given."""

    def __init__(self, session: Session) -> None:
        self._session = session
