"""What we keep about people, for whoever wants to know: by the tags of the columns themselves."""

from collections.abc import Mapping

from enabler.domain.permissions import Action, Actor, require
from enabler.domain.privacy import grounds
from enabler.persistence.database import Base
from enabler.persistence.retention import longest, schedule
from enabler.persistence.tags import Personal
from enabler.services.views.privacy import KeptView


def kept_about_people(*, actor: Actor) -> tuple[KeptView, ...]:
    """Each kind of thing that is kept, with why, on what ground and how long: the record of
    processing. Raises NotAllowed."""
    require(actor, Action.SEE_PUBLIC)
    return tuple(_kept(what, tags) for what, tags in schedule(Base.metadata).items())


def _kept(what: str, tags: Mapping[str, Personal]) -> KeptView:
    purposes = tuple(dict.fromkeys(tag.purpose for tag in tags.values()))
    keeps = tuple(dict.fromkeys(tag.keep for tag in tags.values()))
    on = [grounds()[purpose] for purpose in purposes]
    return KeptView(
        what,
        tuple(purpose.value for purpose in purposes),
        longest(keeps).value,
        tuple(dict.fromkeys(ground.basis for ground in on)),
        tuple(dict.fromkeys(ground.condition for ground in on if ground.condition != "none")),
        tuple(keep.value for keep in keeps),
        tuple(tags),
    )
