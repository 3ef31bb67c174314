"""Rows in doubt, asked after in a record that keeps none of our references: two to the same person
are told apart, or wait; and one that cannot be told apart holds up no other."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from enabler.domain.messages import ASK_AFTER, GIVE_UP_AFTER
from enabler.domain.vocabulary import NeedState
from enabler.services.ports import MessageGateway, Rendered
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.telephone.exchange import Exchange, exchange

SENT_AT = rows.NOON + SOON
ASKED_AT = SENT_AT + ASK_AFTER


class Telephone:
    """The true client with words of a test, for a place of invented people. ``alike``: two texts
    of a kind have the same words."""

    def __init__(self, here: Exchange, *, alike: bool = True) -> None:
        self._real: MessageGateway = here.gateway()
        self._alike = alike

    def __getattr__(self, name: str) -> object:
        """As the true one, but for the words, and for being a real network."""
        if name == "simulates":
            return lambda channel: True
        return getattr(self._real, name)

    def render(self, template: str, values: Mapping[str, Any], *_: object) -> Rendered:
        """The template's name stands for its words, with the letter of its question."""
        return Rendered(
            template if self._alike else f"{template} about {values['answers']['letter']}"
        )


@contextmanager
def telephone(street: Street, *, alike: bool = True) -> Iterator[Exchange]:
    """The street's texts go by an exchange, at the moment at which it sends them."""
    with exchange(now=SENT_AT) as here:
        street.network = Telephone(here, alike=alike)  # type: ignore[assignment]
        yield here


def two(street: Street) -> None:
    """Two texts to the same helper."""
    for _ in range(2):
        street.tell("ask", match=street.matched())


class TestARecordWithoutReferences:
    def test_that_has_both_settles_both(self, street: Street) -> None:
        with telephone(street) as here:
            two(street)
            here.instead = "cut taken"
            street.deliver(SENT_AT)
            here.instead = None
            assert street.reconcile(ASKED_AT) == 2
            street.deliver(ASKED_AT)
        assert street.states() == [("accepted", None)] * 2
        assert len(here.taken) == len({row.provider_ref for row in street.outbox()}) == 2

    def test_that_has_neither_lets_both_go_again_once(self, street: Street) -> None:
        with telephone(street) as here:
            two(street)
            here.instead = "cut"
            street.deliver(SENT_AT)
            here.instead, here.now = None, ASKED_AT
            assert street.reconcile(ASKED_AT) == 2
            street.deliver(ASKED_AT)
        assert street.states() == [("accepted", None)] * 2
        assert len(here.taken) == 2

    def test_that_has_one_of_two_is_believed_of_neither_and_holds_up_no_other(
        self, street: Street
    ) -> None:
        with telephone(street) as here:
            two(street)
            need = street.change(lambda uow: rows.need(
                uow.session, street.town, street.asker, state=NeedState.HELD
            ).ref)  # fmt: skip
            street.tell("held", to=street.asker, need=need)
            here.instead = "cut"
            street.deliver(SENT_AT)
            here.instead = None
            here.keep(to=here.forms[0]["To"], at=SENT_AT)
            assert street.reconcile(ASKED_AT) == 1
            waiting = [row.state.value for row in street.outbox()]
            assert sorted(waiting) == ["queued", "sending", "sending"]
            assert street.reconcile(SENT_AT + GIVE_UP_AFTER) == 2
        assert street.states().count(("unknown", "in_doubt")) == 2
        assert len(here.taken) == 1


class TestARecordWithWords:
    """Two texts to one person with different words, of which the provider took one."""

    @pytest.mark.parametrize("which", [0, 1])
    def test_tells_which_of_two_arrived(self, street: Street, which: int) -> None:
        with telephone(street, alike=False) as here:
            two(street)
            here.instead = "cut"
            street.deliver(SENT_AT)
            here.instead, here.now = None, ASKED_AT
            arrived = here.forms[which]
            kept = here.keep(to=arrived["To"], body=arrived["Body"], at=SENT_AT)
            assert street.reconcile(ASKED_AT) == 2
            stands = [(row.state.value, row.provider_ref) for row in street.outbox()]
            assert stands[which] == ("accepted", kept["sid"])
            assert stands[1 - which] == ("queued", None)
            street.deliver(ASKED_AT)
        bodies = [each["body"] for each in here.taken]
        assert sorted(bodies) == sorted({each["Body"] for each in here.forms})
        assert street.states() == [("accepted", None)] * 2

    def test_that_the_provider_changed_is_believed_of_neither(self, street: Street) -> None:
        with telephone(street, alike=False) as here:
            two(street)
            here.instead = "cut"
            street.deliver(SENT_AT)
            here.instead = None
            here.keep(to=here.forms[0]["To"], body="ask about ?", at=SENT_AT)
            assert street.reconcile(ASKED_AT) == 0
        assert [row.state.value for row in street.outbox()] == ["sending"] * 2

    def test_is_known_again_though_blanks_were_cut(self, street: Street) -> None:
        with telephone(street, alike=False) as here:
            two(street)
            here.instead = "cut"
            street.deliver(SENT_AT)
            here.instead = None
            words = here.forms[1]["Body"].replace(" ", "  ")
            here.keep(to=here.forms[1]["To"], body=f" {words}\n", at=SENT_AT)
            assert street.reconcile(ASKED_AT) == 2
        assert [row.state.value for row in street.outbox()] == ["queued", "accepted"]

    def test_keeps_none_of_the_words(self, street: Street) -> None:
        with telephone(street, alike=False):
            two(street)
            street.deliver(SENT_AT)
        digests = {row.body_digest for row in street.outbox()}
        assert len(digests) == 2
        assert not any("ask" in str(each) for each in digests)
        assert {row.segments for row in street.outbox()} == {1}
