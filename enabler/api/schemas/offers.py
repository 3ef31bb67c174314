"""An offer over the JSON door."""

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
from enabler.api.schemas.held import HeldFor
from enabler.api.schemas.parts import (
    PartSchema,
    RoughlySchema,
    WeeklySchema,
    WeeklySent,
    WindowSchema,
    WindowSent,
)
from enabler.domain.vocabulary import ExceptionKind, OfferState, Terms

DEEDS = ("end", "pause", "resume")


class ExceptionSchema(Given):
    """When it does not hold though its week says so: on *days* (both in), outside a *season*
    (either end may be open), on *bank-holidays*. Days are the place's own."""

    kind = Choice(ExceptionKind, required=True)
    first = Day(required=True, allow_none=True)
    last = Day(required=True, allow_none=True)


class ExceptionSent(Sent):
    """When it is not to hold though its week says so."""

    kind = Choice(ExceptionKind, required=True)
    first = Day(load_default=None, allow_none=True, metadata={"examples": ["2026-12-24"]})
    last = Day(load_default=None, allow_none=True, metadata={"examples": ["2026-12-27"]})


class OfferSchema(Given):
    """What somebody gives, as its giver or the staff see it."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    state = Choice(OfferState, required=True)
    categories = Many(Text(), required=True, metadata={"examples": [["shopping", "transport"]]})
    words = Text(required=True)
    terms = Choice(Terms, required=True)
    stated_terms = Text(required=True, allow_none=True)
    giver_name = Text(required=True, allow_none=True)
    organisation = Text(required=True, allow_none=True)
    organisation_ref = Text(required=True, allow_none=True)
    where = Inner(RoughlySchema, required=True)
    reach_metres = Whole(required=True)
    any_time = Truth(required=True)
    weekly = Many(Inner(WeeklySchema), required=True)
    away = Many(Inner(WindowSchema), required=True)
    exceptions = Many(
        Inner(ExceptionSchema), required=True, metadata={"description": "In no list."}
    )
    capacity = Whole(required=True, metadata={"description": "Times a week, at most."})
    capacity_per_day = Whole(required=True, allow_none=True)
    held_because = Text(required=True, allow_none=True)
    held_for = HeldFor(
        required=True,
        metadata={"description": "What you can change, so that it can open at once; in no list."},
    )
    refused_words = Text(required=True, allow_none=True)
    posted_at = Moment(required=True)
    times_asked = Whole(required=True)
    times_helped = Whole(required=True)
    missing_credentials = Many(Text(), required=True)
    helps_left = Whole(
        required=True,
        metadata={"description": "So often where others are about, before homes; in no list."},
    )
    meets = Many(Text(), required=True)
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class OffersPart(PartSchema):
    """A part of your offers."""

    offers = Many(Inner(OfferSchema), required=True, attribute="found")


class OfferSent(Sent):
    """What you offer: at ``any_time``, or in ``weekly`` stretches."""

    categories = Many(
        Text(), required=True, most=24, metadata={"examples": [["shopping", "transport"]]}
    )
    words = Text(required=True, metadata={"examples": ["I have a car on Tuesdays."]})
    terms = Choice(Terms, load_default=Terms.FREE)
    stated_terms = Text(load_default=None, allow_none=True)
    reach_metres = Whole(load_default=3_000)
    any_time = Truth(load_default=False)
    weekly = Many(Inner(WeeklySent), most=50, load_default=list)
    away = Many(Inner(WindowSent), most=50, load_default=list)
    exceptions = Many(Inner(ExceptionSent), most=20, load_default=list)
    capacity = Whole(least=1, most=100, load_default=1)
    capacity_per_day = Whole(least=1, most=100, load_default=None, allow_none=True)
    languages = Many(Text(), most=10, load_default=list)
    meets = Many(Text(), most=10, load_default=list)
    organisation_ref = Ref(load_default=None, allow_none=True)
