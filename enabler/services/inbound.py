"""Texts that came, kept before anything is done about them (law 5)."""

from datetime import datetime

from enabler.domain.errors import ProviderFailed


def keep(
    *, provider_ref: str, sent_from: str, sent_to: str, body: str, opt_out: str | None,
    sent_at: datetime | None, now: datetime,
) -> bool:  # fmt: skip
    """Keep a text; whether it is new. Raises NotFound where no place has the number."""
    raise ProviderFailed("texts_are_not_kept_yet")
