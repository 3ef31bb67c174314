"""The audit of what was invented: each change of state that the services would have written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.demo import shapes
from enabler.domain.demo.shapes import Invention, Story
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, OfferState, Outcome
from enabler.persistence.peopling.book import Book, Row

ACTOR = Actor.system("demo")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one thing."""

    at: datetime
    what: str
    subject: tuple[str, int, str]
    before: str | None = None
    after: str | None = None
    why: str | None = None


def audit_rows(
    book: Book, invention: Invention, stories: Sequence[Story], now: datetime
) -> list[Row]:
    """Every change as a row, the oldest first."""
    changes = [*_people(book, invention), *_offers(book, invention, now)]
    for one, of_it in zip(
        invention.series, zip(book.series, book.series_refs, strict=True), strict=True
    ):  # fmt: skip
        changes.append(Change(one.begun_at, "series.begun", ("series", *of_it)))
    asked = iter(zip(book.matches, book.match_refs, strict=True))
    for story in stories:
        subject = ("need", book.needs[story.need], book.need_refs[story.need])
        changes += _of_need(subject, invention.needs[story.need], story)
        for match in story.matches:
            changes += _of_match(("match", *next(asked)), match)
    changes.sort(key=lambda change: change.at)
    return [
        {
            "at": change.at, "place_id": book.place_id, "actor_kind": ACTOR.kind,
            "actor_name": ACTOR.name, "what": change.what, "subject_kind": change.subject[0],
            "subject_id": change.subject[1], "subject_ref": change.subject[2],
            "state_before": change.before, "state_after": change.after, "columns": [],
            "why": change.why,
        }
        for change in changes
    ]  # fmt: skip


def _people(book: Book, invention: Invention) -> Iterator[Change]:
    for row, member in enumerate(invention.members):
        subject = ("member", book.members[row], book.member_refs[row])
        yield Change(member.joined_at, "member.joined", subject, None, "active")
        if member.staff_role is not None:
            why = member.staff_role.value
            yield Change(member.joined_at, "role.granted", subject, why=why)
        for check in member.credentials:
            yield Change(check.seen_on, "credential.recorded", subject, why=check.kind.value)
    for row, made in enumerate(invention.organisations):
        subject = ("organisation", book.organisations[row], book.organisation_refs[row])
        yield Change(made.joined_at, "organisation.joined", subject, None, "active")
        for check in made.credentials:
            yield Change(check.seen_on, "credential.recorded", subject, why=check.kind.value)


def _offers(book: Book, invention: Invention, now: datetime) -> Iterator[Change]:
    for row, offer in enumerate(invention.offers):
        subject = ("offer", book.offers[row], book.offer_refs[row])
        yield Change(offer.posted_at, "offer.posted", subject, None, "held")
        if offer.decided_at is None:
            continue
        if offer.state is OfferState.REFUSED:
            yield Change(offer.decided_at, "offer.refused", subject, "held", "refused")
            continue
        yield Change(offer.decided_at, "offer.open", subject, "held", "open")
        if offer.state is not OfferState.OPEN:
            after = offer.state.value
            yield Change(offer.ended_at or now, f"offer.{after}", subject, "open", after)


def _of_need(subject: tuple[str, int, str], need: shapes.Need, story: Story) -> Iterator[Change]:
    first = NeedState.HELD if need.held or story.state is NeedState.HELD else NeedState.OPEN
    why = "category" if first is NeedState.HELD else None
    yield Change(need.posted_at, "need.posted", subject, None, first.value, why)
    for asked_at in sorted({match.asked_at for match in story.matches}):
        yield Change(asked_at, "need.asked", subject, "open", "open", "ask-more")
    state = first
    for at, after in _moves(need, story):
        if after is not state:
            why = _why(after, story)
            yield Change(at, f"need.{after.value}", subject, state.value, after.value, why)
            state = after


def _why(after: NeedState, story: Story) -> str | None:
    """The code that the services write beside a change of state."""
    if after is NeedState.CLOSED and story.outcome not in (None, Outcome.HELPED):
        return str(story.outcome)
    return _WHY.get(after)


_WHY = {
    NeedState.OPEN: "approved", NeedState.WITHDRAWN: "asker", NeedState.REFUSED: "moderation",
}  # fmt: skip


def _moves(need: shapes.Need, story: Story) -> Iterator[tuple[datetime, NeedState]]:
    """The states that a need went through after it was posted, in order."""
    if story.decided_at is not None and story.state is not NeedState.REFUSED:
        yield story.decided_at, NeedState.OPEN
    live = [match for match in story.matches if match.slot is not None]
    if live and len(live) == need.slots:
        yield max(m.accepted_at for m in live if m.accepted_at), NeedState.FILLED
        arranged = [m.arranged_at for m in live if m.arranged_at]
        done = [m.done_at for m in live if m.done_at]
        if len(arranged) == need.slots:
            yield max(arranged), NeedState.ARRANGED
        if len(done) == need.slots:
            yield max(done), NeedState.DONE
    if story.ended_at is not None:
        yield story.ended_at, story.state


def _of_match(subject: tuple[str, int, str], match: shapes.Match) -> Iterator[Change]:
    yield Change(match.asked_at, "match.asked", subject, None, "asked", "wave")
    state = MatchState.ASKED
    moves = (
        (match.accepted_at, MatchState.ACCEPTED),
        (match.arranged_at, MatchState.ARRANGED),
        (match.done_at, MatchState.DONE),
        (match.confirmed_at, MatchState.CONFIRMED),
        (match.ended_at, match.state),
    )
    for at, after in moves:
        if at is not None:
            why = match.ended_because if after is match.state else None
            yield Change(at, f"match.{after.value}", subject, state.value, after.value, why)
            state = after
