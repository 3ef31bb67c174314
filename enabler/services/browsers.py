"""The browsers in which a member is signed in: seen, and signed out one by one."""

from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action, Actor
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import _digests
from enabler.services._own import own
from enabler.services.ports import Secrets
from enabler.services.views import BrowserView


def signed_in(
    *, actor: Actor, token: str, secrets: Secrets, now: datetime
) -> tuple[BrowserView, ...]:
    """Where the member is signed in now, the browser seen last on top; ``token`` is this one's.

    Raises NotAllowed.
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        here = uow.sessions.by_token(_digests.of_session(secrets, token))
        return tuple(
            BrowserView(
                mark=_digests.of_session_row(secrets, each.id),
                since=each.begun_at or each.last_seen_at,
                last_seen=each.last_seen_at,
                here=here is not None and here.id == each.id,
                shared=each.shared_device,
            )
            for each in uow.sessions.open_of(member.id)
            if not each.is_over(now)
        )  # fmt: skip


def sign_out_one(*, actor: Actor, mark: str, secrets: Secrets, now: datetime) -> None:
    """One browser of the member is signed out; one that is already stays so.

    Raises NotAllowed, NotFound (no browser of theirs has this mark).
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        marks = {
            _digests.of_session_row(secrets, each.id): each.id
            for each in uow.sessions.of(member.id)
        }
        if mark not in marks:
            raise NotFound("browser_unknown")
        if uow.sessions.end_one_of(member.id, marks[mark], now):
            uow.audit.record(
                actor, "session.ended", place_id=member.place_id, now=now,
                subject=("session", marks[mark], None),
            )  # fmt: skip
        uow.commit()
