"""The matching engine: who could help whom and why, one at a time or all at once, optimally.

Pure: values in, values out; no database, no web, no clock. Start at :mod:`.needs_and_offers` for
what it is told, :mod:`.rules` and :mod:`.scores` for how it judges a pair, :mod:`.assignment` for
how it chooses among many, :mod:`.rounds` for all of it together. Light to import: no compiled
kernels, no map projections, no solver.
"""

from enabler.matching.assignment import assign
from enabler.matching.misses import NearMisses, nearest_misses, other_days, refusals
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.pairs import edges
from enabler.matching.policy import Policy
from enabler.matching.prices import by_price, cut_off
from enabler.matching.ranked import Ranked
from enabler.matching.ranking import rank, why_not
from enabler.matching.results import Assignment, Candidate, Edges, Reason
from enabler.matching.rounds import Round, settle
from enabler.matching.solving import ProofFailed

__all__ = [
    "Assignment",
    "Candidate",
    "Edges",
    "NearMisses",
    "Need",
    "Offer",
    "Policy",
    "ProofFailed",
    "Ranked",
    "Reason",
    "Round",
    "assign",
    "by_price",
    "cut_off",
    "edges",
    "nearest_misses",
    "other_days",
    "rank",
    "refusals",
    "settle",
    "why_not",
]
