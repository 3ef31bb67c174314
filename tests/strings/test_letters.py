"""Every text and mail, with strings that break things in all that it can say of anybody."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from flask import Flask

from enabler.domain.vocabulary import Channel
from enabler.doors.mail.writing import with_html, written
from enabler.doors.words.sentences import TEXTS
from enabler.doors.words.texts import message_words
from tests.builders import NOW
from tests.strings.looking import badly_shown, runs
from tests.strings.naughty import CORE

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe",
    "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
}  # fmt: skip
SAID = dict.fromkeys(
    ("category_name", "ward", "name", "address", "postcode", "organisation", "place", "duty_line"),
    CORE,
)
TIMES = ("answer_by", "next_at", "needed_by", "until", "visit_start")
VALUES = {
    **SAID, **dict.fromkeys(TIMES, NOW), "timezone": "Europe/London", "path": "/matches/ABCD",
    "channel": Channel.MAIL, "category": "shopping", "windows": (), "slots": 3, "slots_filled": 1,
    "minutes": 30, "reasons": ("nearness",), "within_metres": 900, "code": "123456",
    "stop_path": "/mail/stop?m=A", "visit_end": NOW + timedelta(hours=1),
}  # fmt: skip


@pytest.mark.prove("4.10")
@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_say_it_as_it_was_in_both_parts_and_in_no_header(app: Flask) -> None:
    with app.test_request_context("/health"):
        for template in TEXTS:
            message = with_html(message_words(template, VALUES, "https://enabler.example.org"))
            assert badly_shown(message.html or "", CORE) == [], template
            assert runs(message.html or "") == [], template
            mail = written(message, sender="us@example.org", address="you@example.org",
                           reference="outbox-1", now=NOW)  # fmt: skip
            read = message_from_bytes(mail.as_bytes(policy=SMTP), policy=default)
            assert isinstance(read, EmailMessage)
            assert set(read) <= HEADERS, template
            assert CORE in str(read["From"].addresses[0].display_name), template
            assert CORE not in read["Subject"], template
            plain, html = read.get_body(("plain",)), read.get_body(("html",))
            assert plain is not None
            assert html is not None
            assert plain.get_content().split() == message.body.split(), template
            assert html.get_content().split() == str(message.html).split(), template
