"""An account of hours as its reader may see it: the other side is named to those entitled."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from enabler.domain.hours import Owner, Pot
from enabler.domain.permissions import Actor
from enabler.persistence.help_hours import HelpDone
from enabler.persistence.hours_events import HoursEvent
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._help_hours import match_ref_in
from enabler.services._hours_policy import policy_of
from enabler.services.views.hours import (
    BalanceView,
    HelpLine,
    HoursLine,
    HoursMonth,
    OtherSide,
    OwedView,
    PromiseView,
)
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.events import ref_in
from enabler.timebank.limits import lift_for, nudge_for
from enabler.timebank.statements import Line, Month, Promise, Statement
from enabler.timebank.transfers import Reason

LEFT, ISSUE = OtherSide("left"), OtherSide("issue")
_GIVEN_TO_ME = f"{Reason.GIVE}_in"


def balance_view(account: Account, here: Ground) -> BalanceView:
    """What an account has."""
    return BalanceView(
        posted=account.posted, promised=account.held, available=account.available,
        floor=account.floor, nudge=nudge_for(account, policy_of(here.ruleset)), room=account.room,
        to_give=account.to_give,
        lifted=account.kind is AccountKind.MEMBER
        and lift_for(account.posted, here.ruleset.hours_lift) > 0,
        left=account.closed,
    )  # fmt: skip


def pot_side(uow: UnitOfWork, pot: Pot) -> OtherSide:
    """A pot, by its own name, its ward's or its business's."""
    if pot.name:
        return OtherSide("fund", pot.name, pot.ref)
    if pot.ward_id is not None:
        return OtherSide("ward", uow.homes.ward_name(pot.ward_id), pot.ref)
    if pot.organisation_id is not None:
        return OtherSide("fund", uow.organisations.by_id(pot.organisation_id).name, pot.ref)
    return OtherSide("community", None, pot.ref)


@dataclass(frozen=True)
class Sides:
    """The other sides of an account's movements, as one reader may read of them."""

    uow: UnitOfWork
    owners: Mapping[int, Owner]
    kinds: Mapping[int, AccountKind]
    named: Mapping[int, tuple[str, str]]
    events: Mapping[str, HoursEvent] = field(default_factory=dict)

    def event_of(self, line: Line | Promise) -> HoursEvent | None:
        """What was written down of which a movement or a promise is."""
        return self.events.get(ref_in(line.group) or "")

    def of(self, number: int) -> OtherSide:
        """The side that an account is."""
        owner = self.owners.get(number)
        if owner is None:
            return ISSUE if self.kinds.get(number) is AccountKind.ISSUE else LEFT
        if owner.pot is not None:
            return pot_side(self.uow, owner.pot)
        if owner.organisation_id is not None:
            organisation = self.uow.organisations.by_id(owner.organisation_id)
            return OtherSide("organisation", organisation.name, organisation.ref)
        if owner.with_place_id is not None:
            return OtherSide("place", self.uow.places.by_id(owner.with_place_id).name)
        ref, name = self.named.get(owner.member_id or 0, (None, None))
        return OtherSide("member", name, ref)


def sides_of(
    uow: UnitOfWork, actor: Actor, statement: Statement, lines: Iterable[Line | Promise],
    here: Ground, *, own: bool,
) -> Sides:  # fmt: skip
    """Who stands in these lines, named where the reader is entitled; each name is a sight.

    Entitled is who was brought together with them by a match (``own``: of an organisation only
    whoever went knows), and to whom they gave: whoever gives says who they are.
    """
    lines = tuple(lines)
    owners, kinds = _owners(uow, {line.other for line in lines})
    members = {o.member_id for o in owners.values() if o.member_id is not None}
    members -= {actor.member_id}
    known = uow.gifts.met(actor.member_id or 0) if own and members else frozenset()
    gave = {line.other for month in statement.months for line in month.lines
            if line.code == _GIVEN_TO_ME}  # fmt: skip
    known |= {owners[number].member_id or 0 for number in gave & owners.keys()}
    named = uow.gifts.names(here.place.id, members & known)
    log_names(uow, actor, named, here)
    refs = {ref for line in lines if (ref := ref_in(line.group)) is not None}
    return Sides(uow, owners, kinds, named, uow.hours_events.named(here.place.id, refs))


def nobody_named(uow: UnitOfWork, statement: Statement) -> Sides:
    """The sides of a whole statement for a reader who is told no person's name."""
    numbers = {line.other for month in statement.months for line in month.lines}
    numbers |= {promise.other for promise in statement.promises}
    owners, kinds = _owners(uow, numbers)
    return Sides(uow, owners, kinds, {})


def _owners(
    uow: UnitOfWork, numbers: set[int]
) -> tuple[Mapping[int, Owner], Mapping[int, AccountKind]]:
    """Whose accounts are, and of which kind those that are nobody's; their names are read ahead."""
    owners = uow.purses.owners(numbers)
    left = uow.ledger.accounts(numbers - owners.keys())
    uow.organisations.know(o.organisation_id for o in owners.values() if o.organisation_id)
    uow.homes.know_wards(o.pot.ward_id for o in owners.values() if o.pot and o.pot.ward_id)
    return owners, {each.number: each.kind for each in left.values()}


def log_name(uow: UnitOfWork, actor: Actor, member_id: int, place_id: int, now: datetime) -> None:
    """A name beside hours was read."""
    uow.sights.log(actor, member_id, ("name",), place_id=place_id, why="hours", now=now)


def log_names(uow: UnitOfWork, actor: Actor, member_ids: Iterable[int], here: Ground) -> None:
    """Names beside hours were read."""
    uow.sights.log_all(
        actor, member_ids, ("name",), place_id=here.place.id, why="hours", now=here.now
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside movements: what givers wrote by row, which help it was by match."""

    words: Mapping[int, str]
    helps: Mapping[str, HelpDone]

    def help_of(self, line: Line | Promise) -> HelpLine | None:
        """The help that a movement was for, or a promise is. Whose account it is was its asker or
        its helper, or leads what was: the match is theirs to open."""
        done = self.helps.get(match_ref_in(line.group) or "")
        if done is None:
            return None
        return HelpLine(
            done.category, done.at, done.match_ref, by_pot=done.by_pot if line.minutes < 0 else 0
        )


ALONE = Beside({}, {})
"""Movements without anything beside them."""


def beside(
    uow: UnitOfWork, account: int, lines: Collection[Line], promises: Collection[Promise]
) -> Beside:
    """What stands beside these movements and promises of an account, for whose account it is."""
    given = [line.seq for line in lines if line.code.startswith(Reason.GIVE)]
    groups = [*(line.group for line in lines), *(promise.group for promise in promises)]
    refs = {match_ref_in(group) for group in groups} - {None}
    return Beside(
        uow.gifts.words_of(given) if given else {},
        uow.help_hours.helps(account, (ref for ref in refs if ref)) if refs else {},
    )  # fmt: skip


def month_view(
    month: Month, sides: Sides, notes: Beside, *, row_by_row: bool = False
) -> HoursMonth:
    """A month with its lines, the newest first; ``row_by_row``: as the ledger has them."""
    lines = month.lines if row_by_row else month.told()
    return HoursMonth(
        month.year, month.month, month.opening, month.came, month.went, month.closing,
        tuple(_line_view(line, sides, notes) for line in reversed(lines)),
    )  # fmt: skip


def _line_view(line: Line, sides: Sides, notes: Beside) -> HoursLine:
    seen = HoursLine(
        line.seq, line.at, line.code, sides.of(line.other), line.minutes, line.balance,
        notes.words.get(line.seq), notes.help_of(line),
        more=line.more,
    )  # fmt: skip
    event = sides.event_of(line)
    if event is None:
        return seen
    return replace(seen, event=event.ref, event_words=event.words, on_day=event.on_day)


def promise_view(promise: Promise, sides: Sides, notes: Beside) -> PromiseView:
    """A promise, to whom, and of what."""
    event = sides.event_of(promise)
    return PromiseView(
        promise.at, sides.of(promise.other), promise.minutes, event.ref if event else None,
        notes.help_of(promise),
    )  # fmt: skip


def owed_views(uow: UnitOfWork, account: int, here: Ground) -> tuple[OwedView, ...]:
    """What an account waits for, with when custodians are to have looked at it: they are mailed
    then, and again. Whose account had nothing is not said."""
    days = timedelta(days=here.ruleset.hours_look_days)
    return tuple(
        OwedView(
            one.minutes, one.raised_at + days, one.category or "",
            HelpLine(one.category or "", one.done_at, one.match_ref) if one.match_ref else None,
            one.event_ref, one.event_words, one.on_day,
        )
        for one in uow.hours_flags.owed_to(account)
    )  # fmt: skip
