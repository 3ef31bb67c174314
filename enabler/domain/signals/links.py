"""Addresses of pages in a text, with or without their http (pure)."""

import re
from collections.abc import Iterator

from enabler.domain.signals.folding import Folded
from enabler.domain.signals.signal import Finding

_TOPS = (
    r"(?:com|net|org|uk|info|biz|xyz|online|shop|site|store|top|club|ly|gl|gd|app|dev|link|click"
    r"|live|cymru|wales|london|scot|eu|io|co|example|test|ru|cn|tk|icu|vip|buzz|page|website)"
)
_LINK = re.compile(
    r"h(?:tt|xx)ps?\s?:\s?//\s?\S+|\bwww\s?\.\s?[a-z0-9]\S*"
    rf"|(?<![\w@.-])[a-z0-9][a-z0-9-]{{1,62}}(?:\.[a-z0-9-]{{1,62}}){{0,4}}\.{_TOPS}(?![\w@-])(?:/\S*)?"
    rf"|\b[a-z0-9][a-z0-9-]{{1,62}}\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?(?:co\s?(?:\.|dot)\s?uk|{_TOPS})\b"
)
_HOST = re.compile(r"^(?:h(?:tt|xx)ps?\s?:\s?//\s?)?(?:[^/@\s]*@)?([^/:?#\s]+)")
_TRUSTED = (".gov.uk", ".nhs.uk", ".police.uk", ".gov.wales", ".llyw.cymru", ".ac.uk")
"""Nobody but the state gets a name below these."""


def found_links(text: Folded, ours: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """The first link that leads elsewhere. ``ours``: hosts that the writer may name (their own)."""
    if "." not in text.plain and "dot" not in text.plain and "://" not in text.plain:
        return
    for match in _LINK.finditer(text.plain):
        if not _is_trusted(match[0], ours) and not _is_mail(text.plain, match):
            yield Finding("link", {}, text.typed(*match.span()).rstrip(".,;:!?)"))
            return


def host_of(address: str) -> str:
    """The host in an address, in small letters and without its www."""
    found = _HOST.match(address.strip().lower())
    return found[1].strip(".").removeprefix("www.") if found else ""


def _is_trusted(address: str, ours: frozenset[str]) -> bool:
    host = host_of(address.rstrip(".,;:!?)"))
    named = any(host == one or host.endswith(f".{one}") for one in ours)
    return named or f".{host}".endswith(_TRUSTED)


def _is_mail(plain: str, match: re.Match[str]) -> bool:
    """The end of a mail address is no link: that is another finding."""
    before = plain[: match.start()].rstrip()
    return before.endswith(("@", "(at)", "[at]")) or (
        before.endswith(" at") and " dot " in f" {match[0]} "
    )
