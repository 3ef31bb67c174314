"""Your own checks over the JSON door."""

from enabler.api.schemas.fields import Choice, Day, Given, Inner, Many, Moment, Sent, Text, Truth
from enabler.domain.vocabulary import CredentialKind


class CheckSchema(Given):
    """What was seen of you; never the paper itself."""

    ref = Text(required=True)
    kind = Choice(CredentialKind, required=True)
    state = Choice(("holds", "ended", "revoked", "to-come"), required=True)
    seen_on = Moment(required=True)
    valid_until = Moment(required=True)
    ends_soon = Truth(required=True)
    note = Text(required=True, allow_none=True)
    waived = Truth(
        required=True, metadata={"description": "Two people let you help before it was seen."}
    )
    revoked_because = Text(required=True, allow_none=True)
    from_place = Text(
        required=True, allow_none=True, metadata={"description": "The place that saw it first."}
    )


class WantedSchema(Given):
    """A check that you ask for."""

    ref = Text(required=True)
    kind = Choice(CredentialKind, required=True)
    words = Text(required=True, allow_none=True)
    asked_at = Moment(required=True)


class LeaveSchema(Given):
    """Who may see a check of yours, and until when."""

    ref = Text(required=True)
    kind = Choice(CredentialKind, required=True)
    to = Text(required=True, metadata={"description": "The name of a place or an organisation."})
    until_at = Moment(required=True)
    accepted = Truth(required=True, metadata={"description": "That place has taken it over."})


class ChecksSchema(Given):
    """What was seen of you, what you wait for, whom you let see it."""

    checks = Many(Inner(CheckSchema), required=True, attribute="credentials")
    wanted = Many(Inner(WantedSchema), required=True)
    shares = Many(Inner(LeaveSchema), required=True, attribute="grants")


class WantSent(Sent):
    """Which paper you can show, and how."""

    kind = Choice(CredentialKind, required=True, metadata={"examples": ["dbs-basic"]})
    words = Text(
        load_default=None, allow_none=True, metadata={"examples": ["I come by on Monday."]}
    )


class ShareSent(Sent):
    """To whom you show a check: the ref of an organisation, or the slug of a place."""

    to = Text(required=True, metadata={"examples": ["bristol"]})
    until = Day(required=True, metadata={"examples": ["2027-03-01"]})
