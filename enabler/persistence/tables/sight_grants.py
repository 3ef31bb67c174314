"""What members let an organisation, or one person by name, see of theirs until a day."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime


class SightGrantRow(Model):
    """Of a check or, without one, of what helps the member. Checks that an organisation or another
    place may see are ``credential_grant``; here stands what goes beyond that."""

    __tablename__ = "sight_grant"
    __table_args__ = (
        CheckConstraint("(to_organisation_id IS NULL) <> (to_member_id IS NULL)", name="to_one"),
        CheckConstraint("to_member_id IS NULL OR to_member_id <> member_id", name="to_another"),
        CheckConstraint("credential_id IS NULL OR to_organisation_id IS NULL", name="once"),
        CheckConstraint("until_at > given_at", name="until"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    credential_id: Mapped[int | None] = plain(ForeignKey("credential.id"), index=True)
    to_organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    to_member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    given_at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    until_at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
