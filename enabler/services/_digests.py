"""Keyed digests of what is never stored as it is, each for its own use."""

from enabler.domain.sign_in import network_of
from enabler.services.ports import Secrets


def of_session(secrets: Secrets, token: str) -> str:
    """By which a session is found."""
    return secrets.digest(f"session:{token}")


def of_api_token(secrets: Secrets, token: str) -> str:
    """By which a program's key is found."""
    return secrets.digest(f"api-token:{token}")


def of_browser(secrets: Secrets, browser: str) -> str:
    """By which a browser's codes and drafts are found."""
    return secrets.digest(f"browser:{browser}")


def of_address(secrets: Secrets, address: str) -> str:
    """By which the codes asked for from one network address are counted."""
    return secrets.digest(f"address:{network_of(address)}")


def of_phone(secrets: Secrets, phone: str) -> str:
    """By which a keyed call's arguments are compared without the number."""
    return secrets.digest(f"phone:{phone}")


def of_mail(secrets: Secrets, address: str) -> str:
    """Likewise for a mail address."""
    return secrets.digest(f"mail:{address}")


def of_session_row(secrets: Secrets, session_id: int) -> str:
    """By which a member names one of their browsers in a form."""
    return secrets.digest(f"browser-of-a-member:{session_id}")[:24]
