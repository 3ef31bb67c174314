"""The thing that is decided about: a need, an offer, an organisation or a member, locked."""

from dataclasses import dataclass
from zlib import crc32

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.members import Member, Organisation
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, MemberState, OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of, own_people
from enabler.services._ground import Ground
from enabler.services._whom_to_ask import givers

Row = Need | Offer | Organisation | Member
WORDS, ALONE = "organisation_words", "organisation_alone"
"""Why an open organisation waits at the desk, as codes: new words, no owner who can act for it."""
_WAITING = (MatchState.PROPOSED, MatchState.ASKED)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is decided about. ``authors`` are told; ``member_id`` is whose it is: of an
    organisation's, one of those who lead it, for what people write is kept by person."""

    kind: str
    row: Row
    state: str
    authors: tuple[int, ...]
    own: frozenset[int]
    member_id: int | None
    organisation_id: int | None
    because: str | None = None
    ward_id: int | None = None
    categories: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """Its integer key."""
        return self.row.id

    @property
    def ref(self) -> str:
        """Its ref."""
        return self.row.ref

    @property
    def subject(self) -> tuple[str, int, str]:
        """As the audit names it."""
        return self.kind, self.row.id, self.row.ref

    @property
    def whose(self) -> int | None:
        """The member by whom what people write about it is kept."""
        return self.member_id or next(iter(self.authors), None)

    @property
    def words_wait(self) -> bool:
        """Whether it is an open organisation with new words that wait for a look."""
        return self.because == WORDS

    @property
    def version(self) -> str:
        """Changes whenever it is decided about, or its author changes what is looked at."""
        seen = getattr(self.row, "version", None)
        if isinstance(self.row, Organisation):
            told = (self.row.name, self.row.about, self.row.about_waiting)
            seen = crc32(repr(told).encode())
        return f"{self.state}.{seen or 0}"


def thing_of(uow: UnitOfWork, kind: str, ref: str, here: Ground, *, lock: bool = True) -> Thing:
    """The thing as it is now; held until the transaction ends, unless it is only looked at.

    Raises NotFound.
    """
    find = {"need": _need, "offer": _offer, "organisation": _organisation, "member": _member}
    if kind not in find:
        raise NotFound("ref_unknown")
    return find[kind](uow, ref, here, lock)


def is_gone(uow: UnitOfWork, thing: Thing) -> bool:
    """Whether whose it is has deleted their account."""
    theirs = thing.member_id if thing.organisation_id is None else None
    return theirs is not None and uow.homes.member(theirs).state is MemberState.ERASED


def _need(uow: UnitOfWork, ref: str, here: Ground, lock: bool) -> Thing:
    need = uow.needs.by_ref(here.place.id, ref)
    need = uow.needs.lock(need.id) if lock else need
    theirs = need.organisation_id is None
    return Thing(
        "need", need, need.state.value, tuple(askers_of(uow, need, here.now)),
        own_people(uow, need, here.now), need.asker_id if theirs else None, need.organisation_id,
        need.held_because, need.cell.ward_id, (need.category,),
    )  # fmt: skip


def _offer(uow: UnitOfWork, ref: str, here: Ground, lock: bool) -> Thing:
    offer = uow.offers.by_ref(here.place.id, ref)
    if lock:  # its needs are held before it is, as by whoever says yes
        uow.needs.lock_many(one.need_id for one in uow.matches.of_offer(offer.id, *_WAITING))
        offer = uow.offers.lock(offer.id)
    authors = tuple(givers(uow, offer, here.now))
    return Thing(
        "offer", offer, offer.state.value, authors, frozenset(authors), offer.member_id,
        offer.organisation_id, offer.held_because, offer.ward_id, offer.categories,
    )  # fmt: skip


def _organisation(uow: UnitOfWork, ref: str, here: Ground, lock: bool) -> Thing:
    known = uow.organisations.by_ref(here.place.id, ref)
    known = uow.organisations.lock(known.id) if lock else known
    leads = tuple(uow.organisations.leads(known.id, here.now))
    acting = frozenset(one.member_id for one in uow.colleagues.of(known.id, here.now))
    is_open = known.state is OrganisationState.ACTIVE
    because = WORDS if is_open and known.about_waiting is not None else "organisation_register"
    if is_open and because != WORDS and not uow.colleagues.has_owner(known.id, here.now):
        because = ALONE
    return Thing(
        "organisation", known, known.state.value, leads, acting, None, known.id,
        because, known.ward_id,
    )  # fmt: skip


def _member(uow: UnitOfWork, ref: str, here: Ground, lock: bool) -> Thing:
    member = uow.homes.member_by_ref(here.place.id, ref)
    if lock:  # what is theirs is held before they are, as by whoever asks them
        theirs = uow.needs.of_asker(here.place.id, member.id)
        offers = uow.offers.all_of((member.id, None))
        asked = [one for offer in offers for one in uow.matches.of_offer(offer.id, *_WAITING)]
        uow.needs.lock_many([*(one.id for one in theirs), *(one.need_id for one in asked)])
        uow.homes.lock([member.id])
        member = uow.homes.member_by_ref(here.place.id, ref)
    return Thing(
        "member", member, member.state.value, (member.id,), frozenset({member.id}), member.id, None
    )


def refuse_own(actor: Actor, thing: Thing) -> None:
    """Nobody decides about what is their own: a second person does. Raises NotAllowed."""
    if actor.member_id is not None and actor.member_id in thing.own:
        raise NotAllowed("own_case")
