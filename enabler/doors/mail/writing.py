"""A mail as it is handed over: plain words and the same in HTML, with the headers of its kind."""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import render_template
from flask_babel import get_locale, gettext

from enabler.services.ports import Rendered


def with_html(message: Rendered) -> Rendered:
    """The message as a mail in the language of the moment: what the text says, and how to stop."""
    words, link = _apart(message.body)
    language = str(get_locale().language)
    html = render_template(
        "mail/mail.html", message=message, words=words, link=link, language=language
    )  # fmt: skip
    lines = [message.body, f"Enabler, {message.sender_name}"]
    if message.stop_link:
        lines.append(f"{gettext('Stop these emails with one press:')} {message.stop_link}")
    return Rendered(
        body="\n\n".join(lines), subject=message.subject, html=html,
        sender_name=message.sender_name, stop_link=message.stop_link,
    )  # fmt: skip


def _apart(body: str) -> tuple[list[str], str | None]:
    """The words, cut where a link stands in them, and the link."""
    found = next((word for word in body.split() if word.startswith(("http://", "https://"))), None)
    return (body.split(found) if found else [body]), found


def written(
    message: Rendered, *, sender: str, address: str, reference: str, now: datetime
) -> EmailMessage:
    """The mail with its headers. The same reference gives the same Message-ID at every try, so
    that a mailbox that got it twice can tell."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(message.sender_name or "Enabler", addr_spec=sender)
    mail["To"] = Address(addr_spec=address)
    mail["Subject"] = message.subject or ""
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(sender, address, reference)
    mail["Auto-Submitted"] = "auto-generated"
    if message.stop_link:
        mail["List-Unsubscribe"] = f"<{message.stop_link}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.body)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def message_id(sender: str, address: str, reference: str) -> str:
    """``<outbox-12.5f3a…@example.org>``: the reference, told from other databases' by whom it
    goes to."""
    whose = hashlib.sha256(address.encode()).hexdigest()[:12]
    return f"<{reference}.{whose}@{sender.rpartition('@')[2]}>"
