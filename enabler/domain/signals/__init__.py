"""What makes somebody look twice, each as a named reason with its facts: pure, and no black box.

A *finding* is what a text or a count shows now; a *signal* is what was kept of it. Neither decides
anything: which signals hold a thing is said by the place's ruleset (``holding``).
"""

from enabler.domain.signals.counting import (
    Posts,
    found_in_accounts,
    found_in_hurry,
    found_in_number,
    found_in_reach,
)
from enabler.domain.signals.holding import codes_that_hold, that_hold
from enabler.domain.signals.kinds import found_in_kinds
from enabler.domain.signals.prints import are_alike, print_of
from enabler.domain.signals.reading import findings_in
from enabler.domain.signals.signal import Finding, Signal

__all__ = [
    "Finding", "Posts", "Signal", "are_alike", "codes_that_hold", "findings_in",
    "found_in_accounts", "found_in_hurry", "found_in_kinds", "found_in_number", "found_in_reach",
    "print_of", "that_hold",
]  # fmt: skip
