"""Who has looked at a member, day by day, in words that they would want to read; and their question
why, which goes to somebody other than the viewer."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.reports import LOOK_QUESTION
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._looked_days import LookedDay, Viewers, days_of
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._reporting import About, keep_report
from enabler.services.ports import Secrets
from enabler.services.views import LookedView

MOST_SIGHTS = 500
MOST_WORDS = 1_000


def show(*, actor: Actor, secrets: Secrets, now: datetime) -> LookedView:
    """Every look that the member may read of, to the member alone: the same viewer and day is one.

    Who looked is said by what they are to the member, never by name: a name is another's, and
    stands with its sight where the member may read it. Raises NotAllowed.
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        viewers = Viewers(uow, member, now)
        days = days_of(viewers, uow.sights.of(member.id, MOST_SIGHTS + 1)[:MOST_SIGHTS])
        asked = {(one.viewer, one.day): one.report_ref for one in uow.looks.asked_by(member.id)}
        return LookedView(
            days=tuple(
                viewers.view(one, _mark(secrets, member.ref, one), asked.get(one.by_day))
                for one in days
            ),
            more=len(uow.sights.of(member.id, MOST_SIGHTS + 1)) > MOST_SIGHTS,
        )


def ask_why(
    *, actor: Actor, mark: str, words: str | None, secrets: Secrets, key: str, now: datetime
) -> str:
    """Ask why somebody at the council looked on a day; the ref of the case about it, which the
    safeguarding leads look into, never the viewer. The answer stands with what the member told us.

    Raises NotAllowed, NotFound("look_unknown"), WrongMoment("look_asked_already"),
    Invalid("words"), KeyReused.
    """
    said = optional_words("words", words, most=MOST_WORDS) or ""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        viewers = Viewers(uow, member, now)
        days = days_of(viewers, uow.sights.of(member.id, MOST_SIGHTS))
        found = next((one for one in days if _mark(secrets, member.ref, one) == mark), None)
        if found is None or not viewers.may_ask(found):
            raise NotFound("look_unknown")

        def act() -> dict[str, Any]:
            asked = {(one.viewer, one.day) for one in uow.looks.asked_by(member.id)}
            if found.by_day in asked:
                raise WrongMoment("look_asked_already")
            return {"ref": _ask(uow, actor, member.place_id, found, said, now)}

        result = once(
            uow, "looked.ask_why", actor=actor, key=key, now=now, act=act,
            arguments={"mark": mark, "words": said},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _ask(
    uow: UnitOfWork, actor: Actor, place_id: int, found: LookedDay, words: str, now: datetime
) -> str:
    ref = uow.refs.new(place_id, "look")
    viewer_id = None
    if ":" not in found.viewer:
        viewer_id = uow.homes.member_by_ref(None, found.viewer).id
    kept = keep_report(
        uow, actor, place_id, About("look", ref, frozenset({viewer_id})), LOOK_QUESTION, words,
        now=now, for_leads=True,
    )  # fmt: skip
    uow.looks.ask(
        place_id=place_id, ref=ref, member_id=actor.member_id or 0, viewer=found.viewer,
        day=found.day, report_ref=kept.ref, now=now,
    )  # fmt: skip
    return kept.ref


def _mark(secrets: Secrets, member_ref: str, one: LookedDay) -> str:
    said = f"look:{member_ref}:{one.viewer}:{one.day}:{one.why}:{one.reason}:{one.subject_ref}"
    return secrets.digest(said)[:20]
