"""What the two sides of a match write to each other, over the JSON door."""

from enabler.api.schemas.fields import (
    Choice,
    Codes,
    Given,
    Inner,
    Many,
    Moment,
    Sent,
    Text,
    Truth,
    Whole,
)
from enabler.api.schemas.parts import WindowSchema
from enabler.domain.vocabulary import LineKind

DEEDS = ("agree", "propose", "say")


class LineSchema(Given):
    """One line, the oldest first."""

    kind = Choice(LineKind, required=True)
    side = Choice(("asker", "helper", "staff"), required=True)
    mine = Truth(required=True)
    at = Moment(required=True)
    words = Text(required=True, allow_none=True)
    visit = Inner(WindowSchema, required=True, allow_none=True)
    where = Text(
        required=True, allow_none=True, metadata={"description": "Nothing: at the asker's address."}
    )


class ProposalSchema(Given):
    """A time that one side proposed. Nothing is agreed by it."""

    number = Whole(required=True, metadata={"description": "To be sent with your yes."})
    mine = Truth(required=True, metadata={"description": "Your own side proposed it."})
    visit = Inner(WindowSchema, required=True)
    where = Text(required=True, allow_none=True)
    words = Text(required=True, allow_none=True)


class NotPassedSchema(Given):
    """A message that the other side does not have: it waits for a look, or was not passed on."""

    at = Moment(required=True)
    state = Text(required=True)
    mine = Truth(required=True)
    words = Text(required=True, allow_none=True, metadata={"description": "For who wrote it."})


class ConversationSchema(Given):
    """A conversation; once it is not open to you any more there is nothing in it."""

    match_ref = Text(required=True, metadata={"examples": ["K3M9"]})
    open = Truth(required=True)
    until = Moment(required=True, allow_none=True)
    lines = Many(Inner(LineSchema), required=True)
    proposal = Inner(ProposalSchema, required=True, allow_none=True)
    where = Text(required=True, allow_none=True, metadata={"description": "Of what is agreed."})
    on_way_at = Moment(required=True, allow_none=True)
    cannot_find_at = Moment(required=True, allow_none=True)
    not_passed = Many(Inner(NotPassedSchema), required=True)
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class SaidSent(Sent):
    """What you write to the other side."""

    words = Text(required=True, metadata={"examples": ["I ring twice."]})


class ProposalSent(Sent):
    """A time to meet. Without ``where``: at the asker's address."""

    start = Moment(required=True, metadata={"examples": ["2026-11-24T14:00:00+00:00"]})
    end = Moment(required=True, metadata={"examples": ["2026-11-24T15:00:00+00:00"]})
    where = Text(load_default=None, allow_none=True)
    words = Text(load_default=None, allow_none=True)


class AgreedSent(Sent):
    """Which proposal you say yes to."""

    number = Whole(required=True, least=1, metadata={"examples": [1]})
