"""All that a text means, as the command line prints it and the measures judge it."""

from dataclasses import dataclass
from datetime import datetime

from sms.commands import command
from sms.dangers import in_danger
from sms.opting import asks_to_start, asks_to_stop
from sms.reading import Said, read
from sms.times import When, read_when
from sms.tongues import TONGUES, Tongue, Word
from sms.understanding.codes import is_code
from sms.understanding.deciding import Weighed, sounds_dangerous
from sms.understanding.languages import language_of
from sms.understanding.lexicon import NONE, Phrases
from sms.urgency import urgency_of
from sms.where import read_postcode_in

HELP = ("need", "offer")
_OPENS_A_SENTENCE = (Word.NEED, Word.OFFER)
_EVERY: tuple[Tongue, ...] = tuple(TONGUES.values())


@dataclass(frozen=True, slots=True)
class Meaning:
    """``intent``: need, offer, answer, command, danger, opt_out, chat, spam, unclear;
    ``category``: a slug, of needs and offers alone; ``urgency``: asap, today, this_week, later,
    none; ``postcode``: as it is written, or its outward code alone; ``start`` and ``end``: in the
    place's zone; ``language``: ISO 639-1, empty for what is in none; ``confidence``: how likely
    intent and category are right, 0 to 1."""

    intent: str
    category: str
    urgency: str
    postcode: str
    start: datetime | None
    end: datetime | None
    language: str
    confidence: float


def meaning_of(text: str, now: datetime, *, own: Phrases = NONE) -> Meaning:
    """What a text means that came by itself. ``now`` is in the place's zone; ``own``: phrases of
    the place's own lists."""
    said = read(text)
    weighed = Weighed(said, own)
    intent, sure = _intent(said, weighed)
    helps = intent in HELP
    category, fits = next(iter(weighed.kinds.items())) if helps else ("", 1.0)
    when = read_when(said, _EVERY, now) if helps else None
    spot = read_postcode_in(said)
    return Meaning(
        intent=intent, category=category, urgency=_urgency(intent, said, when, now),
        postcode=spot.postcode if spot else "",
        start=when.start if when else None, end=when.end if when else None,
        language=language_of(said, weighed.languages), confidence=sure * fits,
    )  # fmt: skip


def _urgency(intent: str, said: Said, when: When | None, now: datetime) -> str:
    if intent == "danger":
        return "asap"
    return urgency_of(said, _EVERY, when, now) if intent in HELP else "none"


def _intent(said: Said, weighed: Weighed) -> tuple[str, float]:
    """What it is for, and how likely that is: danger first, then what is a word or a code of ours
    and nothing else."""
    likely = weighed.intents
    sayings = in_danger(said, _EVERY)
    if sounds_dangerous(weighed, sayings):
        return "danger", max(likely["danger"], OF_A_SAYING if sayings else 0.0)
    plain = _plainly(said)
    if plain:
        return plain, max(likely[plain], SURE)
    intent = next(one for one in likely if one != "danger")
    return intent, likely[intent]


OF_A_SAYING = 0.9
"""How likely danger is where a saying of it was found: of the texts in ``bench/texts`` that have
one, nine in ten and more are of danger."""
MOST_OF_A_COMMAND = 3
"""A longer text that begins like a word of ours is a sentence."""
SURE = 0.97
"""How likely it is that a code or a word of ours that stands alone is meant as one."""


def _plainly(said: Said) -> str:
    if not said.tokens:
        return ""
    if asks_to_stop(said, _EVERY):
        return "opt_out"
    if is_code(said.words):
        return "answer"
    if len(said.tokens) > MOST_OF_A_COMMAND:
        return ""
    found = command(said, _EVERY, ())
    is_sentence = found is not None and found.words and found.word in _OPENS_A_SENTENCE
    return "command" if asks_to_start(said, _EVERY) or (found and not is_sentence) else ""
