"""Figures 13 and 14: the telephone's bell, signed, stored, acted upon and answered.

13: texts a second, as a share of what a bare Flask page writes that only keeps a text and a row to
be sent, both behind the product's own server, by turns. 14: at twenty texts a second, the slowest
answers, while rounds of 2,000 needs run one after the other beside it.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from bench.bare_texts import BareTexts
from bench.calling import PLACE_PHONE, Calls
from bench.doors import Served, fill, served
from bench.figures import Report, at_least, at_most, progress, said, sizes_asked
from bench.serving import Callers, Ours, Rate, Server, read_answer, served_at
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from sms.accounts import TwilioAccount
from tests.builders import a_helper, a_member, a_need
from tests.telephone.exchange import BASE, SID, TOKEN

PHONES, HELPERS, NEEDS = 240, 120, 2_000
PAIRS, SECONDS = 7, 2.0
SHARE, SLOWEST_SECONDS = at_least(0.35), at_most(3)
A_SECOND, STEADY_SECONDS = 20, 300.0
PATIENT = 16
"""Threads that call: more than are served at once, so that none waits for another's answer."""
_ROUNDS = """
import sys
from dataclasses import replace
from enabler.app import create_app
from enabler.config import Settings
from pathlib import Path
from enabler.domain.permissions import Actor
from enabler.services import rounds
from tests.builders import NOW
folder, url = sys.argv[1:]
app = create_app(Settings(Path(folder), url, url, "k" * 40, environment="test"))
with app.app_context():
    while True:
        done = rounds.run_round(actor=Actor.operator("a measure"), now=NOW)
        print(done.proposed, done.unmatched, flush=True)
"""


@dataclass(frozen=True)
class Bell:
    """A place with a number, and the numbers of those who text it."""

    here: Served
    numbers: tuple[str, ...]

    @property
    def ours(self) -> Ours:
        """The product behind it, called by its provider."""
        account = TwilioAccount(SID, TOKEN, from_number=PLACE_PHONE)
        return Ours(
            replace(self.here.settings, gateway="twilio", account=account, public_base_url=BASE),
            goes_on=True,
        )  # fmt: skip


def main(
    sizes: tuple[str, ...], *, pairs: int = PAIRS, seconds: float = SECONDS,
    steady: float = STEADY_SECONDS,
) -> bool:  # fmt: skip
    """Whether both figures are kept, by so many pairs of so many seconds, and so long a flow."""
    report = Report("texts", sizes)
    with a_bell() as bell, served_at(bell.ours) as server:
        _share(report, bell, server, pairs, seconds)
        progress(f"{A_SECOND} texts a second for {steady:.0f} s, beside rounds")
        with rounds_beside(bell):
            took = flow(server, Calls(bell.numbers, "F"), steady)
    slow = sorted(took)[-max(1, len(took) // 1000)]
    report.figure(
        14, ("hamlet", "20 a second"), "the slowest of a thousand", slow, unit=" s",
        bar=SLOWEST_SECONDS, more=f"{len(took)} texts, median {said(statistics.median(took))} s",
    )  # fmt: skip
    return report.all_kept


@contextmanager
def a_bell() -> Iterator[Bell]:
    """The place, its people and its needs."""
    with served("hamlet") as here, here.app.app_context():
        with unit_of_work() as uow:
            row = uow.session.query(PlaceRow).one()
            row.phone = PLACE_PHONE
            place = here.place
            uow.commit()
        for nth in range(PHONES):
            a_member(place, f"Tess {nth}", at=(100 + 15 * nth, 900))
        for nth in range(HELPERS):
            a_helper(place, f"Hal {nth}", at=(100 + 30 * nth, 1100))
        first = a_need(a_member(place, "Ned Many", at=(1500, 1500)))
        fill(here.path, first, NEEDS)
        with reading() as uow:
            known = uow.session.query(ContactRow.value).filter_by(kind="phone")
            numbers = tuple(sorted(one for (one,) in known))
        yield Bell(here, numbers)


def _share(report: Report, bell: Bell, server: Server, pairs: int, seconds: float) -> None:
    bare = BareTexts(bell.here.settings, str(bell.here.path.with_name("bare.sqlite")))
    many = bell.here.settings.workers * bell.here.settings.threads
    with served_at(bare) as other:
        ours = Callers(server, "", "", many, sends=Calls(bell.numbers, "A").next)
        bares = Callers(other, "", "", many, sends=Calls(bell.numbers, "B").next)
        for callers in (ours, bares):
            callers.rate(seconds)
        found = [(ours.rate(seconds), bares.rate(seconds)) for _ in range(pairs)]
    median = partial(_median, found)
    report.figure(
        13, ("hamlet", "texts"), "texts a second, of a bare page's writes",
        statistics.median(one.answers / other.answers for one, other in found), bar=SHARE,
        more=f"{median(0, 'answers')} of {median(1, 'answers')}; the server's processor "
        f"{median(0, 'busy')} and {median(1, 'busy')} ms",
    )  # fmt: skip


def _median(found: list[tuple[Rate, Rate]], which: int, what: str) -> str:
    return said(statistics.median(getattr(pair[which], what) for pair in found))


def flow(server: Server, calls: Calls, seconds: float) -> list[float]:
    """Texts at their moments, whoever else is slow; how long after its moment each was answered."""
    began = time.perf_counter()

    def call(nth: int) -> float:
        due = began + nth / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        with closing(socket.create_connection(("127.0.0.1", server.port))) as line:
            line.sendall(calls.next())
            read_answer(line)
        return time.perf_counter() - due

    with ThreadPoolExecutor(PATIENT) as pool:
        return list(pool.map(call, range(int(seconds * A_SECOND))))


@contextmanager
def rounds_beside(bell: Bell) -> Iterator[None]:
    """Rounds run meanwhile, in a process of their own."""
    command = [sys.executable, "-c", _ROUNDS, str(bell.here.settings.instance),
               bell.here.settings.database_url]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as process:
        try:
            yield
            assert process.poll() is None, "the rounds broke off"
        finally:
            process.send_signal(signal.SIGKILL)


if __name__ == "__main__":
    main(sizes_asked())
