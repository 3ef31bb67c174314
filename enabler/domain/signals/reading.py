"""All that a text itself shows (pure). Bounded: a text of any length takes as long as its words."""

from collections.abc import Collection
from itertools import chain

from enabler.domain.signals.addresses import found_addresses
from enabler.domain.signals.folding import folded
from enabler.domain.signals.links import found_links
from enabler.domain.signals.money import found_money
from enabler.domain.signals.signal import Finding, in_order
from enabler.domain.signals.worries import found_worries

LONGEST_READ = 4_000


def findings_in(
    text: str, *, own_words: tuple[str, ...] = (), off: Collection[str] = (),
    hosts: frozenset[str] = frozenset(), public: bool = False,
) -> tuple[Finding, ...]:  # fmt: skip
    """What the text shows, in one order, without what is switched ``off``.

    ``own_words``: the place's own worry words. ``hosts``: whose pages may be named. ``public``:
    anybody reads it, so that a number in it is ``contact_public``.
    """
    read = folded(text[:LONGEST_READ])
    found = list(chain(
        found_addresses(read), found_links(read, hosts), found_money(read),
        found_worries(read, own_words),
    ))  # fmt: skip
    if public:
        found = [
            Finding("contact_public", one.facts, one.found) if one.code == "contact" else one
            for one in found
        ]
    return in_order([one for one in found if one.code not in off])
