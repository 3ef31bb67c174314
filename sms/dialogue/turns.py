"""What the dialogue knows of a phone, and what it wants done: values alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from enabler.domain.landmarks import Landmark
from enabler.domain.prompts import Opening as Opening
from enabler.domain.prompts import Question as Question
from enabler.domain.prompts import Say as Say
from sms.reading import Said
from sms.tongues import Tongue
from sms.understanding.drafted import SURE_FROM, Understood, understand
from sms.understanding.lexicon import Phrases

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose phone it is, as far as the number tells, which proves nothing. ``language``: the one
    they read; ``known``: whether somebody here has the number; ``stopped``: they want no texts;
    ``has_home``: we know where they live, ``has_address``: to the door; ``reachable``: an answer
    can be sent to the number; ``landmarks``: those of the place that their text names; ``own``: the
    place's own phrases; ``sure_from``: its likelihood below which a kind of help is asked for;
    ``ends_somebody``: their text ends, by a name, that somebody acts for them who does."""

    language: str
    known: bool = True
    stopped: bool = False
    has_home: bool = True
    has_address: bool = True
    reachable: bool = True
    landmarks: tuple[Landmark, ...] = ()
    own: Phrases = field(default_factory=dict)
    sure_from: float = SURE_FROM
    ends_somebody: bool = False

    def understood(self, said: Said, tongues: Sequence[Tongue], now: datetime) -> Understood:
        """What they say, by the place's own phrases too, and as sure as the place wants it."""
        return understand(said, tongues, now, own=self.own, sure_from=self.sure_from)


@dataclass(frozen=True, slots=True)
class Deed:
    """A use case to be called, by its name; ``ref`` is of the thing, ``words`` are passed on."""

    name: str
    ref: str | None = None
    words: str = ""
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of a text: questions that are answered by it (their letters), new ones, deeds in
    order, and what is said beside what comes of the deeds."""

    closes: tuple[str, ...] = ()
    opens: tuple[Opening, ...] = ()
    deeds: tuple[Deed, ...] = ()
    says: tuple[Say, ...] = ()

    def __add__(self, other: "Turn") -> "Turn":
        return Turn(
            self.closes + other.closes, self.opens + other.opens, self.deeds + other.deeds,
            self.says + other.says,
        )  # fmt: skip
