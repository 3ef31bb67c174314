"""What somebody writes to the other side of a match, looked at: passed on, flagged, or held."""

from enabler.domain.found_in_words import found_in
from enabler.domain.matches import Match
from enabler.domain.permissions import Actor
from enabler.domain.signal_codes import TELLS_LEAD
from enabler.domain.vocabulary import LineKind
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._conversation import Case, keep_line, tell_of_words
from enabler.services._ground import Ground
from enabler.services._match_views import side_of
from enabler.services._reporting import About, whom_it_names
from enabler.services._signals import (
    WATCHER,
    Looked,
    Written,
    leave_to_hear,
    look,
    record,
    tell_lead,
)

FLAGGED = "flagged"
"""The kind of report that the house makes of a message: custodians read it at the desk."""
_FLAGS = ("payment", "worry_")


def say_or_hold(uow: UnitOfWork, actor: Actor, case: Case, said: str, here: Ground) -> None:
    """Keep what was said. A message that reads like a scam waits for a custodian's look, and both
    sides know that one waits; anything else is delivered at once, whatever it says."""
    match = case[0]
    written = Written(kind="message", words=said, member_id=actor.member_id)
    looked = look(uow, written, here)
    if looked.holding:
        _hold(uow, actor, case, written, looked, here)
        return
    keep_line(uow, actor, case, LineKind.SAID, here, words=said, holds=found_in(said))
    _flag_found(uow, actor, match, written, looked, here)
    tell_of_words(uow, actor, case, here)


def flag(uow: UnitOfWork, actor: Actor, match: Match, said: str | None, here: Ground) -> None:
    """Words that one side of a match writes of the other, beside their conversation: the lead hears
    of a worry in them, the desk reads a threat."""
    if said:
        written = Written(kind="message", words=said, member_id=actor.member_id)
        _flag_found(uow, actor, match, written, look(uow, written, here), here)


def _flag_found(
    uow: UnitOfWork, actor: Actor, match: Match, written: Written, looked: Looked, here: Ground
) -> None:
    about = ("match", match.id, match.ref)
    _keep(uow, actor, about, written, looked, here)
    leave_to_hear(uow, written, about, looked.found, here)
    tell_lead(uow, written, ("match", match.ref), looked.found, here)
    _flag(uow, match, written.words, looked, here)


def _hold(
    uow: UnitOfWork, actor: Actor, case: Case, written: Written, looked: Looked, here: Ground
) -> None:
    match = case[0]
    alike = [
        one for one in uow.held_messages.of_match(match.id)
        if (one.by_member_id, one.words, one.state) == (actor.member_id, written.words, "waits")
    ]  # fmt: skip
    if alike:
        return  # the form in another window
    kept = uow.held_messages.add(
        place_id=match.place_id, ref=uow.refs.new(match.place_id, "message"), match_id=match.id,
        by_member_id=actor.member_id, side=side_of(actor, case), words=written.words,
        holds=list(found_in(written.words)), at=here.now,
    )  # fmt: skip
    uow.audit.record(
        actor, "message.held", place_id=match.place_id, subject=("message", kept.id, kept.ref),
        now=here.now, states=(None, "waits"), why="signal",
    )  # fmt: skip
    _keep(uow, actor, ("message", kept.id, kept.ref), written, looked, here)
    leave_to_hear(uow, written, ("match", match.id, match.ref), looked.found, here)


def _keep(
    uow: UnitOfWork, actor: Actor, about: tuple[str, int, str], written: Written, looked: Looked,
    here: Ground,
) -> None:  # fmt: skip
    kind, about_id, _ = about
    uow.signals.add(
        here.place.id, kind, about_id, looked.found, holding=looked.holding,
        member_id=written.member_id, now=here.now,
    )  # fmt: skip
    record(uow, actor, about, looked.found, here)


def _flag(uow: UnitOfWork, match: Match, said: str, looked: Looked, here: Ground) -> None:
    """What was delivered and should be read all the same comes to the desk as a report, but not to
    staff who are one of the two themselves."""
    codes = [
        one.code for one in looked.found
        if one.code.startswith(_FLAGS) and one.code not in TELLS_LEAD
    ]  # fmt: skip
    if not codes:
        return
    place_id = here.place.id
    sides = frozenset({match.helper_id, uow.needs.by_id(match.need_id).asker_id})
    about = About("match", match.ref, sides)
    named = whom_it_names(uow, place_id, about, said, here.now)
    kept = uow.reports.add(
        place_id=place_id, ref=uow.refs.new(place_id, "report"), by_member_id=None,
        about_kind="match", about_ref=match.ref, kind=FLAGGED, words=said, reported_at=here.now,
        kept_from=sorted(named) or None,
    )  # fmt: skip
    uow.audit.record(
        WATCHER, "report.made", place_id=place_id, subject=("report", kept.id, kept.ref),
        now=here.now, states=(None, "open"), why=codes[0],
    )  # fmt: skip
