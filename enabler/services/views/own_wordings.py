"""A place's own phrases, as its custodians read them."""

from dataclasses import dataclass

from enabler.domain.own_wordings import OwnWording, Proposed


@dataclass(frozen=True, slots=True)
class WordingsView:
    """What members proposed and nobody has decided about; what counts."""

    waiting: tuple[Proposed, ...]
    counting: tuple[OwnWording, ...]
