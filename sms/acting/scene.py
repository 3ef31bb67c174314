"""What a deed is done with, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from enabler.domain.permissions import Actor
from enabler.services.ports import Secrets
from sms.dialogue.turns import Deed, Opening, Question, Say
from sms.understanding.drafted import SURE_FROM
from sms.understanding.lexicon import Phrases


@dataclass(frozen=True, slots=True)
class Scene:
    """A text that is acted upon. ``actor``: whose number it came from, which proves nothing;
    anonymous where nobody here has it. ``now`` is the moment at which it came, whenever it is
    worked; ``key`` is the deed's own, the same however often the text is worked. ``number``: as it
    came; ``stranger``: nobody here has it; ``place_id``: the place that was texted;
    ``own`` and ``sure_from``: its own phrases, and how sure it wants us to be."""

    actor: Actor
    text_id: int
    language: str
    zone: tzinfo
    questions: tuple[Question, ...]
    secrets: Secrets
    key: str
    now: datetime
    number: str = ""
    stranger: bool = False
    place_id: int = 0
    own: Phrases = field(default_factory=dict)
    sure_from: float = SURE_FROM


@dataclass(frozen=True, slots=True)
class Came:
    """What is said of a deed that was done, and what is asked next; ``ref``: of what was made;
    ``closes``: letters of questions that need no answer any more."""

    says: tuple[Say, ...] = ()
    opens: tuple[Opening, ...] = ()
    ref: str | None = None
    closes: tuple[str, ...] = ()


Act = Callable[[Deed, Scene], Came]
