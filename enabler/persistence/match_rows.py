"""A row of matches as the hall works with it."""

from typing import Any

from enabler.domain.matches import Match, Reason


def match_of(row: Any) -> Match:
    """The match of a row that has its columns, and the organisation whose offer it is."""
    return Match(
        id=row.id, place_id=row.place_id, ref=row.ref, need_id=row.need_id,
        offer_id=row.offer_id, helper_id=row.helper_id, organisation_id=row.organisation_id,
        state=row.state, slot=row.slot, score=row.score,
        reasons=tuple(Reason(kept["factor"], kept["points"]) for kept in row.reasons),
        distance_metres=row.distance_metres, wave=row.wave, proposed_at=row.proposed_at,
        asked_at=row.asked_at, answer_by=row.answer_by, answered_at=row.answered_at,
        visit_start=row.visit_start, visit_end=row.visit_end, done_at=row.done_at,
        minutes=row.minutes, confirmed_at=row.confirmed_at, visit_words=row.visit_words,
        done_by=row.done_by, ended_because=row.ended_because, assigned_at=row.assigned_at,
        on_day=row.on_day,
    )  # fmt: skip
