"""By whose account texts leave: read from settings, and what is missing said in one sentence.

Nothing here loads a provider's client, and no sentence repeats what may be a secret.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid

GATEWAYS = ("simulator", "twilio", "notify")
NAMES = (
    "twilio_account_sid", "twilio_auth_token", "twilio_second_token", "twilio_messaging_service",
    "twilio_from", "twilio_api_url", "notify_key", "notify_template", "notify_api_url",
    "notify_callback_token",
)  # fmt: skip
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHAPES = {
    "twilio_account_sid": (r"AC[0-9a-f]{32}", "be AC and 32 letters and figures"),
    "twilio_messaging_service": (r"MG[0-9a-f]{32}", "be MG and 32 letters and figures"),
    "twilio_api_url": (r"https?://[^/\s?#]+", "be like https://api.twilio.com"),
    "notify_key": (rf".*{_UUID}-{_UUID}", "be a key as GOV.UK Notify shows it once"),
    "notify_template": (_UUID, "be the id of a template of GOV.UK Notify"),
    "notify_callback_token": (r"\S{20,}", "be a token of 20 letters and figures at least"),
    "notify_api_url": (r"https?://[^/\s?#]+", "be like https://api.notifications.service.gov.uk"),
}
MOST_PENCE = Decimal(1000)


class AccountWrong(ValueError):
    """A setting is missing or makes no sense; the message is one sentence that names it."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Whose account it is, and how texts leave by it: through a Messaging Service, or from a
    number where the place has none of its own. ``second_token`` is believed as well while the
    token is changed; ``api_url`` is another address of its REST API."""

    sid: str
    token: str = field(repr=False)
    second_token: str | None = field(default=None, repr=False)
    messaging_service: str | None = None
    from_number: str | None = None
    api_url: str | None = None


@dataclass(frozen=True, slots=True)
class NotifyAccount:
    """A service of GOV.UK Notify, and its one template, whose only placeholder is the body.
    ``callback_token``: what its calls carry; without one none is believed."""

    key: str = field(repr=False)
    template: str
    api_url: str = "https://api.notifications.service.gov.uk"
    callback_token: str | None = field(default=None, repr=False)


Account = TwilioAccount | NotifyAccount


def read_account(gateway: str, given: Mapping[str, str]) -> Account | None:
    """The account of a gateway, by settings; None for the simulator. Raises AccountWrong."""
    for name, (shape, wanted) in _SHAPES.items():
        if name in given and not re.fullmatch(shape, given[name], re.IGNORECASE):
            raise AccountWrong(f"{_shown(name)} must {wanted}.")
    if gateway == "twilio":
        return _twilio(given)
    return _notify(given) if gateway == "notify" else None


def read_pence(typed: str) -> Decimal:
    """What one segment costs. Raises AccountWrong."""
    try:
        pence = Decimal(typed)
    except InvalidOperation:
        pence = Decimal(-1)
    if not pence.is_finite() or not 0 <= pence <= MOST_PENCE:
        raise AccountWrong("ENABLER_PENCE_PER_SEGMENT must be a number of pence, like 3.6.")
    return pence


def _twilio(given: Mapping[str, str]) -> TwilioAccount:
    _need(given, "twilio_account_sid", "twilio_auth_token")
    number = given.get("twilio_from")
    if number is None and "twilio_messaging_service" not in given:
        raise AccountWrong(
            "ENABLER_TWILIO_MESSAGING_SERVICE or ENABLER_TWILIO_FROM must be set for texts by "
            "twilio."
        )
    return TwilioAccount(
        sid=given["twilio_account_sid"], token=given["twilio_auth_token"],
        second_token=given.get("twilio_second_token"),
        messaging_service=given.get("twilio_messaging_service"),
        from_number=None if number is None else _number(number),
        api_url=given.get("twilio_api_url"),
    )  # fmt: skip


def _number(typed: str) -> str:
    try:
        return str(PhoneNumber.parse(typed))
    except Invalid:
        raise AccountWrong("ENABLER_TWILIO_FROM must be a phone number.") from None


def _notify(given: Mapping[str, str]) -> NotifyAccount:
    _need(given, "notify_key", "notify_template")
    url = given.get("notify_api_url")
    account = NotifyAccount(
        given["notify_key"], given["notify_template"],
        callback_token=given.get("notify_callback_token"),
    )  # fmt: skip
    return account if url is None else replace(account, api_url=url)


def _need(given: Mapping[str, str], *names: str) -> None:
    for name in names:
        if name not in given:
            by = name.partition("_")[0]
            raise AccountWrong(f"{_shown(name)} must be set for texts by {by}.")


def _shown(name: str) -> str:
    return f"ENABLER_{name.upper()}"
