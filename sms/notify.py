"""Texts by GOV.UK Notify (the ports ``MessageGateway`` and ``TextProvider``), for councils that
have it. Its one template holds nothing but the body; its record keeps our reference.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.exceptions import RequestException

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.services.ports import Arrived, Rendered, Sent, Trace
from sms.accounts import NotifyAccount
from sms.breaker import Breaker
from sms.connecting import never_left
from sms.refusals import NOBODYS_WORD, PROVIDERS_OWN
from sms.rendering import Rendering
from sms.written import e164

SECONDS = 5.0
_WRONG = (APIError, RequestException, ValueError, TypeError, KeyError, AttributeError)
_ABOUT_THE_NUMBER = "phone_number"
"""How the errors of a number begin; all other refusals are about us."""


class NotifyGateway(Rendering):
    """Sends texts and finds them again by reference.

    No exception of the client's is chained to ours: its words may hold people's numbers.
    """

    simulated = False

    def __init__(
        self, account: NotifyAccount, base_url: str, *, seconds: float = SECONDS,
        breaker: Breaker | None = None,
    ) -> None:  # fmt: skip
        super().__init__(base_url)
        self._account = account
        self._seconds = seconds
        self._breaker = breaker or Breaker()

    def simulates(self, channel: Channel) -> bool:
        """Texts really leave."""
        return False

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Hand the text over, once; it comes from the service's own sender. Raises ProviderFailed,
        as the port says."""
        self._breaker.pass_through(now)
        try:
            taken = self._client().send_sms_notification(
                phone_number=address, template_id=self._account.template,
                personalisation={"body": message.body}, reference=_known_by(reference, address),
            )  # fmt: skip
            return Sent(provider_ref=str(taken["id"]))
        except _WRONG as wrong:
            failure = _failure(wrong)
        if failure.code in PROVIDERS_OWN:
            self._breaker.failed(now)
        raise failure

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """The text in the service's record. Raises ProviderFailed, as the port says."""
        if not address:
            raise ProviderFailed("number_gone", this_one=True)
        try:
            page = self._client().get_all_notifications(reference=_known_by(reference, address))
            names = [str(kept["id"]) for kept in page["notifications"]]
        except _WRONG:
            raise ProviderFailed("record_not_reached", retry=True) from None
        left = [name for name in names if not trace.is_another(name)]
        return Sent(provider_ref=left[-1]) if left else None

    def received(self, since: datetime) -> Iterator[Arrived]:
        """The texts that came since then; the record has them newest first. Raises
        ProviderFailed."""
        try:
            for kept in self._client().get_received_texts_iterator():
                at = datetime.fromisoformat(kept["created_at"])
                if at < since:
                    return
                yield Arrived(
                    provider_ref=kept["id"], sent_from=e164(kept["user_number"]),
                    sent_to=e164(kept["notify_number"]), body=kept["content"], sent_at=at,
                )  # fmt: skip
        except _WRONG:
            raise ProviderFailed("record_not_reached", retry=True) from None

    def _client(self) -> NotificationsAPIClient:
        """A client for one call: it is not made for threads."""
        return NotificationsAPIClient(
            self._account.key, base_url=self._account.api_url, timeout=self._seconds
        )


def _known_by(reference: str, address: str) -> str:
    """Our reference, told from another database's that uses the same service, such as one that was
    put back from a backup."""
    return f"{reference}.{hashlib.sha256(address.encode()).hexdigest()[:12]}"


def _failure(wrong: Exception) -> ProviderFailed:
    answer = wrong.response if isinstance(wrong, HTTPError) else None
    if answer is not None:
        return _refusal(answer.status_code, str(wrong.message))  # type: ignore[attr-defined]
    if never_left(wrong.__cause__ or wrong):
        return ProviderFailed("not_reached", retry=True)
    return ProviderFailed("no_answer", doubt=True)


def _refusal(status: int, words: str) -> ProviderFailed:
    if status == 429:
        return ProviderFailed("too_fast", retry=True)
    if status in NOBODYS_WORD:
        return ProviderFailed("provider_unclear", doubt=True)
    if status >= 500:
        return ProviderFailed("provider_down", retry=True)
    if status == 400 and _ABOUT_THE_NUMBER in words:
        return ProviderFailed("number_wrong", retry=False)
    return ProviderFailed("provider_refuses_us", retry=True)
