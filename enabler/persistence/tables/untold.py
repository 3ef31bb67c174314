"""What could not be sent to members without phone and mail, and how somebody may be reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import Priority
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_OPEN = "ended_at IS NULL"
_CAME_OF = "'call', 'letter', 'here', 'not-reached', 'moved', 'past', 'sent'"


class UntoldRow(Model):
    """A member to whom people are to say what could not be sent: one that is open for each.

    ``again_at``: nobody was reached, and it waits until then. ``urgent``: something of it is.
    """

    __tablename__ = "untold"
    __table_args__ = (
        CheckConstraint("tries BETWEEN 0 AND 3", name="tries"),
        CheckConstraint("(ended_at IS NULL) = (came_of IS NULL)", name="ended"),
        CheckConstraint(f"came_of IN ({_CAME_OF})", name="came_of"),
        Index("uq_untold_open", "member_id", unique=True, sqlite_where=text(_OPEN),
              postgresql_where=text(_OPEN)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    since: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE)
    again_at: Mapped[datetime | None] = plain(UtcDateTime)
    urgent: Mapped[bool] = plain(default=False)
    tries: Mapped[int] = plain(default=0)
    ended_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE
    )
    came_of: Mapped[str | None] = plain(Text)
    ended_by: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: a job


class UntoldLetterRow(Model):
    """One letter that could not be sent, as the outbox keeps them: a template with refs and
    numbers. ``ended_at``: it was told, or is past."""

    __tablename__ = "untold_letter"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    untold_id: Mapped[int] = plain(ForeignKey("untold.id"), index=True)
    template: Mapped[str] = plain(Text)
    parameters: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose="untold_id.member_id"
    )
    priority: Mapped[Priority] = plain(EnumText(Priority))
    dedupe_key: Mapped[str] = plain(Text, unique=True)
    queued_at: Mapped[datetime] = plain(UtcDateTime)
    due_at: Mapped[datetime] = plain(UtcDateTime)
    expires_at: Mapped[datetime | None] = plain(UtcDateTime)  # where whoever wrote it says so
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class SafeContactRow(Model):
    """How a member is not to be reached, because it is not safe or they do not want it."""

    __tablename__ = "safe_contact"

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    no_calls: Mapped[bool] = personal(purpose=Purpose.SAFETY, keep=Keep.ACCOUNT)
    no_letters: Mapped[bool] = personal(purpose=Purpose.SAFETY, keep=Keep.ACCOUNT)
    words: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.ACCOUNT)
    at: Mapped[datetime] = plain(UtcDateTime)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
