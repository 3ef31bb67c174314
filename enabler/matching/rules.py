"""The hard rules: who may not help with what, each with its code.

A rule looks at pairs and says which it refuses. The rules are asked in one fixed order and a
pair is counted under the first that refuses it, so that for each need the counts of all codes
and the admitted pairs add up to all offers. Rules of time come last: they cost most.

Each preference that some need lists is a rule of its own, whose code is the preference's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from enabler.matching.arrays import Flags, Ints, lacking, same
from enabler.matching.crossing import Pairs, Question
from enabler.matching.near import near

Rule = Callable[[Pairs], Flags]


def category(pairs: Pairs) -> Flags:
    """The offer is not of the need's category."""
    question = pairs.question
    breadth = len(question.offers)
    known = question.skills.category * breadth + question.skills.offer
    asked = question.needs.category[pairs.need] * breadth + pairs.offer
    return ~np.isin(asked, known)


def reach(pairs: Pairs) -> Flags:
    """Further than the helper goes, or than the asker wants."""
    limit = np.minimum(
        pairs.question.offers.reach[pairs.offer], pairs.question.needs.reach[pairs.need]
    )
    return pairs.metres > limit


def held(pairs: Pairs) -> Flags:
    """The need or the offer is held back (law 6)."""
    return pairs.question.needs.held[pairs.need] | pairs.question.offers.held[pairs.offer]


def same_person(pairs: Pairs) -> Flags:
    """Nobody helps themselves."""
    return same(pairs.question.needs.member[pairs.need], pairs.question.offers.member[pairs.offer])


def same_household(pairs: Pairs) -> Flags:
    """Nobody is asked by the platform to help at home."""
    return same(
        pairs.question.needs.household[pairs.need], pairs.question.offers.household[pairs.offer]
    )


def blocked(pairs: Pairs) -> Flags:
    """One of the two does not want the other."""
    needs, offers = pairs.question.needs, pairs.question.offers
    unwanted = pairs.question.unwanted.count(pairs.need, offers.member[pairs.offer])
    unwanted += pairs.question.unwanted.count(pairs.need, offers.organisation[pairs.offer])
    avoided = pairs.question.avoided.count(pairs.offer, needs.member[pairs.need])
    return (unwanted + avoided) > 0


def place(pairs: Pairs) -> Flags:
    """Of another place that does not share supply with this one."""
    places = pairs.question.needs.place[pairs.need], pairs.question.offers.place[pairs.offer]
    return ~pairs.question.sharing[places]


def capacity(pairs: Pairs) -> Flags:
    """No room for another need."""
    return pairs.question.offers.capacity[pairs.offer] < 1


def cap(pairs: Pairs) -> Flags:
    """Asked as often as may be in this period."""
    return pairs.question.offers.capped[pairs.offer]


def credential(pairs: Pairs) -> Flags:
    """Lacks a credential that the need or the policy for its category demands."""
    needs, offers = pairs.question.needs, pairs.question.offers
    return lacking(needs.requires[pairs.need], offers.credentials[pairs.offer])


def language(pairs: Pairs) -> Flags:
    """Does not speak every language that the need demands."""
    needs, offers = pairs.question.needs, pairs.question.offers
    return lacking(needs.languages[pairs.need], offers.languages[pairs.offer])


def time(pairs: Pairs) -> Flags:
    """No unbroken stretch in common, even if the helper were never away."""
    return pairs.question.times.usable(pairs.need, pairs.offer, heed_away=False) == 0


def away(pairs: Pairs) -> Flags:
    """They would have the time in common, but the helper is away."""
    return (pairs.question.times.usable(pairs.need, pairs.offer) == 0) & ~time(pairs)


SIEVE: Mapping[str, Rule] = {
    "held": held,
    "same_person": same_person,
    "same_household": same_household,
    "blocked": blocked,
    "place": place,
    "capacity": capacity,
    "cap": cap,
    "credential": credential,
    "language": language,
}
"""The rules after the search (category, reach) and before the preferences and the time."""


def rules_of(question: Question) -> dict[str, Rule]:
    """Every rule of this question by code; they may be asked in any order and independently."""
    wishes = {code: _preference(bit) for code, bit in question.preferences.items()}
    return {"category": category, "reach": reach, **SIEVE, **wishes, "time": time, "away": away}


def _preference(bit: int) -> Rule:
    word, mask = bit >> 6, np.uint64(1 << (bit & 63))

    def unmet(pairs: Pairs) -> Flags:
        """The need lists this preference and the offer does not meet it."""
        needs, offers = pairs.question.needs, pairs.question.offers
        lacks = needs.preferences[pairs.need, word] & ~offers.meets[pairs.offer, word]
        wanted: Flags = (lacks & mask) != 0
        return wanted

    return unmet


@dataclass(frozen=True)
class Sifted:
    """The admitted pairs, with their usable time, and how many were refused by need and code."""

    pairs: Pairs
    refused: Mapping[str, Ints]


def sift(question: Question) -> Sifted:
    """Ask every rule about every pair, in order; pairs are sorted by need, then offer."""
    pairs = near(question)
    refused = _outside(question, pairs)
    rules = rules_of(question)
    for code in (*SIEVE, *question.preferences):
        pairs = _asked(code, rules[code](pairs), pairs, refused)
    pairs = pairs.with_time()
    free = pairs.usable > 0
    lost = pairs.where(~free)
    never = time(lost)
    refused["time"] = _by_need(lost.where(never))
    refused["away"] = _by_need(lost.where(~never))
    return Sifted(pairs.where(free), refused)


def _outside(question: Question, pairs: Pairs) -> dict[str, Ints]:
    """What the search left out: counted, never looked at pair by pair."""
    needs, skills = question.needs, question.skills
    offers = len(question.offers)
    able = np.bincount(skills.category, minlength=int(needs.category.max(initial=0)) + 1)
    in_category = able[needs.category]
    open_needs = ~needs.held
    return {
        "category": np.where(open_needs, offers - in_category, 0),
        "reach": np.where(open_needs, in_category - _by_need(pairs), 0),
        "held": np.where(open_needs, 0, offers),
    }


def _asked(code: str, refuses: Flags, pairs: Pairs, refused: dict[str, Ints]) -> Pairs:
    count = _by_need(pairs.where(refuses))
    refused[code] = refused[code] + count if code in refused else count
    return pairs.where(~refuses)


def _by_need(pairs: Pairs) -> Ints:
    return np.bincount(pairs.need, minlength=len(pairs.question.needs)).astype(np.int64)
