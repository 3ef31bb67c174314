"""What somebody is about to change, as they left it: to fill in the questions again."""

from dataclasses import dataclass

from enabler.domain.vocabulary import NeedState, OfferState
from enabler.services._need_drafts import NeedDraft
from enabler.services._offer_drafts import OfferDraft


@dataclass(frozen=True, slots=True)
class NeedToChange:
    """A need for its asker alone. ``fixed``: its kind and its spot stay, since somebody said yes
    to them. ``changeable``: it has not ended."""

    ref: str
    state: NeedState
    version: int
    draft: NeedDraft
    slots_filled: int
    fixed: bool
    changeable: bool


@dataclass(frozen=True, slots=True)
class OfferToChange:
    """An offer for its giver alone. ``changeable``: it has not ended."""

    ref: str
    state: OfferState
    version: int
    draft: OfferDraft
    changeable: bool
