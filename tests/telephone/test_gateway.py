"""Texts by the provider's true client: what it is asked, and what each of its failures means."""

import socket
import traceback
from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.services.ports import Rendered, Sent, Trace
from sms.accounts import TwilioAccount
from sms.breaker import Breaker
from sms.gateway import TwilioGateway
from tests.rows import NOON
from tests.telephone.exchange import BASE, SID, Exchange, exchange, minutes, refused

PHONE = "+447700900123"


def send(gateway: TwilioGateway, body: str = "Hello", **more: Any) -> str:
    """Send a text; the name it was taken under."""
    given = {"sender": "+447700900009", "now": NOON, "reference": "outbox-12"} | more
    return gateway.send(
        channel=Channel.TEXT, place_id=1, address=PHONE, message=Rendered(body), **given
    ).provider_ref


def failure(here: Exchange, **more: Any) -> ProviderFailed:
    """What sending fails with."""
    with pytest.raises(ProviderFailed) as failed:
        send(here.gateway(), **more)
    return failed.value


class TestAText:
    def test_is_handed_over_with_the_number_it_comes_from_and_where_to_report(self) -> None:
        with exchange() as here:
            name = send(here.gateway(), "Dŵr \u2013 ok?")
        assert here.forms == [{
            "To": PHONE, "From": "+447700900009", "Body": "Dŵr \u2013 ok?",
            "StatusCallback": f"{BASE}/sms/status?ref=outbox-12",
        }]  # fmt: skip
        assert name == here.taken[0]["sid"]

    def test_of_a_place_without_a_number_comes_from_the_accounts(self) -> None:
        with exchange() as here:
            send(here.gateway(), sender=None)
        assert here.forms[0]["From"] == "+447700900001"

    def test_goes_through_the_messaging_service_where_there_is_one(self) -> None:
        with exchange() as here:
            account = TwilioAccount(SID, "a token for tests", messaging_service="MG1",
                                    api_url=f"http://127.0.0.1:{here.port}")  # fmt: skip
            send(TwilioGateway(account, BASE), sender=None)
            send(TwilioGateway(account, BASE))
        asked = [(form.get("MessagingServiceSid"), form.get("From")) for form in here.forms]
        assert asked == [("MG1", None), ("MG1", "+447700900009")]


FOR_GOOD = [
    (400, 21610, "opted_out"), (400, 21211, "number_wrong"), (400, 21614, "number_wrong"),
    (400, 30004, "blocked"), (400, 30005, "number_unknown"), (400, 30006, "landline"),
    (400, 30007, "filtered"), (400, 21617, "text_refused"),
]  # fmt: skip
OURS_TO_MEND = [(401, 20003), (403, 20005), (404, 20404), (400, 21606), (400, 21703), (400, 99999)]


class TestAFailure:
    @pytest.mark.parametrize(("status", "code", "said"), FOR_GOOD)
    def test_that_is_about_the_number_or_the_text_is_for_good(
        self, status: int, code: int, said: str
    ) -> None:
        with exchange(instead=refused(status, code)) as here:
            failed = failure(here)
        assert (failed.code, failed.facts) == (said, {"retry": False})

    @pytest.mark.parametrize(("status", "code"), OURS_TO_MEND)
    def test_of_the_set_up_loses_no_text(self, status: int, code: int) -> None:
        with exchange(instead=refused(status, code)) as here:
            failed = failure(here)
        assert (failed.code, failed.facts) == ("provider_refuses_us", {"retry": True})

    @pytest.mark.parametrize(("wait", "seconds"), [("7", 7), ("999999", 3600), (None, None)])
    def test_for_being_too_fast_waits_as_long_as_it_is_told(
        self, wait: str | None, seconds: int | None
    ) -> None:
        with exchange(instead=refused(429, 20429), wait=wait) as here:
            failed = failure(here)
        assert failed.code == "too_fast"
        assert (failed.facts["retry"], failed.facts.get("wait_seconds")) == (True, seconds)

    @pytest.mark.parametrize("status", [500, 503])
    def test_of_the_provider_is_tried_again(self, status: int) -> None:
        with exchange(instead=refused(status, 20500)) as here:
            failed = failure(here)
        assert (failed.code, failed.facts) == ("provider_down", {"retry": True})

    @pytest.mark.parametrize("status", [502, 504])
    def test_that_something_on_the_way_tells_is_in_doubt(self, status: int) -> None:
        with exchange(instead=(status, {})) as here:
            assert failure(here).facts == {"doubt": True}

    @pytest.mark.parametrize("step", ["hang", "hang taken", "cut", "cut taken", "babble"])
    def test_to_answer_after_the_text_went_is_in_doubt(self, step: str) -> None:
        with exchange(instead=step) as here:
            failed = failure(here)
        assert failed.facts == {"doubt": True}
        assert len(here.taken) == (step.endswith("taken") or step == "babble")

    def test_to_connect_is_tried_again(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            assert failure(Exchange(port=closed.getsockname()[1])).facts == {"retry": True}

    def test_of_the_token_shows_it_to_nobody(self) -> None:
        account = TwilioAccount(SID, "secret-1", second_token="secret-2")
        assert "secret" not in repr(account)

    def test_keeps_the_number_out_of_its_words(self) -> None:
        """The provider's own sentence has it, and what is raised may reach a log."""
        with exchange(instead=refused(400, 21211)) as here:
            told = traceback.format_exception(failure(here))
        assert PHONE not in "".join(told)


class TestTheBreaker:
    def test_opens_after_fifty_failures_in_a_minute_and_closes_a_minute_later(self) -> None:
        with exchange(instead=refused(500, 20500)) as here:
            gateway = here.gateway()
            for second in range(50):
                with pytest.raises(ProviderFailed, match="provider_down"):
                    send(gateway, now=NOON + timedelta(seconds=second))
            with pytest.raises(ProviderFailed, match="provider_rests") as failed:
                send(gateway, now=NOON + timedelta(seconds=50))
            assert len(here.forms) == 50
            assert failed.value.facts == {"retry": True, "wait_seconds": 60}
            here.instead = None
            send(gateway, now=NOON + timedelta(seconds=110))
        assert len(here.taken) == 1

    @pytest.mark.parametrize("instead", [refused(400, 21211), refused(401, 20003)])
    def test_counts_nothing_that_is_said_of_a_text_or_of_us(self, instead: Any) -> None:
        with exchange(instead=instead) as here:
            gateway = here.gateway(breaker=Breaker(most=2))
            for _ in range(3):
                with pytest.raises(ProviderFailed, match=r"number_wrong|refuses_us"):
                    send(gateway)

    def test_stays_closed_when_failures_are_far_apart(self) -> None:
        breaker = Breaker(most=2)
        for minute in range(5):
            breaker.pass_through(NOON + minutes(2 * minute))
            breaker.failed(NOON + minutes(2 * minute))


def find(here: Exchange, *known: str, rivals: int = 0, **more: Any) -> Sent | None:
    """Ask the record after a text that was handed over at noon."""
    sender = more.pop("sender", "+447700900001")
    trace = Trace(NOON, sender, rivals, lambda name: name in known)
    return here.gateway(**more).find(
        channel=Channel.TEXT, address=PHONE, reference="outbox-12", trace=trace
    )


class TestTheRecord:
    def test_tells_of_a_text_that_hung(self) -> None:
        with exchange(instead="hang taken") as here:
            failure(here, sender=None)
            here.instead = None
            assert find(here) == Sent(here.taken[0]["sid"])

    def test_tells_that_a_text_never_arrived(self) -> None:
        with exchange(instead="hang") as here:
            failure(here)
            here.instead = None
            assert find(here) is None

    def test_is_read_by_number_and_sender_and_no_further_back_than_it_was_sent(self) -> None:
        with exchange() as here:
            here.keep(at=NOON - minutes(9))
            here.keep(at=NOON - minutes(2))
            here.keep(to="+447700900999")
            here.keep(**{"from": "+447700900002"})
            here.keep(direction="outbound-reply")
            assert find(here) is None
        assert all("To=%2B447700900123" in path for path in here.asked)

    def test_is_read_over_its_pages(self) -> None:
        with exchange(page=1) as here:
            name = here.keep()["sid"]
            others = [here.keep()["sid"] for _ in range(4)]
            assert find(here, *others) == Sent(name)
        assert len(here.asked) == 5

    def test_gives_no_text_that_is_another_rows(self) -> None:
        with exchange() as here:
            assert find(here, here.keep()["sid"]) is None

    def test_that_holds_as_many_as_are_in_doubt_settles_each(self) -> None:
        with exchange() as here:
            first, second = here.keep()["sid"], here.keep()["sid"]
            assert find(here, rivals=1) == Sent(first)
            assert find(here, first) == Sent(second)

    def test_that_does_not_tell_which_says_so(self) -> None:
        with exchange() as here:
            here.keep()
            with pytest.raises(ProviderFailed, match="one_of_several") as failed:
                find(here, rivals=1)
        assert failed.value.facts == {"this_one": True}

    @pytest.mark.parametrize("instead", [refused(500, 20500), refused(429, 20429), "hang", "cut"])
    def test_that_cannot_be_asked_says_so(self, instead: Any) -> None:
        with exchange(instead=instead) as here, pytest.raises(ProviderFailed) as failed:
            find(here)
        assert "this_one" not in failed.value.facts


class TestWhatCame:
    def test_is_read_back_to_a_moment(self) -> None:
        with exchange() as here:
            here.keep(direction="inbound", at=NOON - minutes(60))
            here.keep()
            kept = here.keep(
                direction="inbound", body="NEED milk", to="+447700900001",
                **{"from": PHONE, "date_sent": "Tue, 24 Nov 2026 12:00:00 +0000"},
            )  # fmt: skip
            [one] = here.gateway().received(NOON - minutes(30))
        assert (one.provider_ref, one.sent_from, one.sent_to) == (
            kept["sid"], PHONE, "+447700900001",
        )  # fmt: skip
        assert (one.body, one.sent_at) == ("NEED milk", NOON)

    def test_that_cannot_be_read_says_so(self) -> None:
        with exchange(instead=refused(500, 20500)) as here, pytest.raises(ProviderFailed):
            list(here.gateway().received(NOON))
