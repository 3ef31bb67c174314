"""How a mandate begins and ends, in the transaction of whatever proved that the member wants it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain import consents
from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.mandates import (
    CAN_BE_HELPED,
    MOST_PEOPLE,
    Attorney,
    Basis,
    Ended,
    Hears,
    Mandate,
    Scope,
    end_of,
    read_days,
)
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, OrganisationState, Priority
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart
from enabler.services._ground import ground
from enabler.services._mandate_asks import record
from enabler.services._tell import tell

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Consent:
    """How the member's consent was given: on what grounds, in which language they read or heard
    the words, which ``wording``, and who saw it. ``attorney``, ``evidence``: of a paper that was
    seen, never kept."""

    basis: Basis
    language: str
    channel: str
    attorney: Attorney | None = None
    evidence: str | None = None
    recorded_by: int | None = None
    witness_id: int | None = None
    second_id: int | None = None
    wording: consents.Wording = consents.MANDATE

    @property
    def wording_hash(self) -> str:
        """The digest of the words in that language; of the English where we have none."""
        return self.wording.digest(self.language)


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who is to act: a member, or an organisation."""

    member: Member | None = None
    organisation: Organisation | None = None

    @property
    def ids(self) -> tuple[int | None, int | None]:
        """The ids of the member and of the organisation; one is None."""
        return (
            None if self.member is None else self.member.id,
            None if self.organisation is None else self.organisation.id,
        )


def most_days(uow: UnitOfWork, place_id: int, now: datetime) -> int:
    """For how many days a mandate can be given here."""
    return ground(uow, place_id, now).ruleset.mandate_days


def begin(
    uow: UnitOfWork, actor: Actor, member: Member, supporter: Supporter,
    scopes: tuple[Scope, ...], days: int, consent: Consent, now: datetime,
    hears: Hears = Hears.EACH,
) -> Mandate:  # fmt: skip
    """A mandate from this moment on. One between the same two is over with it.

    Raises Invalid("days", …), WrongMoment (supporter_oneself, supporter_not_active,
    mandate_not_possible), LimitReached("supporter_has_five").
    """
    read_days(days, most_days(uow, member.place_id, now))
    uow.homes.lock({member.id} | ({supporter.member.id} if supporter.member else set()))
    _require_possible(uow, member, supporter, now)
    _end_before(uow, actor, member, supporter, now)
    supporter_id, organisation_id = supporter.ids
    kept = uow.mandates.add(
        place_id=member.place_id, ref=uow.refs.new(member.place_id, "mandate"),
        member_id=member.id, supporter_id=supporter_id, organisation_id=organisation_id,
        scopes=scopes, from_at=now, until_at=end_of(now, days), basis=consent.basis,
        attorney=consent.attorney, evidence=consent.evidence, wording=consent.wording.code,
        version=consent.wording.version, language=consent.language,
        wording_hash=consent.wording_hash, channel=consent.channel,
        recorded_by=consent.recorded_by, witness_id=consent.witness_id,
        second_id=consent.second_id, hears=hears,
    )  # fmt: skip
    uow.audit.record(
        actor, "mandate.begun", place_id=member.place_id, now=now, why=consent.basis.value,
        subject=("mandate", kept.id, kept.ref), states=(None, "active"),
    )  # fmt: skip
    _tell_begun(uow, member, kept, now)
    return kept


def _require_possible(uow: UnitOfWork, member: Member, supporter: Supporter, now: datetime) -> None:
    """Why there is no such mandate is told as far as it says nothing of what one of the two set."""
    if member.state not in CAN_BE_HELPED:
        raise WrongMoment("mandate_not_possible")
    other = supporter.member
    if other is None:
        organisation = supporter.organisation
        if organisation is None or organisation.state is not OrganisationState.ACTIVE:
            raise WrongMoment("supporter_not_active")
        return
    if other.id == member.id:
        raise WrongMoment("supporter_oneself")
    if other.place_id != member.place_id or other.state not in _STANDING:
        raise WrongMoment("supporter_not_active")
    if are_apart(uow, member.id, other.id) or uow.hidden.of(member.id):
        raise WrongMoment("mandate_not_possible")
    if uow.mandates.people_of(other.id, now, but=member.id) >= MOST_PEOPLE:
        raise LimitReached("supporter_has_five", most=MOST_PEOPLE)


_STANDING = (MemberState.ACTIVE, MemberState.PAUSED)


def _end_before(
    uow: UnitOfWork, actor: Actor, member: Member, supporter: Supporter, now: datetime
) -> None:
    for one in uow.mandates.of_member(member.id):
        if one.ended_at is None and (one.supporter_id, one.organisation_id) == supporter.ids:
            over = one.until_at <= now
            end(uow, actor, one, Ended.LAPSED if over else Ended.RENEWED, now)


def _tell_begun(uow: UnitOfWork, member: Member, kept: Mandate, now: datetime) -> None:
    """Both hear that it begins; the member with how to end it. Where a person is to act, on every
    contact of the member and at once: whoever held their phone and said yes has not their mail."""
    private = kept.supporter_id is not None
    hearing = {member.id: "mandate_begun"}
    if kept.supporter_id is not None:
        hearing[kept.supporter_id] = "mandate_yours"
    for member_id, template in hearing.items():
        safely = private and member_id == member.id
        tell(
            uow, place_id=kept.place_id, member_id=member_id, template=template,
            parameters={"mandate": kept.ref}, now=now, everywhere=safely,
            priority=Priority.SAFETY if safely else Priority.MATCH,
            dedupe_key=f"{template}:{kept.ref}",
        )  # fmt: skip


def standing_between(
    uow: UnitOfWork, member_id: int, ask: MandateAsk, now: datetime
) -> Mandate | None:
    """The mandate that whoever asks has from the member at this moment: it would go on."""
    theirs = (ask.supporter_id, ask.organisation_id)
    found = uow.mandates.open_of(member_id, now)
    return next((one for one in found if (one.supporter_id, one.organisation_id) == theirs), None)


def agree_to(
    uow: UnitOfWork, actor: Actor, member: Member, asked: MandateAsk, scopes: tuple[Scope, ...],
    days: int, consent: Consent, now: datetime,
) -> Mandate:  # fmt: skip
    """The member lets whoever asks act; where it goes on, they hear as much of it as before. Raises
    as ``begin``."""
    before = standing_between(uow, member.id, asked, now)
    if asked.organisation_id is not None:
        supporter = Supporter(organisation=uow.organisations.by_id(asked.organisation_id))
    else:
        supporter = Supporter(member=uow.homes.member(asked.supporter_id or 0))
    uow.mandate_asks.end(asked.id, "agreed", now)
    return begin(
        uow, actor, member, supporter, scopes, days, consent, now,
        hears=before.hears if before else Hears.EACH,
    )  # fmt: skip


def end(uow: UnitOfWork, actor: Actor, mandate: Mandate, because: Ended, now: datetime) -> None:
    """It is over. The supporter hears nothing, whoever ended it: to them it is over as if its time
    were. A mandate that is over already stays as it is. Nobody is asked any more whether it should
    go on. Where it is over for good, what the member had agreed to for the same supporter and was
    not taken on yet is over with it."""
    if not uow.mandates.end(mandate.id, because, actor.member_id, now):
        return
    uow.audit.record(
        actor, "mandate.ended", place_id=mandate.place_id, now=now, why=because.value,
        subject=("mandate", mandate.id, mandate.ref), states=("active", "ended"),
    )  # fmt: skip
    if because is not Ended.LAPSED:  # whoever asked to go on in time can still be answered
        for one in uow.mandate_asks.to_go_on(mandate, now):
            _take_back(uow, actor, one, now)
    if because in _FOR_GOOD and mandate.supporter_id is not None:
        theirs = {each.value for each in uow.contacts.of(mandate.supporter_id).values()}
        for one in uow.mandate_asks.agreed_to(mandate.member_id, now):
            if one.supporter_id == mandate.supporter_id or one.value in theirs:
                _take_back(uow, actor, one, now)


_FOR_GOOD = (Ended.MEMBER, Ended.WORD, Ended.LEAD, Ended.BLOCK)


def take_back_asks(uow: UnitOfWork, actor: Actor, member_id: int, now: datetime) -> None:
    """Nothing that a member agreed to before begins any more."""
    for one in uow.mandate_asks.agreed_to(member_id, now):
        _take_back(uow, actor, one, now)


def _take_back(uow: UnitOfWork, actor: Actor, one: MandateAsk, now: datetime) -> None:
    uow.mandate_asks.end(one.id, "withdrawn", now)
    record(uow, actor, one, "withdrawn", now)


def end_between(uow: UnitOfWork, actor: Actor, pair: tuple[int, int], now: datetime) -> None:
    """One keeps the other away: neither acts for the other any more."""
    for one in uow.mandates.between(*pair):
        end(uow, actor, one, Ended.BLOCK, now)


def end_of_member(
    uow: UnitOfWork, actor: Actor, member_id: int, because: Ended, now: datetime
) -> int:
    """Somebody has died or their account goes: nobody acts for them, nor they for anybody; how many
    mandates that ended."""
    found = uow.mandates.not_ended([member_id])
    for one in found:
        end(uow, actor, one, because, now)
    take_back_asks(uow, actor, member_id, now)
    return len(found)
