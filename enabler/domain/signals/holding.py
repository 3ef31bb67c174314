"""Which signals hold what: data of the ruleset (pure)."""

from collections.abc import Collection, Iterable, Mapping

from enabler.domain.signal_codes import STRONG
from enabler.domain.signals.signal import Finding


def codes_that_hold(
    codes: Iterable[str], kind: str, holds: Mapping[str, Collection[str]], *, urgent: bool = False
) -> frozenset[str]:
    """Those that hold a thing of this kind; what is ``urgent`` is held by the strong ones alone."""
    wanted = set(holds.get(kind, ()))
    return frozenset(one for one in codes if one in wanted and (not urgent or one in STRONG))


def that_hold(
    found: Iterable[Finding], kind: str, holds: Mapping[str, Collection[str]], *,
    urgent: bool = False,
) -> tuple[Finding, ...]:  # fmt: skip
    """Those that hold a thing of this kind."""
    everything = tuple(found)
    codes = codes_that_hold((one.code for one in everything), kind, holds, urgent=urgent)
    return tuple(one for one in everything if one.code in codes)
