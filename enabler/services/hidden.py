"""Members who are hidden because somebody threatens them: a lead marks them, names the staff who
may know, introduces them to the other side of a match, and takes the mark off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Role
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._once import once
from enabler.services.views.cases import HandView
from enabler.services.views.hidden import HiddenListView, HiddenView

MOST_WORDS = 1_000
_STAFF = (Role.CUSTODIAN, Role.ADMINISTRATOR)


def everybody(*, actor: Actor, now: datetime) -> HiddenListView:
    """Who is hidden in the place, and which staff could be named; each name is a sight.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        place_id = _place(actor)
        views, waiting = [], uow.hidden.waiting(place_id)
        for one in uow.hidden.all(place_id):
            member = uow.homes.member(one.member_id)
            _log(uow, actor, member, now)
            views.append(HiddenView(
                member.ref, member.shown_name, one.since, one.words,
                tuple(hand for hand in _staff(uow, place_id, now, one.readers)),
                tuple(ref for whose, ref in waiting if whose == one.member_id),
            ))  # fmt: skip
        found = HiddenListView(tuple(views), _staff(uow, place_id, now))
        uow.commit()
    return found


def mark(
    *, actor: Actor, ref: str, words: str, readers: Iterable[str] = (), key: str, now: datetime
) -> str:
    """Hide a member, or change who may know; ``readers`` are refs of staff beside the leads. Their
    ref. What they ask and offer goes on, on no list and no map below the ward, without a name.

    Raises NotFound, NotAllowed, Invalid("words" or "readers"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    chosen = sorted(set(readers))

    def act(uow: UnitOfWork, member: Member) -> None:
        refs = {hand.ref for hand in _staff(uow, member.place_id, now)}
        if not set(chosen) <= refs:
            raise Invalid("readers", "reader_unknown")
        ids = sorted(uow.homes.member_by_ref(member.place_id, one).id for one in chosen)
        if uow.hidden.of(member.id) is None:
            uow.hidden.add(
                member_id=member.id, place_id=member.place_id, words=said, readers=ids,
                by_member_id=actor.member_id, since=now,
            )  # fmt: skip
        else:
            uow.hidden.change(member.id, words=said, readers=ids)
        _record(uow, actor, member, "hidden", now)

    return _change(actor, ref, "mark", {"words": said, "readers": chosen}, key, now, act)


def unmark(*, actor: Actor, ref: str, key: str, now: datetime) -> str:
    """They are hidden no more. Raises NotFound, NotAllowed, KeyReused."""

    def act(uow: UnitOfWork, member: Member) -> None:
        if uow.hidden.of(member.id) is not None:
            uow.hidden.drop(member.id)
            _record(uow, actor, member, "shown", now)

    return _change(actor, ref, "unmark", {}, key, now, act)


def introduce(*, actor: Actor, ref: str, match_ref: str, key: str, now: datetime) -> str:
    """Let the other side of a match know who a hidden member is: their name, and where they meet.

    Raises NotFound, NotAllowed, Invalid("match_ref"), KeyReused.
    """

    def act(uow: UnitOfWork, member: Member) -> None:
        try:
            match = uow.matches.by_ref(member.place_id, match_ref)
        except NotFound:
            raise Invalid("match_ref", "ref_unknown") from None
        need = uow.needs.by_id(match.need_id)
        if member.id not in (need.asker_id, match.helper_id) or match.answered_at is None:
            raise Invalid("match_ref", "match_not_theirs")
        if uow.hidden.of(member.id) is None or member.id in uow.hidden.introduced(match.id):
            return  # they are known by name already
        uow.hidden.introduce(
            match_id=match.id, member_id=member.id, by_member_id=actor.member_id, at=now
        )
        _record(uow, actor, member, "introduced", now)

    given = {"match": match_ref}
    return _change(actor, ref, "introduce", given, key, now, act)


def _change(
    actor: Actor, ref: str, verb: str, given: dict[str, Any], key: str, now: datetime, act: Any
) -> str:
    with unit_of_work() as uow:
        place_id = _place(actor)
        member = uow.homes.member_by_ref(place_id, ref)

        def acting() -> dict[str, Any]:
            act(uow, member)
            return {"ref": member.ref}

        once(
            uow, f"hidden.{verb}", actor=actor, key=key, now=now,
            arguments={"ref": member.ref, **given}, act=acting,
        )  # fmt: skip
        _log(uow, actor, member, now)
        uow.commit()
    return member.ref


def _place(actor: Actor) -> int:
    require(actor, Action.HIDE_MEMBER, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    return actor.place_id


def _staff(
    uow: UnitOfWork, place_id: int, now: datetime, only: frozenset[int] | None = None
) -> tuple[HandView, ...]:
    """Staff who could be named, or those who are."""
    hands = {
        hand.member_id: hand.name for hand in uow.staff.at_desk(place_id, now)
        if hand.role in _STAFF and (only is None or hand.member_id in only)
    }  # fmt: skip
    refs = uow.members.refs_of(hands)
    return tuple(HandView(refs[one], name) for one, name in sorted(hands.items()))


def _log(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    uow.sights.log(
        actor, member.id, ("name",), place_id=member.place_id, why="hidden", now=now,
        subject_ref=member.ref,
    )  # fmt: skip


def _record(uow: UnitOfWork, actor: Actor, member: Member, verb: str, now: datetime) -> None:
    uow.audit.record(
        actor, f"member.{verb}", place_id=member.place_id,
        subject=("member", member.id, member.ref), now=now, columns=("readers",),
    )  # fmt: skip
