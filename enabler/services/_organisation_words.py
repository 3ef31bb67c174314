"""What an open organisation says of itself: new words may wait for a look, the old ones stand."""

from datetime import datetime

from enabler.domain.errors import NotAllowed
from enabler.domain.members import Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import ground
from enabler.services._signals import Looked, keep, look
from enabler.services._written import written_about


def look_at_words(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, about: str, web: str | None,
    now: datetime,
) -> Looked:  # fmt: skip
    """Look at what it says of itself, and write down what was found."""
    here = ground(uow, organisation.place_id, now)
    written = written_about(about, actor.member_id, web, organisation.id)
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
    uow: UnitOfWork, actor: Actor, organisation: Organisation, words: str | None, now: datetime, *,
    approving: bool,
) -> str:  # fmt: skip
    """The new words of an organisation that is open are let through, or never seen. Its state,
    which stays. Raises NotAllowed (own case)."""
    acting = uow.colleagues.of(organisation.id, now)
    if actor.member_id in {one.member_id for one in acting}:
        raise NotAllowed("own_case")
    kept = {"about": organisation.about_waiting} if approving else {}
    uow.organisations.change(organisation.id, about_waiting=None, **kept)
    settle = uow.signals.let_through if approving else uow.signals.end
    settle(organisation.place_id, "organisation", organisation.id, now)
    whose = acting[0].member_id if acting and words is not None else None
    verb = "words-approved" if approving else "words-refused"
    uow.audit.record(
        actor, f"organisation.{verb}", place_id=organisation.place_id, now=now, why="moderation",
        subject=("organisation", organisation.id, organisation.ref), columns=("about",),
        whose=whose, values={"words": (None, words)} if whose is not None else None,
    )  # fmt: skip
    return organisation.state.value
