"""Places: which there are, for anybody."""

from types import SimpleNamespace
from typing import Any

from enabler.api.resource import Resource
from enabler.api.schemas.people import PlacesPart, WholePlaceSchema
from enabler.domain.permissions import Action
from enabler.services import places

resource = Resource("places", "Council areas.")


@resource.read("/places", action=Action.SEE_PUBLIC, gives=PlacesPart)
def all_places() -> Any:
    """Every place, by slug."""
    return SimpleNamespace(places=places.all_places())


@resource.read("/places/<slug>", action=Action.SEE_PUBLIC, gives=WholePlaceSchema)
def one(slug: str) -> Any:
    """A place with its wards."""
    place = places.by_slug(slug=slug)
    shown = {name: getattr(place, name) for name in place.__slots__}
    return SimpleNamespace(**shown, wards=places.wards(place_id=place.id))
