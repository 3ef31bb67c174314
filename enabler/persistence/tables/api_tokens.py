"""Keys of members' programs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped

from enabler.domain.api_tokens import Scope
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, UtcDateTime


class ApiTokenRow(Model):
    """A key with which a member's program comes in. The key itself is never stored: only its keyed
    digest. The row ends and the key opens nothing, at once."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("scope IN ('read', 'write')", name="scope"),
        CheckConstraint("expires_at > made_at", name="life"),
        CheckConstraint("calls >= 0", name="calls"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    token_hash: Mapped[str] = plain(Text, unique=True)
    name: Mapped[str] = personal(Text, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT)
    scope: Mapped[Scope] = plain(EnumText(Scope))
    made_at: Mapped[datetime] = plain(UtcDateTime)
    last_used_on: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT
    )  # by day
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    minute: Mapped[datetime | None] = plain(UtcDateTime)  # in which ``calls`` are counted
    calls: Mapped[int] = plain(default=0)
