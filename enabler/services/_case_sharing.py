"""A councillor sees a need no more: its leave and its consent end together."""

from datetime import datetime

from enabler.domain.consents import COUNCILLOR
from enabler.domain.permissions import Actor
from enabler.persistence.case_shares import CaseShare
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._consenting import end_consent


def end_share(
    uow: UnitOfWork, actor: Actor, share: CaseShare, because: str, how: str, now: datetime
) -> None:
    """``because``: taken-back, over, not-their-ward."""
    uow.case_shares.end(share.id, now, because)
    member = uow.homes.member(share.member_id)
    end_consent(uow, actor, member, COUNCILLOR, how, now, about=share.ref)
    uow.audit.record(
        actor, "need.hidden_from_councillor", place_id=share.place_id, now=now, why=because,
        subject=("need", share.need_id, uow.needs.by_id(share.need_id).ref),
    )  # fmt: skip
