"""A mail server of our own for tests, on the loopback: it keeps what it took, and misbehaves."""

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any


@dataclass
class Mailroom:
    """What the server took, and what it answers instead at each step; ``None`` hangs up there."""

    answers: Mapping[str, str | None] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    port: int = 0


class _Talk(socketserver.StreamRequestHandler):
    """One talk, by the letter of RFC 5321."""

    server: Any

    def handle(self) -> None:
        """Greet, then answer command by command."""
        if not self._say("HELLO", "220 here"):
            return
        while line := self.rfile.readline():
            command = line.decode().strip()
            self.room.said.append(command)
            verb = command[:4].upper()
            usual = {"EHLO": "250 here", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")
            if not self._say(verb, usual) or verb == "QUIT":
                return
            if verb == "DATA" and not self.room.answers.get("DATA") and not self._contents():
                return

    @property
    def room(self) -> Mailroom:
        """Where it is kept."""
        room: Mailroom = self.server.room
        return room

    def _contents(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.room.taken.append(
            message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[arg-type]
        )
        return self._say("END", "250 taken")

    def _say(self, step: str, usual: str) -> bool:
        answer = self.room.answers.get(step, usual)
        if answer is None:
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


@contextmanager
def mailroom(**answers: str | None) -> Iterator[Mailroom]:
    """A server that runs meanwhile."""
    room = Mailroom(answers)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.room = room  # type: ignore[attr-defined]
        room.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield room
        finally:
            server.shutdown()
            thread.join()
