"""A match over the JSON door."""

from collections.abc import Iterable
from typing import Any

from enabler.api.schemas.fields import Choice, Codes, Given, Inner, Many, Moment, Sent, Text, Whole
from enabler.api.schemas.parts import PartSchema, RoughlySchema, WindowSchema
from enabler.api.schemas.visits import DaySchema
from enabler.domain.matches import Reason
from enabler.domain.meeting import Setting
from enabler.domain.vocabulary import MatchState
from enabler.doors.words.reasons import REASONS

SAID_WORDS = "What is so then, and with `not-` before it what is not."
DEEDS = (
    "accept", "arrange", "confirm", "correct", "decline", "dispute", "done", "release", "report",
)  # fmt: skip


class Because(Many):
    """What spoke for asking this helper: codes that tell nothing of who asks."""

    def __init__(self, **more: Any) -> None:
        super().__init__(Choice(sorted(REASONS)), **more)

    def out(self, reasons: Iterable[Reason]) -> list[str]:
        """The strongest first, each once."""
        strongest = sorted(reasons, key=lambda reason: -reason.points)
        said = [one.factor for one in strongest if one.points > 0 and one.factor in REASONS]
        return list(dict.fromkeys(said))


class MatchSchema(Given):
    """A need with an offer, as you may see it at this moment."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    state = Choice(MatchState, required=True)
    side = Choice(("asker", "helper", "staff"), required=True)
    need_ref = Text(required=True)
    category = Text(required=True, metadata={"examples": ["shopping"]})
    words = Text(required=True)
    windows = Many(Inner(WindowSchema), required=True, metadata={"description": "Empty: any time."})
    setting = Choice(
        Setting, required=True, allow_none=True, metadata={"description": "Where they meet."}
    )
    circumstances = Many(Text(), required=True, metadata={"description": SAID_WORDS})
    duration_minutes = Whole(required=True)
    where = Inner(RoughlySchema, required=True)
    because = Because(required=True, attribute="reasons")
    answer_by = Moment(required=True, allow_none=True)
    visit_start = Moment(required=True, allow_none=True)
    visit_end = Moment(required=True, allow_none=True)
    visit_words = Text(required=True, allow_none=True)
    other_name = Text(required=True, allow_none=True, metadata={"description": "Once accepted."})
    organisation = Text(required=True, allow_none=True)
    asking = Text(
        required=True, allow_none=True, metadata={"description": "The organisation that asks."}
    )
    asking_ref = Text(required=True, allow_none=True)
    address = Text(
        required=True, allow_none=True,
        metadata={"description": "For the accepted helper, until `address_until`; in no list."},
    )  # fmt: skip
    postcode = Text(required=True, allow_none=True)
    address_until = Moment(required=True, allow_none=True)
    done_at = Moment(required=True, allow_none=True)
    minutes = Whole(required=True, allow_none=True)
    confirm_by = Moment(required=True, allow_none=True)
    confirmed_at = Moment(required=True, allow_none=True)
    day = Inner(
        DaySchema, required=True, allow_none=True,
        metadata={"description": "For the two of them, on the match itself; in no list."},
    )  # fmt: skip
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class MatchesPart(PartSchema):
    """A part of your matches."""

    matches = Many(Inner(MatchSchema), required=True, attribute="found")


class WordsSent(Sent):
    """A word about it, if one likes."""

    words = Text(load_default=None, allow_none=True)


class DisputeSent(Sent):
    """What was otherwise."""

    words = Text(required=True, metadata={"examples": ["Nobody came."]})


class VisitSent(Sent):
    """When the two meet."""

    start = Moment(required=True, metadata={"examples": ["2026-11-24T14:00:00+00:00"]})
    end = Moment(required=True, metadata={"examples": ["2026-11-24T15:00:00+00:00"]})
    words = Text(load_default=None, allow_none=True, metadata={"examples": ["I ring twice."]})


class DoneSent(Sent):
    """How long it took."""

    minutes = Whole(required=True, least=1, most=1440, metadata={"examples": [45]})
