"""The market of a place at one look: unmet need, helpers never asked, messages failing, spend."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Channel, OutboxState
from enabler.persistence.overview import Sent, Unmet
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._outlines import wards_picture
from enabler.services.views.overview import (
    IdleView,
    OverviewView,
    SendingView,
    SpendView,
    UnmetKind,
    UnmetRow,
)

DAYS = 90
SENDING_DAYS = 7
IDLE_DAYS = 14
"""Whoever offered later than so many days ago may yet be asked."""
IDLE_SHOWN = 20
MONTHS = 3
_LEFT = (OutboxState.ACCEPTED, OutboxState.DELIVERED)
_WAITING = (OutboxState.QUEUED, OutboxState.SENDING)
_FAILING = (OutboxState.FAILED, OutboxState.UNKNOWN)


def show(*, actor: Actor, category: str | None = None, now: datetime) -> OverviewView:
    """What a custodian should see of the market, in counts and refs: nobody's name is in it.

    Raises NotAllowed, NotFound, Invalid("category", code).
    """
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        here = ground(uow, actor.place_id, now)
        unmet = uow.overview.unmet(here.place.id, now - timedelta(days=DAYS))
        known = {one.category for one in unmet}
        if category is not None and category not in known:
            raise Invalid("category", "category_unknown")
        of_kind = [one for one in unmet if category in (None, one.category)]
        before = now - timedelta(days=IDLE_DAYS)
        idle_count, idle = uow.overview.never_asked(here.place.id, before, IDLE_SHOWN)
        wards = uow.homes.ward_names(here.place.id)
        return OverviewView(
            now=now, days=DAYS, category=category, wards=_by_ward(uow, of_kind, here),
            kinds=_by_kind(unmet),
            picture=wards_picture(uow, here.place.id), idle_count=idle_count,
            idle=tuple(IdleView(one.ref, wards[one.ward_id], one.posted_at) for one in idle),
            sending=_sending(uow, here), sending_days=SENDING_DAYS, spend=_spend(uow, here),
        )  # fmt: skip


def _by_ward(uow: UnitOfWork, unmet: Sequence[Unmet], here: Ground) -> tuple[UnmetRow, ...]:
    """Every ward, where most is unmet first."""
    rows = []
    for ward in uow.places.wards(here.place.id):
        found = [one for one in unmet if one.ward_id == ward.id]
        rows.append(UnmetRow(ward.code, ward.name, *_sums(found)))
    return tuple(sorted(rows, key=lambda row: (-row.unmet, row.name)))


def _by_kind(unmet: Sequence[Unmet]) -> tuple[UnmetKind, ...]:
    """Every kind of help that was asked for, where most is unmet first."""
    slugs = sorted({one.category for one in unmet})
    kinds = [UnmetKind(slug, *_sums(one for one in unmet if one.category == slug))
             for slug in slugs]  # fmt: skip
    return tuple(sorted(kinds, key=lambda kind: (-kind.waits - kind.missed, kind.category)))


def _sums(found: Iterable[Unmet]) -> tuple[int, int, int, datetime | None]:
    rows = list(found)
    since = min((one.since for one in rows if one.since is not None), default=None)
    return (
        sum(one.asked for one in rows), sum(one.waiting for one in rows),
        sum(one.missed for one in rows), since,
    )  # fmt: skip


def _sending(uow: UnitOfWork, here: Ground) -> tuple[SendingView, ...]:
    since = here.now - timedelta(days=SENDING_DAYS)
    sent = uow.overview.sent(here.place.id, since, here.now)
    return tuple(_of_channel(channel, sent) for channel in Channel)


def _of_channel(channel: Channel, sent: Sequence[Sent]) -> SendingView:
    mine = [one for one in sent if one.channel is channel]
    failing: dict[str, int] = {}
    for one in mine:
        if one.state in _FAILING:
            why = one.failure or ""
            failing[why] = failing.get(why, 0) + one.messages
    return SendingView(
        channel, _count(mine, _LEFT), _count(mine, _WAITING),
        tuple(sorted(failing.items(), key=lambda pair: (-pair[1], pair[0]))),
    )  # fmt: skip


def _count(sent: Iterable[Sent], states: Sequence[OutboxState]) -> int:
    return sum(one.messages for one in sent if one.state in states)


def _spend(uow: UnitOfWork, here: Ground) -> tuple[SpendView, ...]:
    """This month and those before it, the newest first."""
    price = here.ruleset.text_price_tenths
    found = []
    for since, until in _months(here):
        left = [one for one in uow.overview.sent(here.place.id, since, until)
                if one.channel is Channel.TEXT and one.state in _LEFT]  # fmt: skip
        parts = sum(one.parts for one in left)
        found.append(SpendView(
            month=(since.year, since.month), texts=_count(left, _LEFT), parts=parts,
            texts_pence=round(parts * price / 10) if price else None,
            laid_out_pence=uow.overview.spent_pence(here.place.id, since, until),
        ))  # fmt: skip
    return tuple(found)


def _months(here: Ground) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(here.place.timezone)
    local = here.now.astimezone(zone)
    number = local.year * 12 + local.month - 1
    starts = [datetime(each // 12, each % 12 + 1, 1, tzinfo=zone)
              for each in range(number - MONTHS + 1, number + 2)]  # fmt: skip
    return list(pairwise(starts))[::-1]
