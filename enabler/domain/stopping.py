"""What goes to a phone that wants no texts: the answer that says so, and what to do in danger to
somebody who writes that they are in it (pure)."""

from collections.abc import Mapping
from typing import Any

from enabler.domain.answering import ALWAYS_SAID, ANSWER


def may_go_all_the_same(template: str, parameters: Mapping[str, Any]) -> bool:
    """Whether a text says that no more come, or what to do in danger, and nothing else: it asks
    nothing, and tells of nothing."""
    says = list(parameters.get("says") or ())
    return (
        template == ANSWER and not parameters.get("asks") and len(says) == 1
        and says[0].get("code") in ALWAYS_SAID
    )  # fmt: skip
