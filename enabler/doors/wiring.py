"""What the composition root hands to the doors: ports and the clock, found on the running app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol, cast

from flask import current_app

from enabler.doors.counting import FileCount
from enabler.doors.pace import Pace
from enabler.services.ports import (
    ErasureList,
    MessageGateway,
    Secrets,
    Signing,
    TextProvider,
    Understands,
)


def utc_now() -> datetime:
    """The present moment: doors ask, services are told."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Whose drawn map lies under ours: ``{z}/{x}/{y}`` in its address, and what it must be called
    in return."""

    url: str
    attribution: str

    @property
    def origin(self) -> str:
        """The only other address from which a page may show a picture."""
        scheme, rest = self.url.split("://", 1)
        return f"{scheme}://{rest.split('/', 1)[0]}"


class Caller(Protocol):
    """Who rings our own bell: a provider that calls us, and signs what it says."""

    def is_genuine(self, url: str, form: Mapping[str, Any] | str, signature: str) -> bool:
        """Whether they signed this call, which they made to ``url`` as it was given to them."""
        ...

    def is_ours(self, account_sid: str) -> bool:
        """Whether it is about our account with them."""
        ...


class Converse(Protocol):
    """What works the texts of a number: reads, acts and answers, one after the other."""

    def __call__(
        self, *, place_id: int, number: str, secrets: Secrets, clock: Callable[[], datetime]
    ) -> int:
        """How many were worked. What goes wrong with one is counted with it, and raised."""
        ...


class Agreed(Protocol):
    """What a provider that signs nothing carries in each call."""

    def is_in(self, header: str) -> bool:
        """Whether the header ``Authorization`` has it."""
        ...


@dataclass(frozen=True, slots=True)
class Wiring:
    """Ports and facts of this installation that doors need."""

    gateway: MessageGateway
    secrets: Secrets
    signing: Signing
    simulated: bool  # texts and mails go to the simulator, whose page may be shown
    metrics_token: str | None
    public_base_url: str | None
    secure: bool
    erasures: ErasureList  # who was erased, outside the database
    forged: FileCount  # calls in a provider's name that it never made
    converse: Converse  # the telephone door's, for doors that may not import it
    understands: Understands  # likewise: what words on a page sound like
    tiles: Tiles | None = None
    provider: TextProvider | None = None  # of texts; none where they are simulated
    caller: Caller | None = None
    bearer: Agreed | None = None
    pence_per_segment: Decimal | None = None  # what a text costs, where a place does not say
    clock: Callable[[], datetime] = utc_now
    listening: Pace = field(default_factory=Pace)  # how often words are listened to


def wiring() -> Wiring:
    """The wiring of the app that is running."""
    return cast(Wiring, current_app.extensions["enabler"])


def now() -> datetime:
    """The present moment, by the app's clock (tests set it)."""
    return wiring().clock()
