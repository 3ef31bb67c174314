"""Mails leave by SMTP (the port ``services.ports.MessageGateway``).

A mail server keeps no record that one could ask: a mail whose outcome nobody knows stays in doubt
and is decided without a record (law 4). So the line between "surely not taken" and "perhaps taken"
is drawn where the protocol draws it: at the end of the message itself (RFC 5321 §4.2.5, §6.1).
"""

import re
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from flask_babel import force_locale

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.doors.mail.server import MailServer
from enabler.doors.mail.writing import with_html, written
from enabler.doors.words.texts import message_words
from enabler.services.ports import Measure, Rendered, Sent, Trace

SECONDS = 10.0
"""For each step of the talk with the server: all of them are well within two minutes."""
_READY, _DONE, _TROUBLE = 354, 250, 500
_UNFOLDED = SMTP.clone(max_line_length=800)
"""Some mail programs look for a link in a header on the header's own line (RFC 5322 has 998)."""
_DOT = re.compile(rb"^\.", re.MULTILINE)


class SmtpGateway:
    """Hands each mail to a mail server, in a talk of its own."""

    simulated = False

    def __init__(
        self, server: MailServer, base_url: str, *, seconds: float = SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self._server = server
        self._base_url = base_url
        self._seconds = seconds
        self._trust = trust or ssl.create_default_context()

    def simulates(self, channel: Channel) -> bool:
        """Mails really leave."""
        return False

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The mail in words and HTML, in this language. Needs the context of the app."""
        with force_locale(language):
            return with_html(message_words(template, values, self._base_url))

    def measure(self, body: str) -> Measure:
        """A mail is as long as it is."""
        return Measure(encoding="UTF-8", segments=1, units=len(body))

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Hand the mail over. Raises ProviderFailed, as the port says."""
        mail = written(
            message, sender=self._server.sender, address=address, reference=reference, now=now
        )
        talk = self._greeted()
        try:
            _envelope(talk, self._server.sender, address)
            _contents(talk, mail)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                talk.close()
        return Sent(provider_ref=str(mail["Message-ID"]))

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """Raises ProviderFailed: a mail server cannot be asked what it took."""
        raise ProviderFailed("mail_has_no_record")

    def _greeted(self) -> smtplib.SMTP:
        """A talk with the server, over TLS wherever it goes over a network."""
        server = self._server
        try:
            talk = self._connected()
            if not server.tls_at_once and talk.has_extn("starttls"):
                talk.starttls(context=self._trust)
                talk.ehlo()
            elif not server.tls_at_once and server.login is not None and not server.is_here:
                talk.close()
                raise ProviderFailed("mail_without_tls", retry=True)
            if server.login is not None:
                talk.login(server.login, server.password or "")
        except (OSError, smtplib.SMTPException) as wrong:
            raise ProviderFailed("mail_server_down", retry=True) from wrong
        return talk

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        talk: smtplib.SMTP
        if server.tls_at_once:
            talk = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._seconds, context=self._trust
            )
        else:
            talk = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        talk.ehlo()
        return talk


def _envelope(talk: smtplib.SMTP, sender: str, address: str) -> None:
    """Until the server asks for the message nothing was taken."""
    try:
        for answer in (talk.mail(sender), talk.rcpt(address)):
            _accept(answer[0], _DONE)
        _accept(talk.docmd("DATA")[0], _READY)
    except (OSError, smtplib.SMTPException) as wrong:
        raise ProviderFailed("mail_server_down", retry=True) from wrong


def _contents(talk: smtplib.SMTP, mail: EmailMessage) -> None:
    """From here on a silence may mean that it was taken."""
    body = _DOT.sub(b"..", mail.as_bytes(policy=_UNFOLDED))
    end = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        talk.send(body + end)
        code, _ = talk.getreply()
    except (OSError, smtplib.SMTPException) as wrong:
        raise ProviderFailed("mail_no_answer", doubt=True) from wrong
    _accept(code, _DONE)


def _accept(code: int, wanted: int) -> None:
    """Raises ProviderFailed unless the server says what is wanted: "not now" may be tried again,
    "never" may not."""
    if code == wanted or (wanted == _DONE and code == 251):
        return
    raise ProviderFailed("mail_refused", retry=code < _TROUBLE)
