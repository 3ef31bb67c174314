"""What staff prove themselves by: a password's hash and a second factor's secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.permissions import BY_ROLE, Action
from enabler.domain.staff import StaffSecret
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.database import changed
from enabler.persistence.tables.members import ContactRow, MemberRow, RoleRow, StaffSecretRow

_DESK = (Role.SAFEGUARDING_LEAD, Role.CUSTODIAN, Role.ADMINISTRATOR)
_MAY_COME_IN = (MemberState.ACTIVE, MemberState.PAUSED)


@dataclass(frozen=True, slots=True)
class DeskHand:
    """A member of staff at the desk of a place, by one role."""

    member_id: int
    name: str
    role: Role


class Staff:
    """Rows of staff's secrets."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_mail(self, place_id: int, mail: str) -> StaffSecret | None:
        """The secrets of whoever has this mail address in this place and may still come in."""
        row = self._session.scalar(
            select(StaffSecretRow)
            .join(MemberRow, MemberRow.id == StaffSecretRow.member_id)
            .join(ContactRow, ContactRow.member_id == MemberRow.id)
            .where(ContactRow.kind == "mail", ContactRow.value == mail)
            .where(ContactRow.place_id == place_id, MemberRow.state.in_(_MAY_COME_IN))
        )
        return None if row is None else _secret(row)

    def at_desk(self, place_id: int, now: datetime) -> list[DeskHand]:
        """Who sees the desk of the place now: leads, custodians, administrators, by role."""
        over = RoleRow.until_at.is_not(None) & (RoleRow.until_at <= now)
        query = (
            select(RoleRow.member_id, MemberRow.name, RoleRow.role)
            .join(MemberRow, MemberRow.id == RoleRow.member_id)
            .where(RoleRow.place_id == place_id, RoleRow.role.in_(_DESK), RoleRow.from_at <= now)
            .where(~over, MemberRow.state.in_(_MAY_COME_IN))
            .order_by(RoleRow.member_id, RoleRow.id)
        )
        return [DeskHand(*row) for row in self._session.execute(query)]

    def who_may(self, action: Action, place_id: int, now: datetime) -> frozenset[int]:
        """The members at the desk of the place of whom one role grants this: who is told that it
        waits to be done."""
        hands = self.at_desk(place_id, now)
        return frozenset(hand.member_id for hand in hands if hand.role in BY_ROLE[action])

    def of(self, member_id: int) -> StaffSecret | None:
        """The secrets of a member, locked."""
        query = select(StaffSecretRow).where(StaffSecretRow.member_id == member_id)
        row = self._session.scalar(query.with_for_update())
        return None if row is None else _secret(row)

    def signs_in(self, member_id: int) -> bool:
        """Whether a member signs in as staff do, by mail address and password."""
        query = select(StaffSecretRow.member_id).where(StaffSecretRow.member_id == member_id)
        return self._session.scalar(query) is not None

    def add(self, place_id: int, member_id: int, *, password_hash: str, totp_secret: str) -> None:
        """Secrets for a member who has none."""
        self._session.execute(
            insert(StaffSecretRow).values(
                place_id=place_id, member_id=member_id, password_hash=password_hash,
                totp_secret=totp_secret, totp_last_step=0, failures=0,
            )
        )  # fmt: skip

    def replace(
        self, place_id: int, member_id: int, *, password_hash: str, totp_secret: str
    ) -> None:
        """Other secrets in place of the ones that a member had."""
        self._session.execute(
            update(StaffSecretRow)
            .where(StaffSecretRow.member_id == member_id, StaffSecretRow.place_id == place_id)
            .values(
                password_hash=password_hash, totp_secret=totp_secret, totp_last_step=0,
                failures=0, locked_until=None,
            )
        )  # fmt: skip

    def use_step(self, member_id: int, step: int) -> bool:
        """Use up the code of a step in time, and those before it; False where that was done."""
        statement = (
            update(StaffSecretRow)
            .where(StaffSecretRow.member_id == member_id, StaffSecretRow.totp_last_step < step)
            .values(totp_last_step=step, failures=0, locked_until=None)
        )
        return bool(changed(self._session.execute(statement)))

    def set_failures(self, member_id: int, failures: int, locked_until: datetime | None) -> None:
        """How many tries in a row were wrong, and until when nothing is checked."""
        self._session.execute(
            update(StaffSecretRow)
            .where(StaffSecretRow.member_id == member_id)
            .values(failures=failures, locked_until=locked_until)
        )


def _secret(row: StaffSecretRow) -> StaffSecret:
    return StaffSecret(
        member_id=row.member_id, password_hash=row.password_hash, totp_secret=row.totp_secret,
        totp_last_step=row.totp_last_step, failures=row.failures, locked_until=row.locked_until,
    )  # fmt: skip
