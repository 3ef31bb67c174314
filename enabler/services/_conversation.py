"""A conversation as one side reads it at this moment, and a line that is kept.

Whoever is not entitled now gets none of it; what is shown of others' words is logged as a sight,
in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from enabler.domain.conversation import (
    Line,
    is_open,
    is_said_again,
    is_time_to_go,
    last_agreed,
    open_until,
    since_agreed,
    standing_proposal,
)
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, allowed
from enabler.domain.vocabulary import LineKind, MatchState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import sides_apart, somebody_gone
from enabler.services._asking_side import askers_of
from enabler.services._by_whom import doers, lines_by_another
from enabler.services._ground import Ground
from enabler.services._match_views import ASKER, HELPER, STAFF, match_view, side_of
from enabler.services._progress import helpers_of
from enabler.services._staff_looks import log_look
from enabler.services._subjects import of_match
from enabler.services._tell_of_words import tell_of_line
from enabler.services.views import ConversationView, LineView, MatchView, ProposalView
from enabler.services.views.held_messages import NotPassedView

Case = tuple[Match, Need, Offer]
_UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)

_WRITES: Mapping[LineKind, str] = {
    LineKind.PROPOSED: "match.proposed",
    LineKind.AGREED: "match.agreed",
}


def takes_part(uow: UnitOfWork, actor: Actor, case: Case, now: datetime) -> bool:
    """Whether the actor may read and write in this conversation at this moment."""
    match, need, offer = case
    return (
        side_of(actor, case) != STAFF
        and allowed(actor, Action.CONVERSE, of_match(actor, match, need, offer))
        and is_open(match, need, now)
        and not sides_apart(uow, match, need)
    )


def match_with_words(
    uow: UnitOfWork, actor: Actor, case: Case, now: datetime, *, reads: bool = True
) -> MatchView:
    """The match with its conversation, for its own page; with ``reads`` it is read from now on."""
    view = match_view(uow, actor, case[0], now)
    if not takes_part(uow, actor, case, now):
        return view
    lines = uow.conversations.of_match(case[0].id)
    _log_sights(uow, actor, case[0], lines, now)
    if reads and lines and actor.member_id is not None and actor.by is None:
        uow.conversations.note_read(case[0].id, actor.member_id, lines[-1].id)
    view_of = _view(actor, case, _written_by(uow, actor, case, now), lines, now)
    shown = replace(view_of, not_passed=_not_passed(uow, actor, case[0]))
    if somebody_gone(uow, case[0], case[1]):
        shown = replace(shown, may=frozenset())
    return replace(view, conversation=shown)


def _not_passed(uow: UnitOfWork, actor: Actor, match: Match) -> tuple[NotPassedView, ...]:
    """Messages that the other side does not have: whoever wrote one reads its words, the others
    that one waits; of one that was stopped they learn nothing."""
    found = []
    for one in uow.held_messages.of_match(match.id):
        mine = one.by_member_id is not None and one.by_member_id == actor.member_id
        if mine or one.state == "waits":
            found.append(NotPassedView(one.at, one.state, mine, one.words if mine else None))
    return tuple(found)


def _log_sights(
    uow: UnitOfWork, actor: Actor, match: Match, lines: Sequence[Line], now: datetime
) -> None:
    written = {line.by_member_id for line in lines if line.words or line.where}
    for member_id in sorted(one for one in written if one is not None):
        log_look(
            uow, actor, member_id, ("words",), place_id=match.place_id, why="match", now=now,
            subject_ref=match.ref,
        )  # fmt: skip


def _written_by(uow: UnitOfWork, actor: Actor, case: Case, now: datetime) -> Mapping[datetime, str]:
    """The names of supporters who wrote lines in the asker's name, by the moment of each. To
    themself it is their own."""
    found = lines_by_another(uow, case[0].id)
    names = doers(uow, actor, case[1], set(found.values()), now) if found else {}
    return {at: names[ref] for at, ref in found.items() if ref in names and ref != actor.person_ref}


def _view(
    actor: Actor, case: Case, by: Mapping[datetime, str], lines: Sequence[Line], now: datetime
) -> ConversationView:
    match, need, _ = case
    side, agreed = side_of(actor, case), last_agreed(lines)
    proposal = _proposal(match, lines, side)
    on_way, lost = (since_agreed(lines, kind) for kind in (LineKind.ON_WAY, LineKind.CANNOT_FIND))
    may = {"say"} | ({"propose"} if match.state in _UNDER_WAY else set())
    if proposal is not None and not proposal.mine and proposal.visit.start >= now:
        may.add("agree")
    if side == HELPER and is_time_to_go(match, now):
        may |= {"cannot-find"} | ({"on-way"} if on_way is None else set())
    return ConversationView(
        lines=tuple(
            _line_view(actor, line, nth, by.get(line.at) if line.side == ASKER else None)
            for nth, line in enumerate(lines, 1)
        ),
        until=open_until(match, need) or now, proposal=proposal,
        where=agreed.where if agreed is not None and match.visit_start is not None else None,
        on_way_at=None if on_way is None else on_way.at,
        cannot_find_at=None if lost is None else lost.at, may=frozenset(may),
    )  # fmt: skip


def _line_view(actor: Actor, line: Line, nth: int, by: str | None) -> LineView:
    mine = line.by_member_id is not None and line.by_member_id == actor.member_id
    return LineView(
        kind=line.kind, side=line.side, mine=mine, at=line.at, words=line.words, visit=line.visit,
        where=line.where, holds=line.holds if mine else (), nth=nth, by=by,
    )  # fmt: skip


def _proposal(match: Match, lines: Sequence[Line], side: str) -> ProposalView | None:
    standing = standing_proposal(match, lines)
    if standing is None or standing.visit is None:
        return None
    return ProposalView(
        number=number_of(lines), mine=standing.side == side, visit=standing.visit,
        where=standing.where, words=standing.words,
    )  # fmt: skip


def number_of(lines: Sequence[Line]) -> int:
    """How many times were proposed so far: the number of the last of them."""
    return sum(line.kind is LineKind.PROPOSED for line in lines)


def keep_line(
    uow: UnitOfWork, actor: Actor, case: Case, kind: LineKind, here: Ground, **said: Any
) -> None:
    """Add the actor's line. ``said``: words, visit, where, holds. The same once more, with nothing
    in between, is the form in another window: it is there already."""
    match = case[0]
    lines = uow.conversations.of_match(match.id)
    if lines and is_said_again(lines[-1], actor.member_id, kind, here.now, said):
        return
    uow.conversations.add(
        place_id=match.place_id, match_id=match.id, by_member_id=actor.member_id,
        side=side_of(actor, case), kind=kind, at=here.now, **said,
    )  # fmt: skip
    if actor.by is not None:
        uow.audit.record(
            actor, _WRITES.get(kind, "match.wrote"), place_id=match.place_id, now=here.now,
            subject=("match", match.id, match.ref),
        )  # fmt: skip


def tell_of_words(uow: UnitOfWork, actor: Actor, case: Case, here: Ground) -> None:
    """Tell the other side what was written."""
    match, need, _ = case
    helping = side_of(actor, case) == HELPER
    others = askers_of(uow, need, here.now) if helping else helpers_of(uow, match, here)
    tell_of_line(uow, match, others, here.now)
