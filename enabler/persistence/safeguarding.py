"""Who hears of a worry in which order, and when they work: as two people agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.working_time import OFFICE, WorkingHours
from enabler.persistence.tables.safeguarding import SafeguardingPlanRow


@dataclass(frozen=True, slots=True)
class Plan:
    """Leads in the order in which they hear of a worry, and when they work.

    ``id`` 0: nobody has said so yet; then all leads hear of it at once, at office hours.
    """

    id: int = 0
    hands: tuple[int, ...] = ()
    hours: WorkingHours = OFFICE
    duty_line: str | None = None
    state: str = "agreed"
    proposed_by: int | None = None
    proposed_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None


class Safeguarding:
    """Rows of plans: of each place one holds, and one at most waits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, place_id: int) -> Plan:
        """The one that holds."""
        return self._newest(place_id, "agreed") or Plan()

    def waiting(self, place_id: int) -> Plan | None:
        """The one that a second person has still to agree to."""
        return self._newest(place_id, "waiting")

    def lock(self, place_id: int) -> None:
        """Whoever asks for a plan, or decides about one, takes turns with others who do so."""
        query = select(SafeguardingPlanRow.id).filter_by(place_id=place_id, state="waiting")
        self._session.scalars(query.with_for_update()).all()

    def _newest(self, place_id: int, state: str) -> Plan | None:
        query = (
            select(SafeguardingPlanRow)
            .filter_by(place_id=place_id, state=state)
            .order_by(SafeguardingPlanRow.decided_at.desc(), SafeguardingPlanRow.id.desc())
            .limit(1)
        )
        row = self._session.scalar(query, execution_options={"populate_existing": True})
        return None if row is None else _plan(row)

    def propose(self, **values: Any) -> None:
        """Keep what is asked for, in place of what waited."""
        self._session.execute(
            update(SafeguardingPlanRow)
            .where(SafeguardingPlanRow.place_id == values["place_id"])
            .where(SafeguardingPlanRow.state == "waiting")
            .values(state="replaced")
        )
        self._session.execute(insert(SafeguardingPlanRow).values(state="waiting", **values))

    def decide(self, plan_id: int, state: str, by_member_id: int, now: datetime) -> None:
        """Agree to it, or refuse it."""
        changing = update(SafeguardingPlanRow).where(SafeguardingPlanRow.id == plan_id)
        self._session.execute(changing.values(state=state, decided_by=by_member_id, decided_at=now))


def _plan(row: SafeguardingPlanRow) -> Plan:
    days = {int(weekday): (opens, closes) for weekday, (opens, closes) in row.hours.items()}
    return Plan(
        id=row.id, hands=tuple(row.hands), hours=WorkingHours(days), duty_line=row.duty_line,
        state=row.state, proposed_by=row.proposed_by, proposed_at=row.proposed_at,
        decided_by=row.decided_by, decided_at=row.decided_at,
    )  # fmt: skip
