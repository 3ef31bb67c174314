"""A member asks to put right what they cannot put right themself in what is kept about them."""

from datetime import datetime
from typing import Any

from enabler.domain.complaints import CORRECTION
from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._complaining import keep_complaint
from enabler.services._held import everything_of
from enabler.services._once import once
from enabler.services._own import own
from enabler.services.views.complaints import MeantView
from enabler.services.views.my_data import RowView

MOST_WORDS = 4_000


def ask(
    *, actor: Actor, words: str, of: str, line: RowView | None = None, key: str, now: datetime
) -> str:  # fmt: skip
    """Ask the council to put something right; the ref. It goes the way of a complaint about data:
    who answers, who is kept from it, the alarm and the answer with its reasons are the same, and
    the answer has a month (UK GDPR, articles 12 and 16). ``of``: which kind of what is kept is
    meant, and ``line`` which of its rows: kept as they are, so that whoever answers reads them in
    their own language.

    Raises NotAllowed, Invalid("words" or "kind"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        _require_held(uow, member, of, line, now)
        meant = MeantView(of, line).packed()

        def act() -> dict[str, Any]:
            kept = keep_complaint(
                uow, actor, member.place_id, said, how="page", now=now, kind=CORRECTION,
                meant=meant,
            )  # fmt: skip
            return {"ref": kept.ref}

        result = once(uow, "corrections.ask", actor=actor, key=key, now=now, act=act,
                      again=False, arguments={"words": said, "meant": meant})  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _require_held(
    uow: UnitOfWork, member: Member, of: str, line: RowView | None, now: datetime
) -> None:
    """Only what is held of them, as they read it, is put before whoever answers."""
    held = {one.what: one.rows for one in everything_of(uow, member, now).kinds}
    known = [one.beside for one in held.get(of, ())]
    if of not in held or (line is not None and line.beside not in known):
        raise Invalid("kind", "code_unknown")
