"""People say to a member who has neither phone nor mail what could not be sent to them, and write
down what came of it. Never the member themself, nor who acts for them."""

from datetime import datetime
from typing import Any

from enabler.domain.desk import EntryKind, due_at
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.looks import WHERE_UNTOLD, checked_reason
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.untold import MOST_TRIES, TOLD, CameOf, again_at, checked, ways
from enabler.domain.words import LONGEST_LINE, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.persistence.untold import Untold
from enabler.services._ground import ground
from enabler.services._hidden import require_known
from enabler.services._looking import begin_look
from enabler.services._once import once
from enabler.services._queue import held_rows
from enabler.services._reaching import number_reached
from enabler.services._untold_readers import those_barred
from enabler.services._untold_words import WHY, ToSay, log_shown, log_told, to_say
from enabler.services.ports import Secrets
from enabler.services.views.untold import SayView, UntoldLine, UntoldView

__all__ = ["listed", "look", "never", "note", "show", "takes_texts"]


def listed(*, actor: Actor, now: datetime) -> tuple[UntoldLine, ...]:
    """Those whose turn it is and whom the actor may tell, in the order of the desk; nobody is
    named. Raises NotAllowed."""
    require(actor, Action.TELL_UNTOLD, Subject(actor.place_id))
    with reading() as uow:
        barred = those_barred(uow, actor, actor.place_id or 0, now)
        waiting = uow.untold.waiting(actor.place_id, now)
        due = _due(uow, actor, now)
    return tuple(
        UntoldLine(one.ref, one.again_at or one.since, due.get(one.ref), one.urgent, one.tries)
        for one in waiting
        if one.member_id not in barred and _may_try(actor, one)
    )


def show(*, actor: Actor, ref: str, secrets: Secrets, now: datetime) -> UntoldView:
    """Whom it is for and what is to be said, with how they are not to be reached. Where they live
    is there once the actor has said why they look. Sights, also of who is named in the letters.

    Raises NotFound, NotAllowed (own_case; untold_for_custodians after the last try),
    WrongMoment("untold_over").
    """
    with unit_of_work() as uow:
        one, member = _open(uow, actor, ref, now)
        receiver = uow.telling.receiver(member.id)
        said = to_say(uow, one, receiver, secrets, now)
        view = _view(uow, actor, one, member, said, now)
        log_shown(uow, actor, one, said, now)
        uow.commit()
    return view


def look(*, actor: Actor, ref: str, reason: str, words: str | None = None, now: datetime) -> None:
    """The actor says why they look where the member lives; it holds for half an hour.

    Raises as ``show``, Invalid("reason" or "words"), WrongMoment("way_barred") where they are not
    to be written to.
    """
    why = checked_reason(reason, words)
    with unit_of_work() as uow:
        one, member = _open(uow, actor, ref, now)
        if uow.untold.safe_contact(one.member_id).no_letters:
            raise WrongMoment("way_barred")
        begin_look(uow, actor, member, why, now)
        uow.commit()


def note(
    *, actor: Actor, ref: str, came_of: str, seen: int, secrets: Secrets, key: str, now: datetime
) -> None:  # fmt: skip
    """What came of it. Told: it is over, but for what came after the letters that were ``seen``.
    Not reached: it comes back on a later day, at most three times, then it is a custodian's.

    Raises as ``show``, Invalid("came_of", choose_one or way_barred), KeyReused.
    """
    with unit_of_work() as uow:
        require(actor, Action.TELL_UNTOLD, Subject(actor.place_id))

        def act() -> dict[str, Any]:
            one, member = _open(uow, actor, ref, now)
            safe = uow.untold.safe_contact(member.id)
            came = checked(came_of, ways(no_calls=safe.no_calls, no_letters=safe.no_letters))
            _settle(uow, actor, one, came, seen, secrets, now)
            _record(uow, actor, f"untold.{came.value}", one, member, now)
            return {"untold": one.ref}

        once(
            uow, "untold.note", actor=actor, key=key, now=now, act=act,
            arguments={"ref": ref, "came_of": came_of, "seen": seen},
        )  # fmt: skip
        uow.commit()


def never(
    *, actor: Actor, ref: str, calls: bool, letters: bool, words: str | None = None, key: str,
    now: datetime,
) -> None:  # fmt: skip
    """How the member is not to be reached, from now on: no ``calls``, no ``letters``; ``words``
    are what they said of it. Raises as ``show``, Invalid("words"), KeyReused."""
    said = optional_words("words", words, most=LONGEST_LINE)
    with unit_of_work() as uow:
        one, member = _open(uow, actor, ref, now)

        def act() -> dict[str, Any]:
            uow.untold.keep_safe_contact(
                member.id, place_id=member.place_id, no_calls=calls, no_letters=letters,
                words=said, at=now, by_member_id=actor.member_id,
            )  # fmt: skip
            _record(uow, actor, "member.safe-contact", one, member, now)
            return {"untold": one.ref}

        once(
            uow, "untold.never", actor=actor, key=key, now=now, act=act,
            arguments={"ref": one.ref, "calls": calls, "letters": letters, "words": said},
        )  # fmt: skip
        uow.commit()


def takes_texts(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The number that our texts did not reach is right after all: they go there again. What waits
    is sent, and leaves the desk by itself. Raises as ``show``, KeyReused."""
    with unit_of_work() as uow:
        one, member = _open(uow, actor, ref, now)
        contact = uow.contacts.of(member.id).get("phone")

        def act() -> dict[str, Any]:
            if contact is not None:
                phone = uow.phones.known(member.place_id, contact.value)
                number_reached(uow, phone, now, actor=actor)
            return {"untold": one.ref}

        once(
            uow, "untold.takes_texts", actor=actor, key=key, now=now, act=act,
            arguments={"ref": one.ref},
        )  # fmt: skip
        uow.commit()


def _open(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> tuple[Untold, Member]:
    require(actor, Action.TELL_UNTOLD, Subject(actor.place_id))
    one = uow.untold.by_ref(actor.place_id, ref)
    member = require_known(uow, actor, uow.homes.member(one.member_id))
    if actor.member_id is None or member.id in those_barred(uow, actor, one.place_id, now):
        raise NotAllowed("own_case")
    if not _may_try(actor, one):
        raise NotAllowed("untold_for_custodians")
    if one.ended_at is not None:
        raise WrongMoment("untold_over")
    return one, member


def _may_try(actor: Actor, one: Untold) -> bool:
    return one.tries < MOST_TRIES or allowed(actor, Action.MODERATE, Subject(one.place_id))


def _due(uow: UnitOfWork, actor: Actor, now: datetime) -> dict[str, datetime | None]:
    here = ground(uow, actor.place_id or 0, now, alone=True)
    return {
        row.ref: due_at(one, risk, here.ruleset, now)
        for row, one, risk in held_rows(uow, here) if row.kind == EntryKind.UNTOLD
    }  # fmt: skip


def _view(
    uow: UnitOfWork, actor: Actor, one: Untold, member: Member, said: tuple[ToSay, ...],
    now: datetime,
) -> UntoldView:  # fmt: skip
    safe, before = uow.untold.safe_contact(member.id), uow.untold.last_of(member.id)
    uow.sights.log(
        actor, member.id, ("name",), place_id=one.place_id, why=WHY, now=now, subject_ref=one.ref
    )
    where = None if safe.no_letters else _where(uow, actor, one, member, now)
    return UntoldView(
        ref=one.ref, member_ref=member.ref, name=member.name,
        language=uow.telling.receiver(member.id).language,
        letters=tuple(
            SayView(each.letter.template, each.values, each.letter.queued_at) for each in said
        ),
        no_calls=safe.no_calls, no_letters=safe.no_letters, not_by=safe.words,
        offered=ways(no_calls=safe.no_calls, no_letters=safe.no_letters),
        seen=max((each.letter.id for each in said), default=0), tries=one.tries,
        urgent=one.urgent, since=one.since, address=where and where[0],
        postcode=where and where[1], marked=uow.telling.receiver(member.id).marked,
        before=None if before is None or before.ended_at is None
        else (before.came_of or "", before.ended_at),
    )  # fmt: skip


def _where(
    uow: UnitOfWork, actor: Actor, one: Untold, member: Member, now: datetime
) -> tuple[str, str] | None:
    """Where they live, while the actor's reason holds."""
    if uow.looks.standing(actor.member_id or 0, member.id, now) is None or member.home_id is None:
        return None
    home = uow.homes.where(member.home_id)
    uow.sights.log(
        actor, member.id, ("address", "postcode"), place_id=one.place_id, why=WHERE_UNTOLD, now=now,
        subject_ref=one.ref,
    )  # fmt: skip
    return home.address, home.postcode


def _settle(
    uow: UnitOfWork, actor: Actor, one: Untold, came: CameOf, seen: int, secrets: Secrets,
    now: datetime,
) -> None:  # fmt: skip
    if came is CameOf.NOT_REACHED and one.tries < MOST_TRIES:
        tries = one.tries + 1
        uow.untold.change(one.id, tries=tries, again_at=again_at(tries, now))
    else:
        receiver = uow.telling.receiver(one.member_id)
        said = to_say(uow, one, receiver, secrets, now) if came in TOLD else ()
        log_told(uow, receiver, tuple(each for each in said if each.letter.id <= seen), now)
        _end(uow, actor, one, came, seen, now)
    uow.desk.let_go(one.place_id, EntryKind.UNTOLD.value, one.ref)


def _end(
    uow: UnitOfWork, actor: Actor, one: Untold, came: CameOf, seen: int, now: datetime
) -> None:
    """What came while somebody told the rest waits on, from now."""
    letters = uow.untold.letters(one.id)
    later = came in TOLD and any(letter.id > seen for letter in letters)
    uow.untold.end_letters([letter.id for letter in letters if letter.id <= seen or not later], now)
    if later:
        uow.untold.change(one.id, tries=0, again_at=None)
    else:
        uow.untold.change(one.id, ended_at=now, came_of=came.value, ended_by=actor.member_id)


def _record(
    uow: UnitOfWork, actor: Actor, what: str, one: Untold, member: Member, now: datetime
) -> None:
    uow.audit.record(
        actor, what, place_id=one.place_id, subject=("untold", one.id, one.ref), now=now,
        whose=member.id,
    )  # fmt: skip
