"""The hard rules: who may not help with what, each with its code.

A rule looks at pairs and says which it refuses. :mod:`enabler.matching.judging` asks them in one
fixed order and counts a pair under the first that refuses it. Rules of time come last: they cost
most.

Each preference that some need lists is a rule of its own, whose code is the preference's.
"""

from collections.abc import Callable, Mapping

import numpy as np

from enabler.matching.arrays import Flags, lacking, same
from enabler.matching.crossing import Pairs, Question
from enabler.matching.kernels.stretches import NEVER

Rule = Callable[[Pairs], Flags]


def category(pairs: Pairs) -> Flags:
    """The offer is not of the need's category."""
    question = pairs.question
    return ~question.skilled[pairs.offer, question.needs.category[pairs.need]]


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

    def lacks(asked: Pairs) -> Flags:
        return lacking(needs.requires[asked.need], offers.credentials[asked.offer])

    return _of_those(needs.strict, pairs, lacks)


def language(pairs: Pairs) -> Flags:
    """Does not speak every language that the need demands."""
    needs, offers = pairs.question.needs, pairs.question.offers

    def lacks(asked: Pairs) -> Flags:
        return lacking(needs.languages[asked.need], offers.languages[asked.offer])

    return _of_those(needs.names_language, pairs, lacks)


def time(pairs: Pairs) -> Flags:
    """No unbroken stretch in common, even if the helper were never away."""
    return pairs.usable == NEVER


def away(pairs: Pairs) -> Flags:
    """They would have the time in common, but the helper is away."""
    return pairs.usable == 0


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
"""The rules after category and reach and before the preferences and the time."""


def rules_of(question: Question) -> dict[str, Rule]:
    """Every rule of this question by code, in the order in which they are asked.

    They may as well be asked in any other order and independently.
    """
    wishes = {code: _preference(question, bit) for code, bit in question.preferences.items()}
    return {"category": category, "reach": reach, **SIEVE, **wishes, "time": time, "away": away}


def _preference(question: Question, bit: int) -> Rule:
    word, mask = bit >> 6, np.uint64(1 << (bit & 63))
    asking: Flags = (question.needs.preferences[:, word] & mask) != 0
    meeting: Flags = (question.offers.meets[:, word] & mask) != 0

    def unmet(pairs: Pairs) -> Flags:
        """The need lists this preference and the offer does not meet it."""
        return asking[pairs.need] & ~meeting[pairs.offer]

    return unmet


def _of_those(asking: Flags, pairs: Pairs, rule: Rule) -> Flags:
    """A rule that concerns few needs, asked about their pairs alone."""
    asked = asking[pairs.need]
    refused = np.zeros(len(pairs), dtype=np.bool_)
    if asked.any():
        refused[asked] = rule(pairs.where(asked))
    return refused
