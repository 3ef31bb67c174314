"""The one place where what people write is looked at for signals, whichever door it came through.

``look`` reads and decides what would hold; ``keep`` writes it down beside the thing, with an audit
row for each reason, and tells the safeguarding lead at once of a worry for somebody.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from enabler.domain.judging import SIGNAL
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.quiet import local_day
from enabler.domain.signal_codes import STRONG, TELLS_LEAD
from enabler.domain.signals import (
    Finding,
    Signal,
    are_alike,
    findings_in,
    found_in_accounts,
    found_in_hurry,
    found_in_kinds,
    found_in_number,
    found_in_reach,
    print_of,
    that_hold,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._reporting import About, keep_report

WATCHER = Actor.system("signals")
"""Who makes reports of what signals find."""
BECAUSE = SIGNAL
COPIES_WITHIN = timedelta(days=30)
ACCOUNTS_WITHIN = timedelta(days=30)
LET_THROUGH_WITHIN = timedelta(days=180)
"""So long words that a person has let through are not held again."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written, by whom, and what belongs to it. ``kind``: need, offer, organisation or
    message. ``about_id``: the thing itself, where it is changed. ``public``: anybody reads it.
    ``hosts``: whose pages it may name. ``metres``: how far it reaches. ``repeated``: it is made
    by a week's rhythm, so that neither number nor likeness says anything. ``priced``: it is offered
    on stated terms, so that money is no surprise."""

    kind: str
    words: str
    member_id: int | None
    categories: tuple[str, ...] = ()
    about_id: int | None = None
    public: bool = False
    hosts: frozenset[str] = frozenset()
    metres: int | None = None
    urgent: bool = False
    repeated: bool = False
    priced: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in it, what of that holds it, and the print of its words."""

    found: tuple[Finding, ...] = ()
    holding: tuple[Finding, ...] = ()
    numbers: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def because(self) -> str | None:
        """Why it is held, as a code; None where nothing of it holds."""
        return BECAUSE if self.holding else None

    @property
    def codes(self) -> tuple[str, ...]:
        """What of it holds the thing, as codes."""
        return tuple(one.code for one in self.holding)

    @property
    def shown(self) -> "Looked":
        """The same, where none of it holds the thing: it was not the words that changed."""
        return replace(self, holding=())


def look(uow: UnitOfWork, written: Written, here: Ground) -> Looked:
    """What is found in it now. Nothing is kept."""
    numbers = print_of(written.words) if written.kind != "message" else frozenset()
    found = list(of_words(written, here))
    if written.kind in ("need", "offer"):
        found += _of_numbers(uow, written, here)
    if numbers and not written.repeated:
        found += _copies(uow, written, numbers, here)
    kept = tuple(one for one in found if one.code not in here.ruleset.signals_off)
    holding = that_hold(kept, written.kind, here.ruleset.signals_hold, urgent=written.urgent)
    if holding and _was_let_through(uow, written, here):
        holding = ()
    return Looked(kept, holding, numbers)


def of_words(written: Written, here: Ground) -> Iterator[Finding]:
    """What the words and the kinds of help show, without asking what else there is."""
    rules = here.ruleset
    for one in findings_in(
        written.words, own_words=tuple(rules.worry_words), off=rules.signals_off,
        hosts=written.hosts, public=written.public,
    ):  # fmt: skip
        # An organisation may say how it is reached: it is for everybody to read.
        plain = one.code == "contact" and written.kind == "organisation"
        if not plain and not (one.code == "money" and written.priced):
            yield one
    if written.categories:
        yield from found_in_kinds(written.words, written.categories, rules.categories_held)


def _of_numbers(uow: UnitOfWork, written: Written, here: Ground) -> Iterator[Finding]:
    rules, now = here.ruleset, here.now
    yield from found_in_reach(written.metres, rules)
    if written.member_id is None or written.repeated:
        return
    on = uow.signals.accounts_beside(written.member_id, now - ACCOUNTS_WITHIN)
    yield from found_in_accounts(*on, rules)
    if written.about_id is not None:
        return  # a change is no post
    day, _ = local_day(now, here.place.timezone)
    so_far = uow.signals.posts(written.member_id, day, now - timedelta(days=7))
    posts = so_far.one_more
    yield from found_in_number(posts, rules)
    yield from found_in_hurry(posts, rules, now)


def _copies(
    uow: UnitOfWork, written: Written, numbers: Collection[int], here: Ground
) -> Iterator[Finding]:
    """The first that it is alike to, of somebody else or, failing that, of the same member."""
    itself = None if written.about_id is None else (written.kind, written.about_id)
    shared = uow.signals.sharing(here.place.id, numbers, here.now - COPIES_WITHIN, itself)
    alike = {of: whose for of, (whose, other) in shared.items() if are_alike(numbers, other)}
    others = [of for of, whose in alike.items() if whose != written.member_id]
    if alike:
        kind, about_id = (others or list(alike))[0]
        facts = {"kind": kind, "ref": _ref(uow, kind, about_id)}
        yield Finding("copy" if others else "copy_own", facts)


def _ref(uow: UnitOfWork, kind: str, about_id: int) -> str:
    if kind == "need":
        return uow.needs.by_id(about_id).ref
    if kind == "offer":
        return uow.offers.by_id(about_id).ref
    return uow.organisations.by_id(about_id).ref


def _was_let_through(uow: UnitOfWork, written: Written, here: Ground) -> bool:
    if written.kind not in ("need", "offer") or written.member_id is None:
        return False
    since = here.now - LET_THROUGH_WITHIN
    return uow.signals.were_let_through(written.member_id, written.kind, written.words, since)


def keep(
    uow: UnitOfWork, actor: Actor, written: Written, about: tuple[int, str], looked: Looked,
    here: Ground, *, known: Collection[str] = (),
) -> None:  # fmt: skip
    """Write down what was found in this thing (id, ref); the lead hears of a worry at once, but of
    none that was ``known`` of it before."""
    about_id, ref = about
    place_id = here.place.id
    uow.signals.replace(
        place_id, written.kind, about_id, looked.found, holding=looked.holding,
        member_id=written.member_id, now=here.now,
    )  # fmt: skip
    if looked.numbers and written.member_id is not None:
        uow.signals.keep_print(
            place_id, written.kind, about_id, written.member_id, looked.numbers, here.now
        )
    record(uow, actor, (written.kind, about_id, ref), looked.found, here)
    leave_to_hear(uow, written, (written.kind, about_id, ref), looked.found, here)
    tell_lead(uow, written, (written.kind, ref), looked.found, here, known=known)


def record(
    uow: UnitOfWork, actor: Actor, about: tuple[str, int, str], found: Collection[Finding],
    here: Ground,
) -> None:  # fmt: skip
    """An audit row for each reason. They stand beside the thing's own history, which its author
    reads."""
    kind, about_id, ref = about
    for one in found:
        uow.audit.record(
            actor, "signal.found", place_id=here.place.id,
            subject=(f"{kind}-signals", about_id, ref), now=here.now, why=one.code,
        )  # fmt: skip


def leave_to_hear(
    uow: UnitOfWork, written: Written, about: tuple[str, int, str], found: Collection[Finding],
    here: Ground,
) -> None:  # fmt: skip
    """Words that say nothing by themselves may still tell of danger: a job listens to them within
    the minute (``services.hearing``), as that takes longer than whoever wrote should wait."""
    if written.words.strip() and not any(one.code in TELLS_LEAD for one in found):
        uow.unheard.add(
            here.place.id, about, written.words, member_id=written.member_id, now=here.now
        )


def tell_lead(
    uow: UnitOfWork, written: Written, about: tuple[str, str], found: Collection[Finding],
    here: Ground, *, known: Collection[str] = (),
) -> None:  # fmt: skip
    """Where the words give cause to worry about somebody, a report says so to the lead now. It
    holds up nothing."""
    codes = {one.code for one in found if one.code in TELLS_LEAD} - set(known)
    if codes:
        kind, ref = about
        parties = {written.member_id}
        if kind == "match":  # what is written to staff may be about them
            match = uow.matches.by_ref(None, ref)
            parties |= {match.helper_id, uow.needs.by_id(match.need_id).asker_id}
        keep_report(
            uow, WATCHER, here.place.id, About(kind, ref, frozenset(parties)), "worried",
            written.words, now=here.now,
        )  # fmt: skip


def known_of(uow: UnitOfWork, place_id: int, kind: str, about_id: int) -> frozenset[str]:
    """The codes of what stands of a thing now."""
    standing = uow.signals.of(place_id, kind, [about_id]).get(about_id, ())
    return frozenset(one.code for one in standing)


def held_for(uow: UnitOfWork, kind: str, held: Need | Offer) -> tuple[Signal, ...]:
    """What whoever wrote it can take out of it, where that is all that holds it."""
    if held.held_because != BECAUSE:
        return ()
    holding = uow.signals.holding(held.place_id, kind, held.id)
    if not may_open_itself(holding):
        return ()
    standing = uow.signals.of(held.place_id, kind, [held.id]).get(held.id, ())
    return tuple(one for one in standing if one.code in holding)


def may_open_itself(codes: Collection[str]) -> bool:
    """Whether a thing that these held opens by itself when it has none of them any more: taking a
    number out is enough; taking a threat out is not."""
    return bool(codes) and not any(
        code in STRONG or code in TELLS_LEAD or code.startswith(("worry_", "many_", "copy"))
        for code in codes
    )
