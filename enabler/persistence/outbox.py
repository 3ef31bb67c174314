"""What is to leave the house: queued, claimed by one sender, handed over, recorded."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.messages import FREE_OF_HOURS_AND_CAPS, OF_DEEDS, Outgoing
from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence import bulk
from enabler.persistence.database import changed
from enabler.persistence.tables.messages import OutboxRow

_HANDED = (
    OutboxState.SENDING, OutboxState.ACCEPTED, OutboxState.DELIVERED, OutboxState.UNKNOWN
)  # fmt: skip

_RIVALS_WITHIN = timedelta(hours=1)


class Outbox:
    """The rows of texts and mails. A state changes only from the state that is expected."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def queue(self, *, dedupe_key: str, **values: Any) -> bool:
        """Add a row, unless its key has one already; whether it was added."""
        row = {**values, "dedupe_key": dedupe_key, "state": OutboxState.QUEUED}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(OutboxRow).values(**row))
        except IntegrityError:
            if self._session.scalar(select(OutboxRow.id).filter_by(dedupe_key=dedupe_key)) is None:
                raise
            return False
        return True

    def queue_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows, as ``queue`` adds one."""
        if not rows:
            return
        try:
            with self._session.begin_nested():
                bulk.add(self._session, OutboxRow, [
                    {**row, "state": OutboxState.QUEUED} for row in rows
                ])  # fmt: skip
        except IntegrityError:  # some were queued before: one by one they say which
            for row in rows:
                self.queue(**row)

    def claim(self, holder: str, now: datetime, limit: int) -> list[int]:
        """Take what is due for this holder, the most pressing first; their ids in that order."""
        due = (
            select(OutboxRow.id)
            .where(OutboxRow.state == OutboxState.QUEUED, OutboxRow.due_at <= now)
            .order_by(_rank(), OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list(self._session.scalars(due))
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(ids), OutboxRow.state == OutboxState.QUEUED)
            .values(state=OutboxState.SENDING, claimed_by=holder, claimed_at=now, sent_at=None)
        )
        return ids

    def claim_safety_of(self, holder: str, member_id: int, now: datetime) -> list[int]:
        """Take what keeps a member safe and waits to be sent to them, for this holder."""
        row = OutboxRow
        waits = (
            row.member_id == member_id, row.state == OutboxState.QUEUED,
            row.priority == Priority.SAFETY, row.due_at <= now,
        )  # fmt: skip
        ids = list(self._session.scalars(
            select(row.id).where(*waits).order_by(row.id).with_for_update(skip_locked=True)
        ))  # fmt: skip
        taken = {"state": OutboxState.SENDING, "claimed_by": holder, "claimed_at": now,
                 "sent_at": None}  # fmt: skip
        self._session.execute(update(row).where(row.id.in_(ids)).values(**taken))
        return ids

    def held_by(self, holder: str, identity: int) -> Outgoing | None:
        """A row that this holder has claimed and not yet let go, locked; or None."""
        row = self._session.scalar(
            select(OutboxRow)
            .where(OutboxRow.id == identity, OutboxRow.claimed_by == holder)
            .where(OutboxRow.state == OutboxState.SENDING)
            .with_for_update()
        )
        return None if row is None else _outgoing(row)

    def by_key(self, dedupe_key: str) -> Outgoing | None:
        """The row of this key, whatever became of it; not locked."""
        row = self._session.scalar(select(OutboxRow).filter_by(dedupe_key=dedupe_key))
        return None if row is None else _outgoing(row)

    def settle(self, row: Outgoing, state: OutboxState, **values: Any) -> bool:
        """Move a claimed row on (``row`` as it was read); False when another has moved it."""
        statement = (
            update(OutboxRow)
            .where(OutboxRow.id == row.id, OutboxRow.claimed_by == row.claimed_by)
            .where(OutboxRow.state == OutboxState.SENDING)
            .values(state=state, **values)
        )
        return bool(changed(self._session.execute(statement)))

    def accepted(self, identity: int, *, provider_ref: str) -> None:
        """The provider took it, whatever was thought of the row meanwhile."""
        waiting = (OutboxState.SENDING, OutboxState.QUEUED, OutboxState.UNKNOWN)
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == identity, OutboxRow.state.in_(waiting))
            .values(state=OutboxState.ACCEPTED, provider_ref=provider_ref, failure=None)
        )

    def reported(
        self, identity: int | None, provider_ref: str | None, *, lock: bool = False
    ) -> Outgoing | None:
        """The text that a provider tells of, by our id or by its name; None where its name says
        that it is another one (an earlier try of the same row)."""
        key = OutboxRow.id == identity
        query = select(OutboxRow).where(
            OutboxRow.provider_ref == provider_ref if identity is None else key,
            OutboxRow.channel == Channel.TEXT,
        )
        row = self._session.scalar(query.with_for_update() if lock else query)
        if row is None or (provider_ref and row.provider_ref not in (None, provider_ref)):
            return None
        return _outgoing(row)

    def report(
        self, identity: int, state: OutboxState, *, provider_ref: str | None, failure: str | None
    ) -> None:
        """Keep where a text stands by its provider's word; the caller has it locked."""
        values: dict[str, Any] = {"state": state, "failure": failure}
        if provider_ref:
            values["provider_ref"] = provider_ref
        self._session.execute(update(OutboxRow).where(OutboxRow.id == identity).values(**values))

    def in_doubt(self, before: datetime, limit: int) -> list[Outgoing]:
        """Rows claimed before this moment that have no outcome yet, the oldest first."""
        query = (
            select(OutboxRow)
            .where(OutboxRow.state == OutboxState.SENDING, OutboxRow.claimed_at <= before)
            .order_by(OutboxRow.claimed_at, OutboxRow.id)
            .limit(limit)
        )
        return [_outgoing(row) for row in self._session.scalars(query)]

    def digest_of(self, identity: int) -> str | None:
        """The digest of the words that a row was handed over with."""
        return self._session.scalar(select(OutboxRow.body_digest).filter_by(id=identity))

    def rivals(self, row: Outgoing) -> list[str | None]:
        """The others to the same receiver, by the same way, that may stand in the provider's record
        without our knowing: whose sending has no outcome, was given up without one, or may have
        been done twice. Of each the digest of its words, where one was kept."""
        other = OutboxRow
        open_still = and_(other.state == OutboxState.SENDING, other.sent_at.is_not(None))
        given_up = and_(other.provider_ref.is_(None), other.failure == "in_doubt")
        query = select(other.body_digest).where(
            _to_the_same(row), other.place_id == row.place_id, other.channel == row.channel,
            or_(open_still, given_up, other.possibly_twice), other.id != row.id,
            other.claimed_at >= (row.claimed_at or row.due_at) - _RIVALS_WITHIN,
        )  # fmt: skip
        return list(self._session.scalars(query))

    def is_known(self, provider_ref: str) -> bool:
        """Whether the provider's name for a message is that of one of ours."""
        query = select(OutboxRow.id).where(OutboxRow.provider_ref == provider_ref)
        return self._session.scalar(query) is not None

    def texts_to(self, row: Outgoing, since: datetime, until: datetime) -> int:
        """How many texts that count against the cap this receiver was sent in this time: of those
        about what was done for them, or of all others."""
        of_deeds = OutboxRow.template.in_(OF_DEEDS)
        query = select(func.count()).where(
            _to_the_same(row),
            of_deeds if row.template in OF_DEEDS else ~of_deeds,
            OutboxRow.place_id == row.place_id,
            OutboxRow.channel == Channel.TEXT,
            OutboxRow.state.in_(_HANDED),
            OutboxRow.sent_at >= since,
            OutboxRow.sent_at < until,
            OutboxRow.id != row.id,
            OutboxRow.priority.not_in(FREE_OF_HOURS_AND_CAPS),
        )
        return self._session.scalar(query) or 0

    def states_about(
        self, place_id: int, since: datetime, ref: str, templates: Collection[str]
    ) -> set[OutboxState]:
        """How the letters of these templates stand that were queued since then about a report."""
        query = select(OutboxRow.state, OutboxRow.parameters).where(
            OutboxRow.place_id == place_id, OutboxRow.template.in_(templates),
            OutboxRow.queued_at >= since,
        )  # fmt: skip
        rows = self._session.execute(query)
        return {state for state, parameters in rows if parameters.get("report") == ref}

    def told(self, place_id: int, member_id: int, template: str, match_ref: str) -> list[Outgoing]:
        """What a member is told by this template of a match, sent or not, in the order in which it
        was queued."""
        rows = self._session.scalars(
            select(OutboxRow).where(
                OutboxRow.place_id == place_id, OutboxRow.member_id == member_id,
                OutboxRow.template == template,
            ).order_by(OutboxRow.id)
        )  # fmt: skip
        return [_outgoing(row) for row in rows if row.parameters.get("match") == match_ref]

    def texts_waiting(
        self, place_id: int, member_id: int, template: str
    ) -> list[dict[str, Any]]:  # fmt: skip
        """What texts of this template to a member that nobody has taken to send are about. They are
        locked: none leaves before this transaction has ended."""
        row = OutboxRow
        return list(self._session.scalars(
            select(row.parameters).where(
                row.place_id == place_id, row.member_id == member_id, row.template == template,
                row.channel == Channel.TEXT, row.state == OutboxState.QUEUED,
            ).order_by(row.id).with_for_update()
        ))  # fmt: skip

    def in_state(self, state: OutboxState, place_id: int | None = None) -> int:
        """How many rows are in a state."""
        query = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == state)
        if place_id is not None:
            query = query.where(OutboxRow.place_id == place_id)
        return self._session.scalar(query) or 0


def _to_the_same(row: Outgoing) -> ColumnElement[bool]:
    """Rows to the receiver of this one: the member, or the number that is nobody's yet."""
    if row.member_id is not None:
        return OutboxRow.member_id == row.member_id
    return OutboxRow.to_value == row.to_value


def _rank() -> ColumnElement[int]:
    order = {priority: rank for rank, priority in enumerate(Priority)}
    return case(
        *((OutboxRow.priority == priority, rank) for priority, rank in order.items()),
        else_=len(order),
    )


def _outgoing(row: OutboxRow) -> Outgoing:
    return Outgoing(
        id=row.id, place_id=row.place_id, member_id=row.member_id, to_value=row.to_value,
        channel=row.channel, template=row.template, parameters=dict(row.parameters),
        language=row.language, priority=row.priority, state=row.state, queued_at=row.queued_at,
        due_at=row.due_at, expires_at=row.expires_at, claimed_by=row.claimed_by,
        claimed_at=row.claimed_at, handed_at=row.sent_at, attempts=row.attempts,
        provider_ref=row.provider_ref, possibly_twice=row.possibly_twice, dedupe_key=row.dedupe_key,
    )  # fmt: skip
