"""Supporters at a door, each for somebody else: in all that can be given, in little of it, when its
time is over, when it was ended. What is *own* to them is what belongs to whom they act for."""

from dataclasses import replace
from datetime import timedelta

from enabler.domain.mandates import Basis, Ended, Mandate, Scope
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _digests
from enabler.services._acting import acting_for
from enabler.services._sessions import begin
from enabler.services.ports import Secrets
from tests.authorisation.naming import full_name, home_of
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member

SUPPORTERS = ("supporter", "supporter-of-little", "supporter-lapsed", "supporter-ended")
NO_MORE = ("supporter-lapsed", "supporter-ended")
"""Who acts for somebody no more, in a browser in which they still seem to."""
_SCOPES = {"supporter-of-little": (Scope.POST_NEED,)}
DAY = timedelta(days=1)


def supporters(
    here: BuiltPlace, secrets: Secrets
) -> dict[str, tuple[BuiltMember, Actor, str]]:  # fmt: skip
    """By name: for whom they act, as whom a service would be told, the session in their browser."""
    return {name: _supporter(here, name, nth, secrets) for nth, name in enumerate(SUPPORTERS)}


def _supporter(
    here: BuiltPlace, name: str, nth: int, secrets: Secrets
) -> tuple[BuiltMember, Actor, str]:
    helped, sits = (
        a_member(
            here, full_name(each), at=(450 + nth, 450 + further), mail=True, address=home_of(each)
        )
        for each, further in ((name, 0), (f"{name}-who-sits", 20))
    )
    with unit_of_work() as uow:
        mandate = _mandate(uow, name, helped, sits)
        token = begin(
            uow, secrets=secrets, place_id=here.id, member=uow.homes.member(sits.id),
            replacing=None, now=NOW,
        )  # fmt: skip
        session = uow.sessions.by_token(_digests.of_session(secrets, token))
        assert session is not None
        uow.mandates.act(session.id, mandate.id)
        actor = acting_for(mandate, uow.homes.member(helped.id), sits.actor)
        uow.commit()
    if name in NO_MORE and actor.by is not None:
        actor = replace(actor, by=replace(actor.by, stands=False))
    return helped, actor, token


def _mandate(uow: UnitOfWork, name: str, helped: BuiltMember, sits: BuiltMember) -> Mandate:
    """What the member gave; one that lapsed did so this very second."""
    kept = uow.mandates.add(
        place_id=helped.place.id, ref=uow.refs.new(helped.place.id, "mandate"),
        member_id=helped.id, supporter_id=sits.id, scopes=_SCOPES.get(name, tuple(Scope)),
        from_at=NOW - 30 * DAY, until_at=NOW if name == "supporter-lapsed" else NOW + 90 * DAY,
        basis=Basis.OWN_REPLY, wording="mandate", version=1, language="en", wording_hash="x",
        channel="web",
    )  # fmt: skip
    if name == "supporter-ended":
        uow.mandates.end(kept.id, Ended.MEMBER, helped.id, NOW - DAY)
    return kept
