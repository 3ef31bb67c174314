"""What we keep about people, for whoever wants to know: by the tags of the columns themselves."""

from collections.abc import Mapping
from datetime import datetime

from enabler.domain import privacy
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.database import Base
from enabler.persistence.retention import longest, schedule
from enabler.persistence.tags import Keep, Personal
from enabler.persistence.unit_of_work import reading
from enabler.services._keeping import days_of
from enabler.services.views.privacy import KeptView


def kept_about_people(
    *, actor: Actor, place_id: int | None = None, slug: str | None = None, now: datetime
) -> tuple[KeptView, ...]:
    """Each kind of thing that is kept, with why, on what ground and how long: the record of
    processing. By the rules of a place, by its id or slug; without one, as it is shipped: the
    longest. Raises NotAllowed, NotFound."""
    require(actor, Action.SEE_PUBLIC)
    days = privacy.days()
    if place_id is not None or slug is not None:
        with reading() as uow:
            here = uow.places.by_slug(slug).id if slug is not None else place_id or 0
            days = days_of(uow, here, now)
    return tuple(_kept(what, tags, days) for what, tags in schedule(Base.metadata).items())


def _kept(what: str, tags: Mapping[str, Personal], days: Mapping[str, int]) -> KeptView:
    purposes = tuple(dict.fromkeys(tag.purpose for tag in tags.values()))
    keeps = tuple(dict.fromkeys(tag.keep for tag in tags.values()))
    on = [privacy.grounds()[purpose] for purpose in purposes]
    return KeptView(
        what,
        tuple(purpose.value for purpose in purposes),
        _time(longest(keeps), days),
        tuple(dict.fromkeys(ground.basis for ground in on)),
        tuple(dict.fromkeys(ground.condition for ground in on if ground.condition != "none")),
        tuple(_time(keep, days) for keep in keeps),
        tuple(tags),
    )


def _time(keep: Keep, days: Mapping[str, int]) -> tuple[str, int | None]:
    return keep.value, days.get(keep.value)
