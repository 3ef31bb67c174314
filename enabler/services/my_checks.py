"""What a member sees and asks of their own checks; what one who leads asks for an organisation."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import CredentialKind
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._credential_views import credential_view, wanted_view
from enabler.services._holders import subject_of
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._subjects import of_organisation as subject_of_organisation
from enabler.services.views.credentials import CredentialView, GrantView, MyChecksView

MOST_SIGHTS = 100
LONGEST_WORDS = 200


def mine(*, actor: Actor, now: datetime) -> MyChecksView:
    """The actor's own checks: what was seen, what waits, whom they let see it, who looked.

    Raises NotAllowed.
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        looked = (
            (sight.at, sight.why) for sight in uow.sights.of(member.id, MOST_SIGHTS)
            if "credential" in sight.what
        )  # fmt: skip
        return MyChecksView(
            credentials=tuple(
                credential_view(uow, each, now)
                for each in uow.credentials.of_holder((member.id, None))
            ),
            wanted=tuple(wanted_view(uow, each) for each in uow.credentials.wanted_of(member.id)),
            grants=tuple(
                GrantView(
                    each.ref, uow.credentials.by_id(each.credential_id).kind,
                    _to(uow, each.to_place_id, each.to_organisation_id), each.until_at,
                    each.accepted_id is not None,
                )
                for each in uow.credentials.grants(now, member_id=member.id)
            ),
            looked=tuple(looked),
        )  # fmt: skip


def one(*, actor: Actor, ref: str, now: datetime) -> CredentialView:
    """One of the actor's own checks. Raises NotFound, NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        found = uow.credentials.by_ref(member.place_id, ref)
        if found.member_id != member.id:
            raise NotFound("credential_unknown")
        return credential_view(uow, found, now)


def of_organisation(*, actor: Actor, ref: str, now: datetime) -> MyChecksView:
    """An organisation's checks, and what it waits for. Raises NotFound, NotAllowed."""
    with reading() as uow:
        known = uow.organisations.by_ref(actor.place_id or 0, ref)
        require(actor, Action.SEE_COLLEAGUES, subject_of_organisation(known))
        return MyChecksView(
            credentials=tuple(
                credential_view(uow, each, now)
                for each in uow.credentials.of_holder((None, known.id))
            ),
            wanted=tuple(
                wanted_view(uow, each) for each in uow.credentials.wanted_of(None, known.id)
            ),
            grants=(), looked=(),
        )  # fmt: skip


def want(
    *, actor: Actor, kind: CredentialKind, words: str | None = None,
    organisation_ref: str | None = None, key: str, now: datetime,
) -> str:  # fmt: skip
    """Ask that somebody looks at a paper, the actor's own or their organisation's; the ref of it.

    ``words``: how and when it can be shown. Raises NotFound, NotAllowed, Invalid("kind" or
    "words", …), KeyReused.
    """
    said = optional_words("words", words, most=LONGEST_WORDS)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        whose: tuple[int | None, int | None] = (member.id, None)
        if organisation_ref:
            known = uow.organisations.by_ref(member.place_id, organisation_ref)
            require(actor, Action.CHANGE_ORGANISATION, subject_of_organisation(known))
            whose = (None, known.id)

        def act() -> dict[str, Any]:
            kept = uow.credentials.want(
                place_id=member.place_id, member_id=whose[0], organisation_id=whose[1], kind=kind,
                words=said, asked_at=now,
            )  # fmt: skip
            if kept is None:
                raise Invalid("kind", "check_wanted_already")
            uow.audit.record(
                actor, "credential.wanted", place_id=member.place_id, now=now, why=kind.value,
                subject=subject_of(uow, whose),
            )  # fmt: skip
            return {"ref": kept.ref}

        given = {"kind": kind.value, "words": said, "organisation": organisation_ref}
        result = once(
            uow, "my_checks.want", actor=actor, key=key, arguments=given, now=now, act=act
        )
        uow.commit()
    return str(result["ref"])


def no_longer_want(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """Take back that one asked for a check. Raises NotFound, NotAllowed, WrongMoment, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = uow.credentials.wanted_by_ref(member.place_id, ref)
        if one.organisation_id is not None:
            known = uow.organisations.by_id(one.organisation_id)
            require(actor, Action.CHANGE_ORGANISATION, subject_of_organisation(known))
        elif one.member_id != member.id:
            raise NotFound("credential_unknown")

        def act() -> dict[str, Any]:
            if not uow.credentials.end_wanted(
                one.id, state="withdrawn", by=actor.name, now=now
            ):  # fmt: skip
                raise WrongMoment("check_not_wanted")
            uow.audit.record(
                actor, "credential.not_wanted", place_id=one.place_id, now=now,
                subject=subject_of(uow, (one.member_id, one.organisation_id)), why=one.kind.value,
            )  # fmt: skip
            return {"ref": one.ref}

        once(uow, "my_checks.no_longer_want", actor=actor, key=key, now=now,
             arguments={"ref": one.ref}, act=act)  # fmt: skip
        uow.commit()


def _to(uow: UnitOfWork, place_id: int | None, organisation_id: int | None) -> str:
    if place_id is not None:
        return uow.places.by_id(place_id).name
    return uow.organisations.by_id(organisation_id or 0).name
