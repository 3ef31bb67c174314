"""What a message of the desk is about, read at the moment it is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime

from enabler.domain.desk import due_at
from enabler.domain.letters import About
from enabler.domain.messages import Outgoing
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import ground
from enabler.services._queue import held_rows


def decision_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """A decision; ``answerers`` are those against whom it is."""
    decision = uow.decisions.by_ref(place_id, ref)
    whose = _whose(uow, decision.member_id, decision.organisation_id, now)
    state = "stands" if decision.stands else "over"
    return About(kind="decision", ref=decision.ref, state=state, answerers=whose)


def question_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """What an author is asked, while it waits for the answer."""
    question = uow.decisions.question(place_id, ref)
    whose = _whose(uow, question.member_id, question.organisation_id, now)
    state = "waiting" if question.ended_at is None else "over"
    return About(kind="question", ref=question.ref, state=state, answerers=whose)


def desk_subject(uow: UnitOfWork, place_id: int, now: datetime) -> About:
    """The desk, while anything on it is overdue. The message leads there: no ref."""
    here = ground(uow, place_id, now, alone=True)
    dues = (due_at(one, risk, here.ruleset, now) for _, one, risk in held_rows(uow, here))
    late = any(due is not None and due <= now for due in dues)
    return About(kind="desk", ref="", state="waiting" if late else "settled")


def account_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """An account that waits for a safeguarding lead's look. The message leads to the list, and
    says nothing of whose it is: no ref."""
    member = uow.homes.member_by_ref(place_id, ref)
    waits = member.state is MemberState.HELD and uow.denials.waiting(place_id, member.id)
    leads = uow.staff.who_may(Action.BAR_PERSON, place_id, now) - {member.id}
    return About(kind="account", ref="", state="waiting" if waits else "settled", helpers=leads)


def money_subject(uow: UnitOfWork, place_id: int, now: datetime) -> About:
    """The money of a month's texts. The message leads to what the place spends: no ref."""
    keepers = uow.staff.who_may(Action.SEE_DESK, place_id, now)
    return About(kind="texts-money", ref="", state="short", helpers=keepers)


def _whose(
    uow: UnitOfWork, member_id: int | None, organisation_id: int | None, now: datetime
) -> frozenset[int]:
    if member_id is not None:
        return frozenset({member_id})
    return frozenset(uow.organisations.leads(organisation_id or 0, now))


OF_DESK: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "decision": lambda uow, row, ref, now: decision_subject(uow, row.place_id, ref, now),
    "question": lambda uow, row, ref, now: question_subject(uow, row.place_id, ref, now),
    "account": lambda uow, row, ref, now: account_subject(uow, row.place_id, ref, now),
    "texts_month": lambda uow, row, _, now: money_subject(uow, row.place_id, now),
    "desk": lambda uow, row, _, now: desk_subject(uow, row.place_id, now),
}
"""By the name of the parameter that has its ref, what a message is about."""
