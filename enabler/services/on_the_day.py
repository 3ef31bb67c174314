"""On the day of a visit: the helper is on the way, or finds nobody. The asker is told at once."""

from datetime import datetime, timedelta

from enabler.domain.conversation import is_said_again, is_time_to_go, since_agreed
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import LineKind, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._conversation import Case, keep_line
from enabler.services._conversing import converse
from enabler.services._demands import require_standing
from enabler.services._ground import Ground
from enabler.services._match_views import HELPER, side_of
from enabler.services._tell import tell
from enabler.services.views import MatchView

STALE_AFTER = timedelta(hours=1)
"""Somebody who was on the way an hour ago is there, or is not."""


def on_way(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """The helper sets off; from 2 hours before the visit. Pressed again, it says so once.

    Raises NotFound, NotAllowed (who is not on the helper's side; a check that has ended),
    WrongMoment (also *mate_missing*), KeyReused.
    """
    return _note(actor, match_ref, key, now, LineKind.ON_WAY)


def cannot_find(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """The helper cannot find it, or nobody opens. Raises as ``on_way``."""
    return _note(actor, match_ref, key, now, LineKind.CANNOT_FIND)


def _note(actor: Actor, match_ref: str, key: str, now: datetime, kind: LineKind) -> MatchView:
    def act(uow: UnitOfWork, case: Case, here: Ground) -> None:
        if side_of(actor, case) != HELPER:
            raise NotAllowed(action=Action.CONVERSE.value)
        if not is_time_to_go(case[0], here.now):
            raise WrongMoment("not_the_time_of_the_visit", state=case[0].state.value)
        if kind is LineKind.ON_WAY:
            require_standing(uow, case, here)
        lines = uow.conversations.of_match(case[0].id)
        pressed = bool(lines) and is_said_again(lines[-1], actor.member_id, kind, now, {})
        if not pressed and (kind is LineKind.CANNOT_FIND or since_agreed(lines, kind) is None):
            _keep(uow, actor, case, kind, here)

    return converse(actor, match_ref, key, now, kind.value, {}, act)


def _keep(uow: UnitOfWork, actor: Actor, case: Case, kind: LineKind, here: Ground) -> None:
    match, need, _ = case
    code = kind.value.replace("-", "_")
    keep_line(uow, actor, case, kind, here)
    uow.audit.record(
        actor, f"match.{code}", place_id=match.place_id, subject=("match", match.id, match.ref),
        now=here.now, states=(match.state.value, match.state.value),
    )  # fmt: skip
    # Who stands at a door is waited for now: quiet hours keep no such text.
    for member_id in askers_of(uow, need, here.now):
        tell(
            uow, place_id=match.place_id, member_id=member_id, template=code,
            parameters={"match": match.ref}, priority=Priority.SAFETY, now=here.now,
            dedupe_key=f"{code}:{match.ref}:{member_id}:{here.now.isoformat()}",
            expires_at=here.now + STALE_AFTER,
        )  # fmt: skip
