"""Places, who you are, and what you report, over the JSON door."""

from enabler.api.schemas.fields import Choice, Given, Inner, Many, Ref, Sent, Text, Truth
from enabler.domain.reports import ABOUT, KINDS
from enabler.domain.vocabulary import Role


class WardSchema(Given):
    """A division of a place."""

    code = Text(required=True)
    name = Text(required=True)


class PlaceSchema(Given):
    """A council area."""

    slug = Text(required=True, metadata={"examples": ["swansea"]})
    name = Text(required=True)
    timezone = Text(required=True, metadata={"examples": ["Europe/London"]})
    languages = Many(Text(), required=True)
    phone = Text(required=True, allow_none=True)
    attribution = Text(required=True, allow_none=True)
    invented = Truth(required=True, metadata={"description": "Nobody in it is real."})


class PlacesPart(Given):
    """All places."""

    places = Many(Inner(PlaceSchema), required=True)


class WholePlaceSchema(PlaceSchema):
    """A council area with its wards."""

    wards = Many(Inner(WardSchema), required=True)


class OrganisationSchema(Given):
    """An organisation that you act for."""

    ref = Text(required=True)
    name = Text(required=True)


class MeSchema(Given):
    """Who you are."""

    ref = Text(required=True)
    shown_name = Text(required=True, metadata={"description": "What others read."})
    place = Text(required=True, metadata={"description": "Its slug."})
    language = Text(required=True)
    roles = Many(Choice(Role), required=True)
    organisations = Many(Inner(OrganisationSchema), required=True)


class ReportSent(Sent):
    """Something went wrong, or you are worried about someone."""

    kind = Choice(KINDS, required=True)
    about_kind = Choice(ABOUT, required=True)
    about_ref = Ref(load_default=None, allow_none=True)
    words = Text(required=True, metadata={"examples": ["The house was very cold."]})


class ReportSchema(Given):
    """A report that was made. Whom it is about learns nothing of it."""

    ref = Text(required=True)
