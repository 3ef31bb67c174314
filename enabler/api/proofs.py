"""Proofs of your checks: made, looked at, ended; and whether one that you were given is good."""

from datetime import date

from flask import request

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.proofs import (
    CarriedSchema,
    FactsSchema,
    MakeProofSent,
    VerifiedSchema,
    VerifySent,
)
from enabler.domain.permissions import Action
from enabler.doors.wiring import now, wiring
from enabler.services import proofs, verifying
from enabler.services.views.proofs import CarriedView, FactsView, VerifiedView

resource = Resource("proofs", "Proofs of your checks, for others to read.")


def _base_url() -> str:
    return wiring().public_base_url or request.host_url


def _carried(ref: str) -> CarriedView:
    """Without the figures that stand on the owner's page: they say that a person is there."""
    return proofs.show(
        actor=actor(), ref=ref, secrets=wiring().secrets, signing=wiring().signing,
        base_url=_base_url(), now=now(),
    )  # fmt: skip


@resource.read("/me/proofs", action=Action.SEE_OWN, gives=FactsSchema)
def mine() -> FactsView:
    """What was checked of you, and the proofs that you have made of it."""
    return proofs.facts(actor=actor(), now=now())


@resource.write(
    "/me/credentials/<ref:ref>/prove", action=Action.CHANGE_OWN, takes=MakeProofSent,
    gives=CarriedSchema,
)  # fmt: skip
def make(ref: str, for_whom: str, until: date, named: bool, key: str) -> CarriedView:
    """Make a proof of a check of yours, for 90 days at most."""
    made = proofs.make(
        actor=actor(), ref=ref, for_whom=for_whom, until=until, named=named,
        secrets=wiring().secrets, signing=wiring().signing, key=key, now=now(),
    )  # fmt: skip
    return _carried(made)


@resource.read("/me/proofs/<ref:ref>", action=Action.SEE_OWN, gives=CarriedSchema)
def one(ref: str) -> CarriedView:
    """One of them: how it stands, and its text, signed anew while it is good."""
    return _carried(ref)


@resource.write("/me/proofs/<ref:ref>/end", action=Action.CHANGE_OWN, gives=FactsSchema)
def end(ref: str, key: str) -> FactsView:
    """It counts no more, wherever it is."""
    proofs.end(actor=actor(), ref=ref, key=key, now=now())
    return proofs.facts(actor=actor(), now=now())


@resource.ask("/proofs/verify", action=Action.SEE_OWN, takes=VerifySent, gives=VerifiedSchema)
def verify(text: str) -> VerifiedView:
    """Whether a proof that somebody gave you is good. Nothing of it is kept."""
    return verifying.by_text(
        actor=actor(), text=text, signing=wiring().signing, base_url=_base_url(), now=now()
    )
