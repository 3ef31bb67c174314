"""What somebody says of their organisation, before it is kept: whether it means something."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid
from enabler.domain.names import LONGEST_ADDRESS, one_line
from enabler.domain.vocabulary import CredentialKind, OrganisationKind
from enabler.domain.windows import Weekly
from enabler.domain.words import LONGEST_LINE, checked_words

LONGEST_NAME = 100
LONGEST_ABOUT = 1_000
MOST_HOURS = 28
_NOT_IN_AN_ADDRESS = frozenset(" \\\"'<>`{}|^")


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """What a door has read. All of it but ``can_show`` is for everybody to read."""

    kind: str
    name: str
    about: str
    postcode: str
    address: str
    phone: str | None = None
    mail: str | None = None
    web: str | None = None
    hours: tuple[Weekly, ...] = ()
    open_on_bank_holidays: bool = False
    can_show: tuple[str, ...] = ()


def checked_draft(draft: OrganisationDraft, locate: Callable[[str], str]) -> OrganisationDraft:
    """The draft as it would be kept; ``locate`` gives a postcode of the place as we write it.

    Raises Invalid(field, code) for the first thing that cannot be meant, in the order of asking.
    """
    checks: Mapping[str, Callable[[], Any]] = {
        "kind": lambda: _kind(draft.kind),
        "name": lambda: one_line(draft.name, field="organisation_name", longest=LONGEST_NAME),
        "about": lambda: checked_words("about", draft.about, most=LONGEST_ABOUT),
        "postcode": lambda: locate(draft.postcode),
        "address": lambda: one_line(draft.address, field="address", longest=LONGEST_ADDRESS),
        "phone": lambda: _reachable(draft),
        "mail": lambda: read_mail(draft.mail),
        "web": lambda: read_web(draft.web),
        "hours": lambda: read_hours(draft.hours),
        "can_show": lambda: _can_show(draft.can_show),
    }
    return replace(draft, **{name: check() for name, check in checks.items()})


def _kind(typed: str) -> str:
    if typed not in set(OrganisationKind):
        raise Invalid("kind", "organisation_kind_unknown")
    return OrganisationKind(typed).value


def _reachable(draft: OrganisationDraft) -> str | None:
    require_reachable(draft.phone, draft.mail, draft.web)
    return read_phone(draft.phone)


def require_reachable(*ways: str | None) -> None:
    """Raises Invalid("phone", …) where no way of reaching the organisation was given."""
    if not any((each or "").strip() for each in ways):
        raise Invalid("phone", "reach_missing")


def read_phone(typed: str | None) -> str | None:
    """The number as E.164; None where none was typed. Raises Invalid("phone", code)."""
    return PhoneNumber.parse(typed).e164 if typed and typed.strip() else None


def read_mail(typed: str | None) -> str | None:
    """The address; None where none was typed. Raises Invalid("mail", code)."""
    if not typed or not typed.strip():
        return None
    try:
        return EmailAddress.parse(typed).text
    except Invalid as wrong:
        raise Invalid("mail", wrong.code) from wrong


def read_web(typed: str | None) -> str | None:
    """A web address with its https; None where none was typed. Raises Invalid("web", code)."""
    address = (typed or "").strip()
    if not address:
        return None
    whole = address if "://" in address else f"https://{address}"
    if not _is_web_address(whole):
        raise Invalid("web", "web_malformed")
    return whole


def _is_web_address(whole: str) -> bool:
    plain = whole.isascii() and whole.isprintable() and _NOT_IN_AN_ADDRESS.isdisjoint(whole)
    if not plain or len(whole) > LONGEST_LINE:
        return False
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").strip(".")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc


def read_hours(hours: Iterable[Weekly]) -> tuple[Weekly, ...]:
    """The stretches in order. Raises Invalid("hours", code) where two of a day overlap."""
    ordered = tuple(sorted(set(hours)))
    if len(ordered) > MOST_HOURS:
        raise Invalid("hours", "weekly_too_many", most=MOST_HOURS)
    for one, following in pairwise(ordered):
        if one.weekday == following.weekday and following.start_minute < one.end_minute:
            raise Invalid("hours", "hours_overlap")
    return ordered


def _can_show(kinds: Iterable[str]) -> tuple[str, ...]:
    found = tuple(sorted(set(kinds)))
    if not set(found) <= set(CredentialKind):
        raise Invalid("can_show", "code_unknown")
    return found
