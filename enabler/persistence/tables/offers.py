"""Offers: what a member or an organisation gives, how far, when, on what terms."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import OfferState, Terms
from enabler.persistence import spatial
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime


class OfferRow(Model):
    """What is given. Distances are measured from the giver's cell (an organisation: its door).

    ``easting``/``northing`` are that point, never a home. ``capacity`` is the most matches in a
    week; ``weekly`` is null for any time.
    """

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (organisation_id IS NULL)", name="one_giver"),
        CheckConstraint("reach_metres > 0", name="reach"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("capacity_per_day IS NULL OR capacity_per_day >= 0",
                        name="capacity_per_day"),
        CheckConstraint("terms <> 'stated' OR stated_terms IS NOT NULL", name="terms"),
        Index("ix_offer_place_state", "place_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    words: Mapped[str] = personal(Text, purpose=Purpose.MATCHING, keep=Keep.CASE)
    terms: Mapped[Terms] = plain(EnumText(Terms))
    stated_terms: Mapped[str | None] = personal(Text, purpose=Purpose.MATCHING, keep=Keep.CASE)
    cell_id: Mapped[int | None] = plain(ForeignKey("cell.id"), index=True)
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    easting: Mapped[int] = plain()
    northing: Mapped[int] = plain()
    reach_metres: Mapped[int] = plain()
    any_time: Mapped[bool] = plain(default=False)
    capacity: Mapped[int] = plain(default=1)
    capacity_per_day: Mapped[int | None] = plain()  # null: as many as the week has room for
    languages: Mapped[list[str]] = personal(
        Json, purpose=Purpose.MATCHING, keep=Keep.CASE, default=list
    )
    meets: Mapped[list[str]] = personal(
        Json, purpose=Purpose.MATCHING, keep=Keep.CASE, default=list
    )
    state: Mapped[OfferState] = plain(EnumText(OfferState))
    held_because: Mapped[str | None] = plain(Text)
    posted_by: Mapped[int] = plain(ForeignKey("member.id"))
    posted_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    version: Mapped[int] = plain(default=1)  # one more with each change by its giver
    words_public: Mapped[bool] = plain(default=False)  # may stand on the page that is shared
    paused_until: Mapped[datetime | None] = plain(UtcDateTime)  # then it opens by itself
    capacity_from: Mapped[datetime | None] = plain(UtcDateTime)  # since when it is that many
    confirmed_at: Mapped[datetime | None] = plain(UtcDateTime)  # last said to be right still
    nudged_at: Mapped[datetime | None] = plain(UtcDateTime)


class OfferCategoryRow(Model):
    """A kind of help that the offer covers.

    ``reach_box`` is the square of the offer's ``reach_metres`` around its point, moved to a sheet
    of the category's own (:mod:`enabler.persistence.reach`): by it the database over-selects.
    """

    __tablename__ = "offer_category"
    __table_args__ = (UniqueConstraint("offer_id", "category"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"))
    category: Mapped[str] = plain(Text, index=True)
    reach_box: Mapped[Any] = plain(spatial.box_column())


class OfferWeeklyRow(Model):
    """A stretch of each week, in the place's own time: minutes of the local day, Monday is 0."""

    __tablename__ = "offer_weekly"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440", name="minutes"
        ),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"), index=True)
    weekday: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    start_minute: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    end_minute: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )


class OfferAwayRow(Model):
    """A stretch of time in which the offer does not hold: its giver is away, or an exception of
    its says so (then it is made anew with them)."""

    __tablename__ = "offer_away"
    __table_args__ = (CheckConstraint("start_at < end_at", name="order"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"), index=True)
    start_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    end_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    by_exception: Mapped[bool] = plain(default=False)


class OfferExceptionRow(Model):
    """When an offer does not hold though its week says so. Days are local, in ISO 8601, both in.

    *days*: not on these. *season*: only from the first to the last (either may be open).
    *bank-holidays*: not on those of the place's country; ``made_until`` is how far ahead the
    stretches for them are made.
    """

    __tablename__ = "offer_exception"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'days' AND first_on IS NOT NULL AND last_on IS NOT NULL)"
            " OR (kind = 'season' AND (first_on IS NOT NULL OR last_on IS NOT NULL))"
            " OR (kind = 'bank-holidays' AND first_on IS NULL AND last_on IS NULL)",
            name="kind",
        ),
        CheckConstraint(
            "first_on IS NULL OR last_on IS NULL OR first_on <= last_on", name="order"
        ),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"), index=True)
    kind: Mapped[str] = plain(Text)
    first_on: Mapped[str | None] = personal(
        Text, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    last_on: Mapped[str | None] = personal(
        Text, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="offer_id.member_id"
    )
    made_until: Mapped[datetime | None] = plain(UtcDateTime)
