"""What one custodian proposes about hours and another decides: asked, moved, told to the desk.

A proposal is locked before the accounts that it moves hours between.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.hours import HoursProposal
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import member_account
from enabler.services._ground import Ground
from enabler.services._hours_desk import desk_sides, parties_of, person, refuse_parties
from enabler.services._hours_letters import concerned_by
from enabler.services._hours_policy import policy_of
from enabler.services._tell import tell
from enabler.services.views.hours_desk import HoursProposalView
from enabler.timebank.accounts import Account
from enabler.timebank.approvals import Approval, require_two
from enabler.timebank.settling import reversal_of
from enabler.timebank.transfers import Entry, Reason, Transfer

ANSWERED_WITHIN = timedelta(days=14)
"""So long a proposal waits for a second person; then it has lapsed."""
MOST_GRANT = 1000 * 60
"""Minutes of one grant: more is asked for in parts, so that each is thought about."""
MOST_NUMBER = 2**63 - 1
"""No row has a number beyond this, and no database reads one."""
LAPSING = Actor.system("lapse-hours-proposals")
_HERE = (MemberState.ACTIVE, MemberState.PAUSED)


def propose_grant(
    uow: UnitOfWork, actor: Actor, to: str, minutes: int, words: str, here: Ground
) -> dict[str, Any]:
    """Keep that hours should go from the council to a pot or a member, named by its ref."""
    if not 1 <= minutes <= MOST_GRANT:
        code = "minutes_too_many" if minutes > 0 else "minutes_not_positive"
        raise Invalid("minutes", code, most=MOST_GRANT)
    receiver = _receiver(uow, to, here)
    refuse_parties(parties_of(uow, (receiver,), here.now), actor)
    issue = uow.purses.issue(here.place.id)
    return _keep(
        uow, actor, here, kind="grant", debit_id=issue.number, credit_id=receiver,
        minutes=minutes, reverses=None, words=words,
    )  # fmt: skip


def _receiver(uow: UnitOfWork, typed: str, here: Ground) -> int:
    """The account that a grant goes to; a member's is opened when it is first needed."""
    place_id = here.place.id
    kind, ref = uow.refs.kind_of(place_id, typed) or ("", "")
    if kind == "pot":
        pot = uow.purses.pot(place_id, ref)
        if not uow.ledger.account(pot.account).closed:
            return pot.account
    elif kind == "member":
        member = uow.homes.member_by_ref(place_id, ref)
        unknown = uow.purses.left([member.id]) or uow.hidden.of(member.id)
        if member.state in _HERE and not unknown:
            return member_account(uow, place_id, member.id, here.ruleset).number
    raise Invalid("to", "grant_receiver_unknown")


def propose_reversal(
    uow: UnitOfWork, actor: Actor, number: int, words: str, here: Ground
) -> dict[str, Any]:
    """Keep that the movement with this number should be undone."""
    found = movement(uow, number, here)
    uow.ledger.lock(found.debit, found.credit)  # two who ask at once wait for each other here
    entry = movement(uow, number, here)
    late = uow.hours_proposals.about(entry.key)
    lapse(uow, [late] if late is not None else [], here.now)
    refuse_parties(parties_of(uow, (entry.debit, entry.credit), here.now), actor)
    return _keep(
        uow, actor, here, kind="reversal", debit_id=entry.credit, credit_id=entry.debit,
        minutes=entry.minutes, reverses=entry.key, words=words,
    )  # fmt: skip


def movement(uow: UnitOfWork, number: int, here: Ground) -> Entry:
    """A movement of the place that can be undone, by its number on a statement.

    Half of a movement between two places is not undone by itself. Raises
    NotFound("reversed_unknown"), WrongMoment: not_reversible, account_closed (nothing goes back to
    or from whoever has left), already_reversed, reversal_asked_already.
    """
    known = 0 < number <= MOST_NUMBER
    key = uow.hours_proposals.key_of_transfer(here.place.id, number) if known else None
    entry = uow.ledger.by_key(key) if key is not None else None
    if entry is None:
        raise NotFound("reversed_unknown")
    if not entry.moved or entry.reason in (Reason.REVERSAL, Reason.BORDER):
        raise WrongMoment("not_reversible", reverses=entry.key)
    if any(each.closed for each in uow.ledger.accounts((entry.debit, entry.credit)).values()):
        raise WrongMoment("account_closed")
    if uow.ledger.ended((entry.key,)):
        raise WrongMoment("already_reversed", reverses=entry.key)
    asked = uow.hours_proposals.about(entry.key)
    if asked is not None and asked.state_at(here.now) == "waiting":
        raise WrongMoment("reversal_asked_already")
    return entry


def _keep(uow: UnitOfWork, actor: Actor, here: Ground, **what: Any) -> dict[str, Any]:
    ref = uow.refs.new(here.place.id, "hours-proposal")
    kept = uow.hours_proposals.add(
        place_id=here.place.id, ref=ref, asked_by=person(actor), asked_at=here.now,
        answer_by=here.now + ANSWERED_WITHIN, **what,
    )  # fmt: skip
    _record(uow, actor, kept, (None, "waiting"), here.now)
    return {"ref": ref}


def lapse(uow: UnitOfWork, late: Iterable[HoursProposal], now: datetime) -> None:
    """Mark what nobody answered in time."""
    for one in late:
        uow.hours_proposals.end(one.id, state="lapsed", decided_at=one.answer_by)
        _record(uow, LAPSING, one, ("waiting", "lapsed"), now)


def decide(
    uow: UnitOfWork, actor: Actor, ref: str, words: str, here: Ground, *, allowing: bool
) -> dict[str, Any]:
    """A second person allows it, and the hours move at once, or refuses it."""
    proposal = uow.hours_proposals.by_ref(here.place.id, ref, lock=True)
    if proposal.state_at(here.now) != "waiting":
        raise WrongMoment("hours_proposal_ended")
    _require_second(uow, actor, proposal, here)
    state, moved = ("allowed", _move(uow, proposal, here)) if allowing else ("refused", None)
    uow.hours_proposals.end(
        proposal.id, state=state, decided_by=person(actor), decided_at=here.now,
        decided_words=words, transfer=moved,
    )  # fmt: skip
    _record(uow, actor, proposal, ("waiting", state), here.now)
    if allowing:
        _tell(uow, proposal, here)
    return {"ref": proposal.ref, "state": state}


def _tell(uow: UnitOfWork, proposal: HoursProposal, here: Ground) -> None:
    """Those hear of it whose hours moved."""
    template = "hours_granted" if proposal.kind == "grant" else "hours_undone"
    numbers = (proposal.debit_id, proposal.credit_id)
    for member_id in sorted(concerned_by(uow, numbers, here.now)):
        tell(
            uow, place_id=here.place.id, member_id=member_id, template=template,
            parameters={"proposal": proposal.ref}, priority=Priority.ANSWER,
            dedupe_key=f"{template}:{proposal.ref}:{member_id}", now=here.now,
        )  # fmt: skip


def _require_second(uow: UnitOfWork, actor: Actor, proposal: HoursProposal, here: Ground) -> None:
    """Somebody else than who asked, and no party to it: whatever a place says of other movements,
    what the desk proposes is always decided by two."""
    reason = Reason(proposal.kind)
    policy = policy_of(here.ruleset)
    always = replace(policy, two_people=policy.two_people | {reason})
    approval = Approval(proposal.asked_by, person(actor))
    parties = parties_of(uow, (proposal.debit_id, proposal.credit_id), here.now)
    require_two(reason, always, approval, parties)


def _move(uow: UnitOfWork, proposal: HoursProposal, here: Ground) -> str:
    """Move the hours; the key under which they moved."""
    if proposal.reverses is not None:
        return _undo(uow, proposal, proposal.reverses, here)
    grant = Transfer(
        f"grant:{proposal.ref}", here.place.id, proposal.debit_id, proposal.credit_id,
        proposal.minutes, Reason.GRANT,
    )  # fmt: skip
    return uow.ledger.post(grant, here.now).key


def _undo(uow: UnitOfWork, proposal: HoursProposal, reverses: str, here: Ground) -> str:
    """The mirror of a movement. What its receiver has spent a pot covers, and that is flagged."""
    entry = uow.ledger.by_key(reverses)
    if entry is None:
        raise NotFound("reversed_unknown")
    pots = [pot.account for pot in uow.purses.pots(here.place.id) if pot.pays]
    accounts = uow.ledger.lock(entry.debit, entry.credit, *pots)
    receiver = accounts[entry.credit]
    short = entry.minutes - receiver.pays_of(entry.minutes)
    covering = _covering([accounts[one] for one in pots if one != entry.credit], short)
    key = f"undo:{proposal.ref}"
    settled = reversal_of(entry, key, receiver=receiver, pot=covering)
    uow.ledger.post_all(settled.transfers, here.now)
    if settled.by_pot:
        uow.help_hours.flag(
            dedupe_key=f"covered:{proposal.ref}", place_id=here.place.id, kind="covered",
            ref=uow.refs.new(here.place.id, "hours-flag"), raised_at=here.now,
            facts={"minutes": settled.by_pot, "account": entry.credit},
        )  # fmt: skip
    return key


def _covering(pots: list[Account], short: int) -> Account | None:
    """The first pot that has what is short; the community's is the first of all."""
    return next((pot for pot in pots if not pot.closed and pot.can_pay(short)), None)


def _record(
    uow: UnitOfWork, actor: Actor, proposal: HoursProposal, states: tuple[str | None, str],
    now: datetime,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, f"hours-proposal.{states[1]}", place_id=proposal.place_id,
        subject=("hours-proposal", proposal.id, proposal.ref), now=now, states=states,
        why=proposal.kind,
    )  # fmt: skip


def proposal_views(
    uow: UnitOfWork, actor: Actor, proposals: Iterable[HoursProposal], here: Ground
) -> tuple[HoursProposalView, ...]:
    """Proposals as staff read them."""
    proposals = tuple(proposals)
    numbers = {number for each in proposals for number in (each.debit_id, each.credit_id)}
    sides = desk_sides(uow, numbers, here)
    undone = uow.ledger.by_keys(each.reverses for each in proposals if each.reverses)
    people = {one for each in proposals for one in (each.asked_by, each.decided_by) if one}
    refs = uow.hours_proposals.refs_of(people)
    found = []
    for each in proposals:
        entry = undone.get(each.reverses or "")
        found.append(HoursProposalView(
            ref=each.ref, kind=each.kind, minutes=each.minutes, giver=sides[each.debit_id],
            receiver=sides[each.credit_id], words=each.words, state=each.state_at(here.now),
            mine=each.asked_by == actor.member_id, asked_by=refs[each.asked_by],
            asked_at=each.asked_at, answer_by=each.answer_by,
            decided_by=refs.get(each.decided_by or 0), decided_at=each.decided_at,
            decided_words=each.decided_words, number=entry.seq if entry else None,
            reason=entry.reason if entry else None, moved_at=entry.at if entry else None,
        ))  # fmt: skip
    return tuple(found)
