"""How members want to be told and met, and how their phone or mail address changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import Way
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_ANY = "('text', 'mail', 'both', 'page')"


class MemberWishRow(Model):
    """What a member chose; whoever has no such row chose nothing, and gets what most want.

    Asks have a way out always: whoever wants none pauses the offer.
    """

    __tablename__ = "member_wish"
    __table_args__ = (
        CheckConstraint("asks_by IN ('text', 'mail', 'both')", name="asks_by"),
        *(
            CheckConstraint(f"{name} IN {_ANY}", name=name)
            for name in ("news_by", "reminders_by", "bulletins_by")
        ),
    )

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    asks_by: Mapped[Way] = personal(
        EnumText(Way), purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, default=Way.TEXT
    )
    news_by: Mapped[Way] = personal(
        EnumText(Way), purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, default=Way.TEXT
    )
    reminders_by: Mapped[Way] = personal(
        EnumText(Way), purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, default=Way.TEXT
    )
    bulletins_by: Mapped[Way] = personal(
        EnumText(Way), purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, default=Way.PAGE
    )
    access_needs: Mapped[list[str]] = personal(
        Json, purpose=Purpose.MEETING, keep=Keep.ACCOUNT, default=list
    )
    access_words: Mapped[str | None] = personal(Text, purpose=Purpose.MEETING, keep=Keep.ACCOUNT)
    asked_to_learn_at: Mapped[datetime | None] = plain(UtcDateTime)  # whoever said no stays unasked


class ContactChangeRow(Model):
    """A phone number or mail address that took the place of another, or went, with its moment.

    Whoever has the old one can refuse the change by a link with this ref, for a while.
    """

    __tablename__ = "contact_change"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'mail')", name="kind"),
        CheckConstraint("old_value IS NOT NULL OR new_value IS NOT NULL", name="something"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = plain(Text)
    old_value: Mapped[str | None] = personal(Text, purpose=Purpose.SECURITY, keep=Keep.SESSION)
    new_value: Mapped[str | None] = personal(Text, purpose=Purpose.SECURITY, keep=Keep.SESSION)
    at: Mapped[datetime] = plain(UtcDateTime)
    refused_at: Mapped[datetime | None] = plain(UtcDateTime)
