"""Calendar feeds: the secret address at which a member's own calendar reads their visits."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime


class CalendarFeedRow(Model):
    """One feed a member, while it is on. The token is never stored: it follows from the nonce and
    the secret key, and is looked up by its digest."""

    __tablename__ = "calendar_feed"

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    nonce: Mapped[str] = plain(Text)
    token_hash: Mapped[str] = plain(Text, unique=True)
    made_at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.MEETING, keep=Keep.ACCOUNT)
