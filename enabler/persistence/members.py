"""People with an account, their homes, contacts, consents and roles."""

from sqlalchemy.orm import Session


class Members:
    """People with an account, their homes, contacts, consents and roles."""

    def __init__(self, session: Session) -> None:
        self._session = session
