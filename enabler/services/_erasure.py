"""An account is erased, in one transaction: what comes first, what ends, what a duty keeps.

The name, the numbers and the words of the member are gone from every table; their ref stays as a
pseudonym under what others stand on, in the audit and in the ledger.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from enabler.domain.contact_changes import Contact
from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import LIVE_MATCHES, MEMBER_MOVES, advance
from enabler.domain.mandates import Ended
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import STAFF_ROLES, MemberState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._complaining import take_back_all
from enabler.services._going import leave_market, part_with_hours
from enabler.services._ground import Ground
from enabler.services._mandates import end_of_member
from enabler.services._resting import leads_alone
from enabler.services._tell import tell_contact

ROLE, LEADS, VISIT, HOURS = (
    "erase_role_first", "erase_leads_alone", "erase_visit_first", "erase_hours_first",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class How:
    """How somebody is erased. ``by_kind``: self, staff, list; ``browsers``: digests of browsers
    that are surely theirs; ``forced``: they were erased before, so nothing comes first; ``tells``:
    one last letter goes to them."""

    by_kind: str
    browsers: Collection[str] = field(default=())
    forced: bool = False
    tells: bool = True


def first(uow: UnitOfWork, member: Member, here: Ground) -> list[str]:
    """What must happen before, as codes: a role at the council, an organisation that nobody else
    leads, a visit that goes on, hours that are not settled."""
    found = []
    if any(role.grant.role in STAFF_ROLES for role in uow.members.roles_of(member.id, here.now)):
        found.append(ROLE)
    if leads_alone(uow, member.id, here.now):
        found.append(LEADS)
    if _at_a_visit(uow, member):
        found.append(VISIT)
    account = uow.purses.of_member(member.id)
    looked_at = 0 if account is None else uow.erasures.hours_looked_at(account.number)
    if looked_at or uow.erasures.disputed(member.id):
        found.append(HOURS)
    return found


def _at_a_visit(uow: UnitOfWork, member: Member) -> bool:
    """Whether somebody is inside, or is looked for: they go on being looked after."""
    helping = [one for one in uow.matches.of_helper(member.id, ()) if one.helper_id == member.id]
    met = [*helping, *uow.matches.of_asker(member.id, *LIVE_MATCHES)]
    visits = uow.visits.of_many([match.id for match in met if match.state in LIVE_MATCHES])
    return any(visit.inside or visit.calls_now for visit in visits.values())


def duty(uow: UnitOfWork, member: Member) -> tuple[bool, list[int]]:
    """Whether who they are stays for now, and which reports stay as they are."""
    about, by = uow.erasures.open_reports(member.id)
    return bool(about) or uow.erasure_desk.hold(member.id) is not None, [*about, *by]


def erase(uow: UnitOfWork, actor: Actor, member: Member, how: How, here: Ground) -> None:
    """Erase the account of a member. Raises WrongMoment with the first code of :func:`first`."""
    uow.homes.lock({member.id})
    member = uow.homes.member(member.id)
    came_first = [] if how.forced else first(uow, member, here)
    if came_first:
        raise WrongMoment(came_first[0])
    advance(MEMBER_MOVES, member.state, MemberState.ERASED)
    contacts = uow.contacts.of(member.id)
    is_kept, reports = duty(uow, member)
    kept = who_they_are(uow, member, contacts) if is_kept else None
    uow.erasing.empty_own_organisations(member.id)
    leave_market(uow, actor, member, here)
    part_with_hours(uow, actor, member, here, forced=how.forced)
    _close(uow, actor, member, here)
    uow.erasing.erase(member.id, here.now, browsers=how.browsers, reports=reports)
    uow.erasures.add(
        member.place_id, member.id, by_kind=how.by_kind, at=here.now, kept=kept,
        finished=not is_kept and not reports,
    )  # fmt: skip
    if how.by_kind != "list" and how.tells:
        _last_letter(uow, member, contacts, here)


def who_they_are(
    uow: UnitOfWork, member: Member, contacts: Mapping[str, Contact]
) -> dict[str, Any]:
    """What a duty needs of somebody: it lies in one place, and goes with the duty."""
    where = None if member.home_id is None else uow.homes.where(member.home_id)
    return {
        "name": member.name, **{kind: each.value for kind, each in contacts.items()},
        "address": None if where is None else f"{where.address}, {where.postcode}",
    }  # fmt: skip


def _close(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """They come in no more, and nothing that waited goes to them."""
    uow.sessions.end_all_of(member.id, here.now)
    uow.api_tokens.end_all_of(member.id, here.now)
    uow.erasures.drop_letters(member.id)
    waiting = uow.erasure_desk.waiting_of(member.id)
    if waiting is not None:
        uow.erasure_desk.decide(waiting.id, "withdrawn", waiting.asked_by, "", here.now)
    uow.pauses.end(member.id)
    end_of_member(uow, actor, member.id, Ended.ERASURE, here.now)
    take_back_all(uow, actor, member, here.now)
    uow.members.change(member.id, state=MemberState.ERASED)
    uow.audit.record(
        actor, "member.erased", place_id=member.place_id, now=here.now,
        subject=("member", member.id, member.ref),
        states=(member.state.value, MemberState.ERASED.value),
    )  # fmt: skip


def _last_letter(
    uow: UnitOfWork, member: Member, contacts: Mapping[str, Contact], here: Ground
) -> None:
    """One last mail, or a text where there is no address, to what was theirs until now."""
    kind = "mail" if "mail" in contacts else "phone"
    if kind not in contacts or (kind == "phone" and member.stopped):
        return
    tell_contact(
        uow, place_id=member.place_id, kind=kind, value=contacts[kind].value, template="erased",
        parameters={"erased": member.ref}, priority=Priority.ANSWER, now=here.now,
        dedupe_key=f"erased:{member.ref}", language=member.language,
    )  # fmt: skip
