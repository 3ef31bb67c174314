"""Rows in doubt, asked after in a record that keeps none of our references: two to the same person
are told apart, or wait; and one that cannot be told apart holds up no other."""

from collections.abc import Iterator
from contextlib import contextmanager

from enabler.domain.messages import ASK_AFTER, GIVE_UP_AFTER
from enabler.domain.vocabulary import NeedState
from enabler.services.ports import MessageGateway, Rendered
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.telephone.exchange import Exchange, exchange

SENT_AT = rows.NOON + SOON
ASKED_AT = SENT_AT + ASK_AFTER


class Telephone:
    """The true client with words of a test, for a place of invented people."""

    def __init__(self, here: Exchange) -> None:
        self._real: MessageGateway = here.gateway()

    def __getattr__(self, name: str) -> object:
        """As the true one, but for the words, and for being a real network."""
        if name == "simulates":
            return lambda channel: True
        return getattr(self._real, name)

    def render(self, template: str, *_: object) -> Rendered:
        """The template's name stands for its words."""
        return Rendered(template)


@contextmanager
def telephone(street: Street) -> Iterator[Exchange]:
    """The street's texts go by an exchange, at the moment at which it sends them."""
    with exchange(now=SENT_AT) as here:
        street.network = Telephone(here)  # type: ignore[assignment]
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
