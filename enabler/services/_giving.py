"""Hours given by free choice: who may receive them, what is checked, what is kept, who is told."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from enabler.domain.errors import EnablerError, Invalid, LimitReached, NotAllowed, NotFound
from enabler.domain.hours import Pot
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, OrganisationState, Priority
from enabler.domain.words import LONGEST_LINE, optional_words
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import member_account, organisation_account
from enabler.services._ground import Ground
from enabler.services._hours_views import balance_view, log_name, log_names, pot_side
from enabler.services._purse import Purse
from enabler.services._tell import tell
from enabler.services.views.hours import GiftView, OtherSide, ToWhomView
from enabler.timebank.accounts import Account
from enabler.timebank.transfers import MOST_HELP, Reason, Transfer

MOST_A_DAY = 12
"""Gifts from one account in 24 hours: whoever has a stolen phone empties it more slowly."""
_HERE = (MemberState.ACTIVE, MemberState.PAUSED)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gift:
    """What somebody wants to give: ``to`` is a ref as typed; ``minutes`` None: not said yet."""

    to: str
    minutes: int | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets it: one of these."""

    ref: str
    member_id: int | None = None
    organisation: Organisation | None = None
    pot: Pot | None = None


def receivers(uow: UnitOfWork, actor: Actor, purse: Purse, here: Ground) -> ToWhomView:
    """To whom may be given, by name; each person's name is a sight."""
    place_id = here.place.id
    people: dict[int, tuple[str, str]] = {}
    if purse.organisation is None:
        met = uow.gifts.met(purse.member_id) - uow.gifts.kept_apart(purse.member_id)
        met -= uow.purses.left(met)
        people = uow.gifts.names(place_id, met)
    log_names(uow, actor, people, here)
    named = sorted(people.values(), key=lambda each: (each[1], each[0]))
    return ToWhomView(
        people=tuple(OtherSide("member", name, ref) for ref, name in named),
        organisations=tuple(
            OtherSide("organisation", name, ref)
            for ref, name in uow.gifts.organisations(place_id) if ref != purse.organisation_ref
        ),
        pots=tuple(pot_side(uow, pot) for pot in _open_pots(uow, place_id)),
        balance=balance_view(purse.account, here),
    )  # fmt: skip


def _open_pots(uow: UnitOfWork, place_id: int) -> list[Pot]:
    pots = uow.purses.pots(place_id)
    accounts = uow.ledger.accounts(pot.account for pot in pots)
    return [pot for pot in pots if not accounts[pot.account].closed]


def checked_gift(uow: UnitOfWork, purse: Purse, gift: Gift, here: Ground) -> Gift:
    """The gift with its receiver's ref as we write it. Raises Invalid("to" or "minutes", code)."""
    receiver = receiver_of(uow, purse, gift.to, here)
    if gift.minutes is not None:
        if gift.minutes < 1:
            raise Invalid("minutes", "minutes_not_positive")
        if gift.minutes > MOST_HELP:
            raise Invalid("minutes", "minutes_too_many", most=MOST_HELP)
        there_is = purse.account.to_give
        if gift.minutes > there_is:
            code = "gift_more_than_there_is" if there_is else "gift_of_nothing"
            raise Invalid("minutes", code, room=there_is)
    return replace(gift, to=receiver.ref)


def receiver_of(uow: UnitOfWork, purse: Purse, typed: str, here: Ground) -> Receiver:
    """Who is meant. Whom one is kept apart from is as unknown as nobody at all."""
    place_id = here.place.id
    kind, ref = uow.refs.kind_of(place_id, typed) or ("", "")
    unknown = Invalid("to", "receiver_unknown")
    try:
        if kind == "member":
            return _member(uow, purse, uow.homes.member_by_ref(place_id, ref))
        if kind == "organisation":
            found = uow.organisations.by_ref(place_id, ref)
            if found.state is not OrganisationState.ACTIVE:
                raise unknown
            if purse.organisation is not None and found.id == purse.organisation.id:
                raise Invalid("to", "to_oneself")
            return Receiver(ref, organisation=found)
        pot = uow.purses.pot(place_id, ref)
        if uow.ledger.account(pot.account).closed:
            raise unknown
        return Receiver(ref, pot=pot)
    except NotFound as missing:
        raise unknown from missing


def _member(uow: UnitOfWork, purse: Purse, member: Member) -> Receiver:
    apart = uow.gifts.kept_apart(purse.member_id)
    if member.state not in _HERE or member.id in apart:
        raise Invalid("to", "receiver_unknown")
    if member.id == purse.member_id and purse.organisation is None:
        raise Invalid("to", "to_oneself")
    if uow.purses.left([member.id]):
        raise Invalid("to", "receiver_without_hours")
    return Receiver(member.ref, member_id=member.id)


def give_as(
    uow: UnitOfWork, actor: Actor, purse: Purse, gift: Gift, here: Ground
) -> dict[str, Any]:
    """Move the hours, keep the words, tell the receiver. Raises as ``hours.give``."""
    place_id = here.place.id
    words = optional_words("words", gift.words, most=LONGEST_LINE)
    receiver = receiver_of(uow, purse, gift.to, here)
    giver, taker = gift_accounts(uow, purse, receiver, here)
    require_not_too_often(uow, actor, giver, gift, here)
    checked_gift(uow, replace(purse, account=giver), gift, here)
    ref = uow.refs.new(place_id, "gift")
    minutes = gift.minutes or 0
    try:
        entry = uow.ledger.post(
            Transfer(f"give:{ref}", place_id, giver.number, taker, minutes, Reason.GIVE), here.now
        )
    except Invalid:
        raise
    except EnablerError as refused:
        raise Invalid("minutes", refused.code, **refused.facts) from refused
    if words is not None:
        uow.gifts.add_words(entry.seq, purse.member_id, words)
    uow.audit.record(
        actor, "hours.given", place_id=place_id, subject=("gift", entry.seq, ref), now=here.now,
        on_behalf_of=purse.organisation_ref,
    )  # fmt: skip
    tell_receiver(uow, receiver, ref, purse, here)
    return {"ref": ref, "to": receiver.ref, "minutes": minutes}


def gift_accounts(
    uow: UnitOfWork, purse: Purse, receiver: Receiver, here: Ground
) -> tuple[Account, int]:
    """Both accounts, opened and held. People and organisations are held in the order of their
    ids, before any account: two who give to each other at once do not wait in a ring."""
    place_id, rules = here.place.id, here.ruleset
    uow.homes.lock({each for each in (purse.member_id, receiver.member_id) if each is not None})
    theirs, ours = receiver.organisation, purse.organisation
    for identity in sorted({each.id for each in (theirs, ours) if each is not None}):
        uow.organisations.lock(identity)
    mine = uow.purses.for_member(place_id, purse.member_id, 0) if ours is None else (
        uow.purses.for_organisation(place_id, ours.id, 0)
    )  # fmt: skip
    if receiver.member_id is not None:
        taker = uow.purses.for_member(place_id, receiver.member_id, 0).number
    elif theirs is not None:
        taker = uow.purses.for_organisation(place_id, theirs.id, 0).number
    else:
        taker = receiver.pot.account if receiver.pot else 0
    uow.ledger.lock(mine.number, taker)
    if ours is None:
        return member_account(uow, place_id, purse.member_id, rules), taker
    return organisation_account(uow, place_id, ours.id, rules), taker


def require_not_too_often(
    uow: UnitOfWork, actor: Actor, giver: Account, gift: Gift, here: Ground
) -> None:
    """In a day so many gifts, and by text so much in all: a number that texts proves nothing.

    Raises LimitReached("gifts_too_many"), NotAllowed("more_than_by_text").
    """
    since = uow.ledger.of_account(giver.number, since=here.now - _A_DAY)
    given = [each for each in since if each.debit == giver.number and each.reason == Reason.GIVE]
    if len(given) >= MOST_A_DAY:
        raise LimitReached("gifts_too_many", most=MOST_A_DAY)
    most, minutes = here.ruleset.text_gift_minutes, sum(each.minutes for each in given)
    if actor.texting and minutes + (gift.minutes or 0) > most:
        raise NotAllowed("more_than_by_text", most=most)


def tell_receiver(
    uow: UnitOfWork, receiver: Receiver, ref: str, purse: Purse, here: Ground
) -> None:
    """The receiver hears of it; of an organisation those who lead it, but not the giver."""
    told = {receiver.member_id} if receiver.member_id is not None else set()
    if receiver.organisation is not None:
        told = set(uow.organisations.leads(receiver.organisation.id, here.now))
    for member_id in sorted(each for each in told - {purse.member_id} if each is not None):
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="hours_given",
            parameters={"gift": ref}, priority=Priority.ANSWER,
            dedupe_key=f"hours_given:{ref}:{member_id}", now=here.now,
        )  # fmt: skip


def gift_view(
    uow: UnitOfWork, actor: Actor, purse: Purse, gift: Gift, ref: str, here: Ground
) -> GiftView:
    """A gift as its giver sees it: a person is named where the two were brought together."""
    kind, to = uow.refs.kind_of(here.place.id, gift.to) or ("", gift.to)
    side = OtherSide("member", None, to)
    if kind == "organisation":
        side = OtherSide("organisation", uow.organisations.by_ref(here.place.id, to).name, to)
    elif kind != "member":
        side = pot_side(uow, uow.purses.pot(here.place.id, to))
    elif purse.organisation is None:
        other = uow.homes.member_by_ref(here.place.id, to)
        if other.id in uow.gifts.met(purse.member_id):
            side = replace(side, name=other.shown_name)
            log_name(uow, actor, other.id, here.place.id, here.now)
    return GiftView(ref, side, gift.minutes or 0, gift.words, balance_view(purse.account, here))
