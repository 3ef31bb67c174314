"""What can be reported, how a report goes on, who reads it, who is named in it and hears nothing of
it, and how many strangers make (pure)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from enabler.domain.errors import WrongMoment
from enabler.domain.sign_in import Cap
from enabler.domain.vocabulary import Risk, Role

WORRIED = "worried"
KINDS: Mapping[str, Risk] = {
    WORRIED: Risk.HIGH, "unsafe": Risk.HIGH, "went-wrong": Risk.MEDIUM, "scam": Risk.HIGH,
    "rude": Risk.MEDIUM, "privacy": Risk.MEDIUM, "not-what-it-said": Risk.LOW, "other": Risk.LOW,
}  # fmt: skip
"""What people can report, and how much can go wrong while it waits. A worry about somebody is for
the safeguarding leads alone."""
ABOUT = (
    "match", "need", "offer", "member", "organisation", "message", "conversation", "staff", "place",
    "other",
)  # fmt: skip
"""What a report can be about; the last three have no ref."""
ABOUT_NO_REF = ABOUT[-3:]
OF_A_MATCH = ("match", "message", "conversation")
ODD_LOOK, LOOK_QUESTION = "odd-look", "look-question"
"""What is found about how staff looked at somebody, and what a member asks about it: the leads look
into it, never the viewer."""

OPEN, LOOKING, WITH_POLICE, WITH_PARTNER, SETTLED = (
    "open", "looking", "with-police", "with-partner", "settled",
)  # fmt: skip
UNSETTLED = (OPEN, LOOKING, WITH_POLICE, WITH_PARTNER)
CALLED = ("spoke", "no-answer", "voicemail", "wrong-number")
"""How a call on the list of a worry can go."""
LEADS_AGAIN, ADMINISTRATORS = 2, 3
"""How often it was told that nobody has seen a worry: first the second lead and all others, then
all of them again, then the administrators too."""
TELLS_AGAIN = timedelta(hours=24)
"""From then on all hear of it each day, until somebody has seen it."""


def may_stand(state: str, new: str) -> str:
    """Where a report can be put by hand. Raises WrongMoment where it is settled."""
    if state == SETTLED:
        raise WrongMoment("report_settled_already")
    return new


def readers(
    hands: Iterable[tuple[int, Role]], kept_from: Iterable[int], *, for_leads: bool, told: int = 0
) -> frozenset[int]:
    """Who at the desk reads a report in full: never who is named in it.

    One for the leads goes to them alone, once nobody has seen it for long to administrators too.
    Where no lead is left, or none at all, somebody else of the desk reads it: about staff an
    administrator first, for a custodian sits beside whom it is about.
    """
    of: dict[Role, set[int]] = {}
    for member_id, role in hands:
        of.setdefault(role, set()).add(member_id)
    kept = set(kept_from)
    leads, custodians, administrators = (
        frozenset(of.get(role, set()) - kept)
        for role in (Role.SAFEGUARDING_LEAD, Role.CUSTODIAN, Role.ADMINISTRATOR)
    )
    if not for_leads:
        return leads | custodians or administrators
    of_staff = any(kept & ids for ids in of.values())
    others = (administrators, custodians) if of_staff else (custodians, administrators)
    first = leads or others[0] or others[1]
    return first | administrators if told >= ADMINISTRATORS else first


def kept_from(
    hands: Iterable[tuple[int, Role]], whose: Iterable[int], said: Iterable[int], *,
    of_staff: bool, order: Sequence[int] = (),
) -> frozenset[int]:  # fmt: skip
    """Whom a report is kept from: ``whose`` it is, and who of the desk is ``said`` in its words.

    Words that name everybody who could read it may only say whom somebody has told before: one of
    those reads it then, the second lead by the ``order`` first, for the first has most likely had
    it in hand. What is told of staff is read by none of them: nobody is left, and those who keep
    the house find another reader.
    """
    known = list(hands)
    kept = frozenset(whose).union(said)
    if of_staff or readers(known, kept, for_leads=True):
        return kept
    of = {role: sorted(each for each, its in known if its is role) for role in Role}
    leads = of[Role.SAFEGUARDING_LEAD]
    ordered = [each for each in order if each in leads]
    others = [each for each in leads if each not in ordered]
    turns = [*ordered[1:], *others, *ordered[:1], *of[Role.ADMINISTRATOR], *of[Role.CUSTODIAN]]
    last = next((each for each in turns if each not in frozenset(whose)), None)
    return kept - {last} if last is not None else kept


_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|cllr|councillor)\.?"


def names(words: str, name: str) -> bool:
    """Whether the words name this person: by the whole name, or by title and last name.

    A first or last name alone is many people's, or no name at all ("green").
    """
    parts = [re.escape(part) for part in name.casefold().split()]
    if not parts:
        return False
    said = " ".join(words.casefold().split())
    ways = [r"\s".join(parts)] if len(parts) > 1 else []
    ways += [rf"{parts[0]}\s(?:\S+\s)?{parts[-1]}"] if len(parts) > 2 else []
    ways.append(rf"{_TITLES}\s(?:\S+\s)?{parts[-1]}")
    return any(re.search(rf"(?<!\w)(?:{way})(?!\w)", said) for way in ways)


def names_in_part(words: str, name: str) -> bool:
    """Whether any part of the name stands in the words: enough where somebody tells of staff, whom
    most people know by one name."""
    said = set(re.findall(r"\w+", words.casefold()))
    return any(len(part) > 2 and part in said for part in re.findall(r"\w+", name.casefold()))


PERIOD = timedelta(hours=1)
FROM_ONE, FROM_ALL = 10, 60
"""Reports of strangers in an hour, from one network address and in the whole place: a library or a
mast of a phone company is one address. Beyond it what went wrong waits; a worry never does."""
_LIMIT = Cap("reports_too_many", FROM_ONE, PERIOD)


def check_flood(newest: Sequence[datetime | None], now: datetime) -> None:
    """``newest``: when the last report was made that still has room, by address and in the place.

    Raises LimitReached("reports_too_many") with ``until`` and ``minutes``.
    """
    for nth in newest:
        _LIMIT.check(nth, now)


def is_flood(newest: Sequence[datetime | None], now: datetime) -> bool:
    """Whether it is one too many for a letter of its own."""
    return any(nth is not None and now < nth + PERIOD for nth in newest)
