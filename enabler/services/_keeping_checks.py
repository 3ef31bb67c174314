"""A check is kept, or taken back: what follows for asks, agreements and those who are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enabler.domain.credentials import Credential
from enabler.domain.permissions import Actor
from enabler.domain.relied import VOID
from enabler.domain.vocabulary import CredentialKind, Priority
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._holders import leads_of, subject_of
from enabler.services._lapsing import look_after
from enabler.services._relying import end_each
from enabler.services._tell import tell

Given = dict[str, Any]
LEAVE_ENDED = "leave-ended"
"""Why something carried counts no more: its owner lets nobody see it any longer."""
MOVED = "moved"
"""Why it counts no more that somebody lives here."""


def keep_check(
    uow: UnitOfWork, actor: Actor, whose: Holder, kind: CredentialKind,
    times: tuple[datetime, datetime], here: Ground, *, checked_by: str, what: str,
    facts: Mapping[str, Any],
) -> Credential:  # fmt: skip
    """Keep a check; what waited for it goes on, needs that wait for a holder are looked at."""
    kept = uow.credentials.add(
        place_id=here.place.id, holder=whose, kind=kind, seen_on=times[0], valid_until=times[1],
        checked_by=checked_by, recorded_at=here.now, **facts,
    )  # fmt: skip
    uow.audit.record(
        actor, what, place_id=here.place.id, subject=subject_of(uow, whose), now=here.now,
        columns=("kind", "seen_on", "valid_until"), why=kind.value,
    )  # fmt: skip
    if whose[0] is not None:
        uow.sights.log(actor, whose[0], ("credential",), place_id=here.place.id,
                       why="moderation", now=here.now, subject_ref=kept.ref)  # fmt: skip
    look_after(uow, actor, whose, here.now)
    for offer in uow.offers.open_of(whose):
        uow.needs.wake(uow.rulesets.served_by(offer.place_id), offer.categories, here.now)
    return kept


def tell_holder(
    uow: UnitOfWork, whose: Holder, template: str, parameters: Given, place_id: int, now: datetime
) -> None:
    """Tell a member, or those who lead an organisation, of a check of theirs."""
    ref = next(iter(parameters.values()))
    for member_id in leads_of(uow, whose, now):
        tell(
            uow, place_id=place_id, member_id=member_id, template=template, parameters=parameters,
            priority=Priority.MATCH, now=now,
            dedupe_key=f"{template}:{ref}:{member_id}:{now.isoformat()}",
        )  # fmt: skip


def take_back(
    uow: UnitOfWork, actor: Actor, one: Credential, because: str, now: datetime
) -> None:  # fmt: skip
    """Take back a fact and all that was carried from it, wherever it is."""
    gone = [one, *uow.credentials.carried(one.id)]
    relied = uow.relied.of_check(one.id)
    uow.credentials.revoke(one.id, by=actor.name, because=because, now=now)
    for each in gone:
        whose = (each.member_id, each.organisation_id)
        uow.audit.record(
            actor, "credential.revoked", place_id=each.place_id, subject=subject_of(uow, whose),
            now=now, columns=("revoked_at",), why=each.kind.value,
        )  # fmt: skip
        uow.credentials.note_said(each.id, 0, now)
        tell_holder(uow, whose, "check_revoked", {"credential": each.ref}, each.place_id, now)
        look_after(uow, actor, whose, now)
    end_each(uow, actor, relied, VOID, now)
