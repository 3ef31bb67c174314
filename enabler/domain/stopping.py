"""The one text that goes to a phone that wants none: the answer that says so (pure)."""

from collections.abc import Mapping
from typing import Any

STOPPED = "stopped"
"""What is said to whoever asked for no more texts; once."""
_ANSWER = "answer"


def confirms_stop(template: str, parameters: Mapping[str, Any]) -> bool:
    """Whether a text says that no more come, and nothing else: it asks nothing, and tells of
    nothing."""
    says = parameters.get("says") or ()
    return (
        template == _ANSWER and not parameters.get("asks")
        and [one.get("code") for one in says] == [STOPPED]
    )  # fmt: skip
