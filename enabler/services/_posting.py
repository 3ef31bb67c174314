"""A need that is asked for: kept with its spot, held or asked about, linked to one like it."""

from collections.abc import Callable, Collection
from datetime import timedelta

from enabler.domain.demands import AMONG_OTHERS, settings_of
from enabler.domain.desk import NOTICED
from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.judging import judge_need
from enabler.domain.meeting import Circumstance
from enabler.domain.members import Member, Organisation, Where
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, NeedState, NextStep, OrganisationState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import NeedDraft, checked_draft, needed_by, where_of
from enabler.services._signals import Looked, keep, look
from enabler.services._tell import tell
from enabler.services._waiting import held_plan
from enabler.services._written import written_need

RAISED_BY_A_REPEAT = 100
MOST_PRIORITY = 1000


def post_need(
    uow: UnitOfWork, actor: Actor, asker: Member, draft: NeedDraft, here: Ground, *,
    of_series: bool = False, known: Callable[[Need], None] = lambda need: None,
    organisation: Organisation | None = None,
) -> Need:  # fmt: skip
    """Keep a need and ask its first helpers, or have it looked at. Raises WrongMoment, Invalid.
    With an ``organisation`` it is its need, which the ``asker`` writes down.

    One ``of_series`` repeats nothing: that it comes again is what was asked for. ``known`` is
    told of it before anybody is asked.
    """
    require_standing(uow, actor, asker, organisation, here)
    off = uow.rulesets.category_off(asker.place_id)
    if draft.every is not None:
        raise Invalid("every", "every_is_a_series")
    draft = checked_draft(draft, off=off, ruleset=here.ruleset, now=here.now)
    where = where_of(uow, asker, draft, organisation)
    there = ground(uow, asker.place_id, here.now, uow.homes.cell(where.cell_id))
    if there.ruleset.id != here.ruleset.id:  # an area has rules of its own
        draft = checked_draft(draft, off=off, ruleset=there.ruleset, now=here.now)
    here = there
    home_id = asker.home_id if organisation is None else None
    first = None if of_series else _first_alike(uow, home_id, draft, where, here)
    of_organisation = None if organisation is None else organisation.id
    written = written_need(
        uow, asker, draft, here, cell_id=where.cell_id, organisation=organisation,
        repeated=of_series,
    )  # fmt: skip
    looked = look(uow, written, here)
    need = _keep(
        uow, actor, asker, draft, where, first, here, of_organisation, looked, of_series=of_series
    )
    keep(uow, actor, written, (need.id, need.ref), looked, here)
    known(need)
    if need.state is NeedState.HELD:
        tell_held(uow, need, here, said_to=actor)
        return need
    return ask(uow, actor, need, here)


def require_standing(
    uow: UnitOfWork, actor: Actor, asker: Member, organisation: Organisation | None, here: Ground
) -> None:
    """Raises WrongMoment where whoever asks cannot ask now. For an organisation somebody must lead
    it; who once wrote a series down need not be there when its days are made."""
    writes = organisation is None or actor.member_id == asker.id
    if writes and asker.state is MemberState.PAUSED:
        raise WrongMoment("you_are_paused")
    if writes and asker.state not in (MemberState.ACTIVE, MemberState.HELD):
        raise WrongMoment("member_not_active", state=asker.state.value)
    if organisation is None:
        return
    leads = uow.organisations.leads(organisation.id, here.now)
    if organisation.state is not OrganisationState.ACTIVE or not leads:
        raise WrongMoment("organisation_not_active", state=organisation.state.value)


def held_because(category: str, here: Ground, signals: Collection[str] = ()) -> str | None:
    """Why a custodian looks at a need of this kind first, with these ``signals`` (codes, see
    :class:`Looked`), as a code; None when it opens at once."""
    here_so = {category: False}  # that it is here was checked
    return judge_need(category, here_so, here.ruleset, signals=signals).held_because


def version_of(need: Need) -> str:
    """What a message's key ends with, so that a changed need may say the same once more."""
    return f":{need.version}" if need.version > 1 else ""


def _keep(
    uow: UnitOfWork, actor: Actor, asker: Member, draft: NeedDraft, where: Where,
    first: Need | None, here: Ground, organisation_id: int | None, looked: Looked, *,
    of_series: bool,
) -> Need:  # fmt: skip
    unproved = organisation_id is None and _comes_in(draft) and _unproved(uow, asker)
    here_so = {draft.category: False}  # that it is here was checked
    held = judge_need(
        draft.category, here_so, here.ruleset, unproved=unproved,
        account_waits=asker.state is MemberState.HELD, signals=looked.codes,
    ).held_because  # fmt: skip
    wanted = needed_by(draft.windows, here.ruleset, here.now)
    circumstances = (*draft.circumstances, *[Circumstance.WEEKLY] * of_series)
    plan = Plan(NextStep.ASK_FIRST, here.now)
    if held:
        plan = held_plan(
            draft.category, draft.setting, circumstances, wanted, here,
            NOTICED if looked.found else held,
        )  # fmt: skip
    need = uow.needs.add(
        draft.windows,
        place_id=asker.place_id, ref=uow.refs.new(asker.place_id, "need"), asker_id=asker.id,
        posted_by=actor.person_id or asker.id, category=draft.category, words=draft.words,
        postcode=where.postcode, address=where.address, easting=where.easting,
        northing=where.northing, cell_id=where.cell_id, ward_id=where.ward_id,
        duration_minutes=draft.duration_minutes, slots=draft.slots,
        languages_required=list(draft.languages_required), preferences=list(draft.preferences),
        reach_metres=draft.reach_metres, held_because=held, setting=draft.setting,
        circumstances=list(circumstances),
        state=NeedState.HELD if held else NeedState.OPEN, ruleset_id=here.ruleset.id,
        next_step=plan.step, next_step_at=plan.at, posted_at=here.now, needed_by=wanted,
        repeats_id=None if first is None else first.id, organisation_id=organisation_id,
    )  # fmt: skip
    uow.audit.record(
        actor, "need.posted", place_id=need.place_id, subject=("need", need.id, need.ref),
        now=here.now, states=(None, need.state.value), why=held,
    )  # fmt: skip
    if first is not None:
        _raise_priority(uow, actor, first, here)
    return need


def _comes_in(draft: NeedDraft) -> bool:
    """Whether a helper may come into the asker's home, or be in a car with them."""
    settings = settings_of(draft.category) if draft.setting is None else (draft.setting,)
    return not AMONG_OTHERS.issuperset(settings)


def _unproved(uow: UnitOfWork, asker: Member) -> bool:
    """Whether nobody has shown that this asker can be reached where they say. Whoever has neither
    phone nor mail was added by somebody who met them."""
    contacts = uow.contacts.of(asker.id).values()
    return bool(contacts) and not any(contact.verified_at for contact in contacts)


def _first_alike(
    uow: UnitOfWork, home_id: int | None, draft: NeedDraft, where: Where, here: Ground
) -> Need | None:
    """The earlier need that this one repeats: the same kind of help from the same home."""
    return uow.needs.first_alike(
        place_id=here.place.id, category=draft.category, home_id=home_id,
        spot=(where.postcode, where.address),
        since=here.now - timedelta(days=here.ruleset.similar_days),
    )  # fmt: skip


def _raise_priority(uow: UnitOfWork, actor: Actor, first: Need, here: Ground) -> None:
    """Whoever has to ask twice waits less: the first need of the two comes before others."""
    priority = min(MOST_PRIORITY, first.priority + RAISED_BY_A_REPEAT)
    uow.needs.change(first.id, priority=priority)
    uow.audit.record(
        actor, "need.repeated", place_id=first.place_id, subject=("need", first.id, first.ref),
        now=here.now, states=(first.state.value, first.state.value), columns=("priority",),
    )  # fmt: skip


def tell_held(
    uow: UnitOfWork, need: Need, here: Ground, *, said_to: Actor | None = None
) -> None:  # fmt: skip
    """Tell the asker that a person looks at it first; once for each of its versions. ``said_to``:
    who hears it by the answer to their own text."""
    for member_id in askers_of(uow, need, here.now):
        if said_to is not None and said_to.texts_as(member_id):
            continue
        tell(
            uow, place_id=need.place_id, member_id=member_id, template="held",
            parameters={"need": need.ref}, priority=Priority.ANSWER,
            dedupe_key=f"held:{need.ref}:{member_id}{version_of(need)}", now=here.now,
        )  # fmt: skip
