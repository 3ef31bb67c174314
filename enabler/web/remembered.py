"""Places as this process last saw them: so that a page that says that something broke can name the
people to ring, also when it is the database that broke.
"""

from flask import Request, current_app

from enabler.domain.places import Place
from enabler.web.slugs import slug_in_path

_KEPT = "enabler.remembered"


def remember(place: Place) -> None:
    """Keep the place as it is now."""
    current_app.extensions.setdefault(_KEPT, {})[place.slug] = place


def last_known(request: Request) -> Place | None:
    """The place in the path, else the only one that this process has seen."""
    kept: dict[str, Place] = current_app.extensions.get(_KEPT, {})
    slug = slug_in_path(request)
    if slug is not None:
        return kept.get(slug)
    return next(iter(kept.values())) if len(kept) == 1 else None
