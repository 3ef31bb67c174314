"""Whether a proof that somebody shows is to be believed: for anybody, without an account.

Of a text that was pasted nothing is kept, not even that somebody asked. A link that was opened is
a sight for its owner to read: it is their own page that was looked at.
"""

from datetime import datetime

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.proofs import Proof, Told
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._proofs import fact_of, holder_said, issuer, standing
from enabler.services._trusting import Believed, believed
from enabler.services.ports import Secrets, Signing
from enabler.services.views.proofs import VerifiedView


def by_text(
    *, actor: Actor, text: str, signing: Signing, base_url: str, now: datetime
) -> VerifiedView:
    """What a proof says, as pasted, and whether this place believes it.

    Nobody's guess tells them anything: whatever is not believed is answered by its code alone.
    """
    with reading() as uow:
        require(actor, Action.SEE_PUBLIC)
        try:
            found = believed(uow, actor.place_id or 0, text, signing, base_url, now)
        except Invalid as wrong:
            return VerifiedView(wrong.code, did=wrong.facts.get("issuer"))
        return _from_text(found)


def by_link(
    *, actor: Actor, token: str, code: str | None = None, secrets: Secrets, base_url: str,
    now: datetime,
) -> VerifiedView:  # fmt: skip
    """What the proof of a link says at this moment and, with the ``code`` that whoever shows it
    has read out, whether they are signed in as its owner.

    After ``MOST_TRIES`` wrong ones in ten minutes none is taken for the rest of them. Raises
    NotFound where there is no such proof.
    """
    with unit_of_work() as uow:
        require(actor, Action.SEE_PUBLIC)
        proof = uow.proofs.by_token(secrets.digest(token), lock=code is not None)
        holder = None
        if code is not None and standing(uow, proof, now) == "good":
            holder = holder_said(uow, proof, code, secrets, now)
        view = _from_record(uow, proof, holder, base_url, now)
        _see(uow, actor, proof, view, now)
        uow.commit()
    return view


def _from_record(
    uow: UnitOfWork, proof: Proof, holder: str | None, base_url: str, now: datetime
) -> VerifiedView:
    state, place = standing(uow, proof, now), uow.places.by_id(proof.place_id)
    did = issuer(place, base_url).did
    if state != "good":
        return VerifiedView(_told_as(state), place.name, did, ours=True)
    fact = fact_of(uow, proof, uow.credentials.by_id(proof.credential_id))
    return VerifiedView(
        state, place.name, did, fact.kind, fact.detail, fact.name, proof.until_at, fact.until,
        holder, ours=True,
    )  # fmt: skip


def _from_text(found: Believed) -> VerifiedView:
    said: Told = found.told
    ours = found.of is not None
    if found.state != "good":
        return VerifiedView(_told_as(found.state), found.issuer_name, said.issuer, ours=ours)
    fact = said.fact
    return VerifiedView(
        found.state, found.issuer_name, said.issuer, fact.kind, fact.detail, fact.name,
        said.valid_until, fact.until, ours=ours,
    )  # fmt: skip


def _told_as(state: str) -> str:
    """Whether its owner ended it or the place took its word back is nobody else's concern."""
    return "void" if state == "ended" else state


def _see(uow: UnitOfWork, actor: Actor, proof: Proof, view: VerifiedView, now: datetime) -> None:
    if view.state == "good":
        seen = ("credential", "name") if proof.named else ("credential",)
        uow.sights.log(actor, proof.member_id, seen, place_id=proof.place_id, why="proof",
                       now=now, subject_ref=proof.ref)  # fmt: skip
