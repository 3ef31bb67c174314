"""A need over the JSON door."""

from enabler.api.schemas.fields import (
    Choice,
    Codes,
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
from enabler.api.schemas.matches import SAID_WORDS, MatchSchema
from enabler.api.schemas.parts import PartSchema, RoughlySchema, WindowSchema, WindowSent
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import NeedState, NextStep, Outcome

DEEDS = ("close", "withdraw")
SAID_OUTCOMES = (
    Outcome.HELPED, Outcome.PARTLY_HELPED, Outcome.NO_LONGER_NEEDED, Outcome.HELPED_ELSEWHERE,
    Outcome.NOBODY_FOUND,
)  # fmt: skip
SAID = tuple(one for one in Circumstance if one is not Circumstance.WEEKLY)
_CATEGORY = {"examples": ["shopping"], "description": "A kind of help that the place has."}


class NeedSchema(Given):
    """What somebody asks for, as you may see it at this moment."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    state = Choice(NeedState, required=True)
    category = Text(required=True, metadata=_CATEGORY)
    words = Text(required=True)
    mine = Truth(required=True)
    organisation = Text(
        required=True, allow_none=True, metadata={"description": "That asks, where one does."}
    )
    organisation_ref = Text(required=True, allow_none=True)
    asker_name = Text(required=True, allow_none=True)
    address = Text(required=True, allow_none=True, metadata={"description": "In no list."})
    postcode = Text(required=True, allow_none=True)
    where = Inner(RoughlySchema, required=True)
    windows = Many(Inner(WindowSchema), required=True, metadata={"description": "Empty: any time."})
    setting = Choice(
        Setting, required=True, allow_none=True, metadata={"description": "Where they meet."}
    )
    circumstances = Many(Text(), required=True, metadata={"description": SAID_WORDS})
    duration_minutes = Whole(required=True)
    slots = Whole(required=True, metadata={"description": "Helpers wanted."})
    slots_filled = Whole(required=True)
    next_step = Choice(NextStep, required=True, allow_none=True)
    next_step_at = Moment(required=True, allow_none=True)
    held_because = Text(required=True, allow_none=True)
    held_for = HeldFor(
        required=True,
        metadata={"description": "What you can change, so that it can open at once; in no list."},
    )
    refused_words = Text(required=True, allow_none=True)
    outcome = Choice(Outcome, required=True, allow_none=True)
    posted_at = Moment(required=True)
    needed_by = Moment(required=True)
    asked = Whole(required=True, metadata={"description": "Helpers asked so far."})
    languages_required = Many(Text(), required=True)
    preferences = Many(Text(), required=True)
    reach_metres = Whole(required=True, allow_none=True)
    matches = Many(Inner(MatchSchema), required=True, metadata={"description": "In no list."})
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class NeedsPart(PartSchema):
    """A part of your needs."""

    needs = Many(Inner(NeedSchema), required=True, attribute="found")


class NeedSent(Sent):
    """What you ask for. Without ``windows``: any time. ``at_home``: where you live."""

    category = Text(required=True, metadata=_CATEGORY)
    words = Text(required=True, metadata={"examples": ["Milk and bread, please."]})
    at_home = Truth(load_default=True)
    postcode = Text(load_default=None, allow_none=True, metadata={"examples": ["SA1 1DP"]})
    address = Text(load_default=None, allow_none=True)
    windows = Many(Inner(WindowSent), most=14, load_default=list)
    setting = Choice(
        Setting, load_default=None, allow_none=True,
        metadata={"description": "Where you meet; unsaid: helpers need the checks for anywhere."},
    )  # fmt: skip
    circumstances = Many(
        Choice(SAID, required=True),
        most=10,
        load_default=None,
        allow_none=True,
        metadata={"description": "All that is so then; unsaid: whatever may be counts as so."},
    )
    duration_minutes = Whole(least=5, most=1440, load_default=30)
    slots = Whole(least=1, most=20, load_default=1)
    languages_required = Many(Text(), most=10, load_default=list)
    preferences = Many(Text(), most=10, load_default=list)
    reach_metres = Whole(load_default=None, allow_none=True)
    organisation_ref = Ref(
        load_default=None, allow_none=True,
        metadata={"description": "For an organisation that you lead; `at_home` is at its door."},
    )  # fmt: skip


class ClosingSent(Sent):
    """How it ended."""

    outcome = Choice(SAID_OUTCOMES, required=True)
    words = Text(load_default=None, allow_none=True)
