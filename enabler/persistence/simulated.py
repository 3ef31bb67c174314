"""The record of the simulated telephone network and mail server."""

from sqlalchemy.orm import Session


class SimulatedMessages:
    """The record of the simulated telephone network and mail server."""

    def __init__(self, session: Session) -> None:
        self._session = session
