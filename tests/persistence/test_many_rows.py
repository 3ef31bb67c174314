"""Many rows in one statement say what one by one they would."""

import pytest
from flask import Flask

from enabler.domain.matches import Reason
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Channel, MatchState, Priority
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_need, a_place

ACTOR = Actor.system("a test")


@pytest.fixture
def place(app: Flask):
    with app.app_context():
        yield a_place()


def text(place: BuiltPlace, key: str) -> dict[str, object]:
    return {
        "place_id": place.id, "member_id": None, "to_value": "+447700900123",
        "channel": Channel.TEXT, "template": "ask", "parameters": {}, "language": "en",
        "priority": Priority.MATCH, "dedupe_key": key, "queued_at": NOW, "due_at": NOW,
        "expires_at": NOW,
    }  # fmt: skip


def test_a_text_that_was_queued_before_is_not_queued_again_and_keeps_no_other_back(
    place: BuiltPlace,
) -> None:
    with unit_of_work() as uow:
        uow.outbox.queue(**text(place, "b"))
        uow.outbox.queue_many([text(place, key) for key in "abca"])
        uow.outbox.queue_many([text(place, "d"), text(place, "e")])
        uow.outbox.queue_many([])
        uow.commit()
    with reading() as uow:
        keys = [row.dedupe_key for row in uow.session.query(OutboxRow)]
    assert sorted(keys) == ["a", "b", "c", "d", "e"]


def test_ids_of_matches_come_in_the_order_of_the_rows(place: BuiltPlace) -> None:
    helpers = [a_helper(place, f"Hal {n}") for n in range(30)]
    need_ref = a_need(a_member(place))
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place.id, need_ref)
        offers = [uow.offers.all_of((helper.id, None))[0] for helper in helpers][::-1]
        refs = uow.refs.many(place.id, "match", len(offers))
        ids = uow.matches.add_many([
            {
                "place_id": place.id, "ref": ref, "need_id": need.id, "offer_id": offer.id,
                "helper_id": offer.member_id, "state": MatchState.ASKED, "score": 7,
                "reasons": [Reason("nearness", 7)], "distance_metres": 1, "wave": 0,
                "proposed_at": NOW, "asked_at": NOW, "answer_by": NOW,
            }
            for offer, ref in zip(offers, refs, strict=True)
        ])  # fmt: skip
        kept = [uow.matches.by_id(each) for each in ids]
        assert uow.matches.add_many([]) == []
    assert [(one.ref, one.offer_id) for one in kept] == [
        (ref, offer.id) for ref, offer in zip(refs, offers, strict=True)
    ]
    assert {one.reasons for one in kept} == {(Reason("nearness", 7),)}


def test_changes_are_written_as_one_by_one(place: BuiltPlace) -> None:
    first, second = (
        {"what": "need.asked", "place_id": place.id, "subject": ("need", number, "REF"),
         "now": NOW, "states": ("open", "open"), "columns": ("b", "a"), "why": "x"}
        for number in (1, 2)
    )  # fmt: skip
    with unit_of_work() as uow:
        uow.audit.record(ACTOR, **first)
        uow.audit.record_many(ACTOR, [second])
        uow.audit.record_many(ACTOR, [])
        uow.commit()
    with reading() as uow:
        rows = [
            {c.name: getattr(row, c.name) for c in AuditRow.__table__.columns}
            for row in uow.session.query(AuditRow).order_by(AuditRow.id)
        ]
    one, other = ({k: v for k, v in row.items() if k not in ("id", "subject_id")} for row in rows)
    assert one == other


def test_needs_are_changed_each_by_its_own_row(place: BuiltPlace) -> None:
    asker = a_member(place)
    refs = [a_need(asker) for _ in range(3)]
    with unit_of_work() as uow:
        ids = [uow.needs.by_ref(place.id, ref).id for ref in refs]
        uow.needs.change_many([{"id": ids[0], "wave": 1}, {"id": ids[2], "wave": 3}])
        uow.needs.change_many([])
        assert [uow.needs.by_id(each).wave for each in ids] == [1, 0, 3]
