"""The least asked get their turn: of some asks it decides, by a draw that can be repeated.

With the chance eps an ask goes to a candidate drawn with ``q_j ~ b_j / (1 + asks_month_j)`` among
those who are at least half as likely to come as the one whom the rule would ask, and whom to ask
still pays; b is 4 for a newcomer where the need is a small first thing, else 1. So the chance that
candidate j is the next to be asked, given all that is known before that very ask, is

    pi_j = (1 - eps) [j is the rule's] + eps q_j.

It is the *propensity* that lets another rule be judged by what was asked (:mod:`.hindsight`). The
mixture of a best action with a random one is epsilon-greedy (Sutton & Barto, *Reinforcement
Learning*, 2nd ed., §2.2), but for the odds. Thompson sampling would know its propensities by
simulation only, and nobody could be told in a sentence why they were asked.
"""

import hashlib
import hmac

import numpy as np

from enabler.matching.situations import Floats, Situation

LEAST_SHARE = 0.5
"""A turn goes to nobody less than half as likely to come as the rule's own choice."""
NEWCOMER_ODDS = 4.0
_BITS = 53
"""Of a draw: what a float holds exactly, so that it is never rounded up to 1."""


def seed_of(need_ref: str, rule_version: int, salt: str) -> str:
    """What a need's draws come from: nobody guesses it without the place's salt, and kept with a
    decision it tells nothing of other needs (HMAC-SHA-256, FIPS 198-1; hexadecimal)."""
    text = f"{need_ref}|{rule_version}".encode()
    return hmac.new(salt.encode(), text, hashlib.sha256).hexdigest()


def draw(seed: str, asked: int) -> float:
    """u, 0 up to but not 1, of a need's ask number ``asked`` (from 0): the first 53 bits of
    SHA-256. Even over seeds, and of two asks independent as far as anybody can tell."""
    digest = hashlib.sha256(f"{seed}|{asked}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> (64 - _BITS)) / 2.0**_BITS


def turns(situation: Situation, best: int, net: Floats) -> Floats:
    """q: by candidate the chance to be asked where the turn decides; together 1.

    ``best``: the position of the rule's choice; ``net``: what to ask each adds, in points, without
    those who are asked already (they have none above 0).
    """
    candidates = situation.candidates
    effective = np.array(candidates.effective, dtype=np.float64)
    fits = (net > 0) & (effective >= LEAST_SHARE * effective[best])
    odds = np.where(fits, 1.0 / (1.0 + np.array(candidates.asks_month, dtype=np.float64)), 0.0)
    if situation.is_first_thing:
        odds = np.where(np.array(candidates.newcomer, dtype=np.bool_), NEWCOMER_ODDS * odds, odds)
    return odds / np.cumsum(odds)[-1]  # added up one by one: the same on every machine


def propensities(situation: Situation, best: int, net: Floats) -> Floats:
    """pi: by candidate the chance to be the next who is asked; together 1."""
    shares = np.zeros(len(situation.candidates))
    shares[best] = 1.0
    if not situation.takes_turns:
        return shares
    chance = situation.weights.turns_percent / 100
    return (1.0 - chance) * shares + chance * turns(situation, best, net)


def drawn(situation: Situation, best: int, net: Floats, asked: int) -> tuple[int, bool]:
    """Who is asked as number ``asked``, and whether the turn decided.

    u below eps means a turn; then u / eps is even again, and chooses along the candidates.
    """
    chance = situation.weights.turns_percent / 100
    if not situation.takes_turns or (u := draw(situation.seed, asked)) >= chance:
        return best, False
    upto = np.cumsum(turns(situation, best, net))
    at = int(np.searchsorted(upto, u / chance * upto[-1], side="right"))
    return min(at, int(np.flatnonzero(np.diff(upto, prepend=0.0))[-1])), True
