"""Rounds: when a place's needs were matched all at once, what came of it, and the prices."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import plain
from enabler.persistence.types import UtcDateTime


class RoundRow(Model):
    """One round of a place. ``chosen`` pairs were the best choice, ``objective`` their scores less
    what further matches cost; how many of them were asked, the matches say."""

    __tablename__ = "round"
    __table_args__ = (Index("ix_round_place_at", "place_id", "at"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    at: Mapped[datetime] = plain(UtcDateTime)
    ruleset_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    needs_open: Mapped[int] = plain()
    slots_open: Mapped[int] = plain()
    offers: Mapped[int] = plain()
    pairs: Mapped[int] = plain(BigInteger)
    chosen: Mapped[int] = plain()
    objective: Mapped[int] = plain(BigInteger)


class RoundPriceRow(Model):
    """What a place of an offer was worth in a place's last round, in points of score and cut off at
    the greatest score; an offer of price 0 has no row."""

    __tablename__ = "round_price"
    __table_args__ = (CheckConstraint("price > 0", name="price"),)

    round_id: Mapped[int] = plain(ForeignKey("round.id"), primary_key=True)
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"), primary_key=True)
    price: Mapped[int] = plain()
