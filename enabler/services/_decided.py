"""What a decision of the desk was about, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about: need, offer, member, organisation or report; its state now."""

    kind: str
    ref: str
    state: str
