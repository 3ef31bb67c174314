"""The keys that places sign with, as an operator keeps them."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority
from enabler.persistence.signing_keys import SigningKey
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._once import once
from enabler.services._proofs import key_here, new_key
from enabler.services._tell import tell
from enabler.services.ports import Signing
from enabler.services.views.proofs import KeyView


def listed(
    *, actor: Actor, slug: str | None, signing: Signing, now: datetime
) -> tuple[tuple[str, tuple[KeyView, ...], bool], ...]:
    """Of each place (or of one): its slug, its keys, whether this machine can sign for it.

    Raises NotFound, NotAllowed.
    """
    with reading() as uow:
        places = uow.places.all() if slug is None else [uow.places.by_slug(slug)]
        for place in places:
            require(actor, Action.KEEP_PLACE, Subject(place.id))
        return tuple(
            (
                place.slug,
                tuple(
                    _view(place.slug, key, signing, now)
                    for key in uow.signing_keys.of_place(place.id)
                ),
                key_here(uow, place, signing) is not None,
            )
            for place in places
        )


def make(
    *, actor: Actor, slug: str, retire: bool, signing: Signing, key: str, now: datetime
) -> str:  # fmt: skip
    """A new key for a place; its name. With ``retire`` those before sign no more; what they signed
    can be checked until it has run out. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        place = uow.places.by_slug(slug)
        require(actor, Action.KEEP_PLACE, Subject(place.id))

        def act() -> dict[str, Any]:
            if retire:
                for each in uow.signing_keys.of_place(place.id):
                    _retire(uow, actor, place.id, each.kid, now, lost=False)
            return {"kid": new_key(uow, actor, place, signing, now)}

        result = once(
            uow, "signing_keys.make", actor=actor, key=key, now=now, act=act,
            arguments={"place": slug, "retire": retire},
        )  # fmt: skip
        uow.commit()
    return str(result["kid"])


def lose(*, actor: Actor, slug: str, kid: str, key: str, now: datetime) -> None:
    """Somebody else may have this key: nothing that was signed with it is believed from now on.
    Nobody knows who pasted a proof of theirs somewhere, so each who has one that stands, and that
    it may have signed, is told once to take it anew.

    Raises NotFound, NotAllowed, Invalid("kid", "key_unknown"), KeyReused.
    """
    with unit_of_work() as uow:
        place = uow.places.by_slug(slug)
        require(actor, Action.KEEP_PLACE, Subject(place.id))

        def act() -> dict[str, Any]:
            signed_until = _signed_until(uow, place.id, kid, now)
            if not _retire(uow, actor, place.id, kid, now, lost=True):
                raise Invalid("kid", "key_unknown")
            _tell_owners(uow, place.id, kid, signed_until, now)
            return {"kid": kid}

        once(uow, "signing_keys.lose", actor=actor, key=key, now=now, act=act,
             arguments={"place": slug, "kid": kid})  # fmt: skip
        uow.commit()


def _signed_until(uow: UnitOfWork, place_id: int, kid: str, now: datetime) -> datetime:
    """Until when the key signed: what was made later never had its signature."""
    retired = (one.retired_at for one in uow.signing_keys.of_place(place_id) if one.kid == kid)
    return next(retired, None) or now


def _tell_owners(
    uow: UnitOfWork, place_id: int, kid: str, signed_until: datetime, now: datetime
) -> None:
    for member_id, ref in uow.proofs.owners_before(place_id, signed_until, now):
        tell(
            uow, place_id=place_id, member_id=member_id, template="proofs_lost",
            parameters={"back": ref}, priority=Priority.MATCH, now=now,
            dedupe_key=f"proofs_lost:{kid}:{member_id}",
        )  # fmt: skip


def _retire(
    uow: UnitOfWork, actor: Actor, place_id: int, kid: str, now: datetime, *, lost: bool
) -> bool:
    changed = uow.signing_keys.retire(place_id, kid, now, lost=lost)
    if changed:
        place = uow.places.by_id(place_id)
        uow.audit.record(
            actor, "place.key_lost" if lost else "place.key_retired", place_id=place_id,
            subject=("place", place.id, place.slug), now=now, why=kid,
        )  # fmt: skip
    return changed


def _view(slug: str, key: SigningKey, signing: Signing, now: datetime) -> KeyView:
    if key.lost_at is not None:
        state = "lost"
    elif key.retired_at is not None:
        state = "retired" if key.is_believed(now) else "gone"
    else:
        state = "signs"
    return KeyView(
        slug, key.kid, state, signing.has(slug, key.kid), key.made_at, key.retired_at
    )  # fmt: skip
