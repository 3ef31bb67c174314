"""What the composition root hands to the doors: ports and the clock, found on the running app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import current_app

from enabler.services.ports import ErasureList, MessageGateway, Secrets, Signing


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
    tiles: Tiles | None = None
    clock: Callable[[], datetime] = utc_now


def wiring() -> Wiring:
    """The wiring of the app that is running."""
    return cast(Wiring, current_app.extensions["enabler"])


def now() -> datetime:
    """The present moment, by the app's clock (tests set it)."""
    return wiring().clock()
