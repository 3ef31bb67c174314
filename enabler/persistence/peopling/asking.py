"""Rows of invented needs, and of the matches that came of them."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from enabler.domain.demo import shapes
from enabler.domain.demo.safety import usual_circumstances, usual_setting
from enabler.domain.demo.shapes import Invention, Story
from enabler.domain.lifecycle import SETTLED_NEEDS
from enabler.domain.vocabulary import NeedState
from enabler.persistence.peopling.book import Book, Row, Scored


def needs(book: Book, invention: Invention, stories: Sequence[Story]) -> list[Row]:
    """Needs at their askers' homes, as they stand now."""
    return [
        _need(book, invention, need, story)
        for need, story in zip(invention.needs, stories, strict=True)
    ]


def _need(book: Book, invention: Invention, need: shapes.Need, story: Story) -> Row:
    home = invention.homes[invention.members[need.asker].home or 0]
    asker_id = book.members[need.asker]
    return {
        "place_id": book.place_id, "asker_id": asker_id, "posted_by": asker_id,
        "category": need.category, "words": need.words, "address": home.address,
        **book.exact(home.spot), "duration_minutes": need.duration_minutes,
        "slots": need.slots, "priority": 100, "circumstance": 0, "requires": [],
        "setting": usual_setting(need.category),
        "circumstances": list(usual_circumstances(need.category)),
        "slots_filled": sum(match.slot is not None for match in story.matches),
        "languages_required": list(need.languages_required), "preferences": [],
        "state": story.state, "ruleset_id": book.ruleset_id, "wave": story.wave,
        "held_because": "category" if story.state is NeedState.HELD else None,
        "next_step": story.next_step, "next_step_at": story.next_step_at,
        "outcome": story.outcome, "posted_at": need.posted_at, "needed_by": need.needed_by,
        "ended_at": story.ended_at if story.state in SETTLED_NEEDS else None,
    }  # fmt: skip


def need_windows(book: Book, invention: Invention) -> list[Row]:
    """When the help may happen."""
    return [
        {"need_id": number, "start_at": window.start, "end_at": window.end}
        for need, number in zip(invention.needs, book.needs, strict=True)
        for window in need.windows
    ]


def matches(
    book: Book, invention: Invention, stories: Sequence[Story],
    scored: Callable[[int, int], Scored],
) -> list[Row]:  # fmt: skip
    """Every ask and what came of it, in the order of the needs and their asks."""
    return [
        _match(book, invention, story, match, scored(story.need, match.offer))
        for story in stories
        for match in story.matches
    ]


def _match(
    book: Book, invention: Invention, story: Story, match: shapes.Match, scored: Scored
) -> Row:
    offer, need = invention.offers[match.offer], invention.needs[story.need]
    helper = offer.posted_by if match.accepted_at or offer.organisation is None else None
    helper_id = None if helper is None else book.members[helper]
    by_asker = book.members[need.asker] if match.confirmed_by_asker else None
    return {
        "place_id": book.place_id, "need_id": book.needs[story.need],
        "offer_id": book.offers[match.offer], "helper_id": helper_id, "state": match.state,
        "slot": match.slot, "score": scored.score, "reasons": scored.reasons,
        "distance_metres": scored.distance_metres, "wave": match.wave,
        "proposed_at": match.asked_at - timedelta(seconds=5), "asked_at": match.asked_at,
        "answer_by": match.answer_by, "answered_at": match.answered_at,
        "visit_start": match.visit.start if match.visit else None,
        "visit_end": match.visit.end if match.visit else None, "done_at": match.done_at,
        "done_by": helper_id if match.done_at else None, "minutes": match.minutes,
        "confirmed_at": match.confirmed_at, "confirmed_by": by_asker,
        "ended_because": match.ended_because,
    }  # fmt: skip
