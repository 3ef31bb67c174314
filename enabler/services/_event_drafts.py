"""What is written down of time that was given, before it is kept: whether it means something."""

from dataclasses import dataclass
from datetime import date, timedelta

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.hours import Pot
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import MemberState
from enabler.domain.weeks import day_of
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hours_policy import earns, policy_of
from enabler.services._need_drafts import known_category
from enabler.services._subjects import of_organisation
from enabler.timebank.events import EventWay
from enabler.timebank.limits import Earns

LONGEST_TITLE = 80
MOST_PEOPLE = 60
OLDEST = timedelta(days=60)
"""So long after it an afternoon can be written down: later nobody remembers who was there."""
_HERE = (MemberState.ACTIVE, MemberState.PAUSED)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An afternoon of many; what is None has not been said yet. Refs are as they were typed.

    ``minutes`` are for everybody who has none beside their ref in ``people``. ``one``: who taught,
    where one did. ``organisation_ref``: whose it was; None: the community's.
    """

    organisation_ref: str | None = None
    way: str | None = None
    words: str | None = None
    on_day: date | None = None
    minutes: int | None = None
    one: str | None = None
    people: tuple[tuple[str, int | None], ...] | None = None


@dataclass(frozen=True, slots=True)
class HelpDraft:
    """One help between two, of which a custodian was told. Refs are as they were typed;
    ``known_by``: how the custodian knows."""

    helper: str
    asker: str
    category: str
    on_day: date
    minutes: int
    known_by: str


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was there, with their minutes."""

    member: Member
    minutes: int


@dataclass(frozen=True, slots=True)
class CheckedEvent:
    """An afternoon that means something: with the people that its refs are of."""

    way: EventWay
    words: str
    on_day: date
    organisation: Organisation | None
    one: Member | None
    people: tuple[Present, ...]


def check_parts(
    uow: UnitOfWork, actor: Actor, draft: EventDraft, organisation: Organisation | None,
    here: Ground,
) -> None:  # fmt: skip
    """Whether what was said so far means something. Raises Invalid at the part that does not."""
    if draft.way is not None:
        _require_payer(uow, actor, draft, here)
    if draft.words is not None:
        checked_words("words", draft.words, most=LONGEST_TITLE)
    if draft.on_day is not None:
        check_day(draft.on_day, here)
    if draft.minutes is not None:
        check_minutes("minutes", draft.minutes, here)
    if draft.people is not None:
        _, people = _people(uow, actor, draft, organisation, here)
        if draft.on_day is not None and draft.way == EventWay.MANY_TO_ONE:
            check_days(uow, actor, people, draft.on_day, organisation, here)


def checked_event(
    uow: UnitOfWork, actor: Actor, draft: EventDraft, organisation: Organisation | None,
    here: Ground,
) -> CheckedEvent:  # fmt: skip
    """The whole of it. Raises Invalid at the part that is missing or means nothing."""
    _require_payer(uow, actor, draft, here)
    way, day = EventWay(draft.way or ""), draft.on_day
    if day is None:
        raise Invalid("day", "day_missing")
    check_day(day, here)
    if draft.minutes is not None or any(minutes is None for _, minutes in draft.people or ()):
        check_minutes("minutes", draft.minutes or 0, here)
    one, people = _people(uow, actor, draft, organisation, here)
    if way is EventWay.MANY_TO_ONE:
        check_days(uow, actor, people, day, organisation, here)
    return CheckedEvent(
        way, checked_words("words", draft.words, most=LONGEST_TITLE), day, organisation, one, people
    )


def ways_of(actor: Actor, here: Ground) -> tuple[EventWay, ...]:
    """The ways in which somebody may write down. Hours of others go only by the council's hand: by
    silence an organisation's leads may give what the organisation has, and no member's."""
    if allowed(actor, Action.RECORD_HOURS, Subject(here.place.id)):
        return EventWay.MANY_TO_ONE, EventWay.ONE_TO_MANY
    return (EventWay.MANY_TO_ONE,)


def _require_payer(uow: UnitOfWork, actor: Actor, draft: EventDraft, here: Ground) -> None:
    """Raises Invalid("way", …) for no way, one that is not for the writer, or one for which there
    is nobody to pay."""
    if draft.way not in (EventWay.MANY_TO_ONE, EventWay.ONE_TO_MANY):
        raise Invalid("way", "code_unknown")
    if draft.way not in ways_of(actor, here):
        raise Invalid("way", "way_is_the_councils")
    if draft.way == EventWay.MANY_TO_ONE and draft.organisation_ref is None:
        community_pot(uow, here)


def community_pot(uow: UnitOfWork, here: Ground) -> Pot:
    """The community's pot. Raises Invalid("way", community_pot_missing)."""
    found = uow.purses.community_pot(here.place.id)
    if found is None:
        raise Invalid("way", "community_pot_missing")
    return found


def check_day(day: date, here: Ground) -> None:
    """Raises Invalid("day", …) for a day that lies ahead, or too far back."""
    today = day_of(here.now, here.place.timezone)
    if day > today:
        raise Invalid("day", "day_ahead")
    if day < today - OLDEST:
        raise Invalid("day", "day_too_long_ago", days=OLDEST.days)


def check_minutes(field: str, minutes: int, here: Ground) -> None:
    """Raises Invalid for nothing, or for more than one person is credited with for a day."""
    most = policy_of(here.ruleset).most_per_day
    if minutes < 1:
        raise Invalid(field, "minutes_not_positive")
    if minutes > most:
        raise Invalid(field, "minutes_too_many", most=most)


def check_days(
    uow: UnitOfWork, actor: Actor, people: tuple[Present, ...], day: date,
    organisation: Organisation | None, here: Ground,
) -> None:  # fmt: skip
    """Raises Invalid("people", person_day_is_full) for more than one is credited with for a day,
    with what was written down before. Of what others wrote an organisation is told nothing."""
    most = policy_of(here.ruleset).most_per_day
    councils = allowed(actor, Action.RECORD_HOURS, Subject(here.place.id))
    whose = None if councils or organisation is None else organisation.id
    had = uow.hours_events.earned_by((each.member.id for each in people), day, whose)
    if councils:
        for each in people:
            had[each.member.id] += uow.help_hours.credited_on(each.member.id, day, 0)
    for each in people:
        left = max(0, most - had[each.member.id])
        if each.minutes > left:
            raise Invalid("people", "person_day_is_full", ref=each.member.ref, most=most, left=left)


def _people(
    uow: UnitOfWork, actor: Actor, draft: EventDraft, organisation: Organisation | None,
    here: Ground,
) -> tuple[Member | None, tuple[Present, ...]]:  # fmt: skip
    """The one who taught, where one did, and the many. Raises Invalid("one" or "people", …)."""
    typed = draft.people or ()
    if not typed:
        raise Invalid("people", "people_missing")
    if len(typed) > MOST_PEOPLE:
        raise Invalid("people", "people_too_many", most=MOST_PEOPLE)
    one = _one(uow, actor, draft, here)
    found = tuple(_present(uow, actor, ref, minutes, draft, here) for ref, minutes in typed)
    ids = [each.member.id for each in found]
    for each in found:
        if ids.count(each.member.id) > 1 or (one and each.member.id == one.id):
            raise Invalid("people", "person_twice", ref=each.member.ref)
    if actor.member_id in (*ids, one.id if one else 0) and not leads(actor, organisation):
        raise Invalid("one" if one and one.id == actor.member_id else "people", "party_to_it")
    return one, found


def leads(actor: Actor, organisation: Organisation | None) -> bool:
    """Whether somebody leads what an afternoon was of: then they may have been there themself, and
    know what it has. A custodian's own hours are for a colleague to write down."""
    return organisation is not None and allowed(
        actor, Action.CHANGE_ORGANISATION, of_organisation(organisation)
    )


def _one(uow: UnitOfWork, actor: Actor, draft: EventDraft, here: Ground) -> Member | None:
    if draft.way != EventWay.ONE_TO_MANY:
        return None
    if not (draft.one or "").strip():
        raise Invalid("one", "one_missing")
    return person(uow, actor, "one", draft.one or "", here)


def _present(
    uow: UnitOfWork, actor: Actor, ref: str, minutes: int | None, draft: EventDraft, here: Ground
) -> Present:
    if minutes is not None:
        check_minutes("people", minutes, here)
    member = person(uow, actor, "people", ref, here)
    return Present(member, draft.minutes or 0 if minutes is None else minutes)


def person(uow: UnitOfWork, actor: Actor, field: str, typed: str, here: Ground) -> Member:
    """A member of the place by the ref that was typed; whoever is kept apart from the writer is as
    unknown as nobody at all. Raises Invalid(field, …): person_missing, ref_of_nobody,
    person_left_time_bank."""
    if not typed.strip():
        raise Invalid(field, "person_missing")
    unknown = Invalid(field, "ref_of_nobody", ref=typed.strip()[:20])
    kind, ref = uow.refs.kind_of(here.place.id, typed) or ("", "")
    if kind != "member":
        raise unknown
    try:
        member = uow.homes.member_by_ref(here.place.id, ref)
    except NotFound as missing:
        raise unknown from missing
    apart = uow.gifts.kept_apart(actor.member_id) if actor.member_id is not None else frozenset()
    if member.state not in _HERE or member.id in apart:
        raise unknown
    account = uow.purses.of_member(member.id)
    if account is not None and account.closed:
        raise Invalid(field, "person_left_time_bank", ref=member.ref)
    return member


def checked_help(
    uow: UnitOfWork, actor: Actor, draft: HelpDraft, here: Ground
) -> tuple[Member, Member, str]:
    """The helper, the asker, and how it is known. Raises Invalid at the part that means nothing."""
    helper = person(uow, actor, "helper", draft.helper, here)
    asker = person(uow, actor, "asker", draft.asker, here)
    if helper.id == asker.id:
        raise Invalid("asker", "person_twice", ref=asker.ref)
    if actor.member_id is not None and actor.member_id in (helper.id, asker.id):
        field = "helper" if actor.member_id == helper.id else "asker"
        raise Invalid(field, "party_to_it")
    known_category("category", draft.category, uow.rulesets.category_off(here.place.id),
                   here.ruleset)  # fmt: skip
    if earns(draft.category, here.ruleset) is not Earns.HOURS:
        raise Invalid("category", "category_earns_no_hours")
    check_day(draft.on_day, here)
    check_minutes("minutes", draft.minutes, here)
    return helper, asker, checked_words("known_by", draft.known_by, most=500)
