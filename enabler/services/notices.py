"""How a member is told of things: by which way, when not, how often; and the one-press stop."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from enabler.domain.consents import NEWS, ON_A_PAGE, Shown
from enabler.domain.errors import Invalid, NotFound
from enabler.domain.members import Member
from enabler.domain.notices import WAYS_OF, Kind, Wishes
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import Way
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _links
from enabler.services._consenting import agree, end_consent
from enabler.services._once import once
from enabler.services._own import own
from enabler.services.ports import Secrets
from enabler.services.views import NoticesView

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Times:
    """When a member wants no texts, on top of the place's own quiet hours (minutes of the local
    day; None: no more than those), whether asks may come in those, and how many a week at most."""

    quiet_from: int | None = None
    quiet_until: int | None = None
    night_asks: bool = False
    asks_per_week: int | None = None


def show(*, actor: Actor, now: datetime) -> NoticesView:
    """What the member chose, and what the place lets them choose. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        wishes, contacts = uow.wishes.told(member.id), uow.contacts.of(member.id)
        rules = uow.rulesets.in_force(member.place_id, now)
        return NoticesView(
            asks=wishes.asks, news=wishes.news, reminders=wishes.reminders,
            bulletins=wishes.bulletins, phone="phone" in contacts, mail="mail" in contacts,
            stopped=member.stopped, mail_stopped=member.mail_stopped,
            marked=uow.telling.receiver(member.id).marked,
            quiet_from=member.quiet_from, quiet_until=member.quiet_until,
            night_asks=member.night_asks, asks_per_week=member.asks_per_week,
            place_quiet_from=rules.quiet_from, place_quiet_until=rules.quiet_until,
            place_asks_per_week=rules.asks_per_week,
        )  # fmt: skip


def choose_ways(
    *, actor: Actor, wishes: Wishes, shown: Shown = ON_A_PAGE, key: str, now: datetime
) -> None:
    """Be told by these ways from now on. Whoever wants news agrees to them by it, in the words that
    were ``shown``.

    Raises Invalid at the kind's name (way_unknown; needs_mail or needs_phone where there is none
    to go to), NotAllowed, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        contacts = uow.contacts.of(member.id)
        for kind in Kind:
            _check(kind, wishes.of(kind), has_mail="mail" in contacts)
        values = {f"{name}_by": way.value for name, way in asdict(wishes).items()}
        once(
            uow, "notices.choose_ways", actor=actor, key=key, arguments=values, now=now,
            act=lambda: _choose(uow, actor, member, values, shown, now),
        )  # fmt: skip
        uow.commit()


def _check(kind: Kind, way: Way, *, has_mail: bool) -> None:
    if way not in WAYS_OF[kind]:
        raise Invalid(kind.value, "way_unknown")
    if way in (Way.MAIL, Way.BOTH) and not has_mail:
        raise Invalid(kind.value, "way_needs_mail")


def _choose(
    uow: UnitOfWork, actor: Actor, member: Member, values: dict[str, Any], shown: Shown,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    if values["bulletins_by"] == Way.PAGE:
        end_consent(uow, actor, member, NEWS, shown.how, now)
    elif not uow.consents.standing(member.id, NEWS):
        agree(uow, actor, member, NEWS, shown, now)
    uow.wishes.choose(member.place_id, member.id, **values)
    _record(uow, actor, member, "member.changed", tuple(values), now)
    return {"member": member.ref}


def choose_times(*, actor: Actor, times: Times, key: str, now: datetime) -> None:
    """Have quiet hours of one's own, asks at night or not, and so many asks a week at most.

    Raises Invalid at ``quiet_from``, ``quiet_until``, ``asks_per_week``, NotAllowed, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        _check_times(times, uow.rulesets.in_force(member.place_id, now).asks_per_week)
        values = asdict(times)
        once(
            uow, "notices.choose_times", actor=actor, key=key, arguments=values, now=now,
            act=lambda: _set(uow, actor, member, values, now),
        )  # fmt: skip
        uow.commit()


def _check_times(times: Times, most: int) -> None:
    ends = {"quiet_from": times.quiet_from, "quiet_until": times.quiet_until}
    for name, minute in ends.items():
        if minute is None and any(end is not None for end in ends.values()):
            raise Invalid(name, f"{name}_missing")
        if minute is not None and not 0 <= minute < _DAY:
            raise Invalid(name, "time_malformed")
    if times.quiet_from is not None and times.quiet_from == times.quiet_until:
        raise Invalid("quiet_until", "quiet_all_day")
    if times.asks_per_week is not None and not 1 <= times.asks_per_week <= most:
        raise Invalid("asks_per_week", "asks_per_week_outside", most=most)


def _set(
    uow: UnitOfWork, actor: Actor, member: Member, values: dict[str, Any], now: datetime
) -> dict[str, Any]:
    uow.members.change(member.id, **values)
    _record(uow, actor, member, "member.changed", tuple(values), now)
    return {"member": member.ref}


def start_again(*, actor: Actor, now: datetime) -> None:
    """Send texts and mails again, after a stop of either. Once more does nothing more.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        if member.stopped or member.mail_stopped:
            uow.members.change(member.id, stopped_at=None, mail_stopped_at=None)
            stops = ("stopped_at", "mail_stopped_at")
            _record(uow, actor, member, "member.started-again", stops, now)
        uow.commit()


def mail_stops(*, token: str, secrets: Secrets) -> bool:
    """Whether the mails of this link's member are stopped. Raises NotFound: no link of ours."""
    require(Actor.anonymous(), Action.FOLLOW_LINK)
    with reading() as uow:
        return _of_link(uow, token, secrets).mail_stopped


def stop_mails(*, token: str, secrets: Secrets, now: datetime) -> None:
    """No mails any more but codes and safety, by the link that stands in each of them.

    Once more does nothing more. Raises NotFound for no link of ours.
    """
    _by_link(token, secrets, now, stopped=True)


def start_mails(*, token: str, secrets: Secrets, now: datetime) -> None:
    """Mails again, by the same link. Raises NotFound for no link of ours."""
    _by_link(token, secrets, now, stopped=False)


def _by_link(token: str, secrets: Secrets, now: datetime, *, stopped: bool) -> None:
    with unit_of_work() as uow:
        require(Actor.anonymous(), Action.FOLLOW_LINK)
        member = _of_link(uow, token, secrets)
        if member.mail_stopped is not stopped:
            uow.telling.stop_mails(member.id, now if stopped else None)
            what = "member.mails-stopped" if stopped else "member.mails-started"
            actor = Actor.anonymous(member.place_id)
            _record(uow, actor, member, what, ("mail_stopped_at",), now)
        uow.commit()


def _of_link(uow: UnitOfWork, token: str, secrets: Secrets) -> Member:
    ref = _links.read(secrets, _links.STOP, token)
    if ref is None:
        raise NotFound("link_unknown")
    return uow.homes.member_by_ref(None, ref)


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, what: str, columns: tuple[str, ...],
    now: datetime,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, what, place_id=member.place_id, now=now, columns=columns,
        subject=("member", member.id, member.ref),
    )  # fmt: skip
