"""Matches: one need with one offer, with score and reasons, from proposed to confirmed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import MatchState
from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_TAKES_SLOT = "state IN ('accepted', 'arranged', 'done', 'confirmed', 'disputed')"


class MatchRow(Model):
    """One need with one offer.

    ``slot`` is which of the need's slots a yes has taken (1 upwards); two live matches of one
    need can never hold the same (partial unique index). ``distance_metres`` is from cell to cell.
    """

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id"),
        CheckConstraint(f"({_TAKES_SLOT}) = (slot IS NOT NULL)", name="slot"),
        CheckConstraint("slot IS NULL OR slot >= 1", name="slot_number"),
        CheckConstraint("state <> 'asked' OR answer_by IS NOT NULL", name="answer_by"),
        CheckConstraint("(visit_start IS NULL) = (visit_end IS NULL)", name="visit_whole"),
        CheckConstraint("visit_start IS NULL OR visit_start < visit_end", name="visit_order"),
        Index("uq_match_slot", "need_id", "slot", unique=True,
              sqlite_where=text("slot IS NOT NULL"), postgresql_where=text("slot IS NOT NULL")),
        Index("ix_match_offer_state", "offer_id", "state"),
        Index("ix_match_answer_by", "answer_by", sqlite_where=text("state = 'asked'"),
              postgresql_where=text("state = 'asked'")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    need_id: Mapped[int] = plain(ForeignKey("need.id"))
    offer_id: Mapped[int] = plain(ForeignKey("offer.id"))
    helper_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)  # who says yes, goes
    assigned_at: Mapped[datetime | None] = plain(UtcDateTime)  # an organisation chose who goes
    on_day: Mapped[date | None] = plain(Date)  # the local day on which it uses the offer's room
    state: Mapped[MatchState] = plain(EnumText(MatchState))
    slot: Mapped[int | None] = plain()
    score: Mapped[int] = plain()
    reasons: Mapped[list[dict[str, Any]]] = plain(Json)  # [{"factor": code, "points": n}, …]
    distance_metres: Mapped[int] = plain()
    wave: Mapped[int] = plain(default=0)
    brokered_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    proposed_at: Mapped[datetime] = plain(UtcDateTime)
    asked_at: Mapped[datetime | None] = plain(UtcDateTime)
    answer_by: Mapped[datetime | None] = plain(UtcDateTime)
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)
    answer_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="helper_id"
    )
    visit_start: Mapped[datetime | None] = plain(UtcDateTime)
    visit_end: Mapped[datetime | None] = plain(UtcDateTime)
    visit_words: Mapped[str | None] = personal(  # where to meet: as a rule, the asker's door
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="helper_id", given=Given.OTHERS
    )
    done_at: Mapped[datetime | None] = plain(UtcDateTime)
    done_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    minutes: Mapped[int | None] = plain()  # of help, as the one who said done wrote
    confirmed_at: Mapped[datetime | None] = plain(UtcDateTime)
    confirmed_by: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: by silence
    ended_because: Mapped[str | None] = plain(Text)


class ReportRow(Model):
    """Something went wrong, or somebody is worried: what somebody told the custodians."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'looking', 'with-police', 'with-partner', 'settled')", name="state"
        ),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("acknowledged_by IS NULL OR acknowledged_at IS NOT NULL", name="seen"),
        CheckConstraint(
            "settled_at IS NULL OR kind <> 'worried'"
            " OR (acknowledged_at IS NOT NULL AND settled_words IS NOT NULL)",
            name="worry_seen_first",
        ),
        Index("ix_report_tells", "tell_next_at", sqlite_where=text("tell_next_at IS NOT NULL"),
              postgresql_where=text("tell_next_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    about_kind: Mapped[str] = plain(Text)
    about_ref: Mapped[str | None] = plain(Text)
    about_line: Mapped[int | None] = plain(Integer)  # one line of a conversation
    kind: Mapped[str] = plain(Text)  # a code of domain.reports.KINDS, or of what the house reports
    words: Mapped[str] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="by_member_id"
    )
    call_back: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="by_member_id"
    )  # how a stranger can be reached
    from_address_hash: Mapped[str | None] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.CODE, whose="nobody"
    )  # of a stranger, for a day: against floods
    gathered: Mapped[bool] = plain(default=False, server_default=false())  # came in a flood
    kept_from: Mapped[list[int] | None] = plain(Json)  # ids: whose it is, who is named
    reported_at: Mapped[datetime] = plain(UtcDateTime)
    settled_at: Mapped[datetime | None] = plain(UtcDateTime)
    settled_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    settled_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="settled_by", given=Given.WORK
    )
    state: Mapped[str] = plain(Text, default="open", server_default="open")
    assigned_to: Mapped[int | None] = plain(ForeignKey("member.id"))
    for_leads: Mapped[bool] = plain(default=False, server_default=false())  # read by leads alone
    due_at: Mapped[datetime | None] = plain(UtcDateTime)  # a lead is to have seen it by then
    acknowledged_at: Mapped[datetime | None] = plain(UtcDateTime)
    acknowledged_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    told_times: Mapped[int] = plain(default=0, server_default=text("0"))  # that nobody had seen it
    tell_next_at: Mapped[datetime | None] = plain(UtcDateTime)
    outcome: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="by_member_id"
    )  # what whoever reported it may read
    outcome_at: Mapped[datetime | None] = plain(UtcDateTime)
