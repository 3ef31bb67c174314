"""What was decided against each owner, what they are asked, what is often said in their place."""

from itertools import count
from typing import Any

from enabler.persistence.unit_of_work import UnitOfWork
from tests.authorisation.whose import Owner, Refs
from tests.builders import NOW

_numbers = count()
KINDS = (
    "decision",
    "fresh decision",
    "question",
    "standard answer",
    "own wording",
    "given wording",
)
"""A *decision* was appealed against; a *fresh* one was not."""


def desk_things(uow: UnitOfWork, owner: Owner) -> Refs:
    """One of each, of the owner's: of an organisation's people, the organisation's."""
    return {
        ("decision", owner.name): a_decision(uow, owner, appealed=True),
        ("fresh decision", owner.name): a_decision(uow, owner),
        ("question", owner.name): _question(uow, owner),
        ("standard answer", owner.name): _answer(uow, owner),
        ("own wording", owner.name): _own_wording(uow, owner),
        ("given wording", owner.name): _given_wording(uow, owner),
    }


def a_decision(uow: UnitOfWork, owner: Owner, *, appealed: bool = False) -> str:
    """A suspension of something of theirs."""
    place_id = owner.asker.place.id
    decision = uow.decisions.add(
        ref=uow.refs.new(place_id, "decision"), kind="suspend", state_before="active",
        scope="thing", review_at=NOW, words="We look into it.", signals=[], rule="custodian",
        ruleset_id=uow.rulesets.in_force(place_id, NOW).id, columns=[], decided_at=NOW,
        appealed_at=NOW if appealed else None, appeal_words="Why?" if appealed else None,
        **_whose(owner),
    )  # fmt: skip
    return decision.ref


def _whose(owner: Owner) -> dict[str, Any]:
    group = owner.organisation
    kind, thing = ("member", owner.asker) if group is None else ("organisation", group)
    return {
        "place_id": owner.asker.place.id, "subject_kind": kind, "subject_id": thing.id,
        "subject_ref": thing.ref, "member_id": owner.asker.id if group is None else None,
        "organisation_id": None if group is None else group.id,
    }  # fmt: skip


def _question(uow: UnitOfWork, owner: Owner) -> str:
    """About a thing that is there no more: nothing else of theirs is touched by it."""
    place_id, group = owner.asker.place.id, owner.organisation
    ref = uow.refs.new(place_id, "question")
    return uow.decisions.ask(
        place_id=place_id, ref=ref, subject_kind="need", subject_id=-1 - next(_numbers),
        subject_ref=ref, member_id=owner.asker.id if group is None else None,
        organisation_id=None if group is None else group.id, asked_at=NOW, words="For whom?",
    ).ref  # fmt: skip


def _answer(uow: UnitOfWork, owner: Owner) -> str:
    place_id = owner.asker.place.id
    ref = uow.refs.new(place_id, "answer")
    uow.decisions.keep_answer(
        place_id=place_id, ref=ref, name=f"Of {ref}", words="Please ring us.",
        made_by=owner.asker.id, made_at=NOW,
    )  # fmt: skip
    return ref


def _own_wording(uow: UnitOfWork, owner: Owner) -> str:
    place_id = owner.asker.place.id
    ref = uow.refs.new(place_id, "wording")
    uow.own_wordings.add(
        place_id=place_id, ref=ref, phrase=f"Shop of {ref}", folded=f"shop of {ref.lower()}",
        category="shopping", language="en", taken_by=owner.asker.id, taken_at=NOW,
    )  # fmt: skip
    return ref


def _given_wording(uow: UnitOfWork, owner: Owner) -> str:
    place_id = owner.asker.place.id
    ref = uow.refs.new(place_id, "given-wording")
    uow.own_wordings.propose(
        place_id=place_id, member_id=owner.asker.id, ref=ref, phrase=f"The messages of {ref}",
        folded=f"the messages of {ref.lower()}", category="shopping", language="en", given_at=NOW,
    )  # fmt: skip
    return ref
