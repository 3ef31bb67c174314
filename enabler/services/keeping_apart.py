"""Two people who met by a match and are not to be brought together again: one of them says so."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from enabler.domain.errors import WrongMoment
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._ground import ground
from enabler.services._hidden import knows_in_match
from enabler.services._mandates import end_between
from enabler.services._match_apart import kept_away, other_member
from enabler.services._match_views import match_view
from enabler.services._once import once
from enabler.services._parting import part
from enabler.services._subjects import of_match, place_of
from enabler.services.views import MatchView
from enabler.services.views.apart import ApartView


def keep_apart(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Never bring the actor and the other side of this match together again.

    It holds at once: what is asked or agreed between the two is called off, as if the actor could
    not after all, their conversation is closed, and neither is named to the other from then on.
    Nobody tells the other why. Raises NotFound, NotAllowed,
    WrongMoment (the two have not met, or an organisation asks), KeyReused.
    """
    return _change(actor, match_ref, key, now, apart=True)


def bring_together(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Take that back. Whether the other side wants it is theirs to say.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    return _change(actor, match_ref, key, now, apart=False)


def mine(*, actor: Actor, now: datetime) -> tuple[ApartView, ...]:
    """Whom the actor keeps away, the newest first, each by the help by which they met and by the
    name that the actor knew, which is a sight. Raises NotAllowed."""
    with unit_of_work() as uow:
        require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        kept = uow.blocks.of_member(actor.member_id or 0)
        found = [_apart(uow, actor, other_id, since, now) for other_id, since in kept]
        uow.commit()
    return tuple(one for one in found if one is not None)


def _apart(
    uow: UnitOfWork, actor: Actor, other_id: int, since: datetime, now: datetime
) -> ApartView | None:
    match_id = uow.blocks.met_by(actor.member_id or 0, other_id, since)
    if match_id is None:
        return None
    match = uow.matches.by_id(match_id)
    need = uow.needs.by_id(match.need_id)
    name = None
    if knows_in_match(uow, actor, match_id, other_id):
        name = uow.homes.member(other_id).shown_name
        uow.sights.log(
            actor, other_id, ("name",), place_id=need.place_id, why="match", now=now,
            subject_ref=match.ref,
        )  # fmt: skip
    return ApartView(match.ref, need.category, match.visit_start or match.answered_at, since, name)


def _change(actor: Actor, match_ref: str, key: str, now: datetime, *, apart: bool) -> MatchView:
    with unit_of_work() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
        case = (match, need, offer)
        require(actor, Action.KEEP_APART, _subject(uow, actor, case, apart=apart))
        other_id = other_member(actor, case)
        others = [] if other_id is None else [other_id]
        once(
            uow, "keeping_apart" if apart else "bringing_together", actor=actor, key=key, now=now,
            arguments={"match": match.ref},
            act=lambda: _keep(
                uow, actor, others if apart else kept_away(uow, actor, case) or others, match.ref,
                now, apart=apart,
            ),
        )  # fmt: skip
        view = match_view(uow, actor, uow.matches.by_id(match.id), now)
        uow.commit()
    return view


def _subject(
    uow: UnitOfWork, actor: Actor, case: tuple[Match, Need, Offer], *, apart: bool
) -> Subject:
    """The match is its two sides'; to take back what one said is for whoever said it, also when
    they go to it no more."""
    both = of_match(actor, *case)
    if apart or not kept_away(uow, actor, case):
        return both
    return replace(both, party_ids=frozenset({actor.member_id or 0}))


def _keep(
    uow: UnitOfWork, actor: Actor, others: list[int], match_ref: str, now: datetime, *,
    apart: bool,
) -> dict[str, Any]:  # fmt: skip
    """Idempotent: said twice, it is so once. The audit is the member's own, never the match's."""
    if not others or actor.member_id is None:
        raise WrongMoment("have_not_met")
    member = uow.homes.member(actor.member_id)
    for other_id in others:
        pair = (member.id, other_id)
        if apart and not uow.blocks.has(*pair):
            uow.blocks.add(member.place_id, *pair, now)
            part(uow, actor, pair, ground(uow, member.place_id, now))
            end_between(uow, actor, pair, now)
        if not apart:
            uow.blocks.drop(*pair)
        other = uow.homes.member(other_id).ref
        uow.audit.record(
            actor, "member.kept_apart" if apart else "member.brought_together",
            place_id=member.place_id, subject=("member", member.id, member.ref), now=now,
            values={"apart": (None, other) if apart else (other, None)}, whose=member.id,
        )  # fmt: skip
    return {"match": match_ref}
