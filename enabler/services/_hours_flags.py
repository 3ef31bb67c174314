"""What a custodian makes of a flag about hours: who could pay, what may be chosen, what is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.matches import Match
from enabler.domain.permissions import Actor
from enabler.domain.words import checked_words
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.hours_events import HoursEvent
from enabler.persistence.hours_flags import Flag, FlaggedHelp
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._conversation import Case
from enabler.services._debts import Debt, able_pots, debt_of, pay
from enabler.services._games import COUNTS, DOES_NOT_COUNT
from enabler.services._ground import Ground
from enabler.services._hours_desk import parties_of, person, refuse_parties
from enabler.services._looked_at import LOOKED_AT, release
from enabler.services._progress import helpers_of, tell_one
from enabler.services.views.hours_desk import FlagView


@dataclass(frozen=True, slots=True)
class Settling:
    """What a custodian chose; of *paid* from which pot (its ref), of help that waited why."""

    choice: str
    pot: str | None = None
    words: str | None = None


def choices_of(flag: Flag, help_: FlaggedHelp | None, *, payable: bool) -> tuple[str, ...]:
    """What may be made of a flag. Help that is held back has to be decided: it waits for that."""
    if flag.settled_at is not None:
        return ()
    if help_ is not None and help_.state == LOOKED_AT:
        return (COUNTS, DOES_NOT_COUNT)
    if flag.kind != "unpaid":
        return ("seen",)
    return ("paid", "gift", "seen") if payable else ("gift", "seen")


def settle_flag(
    uow: UnitOfWork, actor: Actor, ref: str, settling: Settling, here: Ground
) -> dict[str, Any]:
    """Do what was chosen and take the flag off the desk; of a help that was held back, with every
    other flag that held it. Raises as ``hours_desk.settle``."""
    case = _case(uow, uow.hours_flags.by_ref(here.place.id, ref))
    flag = uow.hours_flags.by_ref(here.place.id, ref, lock=True)
    if flag.settled_at is not None:
        raise WrongMoment("hours_flag_settled_already")
    row = uow.help_hours.of_match(flag.match_id) if flag.match_id is not None else None
    debt = debt_of(uow, flag, row)
    refuse_parties(parties_of(uow, accounts_in(flag, row, debt), here.now), actor)
    help_ = uow.hours_flags.help_of((row.match_id,)).get(row.match_id) if row else None
    pots = {pot.ref: pot for pot, _ in able_pots(uow, debt, here)}
    if settling.choice not in choices_of(flag, help_, payable=bool(pots)):
        raise Invalid("decision", "hours_flag_not_so")
    if settling.choice in (COUNTS, DOES_NOT_COUNT) and case is not None:
        said = checked_words("words", settling.words)
        release(uow, actor, case, said, here, counts=settling.choice == COUNTS)
        return {"ref": flag.ref, "as": settling.choice}
    if settling.choice == "paid" and debt is not None:
        pay(uow, debt, pots.get(settling.pot or ""), here)
    _end(uow, actor, flag, settling, here)
    if case is not None:
        _thank(uow, case[0], settling, here)
    return {"ref": flag.ref, "as": settling.choice}


def _case(uow: UnitOfWork, flag: Flag) -> Case | None:
    """The match that a flag is about, with its need, which is locked before anything else."""
    if flag.match_id is None:
        return None
    match = uow.matches.by_id(flag.match_id)
    need = uow.needs.lock(match.need_id)
    return uow.matches.by_id(flag.match_id), need, uow.offers.by_id(match.offer_id)


def accounts_in(flag: Flag, row: HelpHours | None, debt: Debt | None) -> set[int]:
    """The numbers of the accounts that a flag is about."""
    told = [flag.facts.get("account"), *flag.facts.get("accounts", ())]
    told += [row.payer_id, row.helper_id] if row else []
    told += [debt.earner] if debt else []
    return {number for number in told if isinstance(number, int)}


def _thank(uow: UnitOfWork, match: Match, settling: Settling, here: Ground) -> None:
    """Whoever helped hears what became of the hours that nobody had."""
    template = {"paid": "hours_paid", "gift": "hours_as_gift"}.get(settling.choice)
    for member_id in helpers_of(uow, match, here) if template else ():
        tell_one(uow, match, member_id, template or "", here)


def _end(uow: UnitOfWork, actor: Actor, flag: Flag, settling: Settling, here: Ground) -> None:
    uow.hours_flags.settle(
        flag.id, by=person(actor), settled_as=settling.choice, now=here.now
    )  # fmt: skip
    uow.audit.record(
        actor, "hours-flag.settled", place_id=here.place.id,
        subject=("hours-flag", flag.id, flag.ref), now=here.now, states=("waiting", "settled"),
        why=settling.choice,
    )  # fmt: skip


def flag_views(
    uow: UnitOfWork, actor: Actor, flags: Iterable[Flag], here: Ground
) -> tuple[FlagView, ...]:
    """Flags for a list, with the help that each is about."""
    flags = tuple(flags)
    helps = uow.hours_flags.help_of(each.match_id for each in flags if each.match_id is not None)
    refs = uow.hours_proposals.refs_of({each.settled_by for each in flags if each.settled_by})
    events = events_of(uow, flags, here)
    return tuple(
        flag_view(actor, each, helps.get(each.match_id or 0), refs, here, events=events)
        for each in flags
    )


def events_of(uow: UnitOfWork, flags: Iterable[Flag], here: Ground) -> Mapping[str, HoursEvent]:
    """What was written down that flags are about, by ref."""
    refs = {str(flag.facts["event"]) for flag in flags if "event" in flag.facts}
    return uow.hours_events.named(here.place.id, refs)


def flag_view(
    actor: Actor, flag: Flag, help_: FlaggedHelp | None, refs: Mapping[int, str], here: Ground, *,
    choices: tuple[str, ...] = (), events: Mapping[str, HoursEvent],
) -> FlagView:  # fmt: skip
    """A flag as staff read it; ``refs``: of those who may have settled it, by id; ``events``: what
    was written down, by ref."""
    told = flag.facts.get("minutes")
    view: dict[str, Any] = {
        "ref": flag.ref, "kind": flag.kind, "raised_at": flag.raised_at,
        "minutes": told if isinstance(told, int) else None,
        "event_ref": flag.facts.get("event"), "choices": choices,
        "people": len(flag.facts.get("accounts", ())),
        "settled_as": flag.settled_as, "settled_at": flag.settled_at,
        "settled_by": refs.get(flag.settled_by or 0),
        "mine": flag.settled_by is not None and flag.settled_by == actor.member_id,
    }  # fmt: skip
    event = events.get(str(flag.facts.get("event")))
    if event is not None:
        view |= {"event_words": event.words, "category": event.category, "on": event.on_day}
    if help_ is not None:
        zone = ZoneInfo(here.place.timezone)
        view |= {
            "match_ref": help_.match_ref, "category": help_.category,
            "length": help_.minutes or help_.expected, "held": help_.state == LOOKED_AT,
            "on": help_.on_day or (help_.settled_at or help_.opened_at).astimezone(zone).date(),
        }  # fmt: skip
    return FlagView(**view)
