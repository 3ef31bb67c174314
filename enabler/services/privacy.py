"""What we keep about people, for whoever wants to know: by the tags of the columns themselves."""

from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.database import Base
from enabler.persistence.retention import schedule
from enabler.services.views.privacy import KeptView


def kept_about_people(*, actor: Actor) -> tuple[KeptView, ...]:
    """Each kind of thing that is kept, with why and how long. Raises NotAllowed."""
    require(actor, Action.SEE_PUBLIC)
    found = schedule(Base.metadata)
    return tuple(
        KeptView(what, tuple(purpose.value for purpose in purposes), keep.value)
        for what, (purposes, keep) in found.items()
    )
