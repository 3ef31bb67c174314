"""Places, wards, cells and postcodes."""

from sqlalchemy.orm import Session


class Places:
    """Places, wards, cells and postcodes."""

    def __init__(self, session: Session) -> None:
        self._session = session
