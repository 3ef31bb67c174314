"""Streets and landmarks known to a place: which a text names, and where one roughly is."""

from enabler.domain.landmarks import Landmark
from enabler.domain.places import Location
from enabler.persistence.unit_of_work import reading


def named(*, place_id: int, words: str) -> tuple[Landmark, ...]:
    """The landmarks of the place that a text names, the longest name first; all of one name."""
    with reading() as uow:
        return uow.landmarks.named(place_id, words)


def locate(*, place_id: int, landmark_id: int) -> Location:
    """The rough place of a landmark: its point, ward and cell, and the postcode nearest to it.

    Raises NotFound("landmark_unknown"), ``Invalid("point", "point_outside_place")``.
    """
    with reading() as uow:
        return uow.places.at_point(place_id, uow.landmarks.point(place_id, landmark_id))
