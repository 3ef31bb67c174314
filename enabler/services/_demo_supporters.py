"""Who acts for whom in an invented place: a daughter for her mother, a library for some, and one
whose time is over."""

from datetime import datetime, timedelta

from enabler.domain import consents
from enabler.domain.demo.shapes import Invention
from enabler.domain.mandates import Basis, Ended, Scope
from enabler.domain.permissions import Actor
from enabler.persistence.peopling.book import Book
from enabler.persistence.unit_of_work import UnitOfWork

_LIBRARY = "Library"
_BY_LIBRARY = 3
_DAY = timedelta(days=1)


def invent_supporters(
    uow: UnitOfWork, actor: Actor, invention: Invention, book: Book, now: datetime
) -> None:
    """Keep a few mandates between those who were invented. The first two to sign in as are the
    mother and the daughter."""
    residents = [
        book.members[row] for row, each in enumerate(invention.members)
        if each.home is not None and each.staff_role is None
    ]  # fmt: skip
    if len(residents) < 2 * _BY_LIBRARY + 2:
        return
    mother, daughter, *others = residents
    _keep(
        uow,
        actor,
        book,
        mother,
        tuple(Scope),
        now - 20 * _DAY,
        120,
        supporter_id=daughter,
        kept_at=now,
    )
    library = next(
        (row for row, each in enumerate(invention.organisations) if _LIBRARY in each.name), None
    )
    acting = (Scope.POST_NEED, Scope.SEE_MATCH)
    for member in others[:_BY_LIBRARY] if library is not None else ():
        if member != book.members[invention.organisations[library or 0].owner]:
            _keep(
                uow, actor, book, member, acting, now - 40 * _DAY, 180,
                organisation_id=book.organisations[library or 0], kept_at=now,
            )  # fmt: skip
    began = now - 100 * _DAY
    _keep(
        uow, actor, book, others[-1], (Scope.MESSAGE,), began, 90, supporter_id=others[-2],
        ended_at=began + 90 * _DAY, ended_because=Ended.LAPSED, kept_at=now,
    )  # fmt: skip


def _keep(
    uow: UnitOfWork, actor: Actor, book: Book, member_id: int, scopes: tuple[Scope, ...],
    from_at: datetime, days: int, *, kept_at: datetime, **other: object,
) -> None:  # fmt: skip
    wording = consents.MANDATE
    kept = uow.mandates.add(
        place_id=book.place_id, ref=uow.refs.new(book.place_id, "mandate"), member_id=member_id,
        scopes=scopes, from_at=from_at, until_at=from_at + days * _DAY, basis=Basis.OWN_REPLY,
        wording=wording.code, version=wording.version, language=book.language,
        wording_hash=wording.digest(book.language), channel="web",
        **other,
    )  # fmt: skip
    uow.audit.record(
        actor, "mandate.begun", place_id=book.place_id, now=kept_at,
        subject=("mandate", kept.id, kept.ref), states=(None, "active"),
    )  # fmt: skip
