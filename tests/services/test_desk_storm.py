"""Many custodians decide at the same moment: one serial order, every loser told, no word lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from flask import Flask

from enabler.domain.errors import WrongMoment
from enabler.domain.vocabulary import OfferState
from enabler.persistence.tables.audit import AuditRow, AuditValueRow
from enabler.persistence.unit_of_work import reading
from enabler.services import moderation
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_offer

CODES = ("decided_meanwhile",)
Told = list[tuple[str, ...]]


def storm(app: Flask, crowd: list[BuiltMember], refs: list[str], seed: int) -> Told:
    """Everybody decides about everything, in an order of their own, as all of them saw it held;
    of each (ref, what was wanted, its words, what came of it)."""
    start = Barrier(len(crowd))

    def one(nth: int) -> Told:
        mine, drawn, told = list(refs), Random(seed + nth), []
        drawn.shuffle(mine)
        with app.app_context():
            start.wait()
            for ref in mine:
                verb = drawn.choice(("approve", "refuse"))
                words = f"{verb} {ref} says {nth}"
                try:
                    done = getattr(moderation, verb)(
                        actor=crowd[nth].actor, ref=ref, words=words, seen="held.1",
                        key=f"storm:{seed}:{nth}:{ref}", now=NOW,
                    )  # fmt: skip
                    told.append((ref, verb, words, done.state))
                except WrongMoment as late:
                    told.append((ref, verb, words, late.code))
        return told

    with ThreadPoolExecutor(len(crowd)) as pool:
        return [each for told in pool.map(one, range(len(crowd))) for each in told]


@pytest.mark.prove("6.2")
def test_twenty_custodians_storm_the_desk(
    context: Flask, place: BuiltPlace, full_size: bool
) -> None:
    people, things = (20, 200) if full_size else (6, 30)
    crowd = [a_custodian(place, f"Carol {number}") for number in range(people)]
    refs = [
        an_offer(a_member(place), "gardening", state=OfferState.HELD, held_because="first_offer")
        for _ in range(things)
    ]

    told = storm(context, crowd, refs, seed=1)

    won = {ref: (verb, words, state) for ref, verb, words, state in told if state not in CODES}
    lost = [each for each in told if each[3] in CODES]
    assert len(told) == people * things
    assert len(won) == things == len(told) - len(lost)  # one winner of each, all others told
    with reading() as uow:
        states = {ref: uow.offers.by_ref(place.id, ref).state.value for ref in refs}
        moved = Counter(
            row.subject_ref for row in uow.session.query(AuditRow)
            if row.subject_kind == "offer" and row.state_before == "held"
            and row.state_after in ("open", "refused")
        )  # fmt: skip
        kept = Counter(new for (new,) in uow.session.query(AuditValueRow.new))
        against = {
            one.words for ref in refs
            for one in uow.decisions.of_subject("offer", uow.offers.by_ref(place.id, ref).id)
        }  # fmt: skip
    assert states == {ref: state for ref, (_, _, state) in won.items()}
    assert moved == Counter(refs)  # each moved once: the order of the commits is the serial one
    assert kept == Counter(words for _, _, words, _ in told)  # every word is kept, and once
    assert against == {words for verb, words, _ in won.values() if verb == "refuse"}
