"""A member leaves the time bank: what they have goes on, what they owe a pot pays, and the account
is closed for ever."""

from dataclasses import replace
from typing import Any

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.hours import Leaver, Pot
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._giving import Receiver, gift_accounts, receiver_of, tell_receiver
from enabler.services._ground import Ground
from enabler.services._hours_policy import policy_of
from enabler.services._purse import Purse
from enabler.services._tell import tell
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.limits import floor_for
from enabler.timebank.settling import leaving
from enabler.timebank.transfers import Reason, Transfer

COMMUNITY = "community"
"""In place of a pot's ref: the community's, which is opened when it is first needed."""


def leave_as(
    uow: UnitOfWork, actor: Actor, purse: Purse, to: str | None, here: Ground
) -> dict[str, Any]:
    """Close the actor's account, or note that a custodian has to even it out first.

    Raises WrongMoment(left_already, leave_after_helps), Invalid("to", …).
    """
    receiver = _receiver(uow, purse, to, here) if to else None
    account, other = _both(uow, purse, receiver, here)
    _require_free(uow, account)
    if account.posted < 0:
        uow.purses.ask_to_leave(account, here.now)
        ref = uow.homes.member(purse.member_id).ref
        record(uow, actor, account.number, ref, ("open", "leaving"), here)
        tell_desk(uow, uow.purses.leaver(account.number), 0, here)
        return {"state": "waits"}
    if account.posted:
        if receiver is None or other is None:
            raise Invalid("to", "leave_to_missing")
        _hand_on(uow, actor, replace(purse, account=account), receiver, other, here)
    close(uow, actor, account.number, purse.member_id, here)
    return {"state": "left", "minutes": account.posted}


def _receiver(uow: UnitOfWork, purse: Purse, to: str, here: Ground) -> Receiver:
    if to != COMMUNITY:
        return receiver_of(uow, purse, to, here)
    pot = community_pot(uow, here)
    return Receiver(pot.ref, pot=pot)


def _both(
    uow: UnitOfWork, purse: Purse, receiver: Receiver | None, here: Ground
) -> tuple[Account, Account | None]:
    """The leaver's account and that of whoever gets what is in it, opened and held together."""
    if receiver is not None:
        giver, taker = gift_accounts(uow, purse, receiver, here)
        return giver, uow.ledger.account(taker)
    uow.homes.lock({purse.member_id})
    mine = uow.purses.for_member(here.place.id, purse.member_id, 0)
    return uow.ledger.lock(mine.number)[mine.number], None


def _require_free(uow: UnitOfWork, account: Account) -> None:
    """Raises WrongMoment where something is promised from the account, or to it."""
    if account.closed:
        raise WrongMoment("left_already")
    if account.held or uow.help_hours.unsettled(account.number):
        raise WrongMoment("leave_after_helps")


def _hand_on(
    uow: UnitOfWork, actor: Actor, purse: Purse, receiver: Receiver, other: Account, here: Ground
) -> None:
    """All that is there goes to a pot, or is a gift, of which the receiver is told."""
    place_id, account = here.place.id, purse.account
    if receiver.pot is not None:
        moves = leaving(account, other, f"leave:{account.number}")
        uow.ledger.post_all(moves, here.now)
        return
    if other.closed:
        raise Invalid("to", "receiver_without_hours")
    ref = uow.refs.new(place_id, "gift")
    gift = Transfer(
        f"give:{ref}", place_id, account.number, other.number, account.posted, Reason.GIVE
    )
    entry = uow.ledger.post(gift, here.now)
    uow.audit.record(
        actor, "hours.given", place_id=place_id, subject=("gift", entry.seq, ref),
        now=here.now, why="leaving",
    )  # fmt: skip
    tell_receiver(uow, receiver, ref, purse, here)


def community_pot(uow: UnitOfWork, here: Ground) -> Pot:
    """The place's own pot; opened, if it has none yet."""
    found = uow.purses.community_pot(here.place.id)
    if found is None:
        uow.purses.wait_for_pots(here.place.id)
        found = uow.purses.community_pot(here.place.id)
    if found is not None:
        return found
    ref = uow.refs.new(here.place.id, "pot")
    floor = floor_for(AccountKind.POT, policy_of(here.ruleset)) or 0
    return uow.purses.open_pot(
        here.place.id, ref=ref, now=here.now, kind=COMMUNITY, pays=True, floor=floor
    )


def even_out(
    uow: UnitOfWork, actor: Actor, leaver: Leaver, pot: Pot, words: str, here: Ground
) -> dict[str, Any]:
    """A pot pays what a leaver owes, and their account is closed; they are told, and thanked.

    Raises WrongMoment(leave_after_helps, leaver_has_hours: then they say to whom those go),
    Invalid("pot", pot_has_too_little).
    """
    uow.homes.lock({leaver.member_id})
    both = uow.ledger.lock(leaver.account, pot.account)
    account, payer = both[leaver.account], both[pot.account]
    _require_free(uow, account)
    short = -account.posted
    if short < 0:
        raise WrongMoment("leaver_has_hours")
    if not payer.can_pay(short):
        raise Invalid("pot", "pot_has_too_little", room=payer.room or 0)
    uow.ledger.post_all(leaving(account, payer, f"leave:{account.number}"), here.now)
    close(uow, actor, account.number, leaver.member_id, here, words=words)
    ref = uow.homes.member(leaver.member_id).ref
    tell(
        uow, place_id=here.place.id, member_id=leaver.member_id, template="hours_left",
        parameters={"leaver": ref}, priority=Priority.MATCH, now=here.now,
        dedupe_key=f"hours_left:{account.number}",
    )  # fmt: skip
    return {"ref": ref, "minutes": short}


def close(
    uow: UnitOfWork, actor: Actor, number: int, member_id: int, here: Ground, *,
    words: str | None = None,
) -> None:  # fmt: skip
    """The end of an account that is empty; nothing can be given from it, nor to it, any more."""
    uow.purses.stay(number)
    uow.ledger.set_floor(number, 0)
    uow.ledger.close(number)
    ref = uow.homes.member(member_id).ref
    record(uow, actor, number, ref, ("open", "closed"), here, words=words)


def record(
    uow: UnitOfWork, actor: Actor, number: int, ref: str, states: tuple[str | None, str],
    here: Ground, *, words: str | None = None,
) -> None:  # fmt: skip
    """Keep how an account changed: open, leaving, closed."""
    said = {"words": (None, words)} if words and actor.member_id is not None else None
    uow.audit.record(
        actor, f"account.{states[1]}", place_id=here.place.id, now=here.now, states=states,
        subject=("account", number, ref), values=said, whose=actor.member_id,
    )  # fmt: skip


def tell_desk(uow: UnitOfWork, leaver: Leaver | None, nth: int, here: Ground) -> int:
    """Mail those who can even it out, the leaver excepted; how many were told."""
    if leaver is None:
        return 0
    ref = uow.homes.member(leaver.member_id).ref
    hands = uow.staff.who_may(Action.MODERATE, here.place.id, here.now)
    return sum(
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="hours_leaver_staff",
            parameters={"leaver": ref}, priority=Priority.REMINDER, by_mail=True, now=here.now,
            dedupe_key=f"hours_leaver:{leaver.account}:{leaver.asked_at:%Y%m%d}:{nth}:{member_id}",
        )
        for member_id in sorted(hands - {leaver.member_id})
    )  # fmt: skip
