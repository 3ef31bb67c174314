"""What a provider reports of a text that it took, and which way that moves it (pure)."""

import re

from enabler.domain.vocabulary import OutboxState

_ON_ITS_WAY = ("accepted", "scheduled", "queued", "sending", "sent")
_STATES = {
    **dict.fromkeys(_ON_ITS_WAY, OutboxState.ACCEPTED),
    "delivered": OutboxState.DELIVERED,
    "undelivered": OutboxState.FAILED,
    "failed": OutboxState.FAILED,
    "canceled": OutboxState.FAILED,
}
_UNSETTLED = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN)
_REFERENCE = re.compile(r"outbox-([1-9][0-9]{0,8})")


def state_of(status: str) -> OutboxState | None:
    """Where a text stands by the provider's word; None for a word that says nothing of that."""
    return _STATES.get(status.lower())


def goes_up(before: OutboxState, after: OutboxState, *, named: bool) -> bool:
    """Whether a report moves a text: from doubt to taken, from taken to an end, never back and
    from no end to another. ``named``: the provider's name for it was known. A text that failed
    before it had one was taken after all, whatever we were told when we handed it over."""
    if after is OutboxState.ACCEPTED:
        return before in _UNSETTLED
    if before is OutboxState.FAILED:
        return after is OutboxState.DELIVERED and not named
    return before in _UNSETTLED or before is OutboxState.ACCEPTED


def id_of(reference: str | None) -> int | None:
    """The row that a reference of ours names; None where it is none of ours."""
    found = _REFERENCE.fullmatch(reference or "")
    return None if found is None else int(found[1])
