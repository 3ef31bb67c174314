"""In the queue of leads: mandates at which one of them should look, due as a worry is."""

from enabler.domain.desk import EntryKind
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import Risk
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._acting import is_of_it
from enabler.services._claim_views import claim_view
from enabler.services._colleagues import called
from enabler.services._ground import Ground
from enabler.services._worry_clock import due_of
from enabler.services.views import EntryView


def looks_of(uow: UnitOfWork, actor: Actor, here: Ground) -> list[EntryView]:
    """Those that wait, for a lead who is none of the two; nobody else learns of one. No name is in
    it."""
    place_id = here.place.id
    if not allowed(actor, Action.END_MANDATE, Subject(place_id)):
        return []
    found = []
    for mandate_id, since in uow.mandate_looks.since(place_id).items():
        mandate = uow.mandates.by_id(mandate_id)
        if mandate is None or is_of_it(mandate, actor):
            continue
        due = due_of(uow, place_id, since)
        claim = uow.desk.claim_of(place_id, EntryKind.MANDATE.value, mandate.ref)
        names = called(uow, place_id, {claim.by_member_id} if claim else set(), here.now)
        found.append(EntryView(
            kind=EntryKind.MANDATE.value, ref=mandate.ref, risk=Risk.HIGH,
            because=("mandate_look",), since=since, due=due, overdue=due <= here.now,
            level=int(due <= here.now), ward=None, claim=claim_view(actor, claim, here, names),
        ))  # fmt: skip
    return found
