"""When organisations are open, and whom they have asked to act for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import Role
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, UtcDateTime

_WAITS = "ended_at IS NULL"


class OrganisationHoursRow(Model):
    """A stretch of each week, in the place's own time: minutes of the local day, Monday is 0."""

    __tablename__ = "organisation_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440", name="minutes"
        ),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    organisation_id: Mapped[int] = plain(ForeignKey("organisation.id"), index=True)
    weekday: Mapped[int] = plain()
    start_minute: Mapped[int] = plain()
    end_minute: Mapped[int] = plain()


class InvitationRow(Model):
    """Somebody is asked whether they want to act for an organisation; they say yes themselves.

    The code that proves the number or address is never stored: it follows from the nonce and the
    secret key. Once it is over, the number or address goes.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'mail')", name="kind"),
        CheckConstraint("role LIKE 'organisation-%'", name="role"),
        CheckConstraint("(ended_at IS NULL) = (value IS NOT NULL)", name="forgotten"),
        CheckConstraint("tries >= 0", name="tries"),
        Index("uq_invitation_waiting", "organisation_id", "kind", "value", unique=True,
              sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    organisation_id: Mapped[int] = plain(ForeignKey("organisation.id"))
    role: Mapped[Role] = plain(EnumText(Role))
    kind: Mapped[str] = plain(Text)
    value: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.SESSION, whose="contact:value"
    )
    nonce: Mapped[str] = plain(Text, unique=True)
    invited_by: Mapped[int] = plain(ForeignKey("member.id"))
    invited_at: Mapped[datetime] = plain(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    tries: Mapped[int] = plain(default=0)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_because: Mapped[str | None] = plain(Text)  # joined, declined, withdrawn, expired, tries
