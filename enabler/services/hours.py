"""Hours of a member, or of an organisation that one leads: what there is, what moved, giving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._giving import (
    Gift,
    checked_gift,
    gift_view,
    give_as,
    receivers,
    require_not_too_often,
)
from enabler.services._ground import Ground, ground
from enabler.services._hidden import require_known
from enabler.services._hours_views import (
    ALONE,
    Beside,
    Sides,
    balance_view,
    beside,
    month_view,
    nobody_named,
    owed_views,
    promise_view,
    sides_of,
)
from enabler.services._looking import require_reason
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._purse import Purse, member_purse, purse_of
from enabler.services.views.hours import (
    BalanceView,
    GiftView,
    HoursLine,
    StatementView,
    ToWhomView,
    YearView,
)
from enabler.timebank import statements
from enabler.timebank.statements import Month, Statement
from enabler.timebank.transfers import Reason

__all__ = ["balance", "check_gift", "give", "last", "of_member", "statement", "to_whom", "year"]


def balance(*, actor: Actor, now: datetime, organisation_ref: str | None = None) -> BalanceView:
    """What the actor has, or an organisation that they lead. Raises NotAllowed, NotFound (without
    a time bank, or an organisation unknown or not theirs)."""
    with reading() as uow:
        here = _here(uow, actor, now)
        return balance_view(purse_of(uow, actor, organisation_ref, here).account, here)


def statement(
    *, actor: Actor, now: datetime, month: tuple[int, int] | None = None,
    newest: int | None = None, organisation_ref: str | None = None, row_by_row: bool = False,
) -> StatementView:  # fmt: skip
    """The actor's hours, or those of an organisation that they lead: all, one ``month`` (year,
    month) of the place's calendar, or the ``newest`` so many. What moved for one help is one line;
    ``row_by_row``: a line for each row of the ledger, to be added up with it.

    Names of others stand in it where the reader is entitled, each a sight; of help, which it was.
    Raises NotAllowed, NotFound (without a time bank, or an organisation unknown or not theirs).
    """
    with unit_of_work() as uow:
        here = _here(uow, actor, now)
        purse = purse_of(uow, actor, organisation_ref, here)
        whole = _whole(uow, purse, here)
        view = _statement_view(
            uow, actor, purse, whole, _wanted(whole, month, newest), here, row_by_row=row_by_row
        )
        uow.commit()
    return view


def last(*, actor: Actor, count: int, now: datetime) -> tuple[HoursLine, ...]:
    """The actor's last movements, the newest first; names in it are sights. Raises as statement."""
    with unit_of_work() as uow:
        here = _here(uow, actor, now)
        purse = purse_of(uow, actor, None, here)
        whole = _whole(uow, purse, here)
        view = _statement_view(uow, actor, purse, whole, _wanted(whole, None, count), here)
        uow.commit()
    return tuple(line for month in view.months for line in month.lines)[:count]


def of_member(*, actor: Actor, ref: str, now: datetime) -> StatementView:
    """A member's whole statement, for those who may look up a person; the sight is logged. Nobody
    else is named in it, and neither what givers wrote nor what the help was is in it.

    Raises NotFound (also without a time bank), NotAllowed, WrongMoment("look_reason_missing").
    """
    with unit_of_work() as uow:
        place_id = actor.place_id or uow.refs.place_of(ref)
        if place_id is None:
            raise NotFound("member_unknown")
        require(actor, Action.SEE_PERSON, Subject(place_id=place_id))
        here = _with_hours(ground(uow, place_id, now))
        member = require_known(uow, actor, uow.homes.member_by_ref(place_id, ref))
        require_reason(uow, actor, member, now)
        uow.sights.log(
            actor, member.id, ("hours",), place_id=place_id, why="looked-up", now=now,
            subject_ref=member.ref,
        )  # fmt: skip
        purse = member_purse(uow, member.id, here)
        whole = _whole(uow, purse, here)
        view = _view_of(purse, whole, whole.months[::-1], nobody_named(uow, whole), ALONE, here)
        uow.commit()
    return view


def year(
    *, actor: Actor, now: datetime, of: int | None = None, organisation_ref: str | None = None
) -> YearView:
    """What went and came in each month of a calendar year (this one), and which years there are.

    Raises NotAllowed, NotFound.
    """
    with reading() as uow:
        here = _here(uow, actor, now)
        whole = _whole(uow, purse_of(uow, actor, organisation_ref, here), here)
        this = now.astimezone(ZoneInfo(here.place.timezone)).year
        chosen = this if of is None else of
        months = [whole.month(chosen, number) for number in range(1, 13)]
        years = sorted({this} | {month.year for month in whole.months}, reverse=True)
        return YearView(
            chosen, tuple(each.went for each in months), tuple(each.came for each in months),
            tuple(years),
        )  # fmt: skip


def to_whom(*, actor: Actor, now: datetime, organisation_ref: str | None = None) -> ToWhomView:
    """To whom the actor may give, by name: people whom a match brought them together with (each
    name a sight), organisations and pots of the place. Raises NotAllowed, NotFound."""
    with unit_of_work() as uow:
        here = _here(uow, actor, now)
        purse = purse_of(uow, actor, organisation_ref, here)
        view = receivers(uow, actor, purse, here)
        uow.commit()
    return view


def check_gift(
    *, actor: Actor, to: str, minutes: int | None, now: datetime,
    organisation_ref: str | None = None,
) -> GiftView:  # fmt: skip
    """A gift as ``give`` would make it now, so far as it is said (``minutes`` None: not yet).

    A person is named where the two were brought together. Raises as ``give``; by text also where
    it is more than may be given in a day.
    """
    with unit_of_work() as uow:
        here = _here(uow, actor, now)
        purse = purse_of(uow, actor, organisation_ref, here)
        gift = checked_gift(uow, purse, Gift(to, minutes, None), here)
        if actor.texting:  # they are asked once more, and not for what they may not
            require_not_too_often(uow, actor, purse.account, gift, here)
        view = gift_view(uow, actor, purse, gift, "", here)
        uow.commit()
    return view


def give(
    *, actor: Actor, to: str, minutes: int, words: str | None, key: str, now: datetime,
    from_organisation: str | None = None,
) -> GiftView:  # fmt: skip
    """Give hours to a member, an organisation or a pot of the place, by its ref; they are told.

    It comes from the actor's own account, or of an organisation that they lead (its ref), and
    only from what is there above zero: what may be borrowed is for help. The very same within ten
    minutes is the same gift: nobody can take one back. Raises NotAllowed,
    NotFound, Invalid: ("to", receiver_unknown or to_oneself), ("minutes", …), ("words", …);
    LimitReached("gifts_too_many"), KeyReused; by text NotAllowed("more_than_by_text") where it is
    more in a day than the rules' ``text_gift_minutes``.
    """
    with unit_of_work() as uow:
        own(uow, actor, Action.GIVE_HOURS)
        here = _here(uow, actor, now)
        purse = purse_of(uow, actor, from_organisation, here)
        said = Gift(to, minutes, words)

        def act() -> dict[str, Any]:
            return give_as(uow, actor, purse, said, here)

        arguments = {"to": to, "minutes": minutes, "words": words, "from": from_organisation}
        result = once(
            uow, "hours.give", actor=actor, key=key, arguments=arguments, now=now, act=act,
            again=False,
        )  # fmt: skip
        kept = Gift(result["to"], result["minutes"], words)
        view = gift_view(
            uow, actor, purse_of(uow, actor, from_organisation, here), kept, result["ref"], here
        )
        uow.commit()
    return view


def _here(uow: UnitOfWork, actor: Actor, now: datetime) -> Ground:
    """The actor's place. Raises NotAllowed, NotFound("hours_not_here") without a time bank."""
    member = own(uow, actor, Action.SEE_OWN)
    return _with_hours(ground(uow, member.place_id, now, alone=True))


def _with_hours(here: Ground) -> Ground:
    if not here.ruleset.hours:
        raise NotFound("hours_not_here")
    return here


def _whole(uow: UnitOfWork, purse: Purse, here: Ground) -> Statement:
    number = purse.account.number
    entries = uow.ledger.of_account(number) if number else ()
    return statements.statement(number, entries, ZoneInfo(here.place.timezone))


def _wanted(whole: Statement, month: tuple[int, int] | None, newest: int | None) -> Sequence[Month]:
    if month is not None:
        return (whole.month(*month),)
    return tuple(reversed(whole.months))[:newest]


def _statement_view(
    uow: UnitOfWork, actor: Actor, purse: Purse, whole: Statement, wanted: Sequence[Month],
    here: Ground, *, row_by_row: bool = False,
) -> StatementView:  # fmt: skip
    lines = [line for month in wanted for line in month.lines]
    sides = sides_of(
        uow, actor, whole, [*lines, *whole.promises], here, own=purse.organisation is None
    )
    notes = beside(uow, purse.account.number, lines, whole.promises)
    seen = _view_of(purse, whole, wanted, sides, notes, here, row_by_row=row_by_row)
    if row_by_row:
        return seen
    return replace(seen, owed=owed_views(uow, purse.account.number, here))


def _view_of(
    purse: Purse, whole: Statement, wanted: Sequence[Month], sides: Sides,
    notes: Beside, here: Ground, *, row_by_row: bool = False,
) -> StatementView:  # fmt: skip
    return StatementView(
        balance=balance_view(purse.account, here),
        known=tuple((month.year, month.month) for month in reversed(whole.months)),
        months=tuple(month_view(month, sides, notes, row_by_row=row_by_row) for month in wanted),
        promises=tuple(promise_view(each, sides, notes) for each in whole.promises),
        organisation=None if purse.organisation is None else purse.organisation.name,
        organisation_ref=purse.organisation_ref,
        timezone=here.place.timezone,
        only_received=purse.organisation is None and _only_received(whole),
    )


def _only_received(whole: Statement) -> bool:
    codes = {line.code for month in whole.months for line in month.lines}
    return f"{Reason.HELP}_out" in codes and f"{Reason.HELP}_in" not in codes
