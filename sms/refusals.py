"""What the provider's numbers mean for us: who is at fault, and whether a text may be tried again.

Only what is about the receiver or the text itself is for good. A wrong token, an account that is
suspended, a number that is not ours: those are faults of the set-up that somebody mends, and until
then every text would be lost for good if one took them for an answer about the text.
"""

from enabler.domain.errors import ProviderFailed

OPTED_OUT = 21610
TOO_FAST = 20429
FOR_GOOD = {
    OPTED_OUT: "opted_out",
    21211: "number_wrong",
    21214: "number_wrong",
    21217: "number_wrong",
    21614: "number_wrong",
    21408: "country_not_served",
    21612: "number_not_reached",
    21602: "text_refused",
    21605: "text_refused",
    21617: "text_refused",
    30004: "blocked",
    30005: "number_unknown",
    30006: "landline",
    30007: "filtered",
}
"""The provider's error, and our code for it. Trying again changes nothing."""

AFTERWARDS = FOR_GOOD | {
    30001: "provider_overrun",
    30002: "account_suspended",
    30003: "phone_unreachable",
    30008: "carrier_failed",
}
"""The same of a text that was taken, and then did not arrive."""

NOBODYS_WORD = frozenset({502, 504})
"""Said by something between us and the provider, which may have taken the text all the same."""

PROVIDERS_OWN = frozenset({"no_answer", "not_reached", "provider_down", "provider_unclear"})
"""Failures that say something of the provider, and nothing of a text: these open the breaker."""


def refusal(status: int, code: int | None) -> ProviderFailed:
    """What an HTTP answer other than "taken" means, by its status and the provider's error."""
    if code in FOR_GOOD:
        return ProviderFailed(FOR_GOOD[code], retry=False)
    if code == TOO_FAST or status == 429:
        return ProviderFailed("too_fast", retry=True)
    if status in NOBODYS_WORD:
        return ProviderFailed("provider_unclear", doubt=True)
    return ProviderFailed("provider_down" if status >= 500 else "provider_refuses_us", retry=True)


def failure_of(error: str | None) -> str:
    """Our code for the error with which a status came; ``undelivered`` where it says none."""
    number = int(error) if error and error.isascii() and error.isdigit() and len(error) < 9 else 0
    return AFTERWARDS.get(number, "undelivered")
