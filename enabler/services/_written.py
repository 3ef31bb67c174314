"""Needs, offers and what organisations say of themselves, as they are looked at for signals."""

from math import hypot

from enabler.domain.members import Member, Organisation
from enabler.domain.next_steps import is_pressing
from enabler.domain.signals.links import host_of
from enabler.domain.vocabulary import Terms
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._need_drafts import NeedDraft, needed_by
from enabler.services._offer_drafts import OfferDraft
from enabler.services._signals import Written


def written_need(
    uow: UnitOfWork, asker: Member, draft: NeedDraft, here: Ground, *, cell_id: int | None = None,
    organisation: Organisation | None = None, about_id: int | None = None, repeated: bool = False,
) -> Written:  # fmt: skip
    """A need; ``cell_id``: where it is wanted, as far as that is known."""
    until = needed_by(draft.windows, here.ruleset, here.now)
    far = None if organisation or cell_id is None else _from_home(uow, asker.id, cell_id)
    return Written(
        kind="need", words=draft.words, member_id=asker.id, categories=(draft.category,),
        about_id=about_id, hosts=hosts_of(organisation),
        metres=max(far or 0, draft.reach_metres or 0),
        urgent=is_pressing(draft.category, until, here.ruleset, here.now), repeated=repeated,
    )  # fmt: skip


def _from_home(uow: UnitOfWork, member_id: int, cell_id: int) -> int | None:
    home, there = uow.homes.cell_of(member_id), uow.homes.cell(cell_id)
    if home is None:
        return None
    return round(hypot(home.easting - there.easting, home.northing - there.northing))


def written_offer(
    member_id: int | None, draft: OfferDraft, organisation: Organisation | None = None,
    about_id: int | None = None,
) -> Written:  # fmt: skip
    """An offer. What a member offers may stand on a page that is shared; an organisation's terms
    may name its price."""
    return Written(
        kind="offer", words=" ".join(filter(None, (draft.words, draft.stated_terms))),
        member_id=member_id, categories=draft.categories, about_id=about_id,
        public=draft.words_public and organisation is None, hosts=hosts_of(organisation),
        metres=draft.reach_metres if organisation is None else None,
        priced=draft.terms is Terms.STATED,
    )  # fmt: skip


def written_about(
    about: str, member_id: int | None, web: str | None, organisation_id: int | None = None
) -> Written:
    """What an organisation says of itself; it may name its own pages."""
    return Written(
        kind="organisation", words=about, member_id=member_id, about_id=organisation_id,
        hosts=frozenset({host_of(web)} if web else ()),
    )  # fmt: skip


def hosts_of(organisation: Organisation | None) -> frozenset[str]:
    """The pages that an organisation may name: its own."""
    web = organisation.web if organisation is not None else None
    return frozenset({host_of(web)} if web else ())
