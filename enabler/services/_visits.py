"""What follows a yes: a visit arranged, help said to be done, confirmed or disputed.

The need is locked by the caller.
"""

from datetime import date, datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.lifecycle import MATCH_MOVES, advance
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.reminders import remind_at
from enabler.domain.vocabulary import LineKind, MatchState
from enabler.domain.weeks import day_of
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._conversation import Case, keep_line
from enabler.services._days import has_room_on
from enabler.services._demands import demands_of, require_checks
from enabler.services._ground import Ground
from enabler.services._help_hours import require_agreed_by_more_than_text, settle
from enabler.services._match_views import can_confirm, says_done
from enabler.services._progress import follow, helpers_of, move_match, tell_one
from enabler.services._reporting import About, keep_report
from enabler.services._subjects import asks
from enabler.services._visit_day import leave_with, move_visit, require_receipt

LONGEST_VISIT = timedelta(days=1)
FURTHEST_VISIT = timedelta(days=366)
LATEST_AFTER = timedelta(days=31)
"""How long after the time that was asked for a visit may be: the helper can read the address until
it is over, so that no side alone can put it off for a year."""
Given = dict[str, Any]


def check_visit(start: datetime, end: datetime, now: datetime) -> None:
    """Raises Invalid("start" or "end") for a visit that cannot be."""
    if start < now:
        raise Invalid("start", "visit_in_the_past")
    if start > now + FURTHEST_VISIT:
        raise Invalid("start", "visit_too_far_ahead", days=FURTHEST_VISIT.days)
    if end <= start:
        raise Invalid("end", "visit_ends_before_it_starts")
    if end - start > LONGEST_VISIT:
        raise Invalid("end", "visit_too_long", hours=24)


def check_not_too_late(need: Need, start: datetime, here: Ground) -> None:
    """Raises Invalid("start") for a visit too long after the time that was asked for."""
    latest = max(here.now, need.needed_by) + LATEST_AFTER
    if start > latest:
        raise Invalid("start", "visit_too_far_ahead", days=(latest - here.now).days)


def require_under_way(match: Match) -> None:
    """Raises WrongMoment unless a visit can still be arranged."""
    advance(MATCH_MOVES, match.state, MatchState.ARRANGED)


def arrange(
    uow: UnitOfWork, actor: Actor, case: Case, visit: Window, words: str | None, here: Ground, *,
    where: str | None = None,
) -> Given:  # fmt: skip
    """Set or change when the visit is; the other side is told, and both are reminded in time."""
    match, need, _ = case
    check_not_too_late(need, visit.start, here)
    require_checks(uow, case, here)
    arranged = move_match(
        uow, actor, match, MatchState.ARRANGED, here, visit_start=visit.start,
        visit_end=visit.end, on_day=_day_of_visit(uow, match, visit.start, here),
        personal={"visit_words": (match.visit_words, words)},
    )  # fmt: skip
    keep_line(uow, actor, case, LineKind.AGREED, here, visit=visit, where=where)
    at = remind_at(visit.start, here.now, here.place.timezone)
    uow.reminders.set(match.id, match.place_id, visit.start, at)
    tell_others(uow, actor, arranged, need, "arranged", here)
    if not asks(actor, need) and arranged.helper_id not in (None, actor.member_id):
        tell_one(uow, arranged, arranged.helper_id or 0, "arranged", here)  # by those who lead
    move_visit(uow, arranged, need, visit, here)
    _arrange_mates(uow, actor, arranged, need, visit, here)
    follow(uow, actor, need, here)
    return {"match": match.ref}


def _arrange_mates(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, visit: Window, here: Ground
) -> None:
    """Those who go in pairs come at one time: what one of them agrees moves the other, who hears
    of it and can say no."""
    if not demands_of(need, here.ruleset).pair:
        return
    for mate in uow.matches.of_need(need.id, MatchState.ACCEPTED, MatchState.ARRANGED):
        if mate.id == match.id or (mate.visit_start, mate.visit_end) == (visit.start, visit.end):
            continue
        moved = move_match(
            uow, actor, mate, MatchState.ARRANGED, here, why="pair", visit_start=visit.start,
            visit_end=visit.end, on_day=_day_of_visit(uow, mate, visit.start, here),
        )  # fmt: skip
        at = remind_at(visit.start, here.now, here.place.timezone)
        uow.reminders.set(mate.id, mate.place_id, visit.start, at)
        move_visit(uow, moved, need, visit, here)
        for member_id in helpers_of(uow, moved, here):
            tell_one(uow, moved, member_id, "arranged", here)


def _day_of_visit(uow: UnitOfWork, match: Match, start: datetime, here: Ground) -> date:
    """The day whose room the visit uses. Raises Invalid("start", …) where there is none left."""
    day = day_of(start, here.place.timezone)
    if day != match.on_day:
        offer = uow.offers.lock(match.offer_id)
        if not has_room_on(uow, offer, day, here, besides=match.id):
            raise Invalid("start", "offer_day_full_then")
    return day


def finish(uow: UnitOfWork, actor: Actor, match: Match, minutes: int, here: Ground) -> Given:
    """Note that the help was given; the other side is asked to confirm it."""
    need = uow.needs.by_id(match.need_id)
    by_asker = asks(actor, need)
    require_receipt(uow, match, need, here)
    require_agreed_by_more_than_text(uow, actor, match, need, minutes, here)
    finished = move_match(
        uow, actor, match, MatchState.DONE, here, done_at=here.now, done_by=says_done(actor, need),
        minutes=minutes,
    )  # fmt: skip
    if not by_asker:
        leave_with(uow, match, here)
    template = "done_helper" if by_asker else "done_asker"
    tell_others(uow, actor, finished, need, template, here)
    follow(uow, actor, need, here)
    return {"match": match.ref, "minutes": minutes}


def confirm(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> Given:
    """The other side agrees; the need is over when this was its last help."""
    need = uow.needs.by_id(match.need_id)
    require_other_side(actor, match, need)
    require_agreed_by_more_than_text(uow, actor, match, need, match.minutes or 0, here)
    keep_confirmed(uow, actor, match, need, here, why=None)
    return {"match": match.ref}


def keep_confirmed(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, here: Ground, *, why: str | None,
    template: str = "confirmed_helper",
) -> None:  # fmt: skip
    """Confirmed, by a side, by silence or by a custodian: the helper is told, the need follows."""
    confirmed = move_match(
        uow, actor, match, MatchState.CONFIRMED, here, why=why, confirmed_at=here.now,
        confirmed_by=actor.member_id,
    )  # fmt: skip
    settle(uow, confirmed, need, here)
    for member_id in helpers_of(uow, confirmed, here):
        if not (actor.texting and member_id == actor.member_id):  # they have the answer
            tell_one(uow, confirmed, member_id, template, here)
    follow(uow, actor, need, here)


def dispute(uow: UnitOfWork, actor: Actor, match: Match, words: str, here: Ground) -> Given:
    """The other side says it was otherwise: a report goes to the custodians' desk."""
    need = uow.needs.by_id(match.need_id)
    if match.state is MatchState.DISPUTED:
        raise WrongMoment("cannot_disputed_when_disputed", state=match.state.value)
    require_other_side(actor, match, need)
    disputed = move_match(uow, actor, match, MatchState.DISPUTED, here, why="disputed")
    tell_others(uow, actor, disputed, need, "disputed", here)
    report = keep_report(
        uow, actor, match.place_id,
        About("match", match.ref, frozenset({need.asker_id, match.helper_id})), "went-wrong",
        words, now=here.now,
    )  # fmt: skip
    follow(uow, actor, need, here)
    return {"match": match.ref, "report": report.ref}


def require_other_side(actor: Actor, match: Match, need: Need) -> None:
    """Raises WrongMoment or NotAllowed unless the actor's is the side that is asked."""
    if match.state not in (MatchState.DONE, MatchState.DISPUTED):
        raise WrongMoment(f"cannot_confirmed_when_{match.state.value}", state=match.state.value)
    if not can_confirm(actor, match, need):
        raise NotAllowed("confirm_by_other_side")


def tell_others(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, template: str, here: Ground
) -> None:
    """Queue a text about the match to the side that the actor is not on."""
    by_asker = asks(actor, need)
    others = helpers_of(uow, match, here) if by_asker else askers_of(uow, need, here.now)
    if template == "arranged" and by_asker and match.helper_id is None:
        template = "handed_back"  # an organisation's: nobody has been chosen to go then
    for member_id in others:
        tell_one(uow, match, member_id, template, here)
