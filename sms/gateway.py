"""Texts by Twilio (the ports ``MessageGateway`` and ``TextProvider``), and what it signs.

Its record keeps no reference of ours. So each text asks for reports that carry one, which is how
most are settled; and where a report was lost, a text is known again by whom it went to, from which
number, since when, by which of the record's texts are other rows', and by a digest of its words
(``find``).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.services.ports import Arrived, Rendered, Sent, Trace
from sms.accounts import TwilioAccount
from sms.breaker import Breaker
from sms.connecting import never_left
from sms.refusals import PROVIDERS_OWN, refusal
from sms.rendering import Rendering

SECONDS = 5.0
SKEW = timedelta(minutes=1)
"""How far the provider's clock may be behind ours."""
_WRONG = (RequestException, TwilioException, ValueError, TypeError, AttributeError)
"""No way there, a refusal, or an answer that is not what the client expects."""


class _Talk(TwilioHttpClient):
    """The client's own way to its server, which may stand elsewhere; it reads how long to wait."""

    def __init__(self, api_url: str | None, seconds: float) -> None:
        super().__init__(timeout=seconds, max_retries=0)
        self._base = None if api_url is None else urlsplit(api_url)

    def request(self, method: str, url: str, *rest: Any, **more: Any) -> Any:
        """As the client's own. Raises ProviderFailed("too_fast", retry, wait_seconds)."""
        if self._base is not None:
            asked = urlsplit(url)
            here = (self._base.scheme, self._base.netloc, asked.path, asked.query, "")
            url = urlunsplit(here)
        answer = super().request(method, url, *rest, **more)
        wait = (answer.headers or {}).get("Retry-After", "")
        if answer.status_code == 429 and wait.isdigit():
            raise ProviderFailed("too_fast", retry=True, wait_seconds=min(int(wait), 3600))
        return answer


class TwilioGateway(Rendering):
    """Sends texts, finds them again, reads what came, and knows its own calls by their signature.

    No exception of the client's is chained to ours: its words hold people's numbers.
    """

    simulated = False

    def __init__(
        self, account: TwilioAccount, base_url: str, *, seconds: float = SECONDS,
        breaker: Breaker | None = None,
    ) -> None:  # fmt: skip
        super().__init__(base_url)
        self._account = account
        self._breaker = breaker or Breaker()
        self._client = Client(
            account.sid, account.token, http_client=_Talk(account.api_url, seconds)
        )

    def simulates(self, channel: Channel) -> bool:
        """Texts really leave."""
        return False

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Hand the text over, once. Raises ProviderFailed, as the port says."""
        self._breaker.pass_through(now)
        try:
            taken = self._client.messages.create(
                to=address,
                body=message.body,
                **self._leaving_by(sender),
                status_callback=f"{self._base_url.rstrip('/')}/sms/status?ref={reference}",
            )
            return Sent(provider_ref=_named(taken.sid))
        except _WRONG as wrong:
            failure = _failure(wrong)
        if failure.code in PROVIDERS_OWN:
            self._breaker.failed(now)
        raise failure

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """The text in the account's record. Raises ProviderFailed, as the port says: with
        ``this_one`` where one of several is there and nothing tells which."""
        if not address:
            raise ProviderFailed("number_gone", this_one=True)
        sender = trace.sender or self._account.from_number
        left = {"from_": sender} if sender else {}
        since = trace.handed_at - SKEW
        names: dict[bool | None, list[str]] = {True: [], False: [], None: []}
        for kept in self._since(since, to=address, **left):
            if kept.direction == "outbound-api" and not trace.is_another(kept.sid):
                names[trace.whose(kept.body or "")].append(kept.sid)
        if names[True]:
            return _of_these(names[True], trace.twins)
        return _of_these(names[None], trace.rivals - len(names[False]))

    def received(self, since: datetime) -> Iterator[Arrived]:
        """The texts that came since then. Raises ProviderFailed."""
        for kept in self._since(since, date_sent_after=since):
            if kept.direction == "inbound":
                yield Arrived(
                    provider_ref=kept.sid, sent_from=kept.from_, sent_to=kept.to,
                    body=kept.body or "", sent_at=kept.date_sent,
                )  # fmt: skip

    def is_genuine(self, url: str, form: Mapping[str, Any] | str, signature: str) -> bool:
        """Whether our account signed this call. ``url`` is the address as it was given to the
        provider; during a change of the token both count."""
        tokens = [self._account.token, self._account.second_token]
        try:
            return any(
                RequestValidator(token).validate(url, form, signature) for token in tokens if token
            )
        except ValueError:  # letters that cannot be written down were never signed
            return False

    def is_ours(self, account_sid: str) -> bool:
        """Whether the call is about this account."""
        return account_sid == self._account.sid

    def _leaving_by(self, sender: str | None) -> dict[str, str]:
        number, service = sender or self._account.from_number, self._account.messaging_service
        ways = {"from_": number, "messaging_service_sid": service}
        return {name: value for name, value in ways.items() if value}

    def _since(self, since: datetime, **which: Any) -> Iterator[Any]:
        """The record's texts, the newest first, back to this moment."""
        try:
            for kept in self._client.messages.stream(page_size=200, **which):
                made = kept.date_created or kept.date_sent
                if made is not None and _in_utc(made) < since:
                    return
                yield kept
        except _WRONG:
            raise ProviderFailed("record_not_reached", retry=True) from None


def _of_these(names: list[str], others: int) -> Sent | None:
    """The oldest of these, where there are more than as many ``others`` can have."""
    if not names:
        return None
    if len(names) <= others:
        raise ProviderFailed("one_of_several", this_one=True)
    return Sent(provider_ref=names[-1])


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _named(sid: str | None) -> str:
    if not sid:
        raise TwilioException
    return sid


def _failure(wrong: Exception) -> ProviderFailed:
    """What went wrong, by where it did: an answer, no way there, or silence after it was sent."""
    if isinstance(wrong, TwilioRestException | TwilioServiceException):
        return refusal(wrong.status, wrong.code)
    if never_left(wrong):
        return ProviderFailed("not_reached", retry=True)
    return ProviderFailed("no_answer", doubt=True)
