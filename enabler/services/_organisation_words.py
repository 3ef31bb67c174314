"""What an open organisation says of itself: new words may wait for a look, the old ones stand."""

from datetime import datetime
from typing import cast

from enabler.domain.members import Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground, ground
from enabler.services._signals import Looked, keep, look
from enabler.services._statements import Against, keep_decision
from enabler.services._things import Thing
from enabler.services._written import written_about


def look_at_words(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, about: str, web: str | None,
    now: datetime,
) -> Looked:  # fmt: skip
    """Look at what it says of itself, and write down what was found: in its name, too, until a
    person has looked at that."""
    here = ground(uow, organisation.place_id, now)
    held = organisation.state is OrganisationState.HELD
    said = f"{organisation.name}\n{about}" if held else about
    written = written_about(said, actor.member_id, web, organisation.id)
    looked = look(uow, written, here)
    keep(uow, actor, written, (organisation.id, organisation.ref), looked, here)
    return looked


def words_after_a_look(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, about: str, web: str | None,
    now: datetime,
) -> dict[str, str | None]:  # fmt: skip
    """The columns to write: the new words, or the old ones with the new beside them."""
    if about == organisation.about:
        return {"about_waiting": None}
    looked = look_at_words(uow, actor, organisation, about, web, now)
    if looked.holding and organisation.state is OrganisationState.ACTIVE:
        return {"about": organisation.about, "about_waiting": about}
    return {"about_waiting": None}


def decide_words(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, *,
    approving: bool,
) -> str:  # fmt: skip
    """The new words of an organisation that is open are let through, or the old ones stand, with a
    statement of reasons. Its state, which stays."""
    organisation = cast(Organisation, thing.row)
    written, stands = organisation.about_waiting, organisation.about
    kept = {"about": written} if approving else {}
    uow.organisations.change(organisation.id, about_waiting=None, **kept)
    settle = uow.signals.let_through if approving else uow.signals.end
    said: dict[str, tuple[str | None, str | None]] = {}
    if thing.whose is not None:
        said = {"words": (None, words)} if words is not None else {}
        said |= {} if approving else {"about": (written, stands)}
    verb = "words-approved" if approving else "words-refused"
    audit_id = uow.audit.record(
        actor, f"organisation.{verb}", place_id=here.place.id, now=here.now, why="moderation",
        subject=thing.subject, columns=("about",), values=said or None, whose=thing.whose,
    )  # fmt: skip
    if not approving:
        keep_decision(uow, actor, thing, Against("edit", words or "", ("about",), audit_id), here)
    settle(here.place.id, "organisation", organisation.id, here.now)
    return thing.state
