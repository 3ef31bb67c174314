"""A mail server as its address says: ``smtp://name:password@host:587/?from=help@example.org``."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from enabler.domain.contact import EmailAddress
from enabler.domain.errors import Invalid

PORTS = {"smtp": 587, "smtps": 465}
_HERE = re.compile(r"localhost|127\.0\.0\.1|::1")


class MailAddressWrong(ValueError):
    """The address of the mail server makes no sense; the message is one sentence about it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, and from which address they come."""

    host: str
    port: int
    sender: str
    tls_at_once: bool = False
    login: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this very machine, so that nothing is sent over a network."""
        return _HERE.fullmatch(self.host) is not None


def read_mail_server(url: str) -> MailServer:
    """The server of an address. Raises MailAddressWrong, which never repeats the password."""
    parts = urlsplit(url.strip())
    try:
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise MailAddressWrong("must begin with smtp:// or smtps:// and have a host") from None
    if not parts.hostname:
        raise MailAddressWrong("must begin with smtp:// or smtps:// and have a host")
    login = None if parts.username is None else unquote(parts.username)
    given = parse_qs(parts.query).get("from", [login or ""])[0]
    try:
        sender = EmailAddress.parse(given).text
    except Invalid:
        raise MailAddressWrong("must say from which address mails come: ?from=…") from None
    return MailServer(
        host=parts.hostname, port=port, sender=sender, tls_at_once=parts.scheme == "smtps",
        login=login, password=None if parts.password is None else unquote(parts.password),
    )  # fmt: skip
