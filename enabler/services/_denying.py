"""Whether an account may be somebody's who was removed for safety, and what then follows.

Whoever it is learns only that a person looks at it first. The lead alone sees why.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from enabler.domain.denials import Mark, counts, marks_of
from enabler.domain.judging import ACCOUNT
from enabler.domain.lifecycle import MEMBER_MOVES, NEED_MOVES, advance
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import MemberState, NeedState, OfferState, Priority
from enabler.persistence.denials import Denial
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground, ground
from enabler.services._opening import open_if_clear
from enabler.services._suspending import hold_need
from enabler.services._tell import tell
from enabler.services.ports import Secrets

A_DAY = timedelta(days=1)


def take_off(uow: UnitOfWork, actor: Actor, denial: Denial, now: datetime) -> None:
    """Somebody is on the list no more: their digests are gone."""
    uow.denials.lift(denial.id, now)
    uow.audit.record(
        actor, "denial.lifted", place_id=denial.place_id, now=now, why="safety",
        subject=("denial", denial.id, denial.ref),
    )  # fmt: skip


def marks(uow: UnitOfWork, member: Member) -> frozenset[Mark]:
    """By what a member is known: phone, mail (those that they had before, too), name with postcode
    and front door."""
    contacts = uow.contacts.ever(member.id)
    where = None if member.home_id is None else uow.homes.where(member.home_id)
    return marks_of(
        name=member.name,
        phones=[value for kind, value in contacts if kind == "phone"],
        mails=[value for kind, value in contacts if kind == "mail"],
        postcode=None if where is None else where.postcode,
        address=None if where is None else where.address,
    )  # fmt: skip


def digests(secrets: Secrets, place_id: int, found: Iterable[Mark]) -> frozenset[tuple[str, str]]:
    """The same as keyed digests, (kind, digest), of one place."""
    return frozenset(
        (kind, secrets.digest(f"denied:{place_id}:{kind}:{text}")) for kind, text in found
    )


def check_member(
    uow: UnitOfWork, actor: Actor, member_id: int, secrets: Secrets, now: datetime
) -> bool:
    """Where the account, as it is now, meets the deny list, it waits for the lead; whether so."""
    member = uow.homes.member(member_id)
    keyed = digests(secrets, member.place_id, marks(uow, member))
    met = uow.denials.meeting(member.place_id, [digest for _, digest in keyed], now)
    new = [
        uow.denials.add_match(member.place_id, member.id, denial_id, kinds, now)
        for denial_id, kinds in sorted(met.items()) if counts(kinds)
    ]  # fmt: skip
    if not any(new) or member.state is not MemberState.ACTIVE:
        return False
    _hold(uow, actor, member, ground(uow, member.place_id, now))
    _tell_leads(uow, member, now.isoformat(), now)
    return True


def tell_again(uow: UnitOfWork, place_id: int, now: datetime) -> None:
    """Of each account that has waited for a day the leads hear once a day, until it is decided."""
    late = {one.member_id for one in uow.denials.waiting(place_id) if one.at <= now - A_DAY}
    for member_id in sorted(late):
        member = uow.homes.member(member_id)
        if member.state is MemberState.HELD:
            _tell_leads(uow, member, now.date().isoformat(), now)


def _tell_leads(uow: UnitOfWork, member: Member, of: str, now: datetime) -> None:
    """Whoever waits is somebody without help, or somebody to be kept away: the leads hear now.
    ``of``: which telling it is."""
    leads = uow.staff.who_may(Action.BAR_PERSON, member.place_id, now) - {member.id}
    for lead_id in sorted(leads):
        tell(
            uow, place_id=member.place_id, member_id=lead_id, template="account_waits_lead",
            parameters={"account": member.ref}, priority=Priority.SAFETY, by_mail=True, now=now,
            dedupe_key=f"account_waits:{member.ref}:{lead_id}:{of}",
        )  # fmt: skip


def _hold(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """Nothing of theirs goes on meanwhile but what was agreed already."""
    advance(MEMBER_MOVES, member.state, MemberState.HELD)
    uow.members.change(member.id, state=MemberState.HELD)
    _record(uow, actor, member, MemberState.HELD, here, why=ACCOUNT)
    for need in _theirs(uow, member):
        if need.state is NeedState.OPEN and not need.slots_filled:
            hold_need(uow, actor, uow.needs.lock(need.id), here, ACCOUNT)


def let_in(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """The account is theirs to use; what waited with it and for nothing else is open: what a signal
    holds waits on."""
    uow.members.change(member.id, state=MemberState.ACTIVE)
    _record(uow, actor, member, MemberState.ACTIVE, here, why="let-in")
    for need in _theirs(uow, member):
        if need.state is NeedState.HELD and need.held_because == ACCOUNT:
            there = ground(uow, need.place_id, here.now, need.cell)
            open_if_clear(uow, actor, uow.needs.lock(need.id), there)
    for offer in uow.offers.standing_of((member.id, None)):
        if offer.state is OfferState.HELD and offer.held_because == ACCOUNT:
            open_if_clear(uow, actor, uow.offers.lock(offer.id), here)


def _theirs(uow: UnitOfWork, member: Member) -> list[Need]:
    found = uow.needs.of_asker(member.place_id, member.id)
    return sorted((one for one in found if NEED_MOVES[one.state]), key=lambda one: one.id)


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, state: MemberState, here: Ground, *, why: str
) -> None:
    uow.audit.record(
        actor, f"member.{state.value}", place_id=member.place_id, now=here.now, why=why,
        subject=("member", member.id, member.ref), states=(member.state.value, state.value),
    )  # fmt: skip
