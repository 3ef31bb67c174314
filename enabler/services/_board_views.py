"""The rows of an organisation's board, read together: so many queries however many rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from enabler.domain.conversation import is_open
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.matches import Match
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import MatchState, OrganisationState
from enabler.domain.weeks import day_of
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._knowing import listed_matches, listed_needs
from enabler.services._series_views import weekly_of
from enabler.services._standing_down import UNDER_WAY
from enabler.services._subjects import of_organisation
from enabler.services.views import BoardEntry, BoardView, ColleagueView, MatchView, NeedView

MOST_ASKED = 30
"""Needs of its own that a board shows, the newest."""
_FINISHED = (MatchState.DONE, MatchState.DISPUTED)


@dataclass(frozen=True, slots=True)
class Board:
    """One organisation's board for one reader; ``people`` by name are for those who lead it."""

    organisation: Organisation
    leads: bool
    only: str
    people: Sequence[ColleagueView]

    def view(self, uow: UnitOfWork, actor: Actor, here: Ground) -> BoardView:
        """What the reader sees of it now."""
        states = (MatchState.ASKED, *UNDER_WAY, *_FINISHED) if self.leads else UNDER_WAY
        found = uow.matches.of_organisation(
            self.organisation.id, *states, helper_id=None if self.leads else actor.member_id or 0
        )
        shown = entries(uow, actor, found, self.people, here)
        asks = [one for one in shown if one.state is MatchState.ASKED]
        agreed = [one for one in shown if one.state in UNDER_WAY and self._is_wanted(one, here)]
        everything = self.only == "all"
        return BoardView(
            ref=self.organisation.ref, organisation=self.organisation.name, leads=self.leads,
            only=self.only, days=_by_day(agreed),
            asks=tuple(sorted(asks, key=_clock)) if everything else (),
            finished=tuple(one for one in shown if one.state in _FINISHED) if everything else (),
            asked=self._asked(uow, actor, here) if everything and self.leads else (),
            may_ask=self.organisation.state is OrganisationState.ACTIVE and allowed(
                actor, Action.POST_NEED, of_organisation(self.organisation)
            ),
            series=weekly_of(uow, self.organisation.id, here) if everything and self.leads else (),
        )  # fmt: skip

    def _asked(self, uow: UnitOfWork, actor: Actor, here: Ground) -> tuple[NeedView, ...]:
        """What it asked for, each with what was agreed of it and is not over, as in a list."""
        needs = uow.needs.of_organisation(self.organisation.id, MOST_ASKED)
        found = uow.matches.of_needs([need.id for need in needs], *LIVE_MATCHES) if needs else []
        unread = lines_unread(uow, actor, found, {need.id: need for need in needs}, here)
        agreed: dict[int, list[MatchView]] = {}
        for match, view in zip(
            found, listed_matches(uow, actor, found, here.now), strict=True
        ):  # fmt: skip
            with_unread = replace(view, unread=unread.get(match.id, 0))
            agreed.setdefault(match.need_id, []).append(with_unread)
        return tuple(
            replace(view, matches=tuple(agreed.get(need.id, ())))
            for need, view in zip(needs, listed_needs(uow, actor, needs, here), strict=True)
        )

    def _is_wanted(self, one: BoardEntry, here: Ground) -> bool:
        today = day_of(here.now, here.place.timezone)
        if self.only == "nobody":
            return one.goes is None or not one.chosen
        if self.only == "today":
            return one.day is not None and one.day <= today
        if self.only == "week":
            sunday = today + timedelta(days=6 - today.weekday())
            return one.day is not None and one.day <= sunday
        return True


def _clock(one: BoardEntry) -> tuple[bool, datetime | None, str]:
    return one.answer_by is None, one.answer_by, one.ref


def _by_day(
    shown: Iterable[BoardEntry],
) -> tuple[tuple[date | None, tuple[BoardEntry, ...]], ...]:
    """By day, the next first; within a day by the time agreed, those without one last."""
    days: dict[date | None, list[BoardEntry]] = {}
    for one in shown:
        days.setdefault(one.day, []).append(one)
    ordered = sorted(days, key=lambda day: (day is None, day or date.max))
    return tuple((day, tuple(sorted(days[day], key=_time))) for day in ordered)


def _time(one: BoardEntry) -> tuple[bool, datetime | None, str]:
    return one.visit is None, one.visit.start if one.visit else None, one.ref


def lines_unread(
    uow: UnitOfWork, actor: Actor, found: Sequence[Match], needs: Mapping[int, Need], here: Ground
) -> dict[int, int]:
    """How many lines the reader has not read, by match, in conversations that are open."""
    counts = uow.conversations.unread(actor.member_id or 0, (match.id for match in found))
    apart = uow.homes.apart({one.helper_id for one in found if one.id in counts and one.helper_id})
    return {
        match.id: counts[match.id] for match in found
        if match.id in counts and is_open(match, needs[match.need_id], here.now)
        and needs[match.need_id].asker_id not in apart.get(match.helper_id or 0, ())
    }  # fmt: skip


def entries(
    uow: UnitOfWork, actor: Actor, found: Sequence[Match], people: Sequence[ColleagueView],
    here: Ground,
) -> list[BoardEntry]:  # fmt: skip
    """Matches of one organisation as rows of its board. Whoever acts for it no more does not go."""
    needs = uow.needs.by_ids({match.need_id for match in found})
    uow.organisations.know(one.organisation_id for one in needs.values() if one.organisation_id)
    unread = lines_unread(uow, actor, found, needs, here)
    wards = {need.place_id: uow.homes.ward_names(need.place_id) for need in needs.values()}
    names = _names(uow, found, people)
    rows = []
    for match in found:
        need = needs[match.need_id]
        visit = _visit(match)
        rows.append(BoardEntry(
            ref=match.ref, state=match.state, category=need.category, words=need.words,
            ward=wards[need.place_id][need.cell.ward_id], windows=need.windows,
            duration_minutes=need.duration_minutes, answer_by=match.answer_by, visit=visit,
            day=day_of(visit.start, here.place.timezone) if visit else match.on_day,
            goes=names.get(match.helper_id or 0), chosen=match.assigned_at is not None,
            mine=match.helper_id is not None and match.helper_id == actor.member_id,
            may=_may(actor, match, here), unread=unread.get(match.id, 0),
            asking=_asking(uow, need),
        ))  # fmt: skip
    return rows


def _asking(uow: UnitOfWork, need: Need) -> str | None:
    theirs = need.organisation_id
    return None if theirs is None else uow.organisations.by_id(theirs).name


def _visit(match: Match) -> Window | None:
    if match.visit_start is None or match.visit_end is None:
        return None
    return Window(match.visit_start, match.visit_end)


def _names(
    uow: UnitOfWork, found: Sequence[Match], people: Sequence[ColleagueView]
) -> dict[int, str]:
    known = {one.ref: one.name for one in people}
    refs = uow.members.refs_of({match.helper_id for match in found if match.helper_id is not None})
    return {member_id: known[ref] for member_id, ref in refs.items() if ref in known}


def _may(actor: Actor, match: Match, here: Ground) -> frozenset[str]:
    theirs = Subject(here.place.id, organisation_id=match.organisation_id)
    may = match.state in UNDER_WAY and allowed(actor, Action.ASSIGN_MATCH, theirs)
    return frozenset({"assign"}) if may else frozenset()
