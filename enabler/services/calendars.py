"""Visits for a member's own calendar: one as a file, all as a feed at a secret address.

Nothing in them names anybody or says where: a link leads to the page that does, while it may. Of
an organisation, which may be named, those who lead it have the visits that it asked for, and who
goes has theirs: as long as they act for it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import ORGANISATION_LEADS, MatchState
from enabler.persistence.calendars import Feed
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._once import once
from enabler.services._recognise import MAY_GIVE
from enabler.services._subjects import asks, of_match, place_of
from enabler.services.ports import Secrets
from enabler.services.views import CalendarView, VisitView

KEPT = timedelta(days=90)
"""How long visits that are over stay in a feed."""
_CALLED_OFF = frozenset({MatchState.RELEASED, MatchState.WITHDRAWN})
_Act = Callable[[UnitOfWork, Member], None]


def of_visit(*, actor: Actor, match_ref: str, now: datetime) -> CalendarView:
    """The visit of a match, for its two. Raises NotFound (also where none is), NotAllowed."""
    with reading() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
        require(actor, Action.SEE_MATCH, of_match(actor, match, need, offer))
        mine = asks(actor, need) or actor.member_id == match.helper_id
        if not mine or actor.member_id is None:
            raise NotAllowed(action=Action.SEE_MATCH.value)
        if match.visit_start is None:
            raise NotFound("visit_unknown")
        return _calendar(uow, uow.homes.member(actor.member_id), [match])


def of_feed(*, token: str, secrets: Secrets, now: datetime) -> CalendarView:
    """The visits of whoever has this secret address. Raises NotFound for any other."""
    with reading() as uow:
        require(Actor.anonymous(), Action.SEE_PUBLIC)
        feed = uow.calendars.by_hash(secrets.digest(token))
        member = uow.homes.member(feed.member_id) if feed is not None else None
        if member is None or member.state not in MAY_GIVE:
            raise NotFound("calendar_unknown")
        held = tuple(one.grant for one in uow.members.roles_of(member.id, now))
        owner = Actor("member", member.ref, member.id, member.place_id, held)
        ids = uow.calendars.visits(
            member.id, now - KEPT, acting=owner.organisations(),
            leading=owner.organisations(*ORGANISATION_LEADS),
        )  # fmt: skip
        return _calendar(uow, member, [uow.matches.by_id(match_id) for match_id in ids])


def token(*, actor: Actor, secrets: Secrets) -> str | None:
    """The actor's own secret, while their feed is on. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        feed = uow.calendars.of_member(actor.member_id or 0)
        return None if feed is None else secrets.token_of(feed.nonce)


def switch_on(*, actor: Actor, secrets: Secrets, key: str, now: datetime) -> None:
    """Make a new secret address; the one before works no more. Raises NotAllowed, KeyReused."""

    def act(uow: UnitOfWork, member: Member) -> None:
        nonce = secrets.token()
        digest = secrets.digest(secrets.token_of(nonce))
        uow.calendars.keep(Feed(member.id, member.place_id, nonce), digest, now)

    _change(actor, "on", key, now, act)


def switch_off(*, actor: Actor, key: str, now: datetime) -> None:
    """No address works any more. Raises NotAllowed, KeyReused."""

    def act(uow: UnitOfWork, member: Member) -> None:
        uow.calendars.drop(member.id)

    _change(actor, "off", key, now, act)


def _change(actor: Actor, what: str, key: str, now: datetime, act: _Act) -> None:
    with unit_of_work() as uow:
        require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        member = uow.homes.member(actor.member_id or 0)

        def once_only() -> dict[str, str]:
            act(uow, member)
            uow.audit.record(
                actor, f"calendar.{what}", place_id=member.place_id,
                subject=("member", member.id, member.ref), now=now,
            )  # fmt: skip
            return {"ref": member.ref}

        once(
            uow, f"calendars.{what}", actor=actor, key=key, arguments={}, now=now, act=once_only
        )  # fmt: skip
        uow.commit()


def _calendar(uow: UnitOfWork, member: Member, matches: list[Match]) -> CalendarView:
    place = uow.places.by_id(member.place_id)
    visits = [_visit(uow, member, match) for match in matches]
    return CalendarView(
        place_slug=place.slug, place_name=place.name, timezone=place.timezone,
        language=member.language, visits=tuple(each for each in visits if each is not None),
    )  # fmt: skip


def _visit(uow: UnitOfWork, member: Member, match: Match) -> VisitView | None:
    if match.visit_start is None or match.visit_end is None:
        return None
    need = uow.needs.by_id(match.need_id)
    side = "helper" if match.helper_id == member.id else "asker"
    theirs = match.organisation_id if side == "helper" else need.organisation_id
    return VisitView(
        match_ref=match.ref, side=side, category=need.category, start=match.visit_start,
        end=match.visit_end, called_off=match.state in _CALLED_OFF,
        organisation=uow.organisations.by_id(theirs).name if theirs else None,
    )  # fmt: skip
