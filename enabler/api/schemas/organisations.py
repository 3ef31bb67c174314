"""Organisations over the JSON door: the profile for all, board and people for those who may."""

from enabler.api.schemas.fields import (
    Choice,
    Codes,
    Day,
    Given,
    Inner,
    Many,
    Moment,
    Ref,
    Sent,
    Text,
    Truth,
    Whole,
)
from enabler.api.schemas.needs import NeedSchema
from enabler.api.schemas.parts import WeeklySchema, WindowSchema
from enabler.api.schemas.series import EveryWeekSchema
from enabler.domain.vocabulary import (
    MatchState,
    OfferState,
    OrganisationKind,
    OrganisationState,
    Role,
    Terms,
)

DEEDS = ("ask", "board", "change", "offer", "people")


class GivenSchema(Given):
    """What an organisation gives, as everybody may read it."""

    ref = Text(required=True)
    state = Choice(OfferState, required=True)
    categories = Many(Text(), required=True)
    words = Text(required=True)
    terms = Choice(Terms, required=True)
    stated_terms = Text(required=True, allow_none=True)
    any_time = Truth(required=True)
    weekly = Many(Inner(WeeklySchema), required=True)


class WholeOrganisationSchema(Given):
    """An organisation. Where it is and how it is reached is public; nobody is named."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    kind = Choice(OrganisationKind, required=True)
    name = Text(required=True)
    state = Choice(OrganisationState, required=True)
    about = Text(required=True, allow_none=True)
    address = Text(required=True, allow_none=True)
    postcode = Text(required=True, allow_none=True)
    ward = Text(required=True)
    phone = Text(required=True, allow_none=True)
    mail = Text(required=True, allow_none=True)
    web = Text(required=True, allow_none=True)
    hours = Many(Inner(WeeklySchema), required=True)
    open_on_bank_holidays = Truth(required=True)
    offers = Many(Inner(GivenSchema), required=True)
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do."})


class ProfileSent(Sent):
    """What it says of itself, and how it is reached: at least one way."""

    about = Text(required=True, metadata={"examples": ["We cook for neighbours."]})
    phone = Text(load_default=None, allow_none=True)
    mail = Text(load_default=None, allow_none=True)
    web = Text(load_default=None, allow_none=True, metadata={"examples": ["www.example.org"]})


class ColleagueSchema(Given):
    """Somebody who acts for it, by the name that others read."""

    ref = Text(required=True)
    name = Text(required=True)
    role = Choice(Role, required=True)
    since = Moment(required=True)
    me = Truth(required=True)


class PeopleSchema(Given):
    """Who acts for it, for those who lead it. Each look is logged."""

    ref = Text(required=True)
    people = Many(Inner(ColleagueSchema), required=True)


class BoardEntrySchema(Given):
    """A match of the organisation. Nobody who asks is named."""

    ref = Text(required=True)
    state = Choice(MatchState, required=True)
    category = Text(required=True)
    words = Text(required=True)
    ward = Text(required=True)
    windows = Many(Inner(WindowSchema), required=True)
    duration_minutes = Whole(required=True)
    answer_by = Moment(required=True, allow_none=True)
    visit = Inner(WindowSchema, required=True, allow_none=True)
    day = Day(required=True, allow_none=True)
    goes = Text(required=True, allow_none=True, metadata={"description": "For those who lead it."})
    chosen = Truth(required=True)
    mine = Truth(required=True)
    may = Codes(("assign",), required=True)
    unread = Whole(required=True, metadata={"description": "Lines that you have not read."})
    asking = Text(
        required=True, allow_none=True, metadata={"description": "The organisation that asks."}
    )


class BoardSchema(Given):
    """What is asked of it, what it said yes to, and what it asked for; a helper sees their own."""

    ref = Text(required=True)
    leads = Truth(required=True)
    asks = Many(Inner(BoardEntrySchema), required=True)
    agreed = Many(Inner(BoardEntrySchema), required=True)
    finished = Many(Inner(BoardEntrySchema), required=True)
    asked = Many(
        Inner(NeedSchema), required=True,
        metadata={"description": "For those who lead, each with the matches under way."},
    )  # fmt: skip
    series = Many(
        Inner(EveryWeekSchema), required=True, metadata={"description": "For those who lead."}
    )


class AssignedSent(Sent):
    """Who of the organisation goes."""

    who = Ref(required=True)
