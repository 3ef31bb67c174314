"""What phones text and nobody has answered: worked again, and asked of the provider.

The telephone door itself is handed in by the composition root (``Wiring.converse``).
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from enabler.domain.errors import NotFound
from enabler.doors.caught import Caught
from enabler.doors.wiring import Wiring
from enabler.services import clock, inbound
from enabler.services.ports import Arrived

WORKS, CATCHES_UP = "work-texts", "catch-up-texts"
AT_ONCE = 100
"""Phones that the sweep looks for in one go."""
OVERLAP = timedelta(minutes=30)
"""The provider's record may be late by so much, and its clock be another than ours: a text that is
read twice is kept once."""
LOOKS_BACK = timedelta(days=7)
"""Where no run is known that came to a good end: the first of all, or the first after a clock stood
still for days."""

Now = Callable[[], datetime]
Phone = tuple[int, str]


def work_waiting(ports: Wiring, now: Now) -> int:
    """The sweep: finish what was kept and not answered; how many texts were worked. A phone whose
    texts cannot be worked holds up no other: what it raised is raised after them."""
    work = _Work(ports, now)
    while waiting := [
        phone for phone in inbound.waiting(now=now(), limit=AT_ONCE + len(work.tried))
        if phone not in work.tried
    ]:  # fmt: skip
        work.all(waiting)
    return work.over()


def catch_up(ports: Wiring, now: Now) -> int:
    """Keep and work what the provider has and its calls did not bring; how many texts were worked.

    It is asked for everything since the last run that came to a good end, however long ago that
    is. Nothing where texts are simulated. Raises ProviderFailed.
    """
    if ports.provider is None:
        return 0
    since = clock.last_done(name=CATCHES_UP) or now() - LOOKS_BACK
    work = _Work(ports, now)
    work.all(_new(ports.provider.received(since - OVERLAP), now))
    return work.over()


def _new(came: Iterable[Arrived], now: Now) -> list[Phone]:
    """The phones of those that we did not have, in the order in which they were sent."""
    phones: dict[Phone, None] = {}
    for text in sorted(came, key=lambda one: one.sent_at or datetime.min.replace(tzinfo=UTC)):
        try:
            new = inbound.keep(
                provider_ref=text.provider_ref, sent_from=text.sent_from, sent_to=text.sent_to,
                body=text.body, opt_out=text.opt_out, sent_at=text.sent_at, now=now(),
            )  # fmt: skip
            place_id = inbound.place_of(sent_to=text.sent_to)
        except NotFound:  # a number of the account that is no place's
            continue
        if new:
            phones[place_id, text.sent_from] = None
    return list(phones)


class _Work:
    """Phones worked one after the other, each once."""

    def __init__(self, ports: Wiring, now: Now) -> None:
        self.tried: set[Phone] = set()
        self._ports, self._now = ports, now
        self._worked = 0
        self._wrong: list[Exception] = []

    def all(self, phones: Iterable[Phone]) -> None:
        """Work what waits of each."""
        for place_id, number in phones:
            self.tried.add((place_id, number))
            with Caught() as caught:
                self._worked += self._ports.converse(
                    place_id=place_id, number=number, secrets=self._ports.secrets, clock=self._now
                )
            if caught.wrong is not None:
                self._wrong.append(caught.wrong)

    def over(self) -> int:
        """How many texts were worked. Raises what went wrong, if anything did."""
        if self._wrong:
            raise ExceptionGroup("texts that could not be worked", self._wrong)
        return self._worked
