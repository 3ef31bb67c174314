"""Money beside a match: noted, agreed or not, settled; its two sides know, and no hours move."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.costs import NOTED_AFTER
from enabler.domain.errors import (
    EnablerError,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    WrongMoment,
)
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import costs, matches
from enabler.services.views.costs import CostsView, CostView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, share
from tests.services.deeds import a_key, accept, post
from tests.services.test_help_hours import confirm, done, rules_say

PAPER = b"%PDF-1.7\nmilk 3.40\n%%EOF\n"


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600))


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping")


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A match that is agreed."""
    post(asker)
    return accept(helper).ref


def note(who: BuiltMember, ref: str, pence: int = 340, **more: Any) -> CostView:
    said = {"kind": "materials", "words": "Milk and bread", "key": a_key(), "now": NOW} | more
    return costs.note(actor=who.actor, match_ref=ref, pence=pence, **said)


def seen(who: BuiltMember, ref: str) -> CostsView:
    return costs.of_match(actor=who.actor, match_ref=ref, now=NOW)


def answer(who: BuiltMember, ref: str, *, agrees: bool, words: str | None = None) -> CostView:
    return costs.answer(
        actor=who.actor, ref=ref, agrees=agrees, words=words, key=a_key(), now=NOW
    )  # fmt: skip


def settle(who: BuiltMember, ref: str) -> CostView:
    return costs.settle(actor=who.actor, ref=ref, key=a_key(), now=NOW)


def withdraw(who: BuiltMember, ref: str) -> CostView:
    return costs.withdraw(actor=who.actor, ref=ref, key=a_key(), now=NOW)


def told(template: str) -> list[int | None]:
    with reading() as uow:
        return [row.member_id for row in uow.session.query(OutboxRow).filter_by(template=template)]


def sights(who: BuiltMember) -> list[tuple[int, str]]:
    with reading() as uow:
        rows = uow.session.query(SightRow).filter_by(viewer=who.ref)
        return [(row.member_id, row.what) for row in rows if row.what in ("words", "receipt")]


class TestFromNoteToMoney:
    def test_each_side_says_its_part(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        cost = note(helper, ref)
        assert (cost.pence, cost.state, cost.may) == (
            340, "noted", {"settle", "withdraw", "add_receipt"}
        )  # fmt: skip
        assert told("cost_noted") == [asker.id]
        read = costs.show(actor=asker.actor, ref=cost.ref, now=NOW)
        assert (read.words, read.side, read.may) == ("Milk and bread", "asker", {"answer"})
        assert sights(asker) == [(helper.id, "words")]
        assert answer(asker, cost.ref, agrees=True).state == "agreed"
        assert told("cost_answered") == [helper.id]
        assert settle(helper, cost.ref).state == "settled"
        assert seen(asker, ref).costs[0].may == frozenset()

    def test_no_hours_move_by_it(self, asker: BuiltMember, helper: BuiltMember, ref: str) -> None:
        with reading() as uow:
            before = [*uow.ledger.all_accounts()], [*uow.ledger.all_entries()]
        settle(helper, note(helper, ref).ref)
        with reading() as uow:
            assert ([*uow.ledger.all_accounts()], [*uow.ledger.all_entries()]) == before

    def test_a_list_has_the_sum_of_what_was_not_taken_back(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        note(helper, ref, 340)
        withdraw(helper, note(helper, ref, 200, kind="fare").ref)
        note(helper, ref, 200, kind="fare", words="The bus there")
        note(helper, ref, 200, kind="fare", words="The bus back")
        found = seen(asker, ref)
        assert (found.pence, len(found.costs), found.may_note) == (740, 4, False)
        assert {each.words for each in found.costs} == {None}  # a list tells of no words
        assert seen(helper, ref).may_note

    def test_the_same_key_notes_it_once(self, helper: BuiltMember, ref: str) -> None:
        key = a_key()
        assert note(helper, ref, key=key).ref == note(helper, ref, key=key).ref
        note(helper, ref)  # from another window
        assert len(seen(helper, ref).costs) == 1


class TestNotRight:
    def test_is_said_with_words_and_custodians_hear_of_it(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        cost, custodian = note(helper, ref), a_custodian(place)
        with pytest.raises(NotFound):
            costs.show(actor=custodian.actor, ref=cost.ref, now=NOW)
        assert seen(custodian, ref).costs == ()
        with pytest.raises(Invalid) as wrong:
            answer(asker, cost.ref, agrees=False)
        assert wrong.value.field == "words"
        answer(asker, cost.ref, agrees=False, words="I had no bread.")
        assert costs.show(actor=custodian.actor, ref=cost.ref, now=NOW).answer_words
        assert sights(custodian) == [(asker.id, "words"), (helper.id, "words")]
        with reading() as uow:
            assert [each.words for each in uow.reports.unsettled(place.id)] == ["I had no bread."]

    def test_may_be_made_right(self, asker: BuiltMember, helper: BuiltMember, ref: str) -> None:
        cost = note(helper, ref)
        answer(asker, cost.ref, agrees=False, words="I had no bread.")
        with pytest.raises(WrongMoment):
            answer(asker, cost.ref, agrees=False, words="Still none.")
        assert answer(asker, cost.ref, agrees=True).answer_words is None


class TestWhoMay:
    @pytest.mark.parametrize("deed", [note, lambda who, ref: seen(who, ref)])
    def test_somebody_else_may_nothing(self, place: BuiltPlace, ref: str, deed: object) -> None:
        with pytest.raises(NotAllowed):
            deed(a_member(place), ref)  # type: ignore[operator]

    def test_each_side_says_what_is_its_own_to_say(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        cost = note(helper, ref).ref
        for deed in (
            lambda: note(asker, ref), lambda: settle(asker, cost), lambda: withdraw(asker, cost),
            lambda: answer(helper, cost, agrees=True),
            lambda: costs.before_note(actor=asker.actor, match_ref=ref, now=NOW),
        ):  # fmt: skip
            with pytest.raises(NotAllowed) as wrong:
                deed()
            assert wrong.value.code == "cost_of_other_side"

    def test_nothing_is_noted_before_it_is_agreed_or_after_it_came_to_nothing(
        self, helper: BuiltMember, ref: str
    ) -> None:
        cost = note(helper, ref).ref
        matches.release(actor=helper.actor, match_ref=ref, words=None, key=a_key(), now=NOW)
        with pytest.raises(WrongMoment) as wrong:
            note(helper, ref, 100)
        assert wrong.value.code == "cost_not_met"
        assert settle(helper, cost).state == "settled"  # what was spent was spent

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_nothing_is_noted_of_what_is_long_over(
        self, asker: BuiltMember, helper: BuiltMember, ref: str, confirmed: bool
    ) -> None:
        with reading() as uow:
            over = uow.needs.by_id(uow.matches.by_ref(None, ref).need_id).needed_by
        if confirmed:
            done(helper, ref)
            confirm(asker, ref)
            over = NOW
        last, late = over + NOTED_AFTER, over + NOTED_AFTER + timedelta(seconds=1)
        note(helper, ref, now=last)
        with pytest.raises(WrongMoment) as wrong:
            note(helper, ref, 100, now=late)
        assert wrong.value.code == "cost_too_late"
        may = [costs.of_match(actor=helper.actor, match_ref=ref, now=at) for at in (last, late)]
        assert [each.may_note for each in may] == [True, False]

    def test_a_helper_of_another_place_may_too(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember
    ) -> None:
        share(place, noise)
        over = a_helper(noise, "Over Border", "gardening")
        post(asker, "gardening")
        cost = note(over, accept(over).ref)
        assert answer(asker, cost.ref, agrees=True).state == "agreed"
        assert costs.show(actor=over.actor, ref=cost.ref, now=NOW).state == "agreed"

    @pytest.mark.parametrize(
        ("pence", "code"), [(0, "money_nothing"), (5001, "money_too_much")]
    )  # fmt: skip
    def test_the_place_says_what_is_too_much(
        self, place: BuiltPlace, helper: BuiltMember, ref: str, pence: int, code: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            note(helper, ref, pence)
        assert (wrong.value.field, wrong.value.code) == ("pence", code)
        rules_say(place, costs_most_pence=6000)
        assert note(helper, ref, 5001).pence == 5001

    def test_there_is_an_end_to_it(self, helper: BuiltMember, ref: str) -> None:
        for number in range(20):
            note(helper, ref, 1 + number)
        with pytest.raises(LimitReached):
            note(helper, ref, 100)


class TestReceipts:
    def add(self, who: BuiltMember, ref: str, content: bytes = PAPER) -> CostView:
        return costs.add_receipt(
            actor=who.actor, ref=ref, content=content, key=a_key(), now=NOW
        )  # fmt: skip

    def test_are_seen_by_both_sides_and_each_sight_is_logged(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        cost = note(helper, ref).ref
        assert self.add(helper, cost).has_receipt
        found = costs.receipt(actor=asker.actor, ref=cost, now=NOW)
        assert (found.kind, found.content) == ("application/pdf", PAPER)
        assert sights(asker) == [(helper.id, "receipt")]

    def test_are_added_once_by_the_helper_while_it_is_not_paid(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        cost = note(helper, ref).ref
        with pytest.raises(NotAllowed):
            self.add(asker, cost)
        with pytest.raises(Invalid):
            self.add(helper, cost, b"<svg>")
        with pytest.raises(NotFound):
            costs.receipt(actor=asker.actor, ref=cost, now=NOW)
        self.add(helper, cost)
        with pytest.raises(WrongMoment):
            self.add(helper, cost)
        with pytest.raises(NotFound):
            costs.receipt(actor=a_custodian(place).actor, ref=cost, now=NOW)
        paid = note(helper, ref, 100).ref
        settle(helper, paid)
        with pytest.raises(EnablerError) as wrong:
            self.add(helper, paid)
        assert wrong.value.code == "cost_is_settled"
