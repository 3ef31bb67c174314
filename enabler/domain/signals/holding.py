"""Which signals hold what: data of the ruleset (pure)."""

from collections.abc import Collection, Iterable, Mapping

from enabler.domain.signal_codes import STRONG
from enabler.domain.signals.signal import Finding


def that_hold(
    found: Iterable[Finding], kind: str, holds: Mapping[str, Collection[str]], *,
    urgent: bool = False,
) -> tuple[Finding, ...]:  # fmt: skip
    """Those that hold a thing of this kind."""
    codes = set(holds.get(kind, ()))
    return tuple(
        one for one in found if one.code in codes and (not urgent or one.code in STRONG)
    )  # fmt: skip
