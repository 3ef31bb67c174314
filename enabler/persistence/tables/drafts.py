"""Forms of several pages that were begun."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


class DraftRow(Model):
    """What was typed in a form of several pages, kept until it is sent or a day has passed."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("browser_hash", "form"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    browser_hash: Mapped[str] = plain(Text)
    form: Mapped[str] = plain(Text)
    answers: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.ACCOUNT, keep=Keep.CODE, whose="browser:browser_hash"
    )
    updated_at: Mapped[datetime] = plain(UtcDateTime)
