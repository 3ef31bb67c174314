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
