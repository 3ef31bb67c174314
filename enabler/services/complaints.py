"""Complaints about what the council does with personal data: made, read, answered, counted."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from enabler.domain.complaints import (
    ANSWERED,
    FROM_STRANGERS,
    HOW,
    LOOKING,
    OUTCOMES,
    clock_of,
    tells_next,
)
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words
from enabler.persistence.complaints import Complaint
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _links
from enabler.services._complaining import (
    keep_complaint,
    keep_from_named,
    load,
    network_of,
    readers_of,
    step,
    tell_readers,
)  # fmt: skip
from enabler.services._complaint_views import complaint_view, listed, own_view
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services.ports import Secrets
from enabler.services.views.complaints import (
    ComplaintCounts,
    ComplaintView,
    OwnComplaint,
    RegisterView,
)

OF_A_COMPLAINT = "see-complaint"
MOST_WORDS = 4_000
COUNTED = timedelta(days=365)


def make(
    *, actor: Actor, words: str, call_back: str | None = None, how: str = "page",
    from_address: str = "", secrets: Secrets | None = None, key: str, now: datetime,
) -> str:  # fmt: skip
    """Complain about what is done with personal data, also without an account; the complaint's
    ref. It is acknowledged by that, and the answer has 30 days.

    ``how``: page, text or desk. ``call_back``: how somebody without an account wants to be
    answered; without it they can ask by the ref's link. ``from_address`` is their network address,
    kept for a day as a digest. Raises NotAllowed, Invalid("words", "call_back" or "how"),
    LimitReached, KeyReused.
    """
    if how not in HOW:
        raise Invalid("how", "code_unknown")
    said = checked_words("words", words, most=MOST_WORDS)
    way_back = optional_words("call_back", call_back, most=LONGEST_LINE)
    with unit_of_work() as uow:
        place_id = _required(actor)
        network = network_of(actor, secrets, from_address)

        def act() -> dict[str, Any]:
            if actor.member_id is None:
                nth = uow.complaints.nth_newest_of_strangers(place_id, FROM_STRANGERS.count)
                FROM_STRANGERS.check(nth, now)
            kept = keep_complaint(
                uow, actor, place_id, said, how=how, now=now, call_back=way_back,
                from_address_hash=network,
            )  # fmt: skip
            return {"ref": kept.ref}

        result = once(
            uow, "complaints.make", actor=actor, key=key, now=now, act=act, again=False,
            arguments={"place": place_id, "words": said, "call_back": way_back, "how": how},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _required(actor: Actor) -> int:
    action = Action.TELL_COUNCIL if actor.member_id is None else Action.REPORT
    require(actor, action, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.place_id is None:
        raise NotAllowed(action=action.value)
    return actor.place_id


def answer_by(
    *, actor: Actor, place_id: int, made_at: datetime, correction: bool = False
) -> date:  # fmt: skip
    """The local day by whose end there is an answer to what is complained of, or asked to be put
    right, at a moment."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        zone = uow.places.by_id(place_id).timezone
        return clock_of(made_at, zone, correction=correction).answer_by


def mine(*, actor: Actor, now: datetime) -> tuple[OwnComplaint, ...]:
    """What the member complained of, the newest first. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        found = uow.complaints.of_member(place_of(actor), actor.member_id or 0)
        return tuple(own_view(uow, one, now) for one in found)


def show(*, actor: Actor, ref: str, now: datetime) -> OwnComplaint:
    """One of them. Raises NotAllowed, NotFound (also for another's)."""
    with unit_of_work() as uow:
        require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        return own_view(uow, _own(uow, actor, ref), now)


def link_of(*, ref: str, secrets: Secrets) -> str:
    """The token of the page on which somebody without an account reads where it stands."""
    return _links.sign(secrets, OF_A_COMPLAINT, ref)


def by_link(*, actor: Actor, token: str, secrets: Secrets, now: datetime) -> OwnComplaint:
    """Where it stands and what was answered, without the words: others may have the link.

    Raises NotFound for any other link."""
    require(actor, Action.FOLLOW_LINK)
    ref = _links.read(secrets, OF_A_COMPLAINT, token)
    if ref is None:
        raise NotFound("complaint_unknown")
    with unit_of_work() as uow:
        return own_view(uow, uow.complaints.by_ref(place_of(actor), ref), now, by_link=True)


def add(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> None:
    """Add something to one's own complaint: those who answer are told, never whom it names.

    Raises NotAllowed, NotFound, WrongMoment("complaint_answered"), Invalid("words"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        require(actor, Action.CHANGE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        one = _own(uow, actor, ref)

        def act() -> dict[str, Any]:
            if one.state == ANSWERED:
                raise WrongMoment("complaint_answered")
            step(uow, actor, one, "added", now, words=said)
            kept = keep_from_named(uow, actor, one, said, now)
            tell_readers(uow, kept, "complaint_added_staff", f"{one.ref}:{now.isoformat()}", now)
            return {"ref": one.ref}

        once(uow, "complaints.add", actor=actor, key=key, now=now, act=act, again=False,
             arguments={"ref": one.ref, "words": said})  # fmt: skip
        uow.commit()


def register(*, actor: Actor, now: datetime) -> RegisterView:
    """All of the actor's place that they keep, without a word of them. Raises NotAllowed."""
    require(actor, Action.KEEP_COMPLAINTS, Subject(actor.place_id))
    with reading() as uow:
        found = [
            one for one in uow.complaints.of_place(place_of(actor))
            if actor.member_id in readers_of(uow, one, now)
        ]  # fmt: skip
        views = [(one.state, listed(uow, one, now)) for one in found]
    return RegisterView(
        waiting=tuple(view for state, view in views if state != ANSWERED),
        answered=tuple(view for state, view in views if state == ANSWERED),
    )


def one(*, actor: Actor, ref: str, now: datetime) -> ComplaintView:
    """One with all that was done; the sight of who complained is logged.

    Raises NotFound (also for whoever it is about), NotAllowed."""
    with unit_of_work() as uow:
        view = complaint_view(uow, actor, load(uow, actor, ref, now), now)
        uow.commit()
    return view


def take(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """I look into it: whoever complained reads that somebody does.

    Raises NotFound, NotAllowed, WrongMoment("complaint_answered"), KeyReused."""

    def act(uow: UnitOfWork, found: Complaint) -> None:
        if found.assigned_to == actor.member_id:
            return
        uow.complaints.change(found.id, assigned_to=actor.member_id, state=LOOKING)
        step(uow, actor, found, "taken", now, states=(found.state, LOOKING))

    _change(actor, ref, "take", {}, key, now, act)


def note(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> None:
    """Write something down, for colleagues who keep it. It stays as it is.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("words"), KeyReused."""
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, found: Complaint) -> None:
        step(uow, actor, found, "note", now, words=said)

    _change(actor, ref, "note", {"words": said}, key, now, act, again=False)


def answer(*, actor: Actor, ref: str, outcome: str, words: str, key: str, now: datetime) -> None:
    """Answer it: the clock stops, and whoever complained reads what came of it, why, and how to go
    on to the Information Commissioner.

    Raises NotFound, NotAllowed, WrongMoment("complaint_answered"), Invalid("outcome" or "words"),
    KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    if outcome not in OUTCOMES:
        raise Invalid("outcome", "code_unknown")

    def act(uow: UnitOfWork, found: Complaint) -> None:
        uow.complaints.change(
            found.id, state=ANSWERED, outcome=outcome, answer=said, answered_at=now,
            answered_by=actor.member_id, tell_next_at=None,
        )  # fmt: skip
        step(uow, actor, found, "answered", now, states=(found.state, ANSWERED), outcome=outcome)
        if found.by_member_id is not None:
            tell(
                uow, place_id=found.place_id, member_id=found.by_member_id,
                template="complaint_answered", parameters={"own_complaint": found.ref},
                priority=Priority.ANSWER, now=now, dedupe_key=f"complaint_answered:{found.ref}",
            )  # fmt: skip

    given = {"outcome": outcome, "words": said}
    _change(actor, ref, "answer", given, key, now, act)


def look_over(*, actor: Actor, now: datetime) -> int:
    """Tell those who keep one complaint that it waits: on its twentieth day, and each day from the
    one on by which it should have been answered; 1, or 0 where there is none. Call it until it
    gives 0; safe to run twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        found = uow.complaints.claim_due(now)
        if found is None:
            return 0
        late = now >= found.due_at
        zone = uow.places.by_id(found.place_id).timezone
        uow.complaints.change(
            found.id, told_times=found.told_times + 1,
            tell_next_at=tells_next(found.due_at, zone, now),
        )  # fmt: skip
        step(uow, actor, found, "told", now, late=late)
        template = "complaint_late_staff" if late else "complaint_waits_staff"
        tell_readers(uow, found, template, f"{found.ref}:{found.told_times + 1}", now)
        uow.commit()
    return 1


def counts(*, actor: Actor, place_id: int, kind: str, now: datetime) -> ComplaintCounts:
    """Of twelve months, for everybody: numbers alone, of one kind (COMPLAINT, CORRECTION)."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        found = uow.complaints.counts(place_id, kind, now - COUNTED, now)
        return ComplaintCounts(
            found.made, found.in_time, found.late, found.waiting, found.overdue, found.outcomes
        )


def _own(uow: UnitOfWork, actor: Actor, ref: str) -> Complaint:
    found = uow.complaints.by_ref(place_of(actor), ref)
    if actor.member_id is None or found.by_member_id != actor.member_id:
        raise NotFound("complaint_unknown")
    return found


def _change(
    actor: Actor, ref: str, verb: str, given: Mapping[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Complaint], None], *, again: bool = True,
) -> None:  # fmt: skip
    """Do one thing with a complaint that waits, once. ``again``: the very same may be said twice
    within minutes."""
    with unit_of_work() as uow:
        found = load(uow, actor, ref, now)

        def acting() -> dict[str, Any]:
            if found.state == ANSWERED:
                raise WrongMoment("complaint_answered")
            act(uow, found)
            return {"ref": found.ref}

        once(
            uow, f"complaints.{verb}", actor=actor, key=key, now=now, act=acting, again=again,
            arguments={"ref": found.ref, **given},
        )  # fmt: skip
        uow.commit()
