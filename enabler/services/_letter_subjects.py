"""What a row of the outbox is about, read at the moment it is sent; None: it is so no longer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from enabler.domain.answering import ANSWER
from enabler.domain.conversation import is_open, standing_proposal
from enabler.domain.letter_parts import Side
from enabler.domain.letters import TEMPLATES, About
from enabler.domain.messages import Outgoing, Receiver
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import tells_of_one_apart
from enabler.services._check_letters import OF_CHECKS
from enabler.services._desk_letters import OF_DESK
from enabler.services._hours_letters import OF_HOURS
from enabler.services._letter_supporters import with_supporter
from enabler.services._mandate_letters import OF_MANDATES
from enabler.services._rules_letters import rules_ending_subject, rules_subject
from enabler.services._ward_counts import ward_subject

_OF_SAFETY: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "outcome": lambda uow, row, ref, now: uow.safety_subjects.outcome(ref, now),
    "release": lambda uow, row, ref, now: uow.safety_subjects.release(ref, now),
    "conduct": lambda uow, row, ref, now: uow.safety_subjects.conduct(ref, now),
    "unread": lambda uow, row, ref, now: uow.safety_subjects.unread(ref, now),
    "report": lambda uow, row, ref, now: uow.safety_subjects.report(ref, now),
}


def _of_unreached(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """A member whom our texts do not reach, while they do not."""
    about = uow.subjects.own(row.place_id, ref)
    if about is None or not uow.telling.receiver(row.member_id or 0).marked:
        return None
    return replace(about, state="unreached")


_OF_OWN: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "back": lambda uow, row, ref, now: uow.subjects.own(row.place_id, ref),
    "unreached": _of_unreached,
    "ward": ward_subject,
}
_OF_RIGHTS: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "own_complaint": lambda uow, row, ref, now: uow.rights_subjects.own_complaint(ref),
    "unread_complaint": lambda uow, row, ref, now: uow.rights_subjects.unread(ref, now),
    "complaint": lambda uow, row, ref, now: uow.rights_subjects.complaint(ref, now),
    "erase_asked": lambda uow, row, ref, now: uow.rights_subjects.erase_asked(ref),
    "consent": lambda uow, row, of, now: uow.rights_subjects.consent(row.member_id or 0, of),
}
_SUBJECTS = {
    **OF_HOURS,
    **OF_DESK,
    **OF_CHECKS,
    **OF_MANDATES,
    **_OF_SAFETY,
    **_OF_OWN,
    **_OF_RIGHTS,
}
"""By the name of the parameter that has its ref, what a message is about."""


def subject_of(uow: UnitOfWork, row: Outgoing, receiver: Receiver, now: datetime) -> About | None:
    """The match, need, offer, code or report of the row's parameters."""
    parameters = row.parameters
    if "match" in parameters:
        about = uow.subjects.match(parameters["match"], receiver.language, now)
        if about is None or tells_of_one_apart(uow, row.template, about):
            return None
        return with_supporter(uow, row, receiver, _still_so(uow, row, about, now))
    if "invitation" in parameters:
        return uow.subjects.invitation(parameters["invitation"], row.to_value or "", now)
    if "mandate_ask" in parameters:
        return OF_MANDATES["mandate_ask"](uow, row, parameters["mandate_ask"], now)
    if "organisation" in parameters:
        concerned = parameters.get("concerned")
        return uow.subjects.organisation(parameters["organisation"], concerned, now)
    if TEMPLATES[row.template].side is Side.NUMBER:
        return _of_number(uow, row, now)
    return _of_thing(uow, row, receiver, now)


def _of_thing(uow: UnitOfWork, row: Outgoing, receiver: Receiver, now: datetime) -> About | None:
    """What belongs to one member: a series, a need, a program's key, a report or an offer."""
    parameters = row.parameters
    if "series" in parameters:
        return uow.subjects.series(parameters["series"], now)
    if "need" in parameters:
        return uow.subjects.need(parameters["need"], receiver.language, now)
    for name, subject in _SUBJECTS.items():
        if name in parameters:
            return subject(uow, row, parameters[name], now)
    if "rules" in parameters:
        return rules_subject(uow, row.place_id, parameters["rules"], now)
    if "ending" in parameters:
        return rules_ending_subject(uow, row.place_id, parameters["ending"], now)
    if "token" in parameters:
        return uow.subjects.token(parameters["token"], now)
    return uow.subjects.offer(parameters["offer"], now)


def _of_number(uow: UnitOfWork, row: Outgoing, now: datetime) -> About | None:
    """A code, a change of phone or mail, or nothing but the number itself."""
    if row.template == ANSWER:
        return About(kind="number", ref="", state="said")
    if "change" in row.parameters:
        return uow.subjects.change(row.parameters["change"], now)
    for name in ("own", "erased"):
        if name in row.parameters:
            return uow.subjects.own(row.place_id, row.parameters[name])
    if "nonce" in row.parameters:
        return uow.subjects.code(row.parameters["nonce"], row.to_value or "", now)
    return uow.subjects.number(row.place_id, row.to_value or "", now)


def _still_so(uow: UnitOfWork, row: Outgoing, about: About, now: datetime) -> About | None:
    """A match whose message depends on more than its state."""
    if row.template == "wrote":
        match = uow.matches.by_ref(row.place_id, about.ref)
        return about if is_open(match, uow.needs.by_id(match.need_id), now) else None
    if row.template == "proposed":
        return _proposed(uow, row, about, now)
    if row.template == "reminder":
        start = None if about.visit is None else about.visit.start
        stands = start is not None and start.isoformat() == row.parameters["start"]
        return about if stands else None
    if row.template == "was_done":
        end = None if about.visit is None else about.visit.end
        return about if end is not None and end.isoformat() == row.parameters["end"] else None
    return about


def _proposed(uow: UnitOfWork, row: Outgoing, about: About, now: datetime) -> About | None:
    """With the time that is proposed, while the receiver has still to say yes to it."""
    match = uow.matches.by_ref(row.place_id, about.ref)
    standing = standing_proposal(match, uow.conversations.of_match(match.id))
    if standing is None or standing.visit is None or standing.by_member_id == row.member_id:
        return None
    return replace(about, visit=standing.visit) if now < standing.visit.start else None
