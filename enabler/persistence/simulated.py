"""The simulator's own record of messages."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import Channel
from enabler.persistence.tables.messages import SimulatedMessageRow


class SimulatedMessages:
    """What a telephone network and a mail server would know."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self, *, place_id: int, channel: Channel, direction: str, address: str, body: str,
        reference: str, at: datetime,
    ) -> str:  # fmt: skip
        """Keep a message; the name it gets. The second of one reference is ``reference#2``."""
        seen = self._seen(reference)
        name = reference if not seen else f"{reference}#{seen + 1}"
        row = SimulatedMessageRow(
            place_id=place_id, channel=channel, direction=direction, address=address,
            body=body, provider_ref=name, at=at,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return name

    def find(self, *, channel: Channel, address: str, reference: str) -> str | None:
        """The name of the kept message of this reference, if there is one."""
        row = SimulatedMessageRow
        query = select(row.provider_ref).where(
            row.channel == channel, row.address == address, row.provider_ref == reference
        )
        return self._session.scalar(query)

    def of(self, place_id: int, address: str | None) -> list[SimulatedMessageRow]:
        """The messages of a place (and an address), oldest first."""
        query = select(SimulatedMessageRow).where(SimulatedMessageRow.place_id == place_id)
        if address is not None:
            query = query.where(SimulatedMessageRow.address == address)
        query = query.order_by(SimulatedMessageRow.at, SimulatedMessageRow.id)
        return list(self._session.scalars(query))

    def count_in(self, place_id: int, since: datetime) -> int:
        """How many came from phones to a place since then."""
        row = SimulatedMessageRow
        query = select(func.count()).where(
            row.place_id == place_id, row.direction == "in", row.at >= since
        )
        return self._session.scalar(query) or 0

    def newest(self) -> int:
        """The id of the last one; 0 where there is none."""
        return self._session.scalar(select(func.max(SimulatedMessageRow.id))) or 0

    def texts_after(self, identity: int) -> list[tuple[str, str]]:
        """Address and words of the texts that left after this one, in order."""
        row = SimulatedMessageRow
        query = select(row.address, row.body).where(
            row.id > identity, row.direction == "out", row.channel == Channel.TEXT
        )
        found = self._session.execute(query.order_by(row.id))
        return [(address, body) for address, body in found]

    def _seen(self, reference: str) -> int:
        name = SimulatedMessageRow.provider_ref
        same = (name == reference) | name.startswith(f"{reference}#", autoescape=True)
        query = select(func.count()).select_from(SimulatedMessageRow).where(same)
        return self._session.scalar(query) or 0
