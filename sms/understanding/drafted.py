"""What somebody writes who uses no word of ours: which kind of help, where, when, asked or offered.

What more than one kind of help could be meant by is left open: it is asked, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sms.reading import Said
from sms.times import When, read_when
from sms.tongues import Tongue
from sms.understanding.deciding import Weighed
from sms.understanding.lexicon import NONE, Phrases, says
from sms.where import read_postcode_in

MOST_KINDS = 3
"""So many kinds of help are put to choice."""
LIKELY_ENOUGH = 0.08
"""A kind that is less likely is not put to choice."""
SURE_FROM = 0.6
"""From this likelihood a kind is said back as understood, where a place sets nothing else."""
HELP_FROM = 0.3
"""A text that is less likely about help speaks for no kind, unless its words are in the lists."""
SHORT = 6
"""In so few words the lists are surer than the model: *shopping and my prescription* are two."""
FEWEST_WORDS = 3
"""A shorter text says neither that help is asked nor that it is offered, unless a list says so."""
LEAST_LISTED = 0.03
"""Where the lists hear of help the model has to be surer that it is none."""
CLEAR = 0.75
"""How likely one of asked and offered has to be beside the other."""


@dataclass(frozen=True, slots=True)
class Understood:
    """``about_help``: whether something is asked for or offered, as far as that can be told;
    ``kinds``: the slugs that the words speak for, the likeliest first; ``is_sure``: the first
    of them is meant; ``postcode``: as it was typed, whole or in part; ``written_postcode``: the
    same as it is written, all of it or the outward code alone; ``offers``: whether something is
    given, None where the words say neither or both."""

    about_help: bool
    kinds: tuple[str, ...]
    is_sure: bool
    postcode: str | None
    written_postcode: str | None
    is_whole: bool
    when: When | None
    offers: bool | None


def understand(
    said: Said, tongues: Sequence[Tongue], now: datetime, *, own: Phrases = NONE,
    sure_from: float = SURE_FROM,
) -> Understood:  # fmt: skip
    """What a text says; ``now`` is in the place's zone. ``own``: phrases of the place's own lists;
    ``sure_from``: the likelihood below which a kind of help is asked for."""
    weighed = Weighed(said, own)
    kinds = kinds_of(weighed, sure_from)
    spot = read_postcode_in(said)
    return Understood(
        about_help=_about_help(said, weighed),
        kinds=kinds,
        is_sure=len(kinds) == 1,
        postcode=spot.as_typed if spot else None,
        written_postcode=spot.postcode if spot else None,
        is_whole=bool(spot and spot.is_whole),
        when=read_when(said, tongues, now),
        offers=_offers(said, weighed),
    )


def kinds_of(weighed: Weighed, sure_from: float) -> tuple[str, ...]:
    """The kinds of help that a text speaks for: one where that is sure, else those to choose from,
    at least two; none where it is about something else."""
    helps = weighed.intents["need"] + weighed.intents["offer"]
    if helps < HELP_FROM and not weighed.found:
        return ()
    first, *others = weighed.kinds.items()
    named = weighed.found_alike if len(weighed.said.tokens) <= SHORT else ()
    if len(named) > 1:
        return named[:MOST_KINDS]
    if first[1] >= sure_from:
        return (first[0],)
    also = [slug for slug, share in others if share >= LIKELY_ENOUGH or slug in weighed.found]
    return (first[0], *(also or [others[0][0]]))[:MOST_KINDS]


def _about_help(said: Said, weighed: Weighed) -> bool:
    """By the lists, unless the model is sure that it is something else."""
    helps = weighed.intents["need"] + weighed.intents["offer"]
    listed = bool(weighed.found) or says(said, "offers") or says(said, "needs")
    return helps >= (LEAST_LISTED if listed else HELP_FROM)


def _offers(said: Said, weighed: Weighed) -> bool | None:
    """By the model; neither where the lists hear both, or neither in a text of a word or two."""
    gives, asks = (says(said, name) for name in ("offers", "needs"))
    if gives and asks:
        return None
    if len(said.tokens) <= SHORT and (gives or asks):
        return gives
    if len(said.tokens) < FEWEST_WORDS:
        return None
    need, offer = weighed.intents["need"], weighed.intents["offer"]
    if need + offer < HELP_FROM:
        return None if gives == asks else gives
    share = offer / (need + offer)
    return True if share >= CLEAR else False if share <= 1 - CLEAR else None
