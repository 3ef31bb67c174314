"""The one text that goes to a phone that wants none: the answer that says so (pure)."""

from collections.abc import Mapping
from typing import Any

from enabler.domain.answering import ANSWER, STOPPED


def confirms_stop(template: str, parameters: Mapping[str, Any]) -> bool:
    """Whether a text says that no more come, and nothing else: it asks nothing, and tells of
    nothing."""
    says = parameters.get("says") or ()
    return (
        template == ANSWER and not parameters.get("asks")
        and [one.get("code") for one in says] == [STOPPED]
    )  # fmt: skip
