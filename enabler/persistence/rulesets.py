"""The policies of places."""

from sqlalchemy.orm import Session


class Rulesets:
    """The policies of places."""

    def __init__(self, session: Session) -> None:
        self._session = session
