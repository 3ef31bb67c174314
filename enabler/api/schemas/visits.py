"""The day of a visit over the JSON door."""

from enabler.api.schemas.fields import Codes, Given, Many, Moment, Sent, Text, Truth, Whole
from enabler.services.visits import LONGEST_STAY, SHORTEST_STAY

STEPS = ("call-first", "check-in", "meet-doorstep", "meet-public", "pair", "receipt")
DEEDS = ("arrive", "leave", "no-money", "rang", "stay", "stuck", "watch", "wrong-word")


class DaySchema(Given):
    """The day as your side sees it: what keeps both safe, and how far it is."""

    steps = Codes(STEPS, required=True, metadata={"description": "What the help asks for."})
    noted = Codes(STEPS, required=True, metadata={"description": "Those of them that are done."})
    word = Text(
        required=True, allow_none=True,
        metadata={"description": "Said at the door. For a helper only while they may go."},
    )  # fmt: skip
    watched = Truth(required=True, metadata={"description": "We wait for word that they left."})
    arrived_at = Moment(required=True, allow_none=True)
    left_at = Moment(required=True, allow_none=True)
    until_at = Moment(required=True, allow_none=True)
    stuck_at = Moment(
        required=True, allow_none=True,
        metadata={"description": "Somebody called for help, and the council is on it."},
    )  # fmt: skip
    missing = Many(
        Text(),
        required=True,
        metadata={"description": "What your side lacks: please do not go before it is there."},
    )
    kept_away = Truth(required=True, metadata={"description": "The helper may not come now."})
    waits_until = Moment(
        required=True, allow_none=True,
        metadata={"description": "For who asks: then others are asked, if a check is not seen."},
    )  # fmt: skip
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class StaySent(Sent):
    """For how long you stay, from now."""

    minutes = Whole(
        required=True, least=SHORTEST_STAY, most=LONGEST_STAY, metadata={"examples": [30]}
    )
