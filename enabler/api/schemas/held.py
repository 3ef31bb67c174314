"""Why a thing of yours waits for a look, where you can put that right yourself."""

from collections.abc import Iterable
from typing import Any

from enabler.api.schemas.fields import Given, Inner, Many, Text
from enabler.domain.signals import Signal
from enabler.doors.words.signals import signal_said


class HeldForSchema(Given):
    """One reason."""

    code = Text(required=True, metadata={"description": "Stays."})
    sentence = Text(required=True, metadata={"description": "For people, in their language."})


class HeldFor(Many):
    """The reasons that its writer can take out: changed, it can open at once. In no list."""

    def __init__(self, **more: Any) -> None:
        super().__init__(Inner(HeldForSchema), **more)

    def out(self, signals: Iterable[Signal]) -> list[dict[str, str]]:
        """As the pages say them."""
        return [{"code": one.code, "sentence": signal_said(one)} for one in signals]
