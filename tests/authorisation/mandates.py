"""Who may act for whom, and what is asked for: one of each kind for each owner."""

from datetime import timedelta

from enabler.domain.mandates import Basis, Scope
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.ports import Secrets
from tests.authorisation.whose import Owner, Refs
from tests.builders import NOW, BuiltMember

KINDS = (
    "mandate", "mandate as supporter", "mandate ask", "mandate offer", "witnessed mandate",
    "untold",
)  # fmt: skip
"""A *mandate* is its member's own, unless it says *as supporter*; an *ask* is theirs who answer it;
an *offer* whoever has its code. *Untold* is what people tell of it who has no phone."""


def mandates_of(uow: UnitOfWork, owner: Owner, other: Owner, shop: str, secrets: Secrets) -> Refs:
    """What the owner gave to an organisation and got from another, and what waits for them."""
    member, place_id = owner.asker, owner.asker.place.id
    them = other.asker if other.asker.id != member.id else other.helper
    organisation_id = uow.organisations.by_ref(None, shop).id
    common = {
        "place_id": place_id, "scopes": tuple(Scope), "from_at": NOW,
        "until_at": NOW + timedelta(days=90), "basis": Basis.OWN_REPLY, "wording": "mandate",
        "version": 1, "language": "en", "wording_hash": "x", "channel": "web",
    }  # fmt: skip
    given = uow.mandates.add(
        ref=uow.refs.new(place_id, "mandate"), member_id=member.id,
        organisation_id=organisation_id, **common,
    )  # fmt: skip
    got = uow.mandates.add(
        ref=uow.refs.new(place_id, "mandate"), member_id=them.id, supporter_id=member.id,
        **common,
    )  # fmt: skip
    nonce = f"offered to {owner.name}"
    found = {
        "mandate": given.ref, "mandate as supporter": got.ref,
        "mandate ask": _ask(
            uow, owner, them, asked_by="supporter", supporter_id=them.id, kind="phone",
            value=uow.contacts.of(member.id)["phone"].value, nonce=f"asked of {owner.name}",
        ),
        "mandate offer": _ask(
            uow, owner, them, asked_by="member", member_id=them.id, kind="phone",
            value="+447700900067", nonce=nonce, language="en",
        ),
        "mandate offer code": secrets.code(nonce),
        "witnessed mandate": _ask(
            uow, owner, them, asked_by="desk", member_id=member.id, supporter_id=them.id,
            nonce=f"seen of {owner.name}", basis=Basis.WITNESS, evidence="She nodded.",
        ),
    }  # fmt: skip
    found["untold"] = _untold(uow, owner, given.ref)
    return {(kind, owner.name): ref for kind, ref in found.items()}


def _untold(uow: UnitOfWork, owner: Owner, mandate_ref: str) -> str:
    member, place_id = owner.asker, owner.asker.place.id
    ref = uow.refs.new(place_id, "untold")
    one = uow.untold.open_of(member.id) or uow.untold.open(
        place_id, member.id, ref, now=NOW, again_at=None
    )
    uow.untold.add(
        one, template="mandate_begun", parameters={"mandate": mandate_ref},
        priority=Priority.MATCH, dedupe_key=f"untold of {owner.name}", queued_at=NOW, due_at=NOW,
        expires_at=None,
    )  # fmt: skip
    return one.ref


def _ask(uow: UnitOfWork, owner: Owner, them: BuiltMember, **values: object) -> str:
    place_id = owner.asker.place.id
    return uow.mandate_asks.add(
        **{
            "place_id": place_id, "ref": uow.refs.new(place_id, "mandate-ask"),
            "by_member_id": them.id, "scopes": (Scope.POST_NEED,), "days": 30,
            "basis": Basis.OWN_REPLY, "asked_at": NOW, "expires_at": NOW + timedelta(days=7),
        } | values
    ).ref  # fmt: skip
