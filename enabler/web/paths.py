"""Addresses that came from outside and lead back inside, and nowhere else."""

from urllib.parse import urlsplit


def inside(address: str | None, *, otherwise: str = "/") -> str:
    """The address if it is a path of this site, else ``otherwise``.

    Two slashes, a backslash or a control character could be read by a browser as another site.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return otherwise
    if "\\" in address or any(ord(letter) < 32 for letter in address):
        return otherwise
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else otherwise
