"""What went wrong, and who is worried about whom."""

from sqlalchemy.orm import Session


class Reports:
    """What went wrong, and who is worried about whom."""

    def __init__(self, session: Session) -> None:
        self._session = session
