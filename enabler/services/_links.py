"""Links in messages that do one thing without signing in: a ref, and a signature for that use."""

import hmac

from enabler.domain.refs import canonical
from enabler.services.ports import Secrets

STOP, REFUSE, DECISION = "stop-mails", "refuse-change", "decision"
_SIGNATURE = 28
"""Hexadecimal digits of the signature: 112 bits, and short enough for a text."""


def sign(secrets: Secrets, use: str, ref: str) -> str:
    """The ref with its signature, as it stands in a link."""
    return f"{ref}-{_signature(secrets, use, ref)}"


def read(secrets: Secrets, use: str, token: str) -> str | None:
    """The ref of a link that we made for this use; None for anything else."""
    typed, _, signature = token.strip()[:80].partition("-")
    ref = canonical(typed) or ""
    wanted = _signature(secrets, use, ref)
    return ref if hmac.compare_digest(wanted.encode(), signature.encode()) and ref else None


def _signature(secrets: Secrets, use: str, ref: str) -> str:
    return secrets.digest(f"{use}:{ref}")[:_SIGNATURE]
