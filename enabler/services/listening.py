"""What words sound like while somebody writes them, to be chosen from. Nothing is kept of them."""

from collections.abc import Sequence

from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import reading
from enabler.services.ports import Heard, Understands

FEWEST = 8
"""Characters: what is shorter sounds like anything."""
LONGEST = 2000
"""Characters that are listened to, as many as a page takes."""


def hear(*, actor: Actor, words: str, language: str, understands: Understands) -> Heard:
    """Which kinds of help they sound like, and whether like danger. ``language``: of the page."""
    require(actor, Action.SEE_PUBLIC)
    said = words.strip()
    if len(said) < FEWEST:
        return Heard()
    return understands(said[:LONGEST], language=language, own=_own(actor))


def _own(actor: Actor) -> Sequence[tuple[str, str]]:
    """The phrases that the place of whoever writes has of its own."""
    if actor.place_id is None:
        return ()
    with reading() as uow:
        return uow.own_wordings.of(actor.place_id)
