"""Mails by SMTP: what is said to the server, what each failure means, what a mail looks like."""

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from enabler.app import create_app
from enabler.config import Settings, SettingsWrong, load_settings
from enabler.domain.answering import ANSWER
from enabler.domain.errors import ProviderFailed
from enabler.domain.letters import TEMPLATES
from enabler.domain.vocabulary import Channel
from enabler.doors.gateways import TextsAndMails
from enabler.doors.mail.gateway import SmtpGateway
from enabler.doors.mail.server import read_mail_server
from enabler.doors.words.sentences import SUBJECTS
from enabler.services.ports import Rendered, Trace
from sms.simulator import SimulatorGateway
from tests.mail.servers import Mailroom, mailroom
from tests.messages.test_words import BASE, LONGEST
from tests.rows import NOON

STOP = "/mail/stop?m=ABCD-0123"
MAIL: dict[str, Any] = LONGEST | {"channel": Channel.MAIL, "stop_path": STOP}
PLAIN = Rendered("Hello\n.one dot\n..two\n" + "é" * 500, "A subject: ünd längs", "<p>x</p>")


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Flask]:
    """An app with its catalogue and no rows."""
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    app = create_app(Settings(tmp_path, url, url, "k" * 40, environment="test"))
    with app.app_context():
        yield app


def gateway(room: Mailroom, **options: Any) -> SmtpGateway:
    """Our side of a talk with this server."""
    server = read_mail_server(f"smtp://127.0.0.1:{room.port}/?from=help@elmford.example.org")
    return SmtpGateway(server, BASE, seconds=2, **options)


def send(room: Mailroom, message: Rendered = PLAIN, reference: str = "outbox-12") -> str:
    """Send a mail; the name it was taken under."""
    return gateway(room).send(
        channel=Channel.MAIL, place_id=1, sender="+447700900001", address="rosa@example.org",
        message=message, reference=reference, now=NOON,
    ).provider_ref  # fmt: skip


class TestAMail:
    def test_arrives_as_it_was_written(self) -> None:
        with mailroom() as room:
            name = send(room)
            again = send(room)
        first, second = room.taken
        assert (first["To"], first["Subject"]) == ("rosa@example.org", PLAIN.subject)
        assert first["Date"] == "Tue, 24 Nov 2026 12:00:00 +0000"
        assert first["Message-ID"] == second["Message-ID"] == name == again
        assert _part(first, "plain").replace("\r\n", "\n").strip() == PLAIN.body
        assert [said.upper() for said in room.said[1:3]] == [
            "MAIL FROM:<HELP@ELMFORD.EXAMPLE.ORG>", "RCPT TO:<ROSA@EXAMPLE.ORG>",
        ]  # fmt: skip

    def test_cannot_be_made_to_say_more_to_the_server(self) -> None:
        """A line end in a name or subject starts no header of its own."""
        with mailroom() as room:
            for field in ("subject", "sender_name"):
                wicked = {"body": "x", field: "Hi\r\nBcc: spy@example.org"}
                with pytest.raises(ValueError, match=r"\w"):
                    send(room, Rendered(**wicked))
        assert room.taken == []

    def test_of_every_template_has_words_html_and_a_stop(self, speaking: Flask) -> None:
        made = SmtpGateway(read_mail_server("smtp://x/?from=a@b.example"), BASE)
        for template in sorted(TEMPLATES.keys() - {ANSWER}):  # that goes to the phone that texted
            mail = made.render(template, MAIL, "en")
            page = BeautifulSoup(mail.html or "", "html.parser")
            said = " ".join(page.get_text(" ").split())
            assert mail.subject == SUBJECTS[template]
            assert mail.body.split("\n")[0].split("http")[0].rstrip(" :") in said
            assert not page.find_all(["img", "script", "link", "iframe"])
            links = {link["href"] for link in page.find_all("a")}
            assert BASE + STOP in links
            assert BASE + STOP in mail.body
            about = BASE + "/matches/ABC123"
            assert links <= {BASE + STOP, about, f"{about}?code=123456"}

    def test_can_be_stopped_with_one_press(self, speaking: Flask) -> None:
        with mailroom() as room:
            send(room, gateway(room).render("ask", MAIL, "en"))
            send(room, gateway(room).render("sign_in_code", MAIL | {"stop_path": None}, "en"))
        news, code = room.taken
        assert news["List-Unsubscribe"] == f"<{BASE}{STOP}>"
        assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert code["List-Unsubscribe"] is None
        assert str(news["From"]) == f"{LONGEST['place']} <help@elmford.example.org>"

    def test_escapes_what_people_wrote(self, speaking: Flask) -> None:
        evil = MAIL | {"name": "<script>alert(1)</script>"}
        made = SmtpGateway(read_mail_server("smtp://x/?from=a@b.example"), BASE)
        assert "<script" not in (made.render("arranged", evil, "en").html or "")


SURELY_NOT = [
    {"HELLO": None}, {"EHLO": None}, {"MAIL": "451 later"}, {"RCPT": "450 busy"}, {"RCPT": None},
    {"DATA": "451 later"}, {"DATA": None}, {"END": "452 full"}, {"HELLO": "554 go away"},
]  # fmt: skip
NEVER = [{"MAIL": "550 no"}, {"RCPT": "550 nobody"}, {"DATA": "554 no"}, {"END": "554 spam"}]


class TestAFailure:
    @pytest.mark.parametrize("answers", SURELY_NOT)
    def test_before_it_was_taken_may_be_tried_again(self, answers: dict[str, str | None]) -> None:
        assert _failure(answers) == {"retry": True}

    @pytest.mark.parametrize("answers", NEVER)
    def test_for_good_is_not(self, answers: dict[str, str | None]) -> None:
        assert _failure(answers) == {"retry": False}

    def test_after_the_whole_mail_went_is_in_doubt(self) -> None:
        assert _failure({"END": None}, taken=1) == {"doubt": True}

    def test_to_connect_may_be_tried_again(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            room = Mailroom(port=closed.getsockname()[1])
            with pytest.raises(ProviderFailed) as failed:
                send(room)
        assert failed.value.facts == {"retry": True}

    def test_of_another_machine_without_tls_sends_no_password(self) -> None:
        with mailroom() as room:
            address = f"smtp://me:secret@127.0.0.1:{room.port}/?from=a@b.example"
            server = read_mail_server(address)
            far = type("Far", (type(server),), {"is_here": False, "__slots__": ()})
            made = far(server.host, server.port, server.sender, False, "me", "secret")
            with pytest.raises(ProviderFailed, match="mail_without_tls"):
                SmtpGateway(made, BASE, seconds=2).send(
                    channel=Channel.MAIL, place_id=1, sender=None, address="a@b.example",
                    message=PLAIN, reference="r", now=NOON,
                )  # fmt: skip
        assert not any("AUTH" in command for command in room.said)

    def test_cannot_be_looked_up(self) -> None:
        about: dict[str, Any] = {"channel": Channel.MAIL, "address": "a@b.example"}
        about |= {"reference": "r", "trace": Trace(NOON, None, 0, lambda name: False)}
        with mailroom() as room, pytest.raises(ProviderFailed, match="mail_has_no_record"):
            gateway(room).find(**about)


def _failure(answers: dict[str, str | None], taken: int | None = None) -> dict[str, Any]:
    with mailroom(**answers) as room, pytest.raises(ProviderFailed) as failed:
        send(room)
    assert taken is None or len(room.taken) == taken
    return failed.value.facts


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class TestTheAddressOfTheServer:
    def test_is_read(self) -> None:
        server = read_mail_server(
            "smtps://me%40x.org:p%2Fw@mail.example.org/?from=Help@Example.org"
        )
        assert (server.host, server.port, server.tls_at_once) == ("mail.example.org", 465, True)
        assert (server.login, server.password, server.sender) == (
            "me@x.org", "p/w", "help@example.org",
        )  # fmt: skip
        assert "p/w" not in repr(server)
        assert read_mail_server("smtp://a%40b.org:x@h").sender == "a@b.org"

    @pytest.mark.parametrize(
        "url", ["http://x", "smtp://", "smtp://h", "smtp://h:99999/?from=a@b.example", "x",
                "smtp://me:secret@h/?from=nonsense"],
    )  # fmt: skip
    def test_is_refused_in_one_sentence(self, url: str, tmp_path: Path) -> None:
        env = {"ENABLER_INSTANCE": str(tmp_path), "ENABLER_MAIL_URL": url}
        with pytest.raises(SettingsWrong, match=r"^ENABLER_MAIL_URL must [^.\n]+[.]$") as wrong:
            load_settings(env)
        assert "secret" not in str(wrong.value)

    def test_that_is_set_sends_mails_and_leaves_texts(self, tmp_path: Path) -> None:
        env = {"ENABLER_INSTANCE": str(tmp_path), "ENABLER_MAIL_URL": "smtp://h/?from=a@b.example"}
        wired = create_app(load_settings(env)).extensions["enabler"].gateway
        assert isinstance(wired, TextsAndMails)
        assert isinstance(wired.mails, SmtpGateway)
        assert isinstance(wired.texts, SimulatorGateway)
        assert [wired.simulates(each) for each in Channel] == [True, False]
