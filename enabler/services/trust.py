"""Whose signatures a place believes beside those of this house: by a file of their public keys,
which an administrator has from them. Nothing is fetched."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CredentialKind
from enabler.domain.words import checked_words
from enabler.persistence.signing_keys import Trusted
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import ground
from enabler.services._holders import moment
from enabler.services._once import once
from enabler.services._proofs import issuer
from enabler.services.ports import Signing
from enabler.services.views.proofs import TrustView

LONGEST_TRUST = timedelta(days=3 * 366)
LONGEST_NAME, LONGEST_DID = 80, 200
_DID = re.compile(r"did:web:[A-Za-z0-9.%_-]+(:[A-Za-z0-9.%_-]+)*|https://[^\s/?#]+(/[^\s?#]*)?")


def listed(*, actor: Actor, now: datetime) -> tuple[TrustView, ...]:
    """Whom the actor's place believes or believed, the newest first. Raises NotAllowed."""
    with reading() as uow:
        require(actor, Action.KEEP_PLACE, Subject(actor.place_id))
        found = uow.signing_keys.trusted(actor.place_id or 0)
        return tuple(_view(each, now) for each in found)


def add(
    *, actor: Actor, did: str | None, name: str, keys: str, kinds: Collection[CredentialKind],
    until: date | datetime, signing: Signing, base_url: str, key: str, now: datetime,
) -> str:  # fmt: skip
    """Believe another place until a day, at most three years ahead; the ref of that trust.

    ``keys`` is its file: a DID document, or a JWK set, which does not say whose it is, so that
    ``did`` does. ``kinds`` are the checks that are taken over from it; none of them has to be.
    Raises NotAllowed, Invalid("did", "name", "keys", "kinds" or "until", …), WrongMoment (it is
    believed already), KeyReused.
    """
    said, called = signing.read_keys(keys), checked_words("name", name, most=LONGEST_NAME)
    whose = _whose(said[0], did)
    taken = sorted({kind.value for kind in kinds if not CHECKS[kind].local})
    with unit_of_work() as uow:
        require(actor, Action.KEEP_PLACE, Subject(actor.place_id))
        here = ground(uow, actor.place_id or 0, now)
        ends = moment(until, here, at_end=True)
        if not now < ends <= now + LONGEST_TRUST:
            raise Invalid("until", "trust_end_wrong")
        if any(issuer(place, base_url).did == whose for place in uow.places.all()):
            raise Invalid("did", "issuer_is_here")

        def act() -> dict[str, Any]:
            if any(one.holds(now) for one in uow.signing_keys.trusted(here.place.id, whose)):
                raise WrongMoment("issuer_trusted_already")
            kept = uow.signing_keys.trust(
                place_id=here.place.id, did=whose, name=called, keys=said[1], kinds=taken,
                from_at=now, until_at=ends, added_by=actor.name,
            )  # fmt: skip
            _record(uow, actor, "place.issuer_trusted", kept, now)
            return {"ref": kept.ref}

        result = once(
            uow, "trust.add", actor=actor, key=key, now=now, act=act,
            arguments={"did": whose, "name": called, "keys": said[1], "kinds": taken,
                       "until": ends},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """Believe another place no more: nothing of it counts from now on but what was taken over
    before. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        require(actor, Action.KEEP_PLACE, Subject(actor.place_id))
        one = uow.signing_keys.trusted_by_ref(actor.place_id or 0, ref)

        def act() -> dict[str, Any]:
            if one.ended_at is None:
                uow.signing_keys.end_trust(one.id, by=actor.name, now=now)
                _record(uow, actor, "place.issuer_ended", one, now)
            return {"ref": one.ref}

        once(uow, "trust.end", actor=actor, key=key, now=now, arguments={"ref": one.ref},
             act=act)  # fmt: skip
        uow.commit()


def _whose(in_file: str | None, typed: str | None) -> str:
    """Whose the keys are. Raises Invalid("did", …) where nobody says so, or two differ."""
    said = (typed or "").strip()
    if in_file and said and in_file != said:
        raise Invalid("did", "issuer_differs")
    whose = in_file or said
    if not whose:
        raise Invalid("did", "issuer_missing")
    if len(whose) > LONGEST_DID or _DID.fullmatch(whose) is None:
        raise Invalid("did", "issuer_malformed")
    return whose


def _record(uow: UnitOfWork, actor: Actor, what: str, one: Trusted, now: datetime) -> None:
    uow.audit.record(
        actor, what, place_id=one.place_id, subject=("trusted-issuer", one.id, one.ref), now=now,
        why=one.did,
    )  # fmt: skip


def _view(one: Trusted, now: datetime) -> TrustView:
    state = "holds" if one.holds(now) else "over" if one.ended_at is None else "ended"
    return TrustView(
        one.ref, one.did, one.name, one.kinds, tuple(key["kid"] for key in one.keys), one.from_at,
        one.until_at, state,
    )  # fmt: skip
