"""Codes, tokens and digests from the secret key (the port ``services.ports.Secrets``)."""

import base64
import hashlib
import hmac
import secrets


class KeyedSecrets:
    """Random tokens; keyed digests and codes by HMAC-SHA-256 (RFC 2104)."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def token(self) -> str:
        """A fresh token of 256 bits."""
        return secrets.token_urlsafe(32)

    def token_of(self, nonce: str) -> str:
        """256 bits from the nonce, in the letters of ``token``."""
        mac = hmac.new(self._key, b"token:" + nonce.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()

    def digest(self, text: str) -> str:
        """A keyed digest in hexadecimal."""
        return hmac.new(self._key, b"digest:" + text.encode(), hashlib.sha256).hexdigest()

    def code(self, nonce: str) -> str:
        """Six digits from the nonce (dynamic truncation as in RFC 4226 §5.3, on SHA-256)."""
        mac = hmac.new(self._key, b"code:" + nonce.encode(), hashlib.sha256).digest()
        offset = mac[-1] & 0x0F
        number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"
