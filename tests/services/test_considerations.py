"""What is kept when a need is worked: who was ranked, who was refused, and what became of each."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.considerations import MOST_RANKED, Consideration
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CredentialKind, NextStep, Verdict
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import _considering, needs, rounds
from enabler.services._caps import Caps
from tests.builders import (
    NOW,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    share,
)
from tests.services.deeds import decline, post

OPERATOR = Actor.operator("a test")
HOUR = timedelta(hours=1)
TOMORROW = Window(NOW + 24 * HOUR, NOW + 26 * HOUR)


def kept(ref: str) -> list[Consideration]:
    """What was kept of a need, the oldest first."""
    with reading() as uow:
        need = uow.needs.by_ref(None, ref)
        return uow.considerations.of_need(need.id, NOW + timedelta(days=99))


def ids(*refs: str) -> list[int]:
    with reading() as uow:
        return [uow.offers.by_ref(None, ref).id for ref in refs]


def verdicts(one: Consideration) -> list[tuple[int, Verdict]]:
    return [(each.offer_id, each.verdict) for each in one.ranked]


class TestAWave:
    def test_keeps_who_was_asked_who_came_after_and_whom_a_rule_refused(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        crowd = [an_offer(a_member(place, f"Hal {n}", at=(500 + 1000 * n, 500))) for n in range(4)]
        busy = an_offer(a_member(place, "Busy"), weekly=[Weekly(0, 540, 600)])
        unchecked = an_offer(a_member(place, "New", credentials=[]))
        an_offer(a_member(place, "Far", at=(3900, 3900)), reach=300)
        an_offer(a_member(place, "Gardener"), "gardening")

        need = post(a_member(place), windows=(TOMORROW,))

        (one,) = kept(need.ref)
        first, *_, last = ids(*crowd)
        assert verdicts(one) == [
            *((offer, Verdict.ASKED) for offer in range(first, last)), (last, Verdict.BEYOND)
        ]  # fmt: skip
        assert [each.place for each in one.ranked] == [1, 2, 3, 4]
        assert (one.considered, one.beyond, one.by_round, one.wave) == (7, 0, False, 0)
        assert one.refused == {"reach": 1, "time": 1, "credential": 1}
        assert one.named == {
            "credential": tuple(ids(unchecked)), "time": tuple(ids(busy)),
        }  # fmt: skip
        assert (one.at, one.ruleset_version, one.place_id) == (NOW, 1, place.id)

    def test_keeps_the_score_the_reasons_and_the_way_from_cell_to_cell_of_the_match(
        self, place: BuiltPlace
    ) -> None:
        a_helper(place, at=(1700, 100))
        need = post(a_member(place, at=(900, 900)))
        (one,) = kept(need.ref)
        with reading() as uow:
            match = uow.session.query(MatchRow).one()
            told = uow.matches.by_id(match.id)
        (ranked,) = one.ranked
        assert (ranked.score, ranked.reasons, ranked.distance_metres) == (
            told.score, told.reasons, 1000
        )  # fmt: skip

    def test_counts_everybody_of_the_kind_here_and_where_it_shares(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        share(place, noise)  # three there; one further away is of no place that shares
        a_helper(a_place("farham", area="CB", west=500_000))
        (one,) = kept(post(a_member(place)).ref)
        assert (one.considered, len(one.ranked)) == (4, 4)

    def test_says_who_could_not_be_reached_and_whose_cap_was_used_up_meanwhile(
        self, place: BuiltPlace
    ) -> None:
        late = an_offer(a_member(place, "Silent", phone=False))
        (one,) = kept(post(a_member(place)).ref)
        assert verdicts(one) == [(ids(late)[0], Verdict.LATE)]

    def test_says_who_had_an_ask_before_and_which_offers_of_one_giver_suit_less(
        self, place: BuiltPlace
    ) -> None:
        helper = a_member(place, "Two")
        here, also = an_offer(helper), an_offer(helper)
        need = post(a_member(place))
        decline(helper)
        rounds.work_due_needs(now=NOW)

        first, second = kept(need.ref)

        assert verdicts(first) == [(ids(here)[0], Verdict.ASKED)]
        assert first.named == {"other-offer": tuple(ids(also))}
        assert second.named == {"asked": tuple(ids(here, also))}
        assert (second.refused, second.ranked, second.wave) == ({"asked": 2}, (), 1)

    def test_keeps_no_more_by_name_than_is_bounded_but_all_who_were_asked(self) -> None:
        place = a_place("wideham", area="CB", policy={"waves": [52]})
        many = [an_offer(a_member(place, f"Hal {n}")) for n in range(MOST_RANKED + 5)]

        (one,) = kept(post(a_member(place)).ref)

        assert len(one.asked) == len(one.ranked) == 52
        assert one.beyond == len(many) - 52

    def test_that_finds_nobody_is_kept_once_however_often_it_looks(self, place: BuiltPlace) -> None:
        need = post(a_member(place))
        for day in (1, 2, 3):
            rounds.work_due_needs(now=NOW + timedelta(days=day))
        assert len(kept(need.ref)) == 1
        an_offer(a_member(place, "Rarely"), weekly=[Weekly(2, 540, 560)])
        rounds.work_due_needs(now=NOW + timedelta(days=4))
        assert [one.refused for one in kept(need.ref)] == [{}, {"time": 1}]

    def test_of_a_held_need_is_kept_when_it_is_let_through_only(self, place: BuiltPlace) -> None:
        need = post(a_member(place), "respite")
        assert need.next_step is NextStep.AWAIT_CUSTODIAN
        assert kept(need.ref) == []


class TestARound:
    @pytest.fixture
    def market(self, place: BuiltPlace) -> tuple[str, str]:
        """Two needs; of two helpers one can go to both, the other to the first only."""
        first = a_need(a_member(place, "Ann", at=(1500, 500)))
        second = a_need(a_member(place, "Bea", at=(3500, 500)))
        a_helper(place, "Both", at=(2500, 500), reach=1500, capacity=1)
        a_helper(place, "One", at=(500, 500), reach=1100, capacity=1)
        return first, second

    def test_keeps_whom_it_asked_and_who_was_of_more_use_elsewhere(
        self, place: BuiltPlace, market: tuple[str, str]
    ) -> None:
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)

        (first,), (second,) = kept(market[0]), kept(market[1])
        by_name = {one.verdict: one for one in first.ranked}
        assert set(by_name) == {Verdict.ASKED, Verdict.NOT_CHOSEN}
        assert by_name[Verdict.NOT_CHOSEN].offer_id == second.ranked[0].offer_id
        assert [one.verdict for one in second.ranked] == [Verdict.ASKED]
        assert (second.refused, second.considered, second.by_round) == ({"reach": 1}, 2, True)
        assert all(sum(r.points for r in one.reasons) == one.score for one in first.ranked)

    def test_keeps_whoever_was_asked_however_far_down(
        self, place: BuiltPlace, market: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_considering, "MOST_RANKED", 0)
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)
        (first,) = kept(market[0])
        assert [one.verdict for one in first.ranked] == [Verdict.ASKED]
        assert first.beyond == 1

    def test_that_is_dry_keeps_nothing(self, place: BuiltPlace, market: tuple[str, str]) -> None:
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW, dry_run=True)
        assert kept(market[0]) == kept(market[1]) == []

    def test_says_of_whom_it_chose_that_something_had_changed(
        self, place: BuiltPlace, market: tuple[str, str]
    ) -> None:
        silent = a_member(place, "Silent", at=(3500, 500), phone=False)
        an_offer(silent, reach=300)
        with unit_of_work() as uow:
            uow.needs.change(uow.needs.by_ref(None, market[1]).id, slots=2)
            uow.commit()
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)
        (second,) = kept(market[1])
        assert {one.verdict for one in second.ranked} == {Verdict.ASKED, Verdict.CHANGED}


def test_the_ask_of_the_next_morning_keeps_who_could_not_be_checked_by_then(
    place: BuiltPlace,
) -> None:
    """An ask that waits for the end of quiet hours goes to nobody whose check ends before."""
    evening = datetime(2026, 3, 10, 21, 0, tzinfo=UTC)
    helper = a_member(place, "Hal", credentials=[])
    offer = an_offer(helper)
    with unit_of_work() as uow:
        uow.session.add(CredentialRow(
            place_id=place.id, ref=uow.refs.new(place.id, "credential"), member_id=helper.id,
            kind=CredentialKind.IDENTITY, seen_on=NOW,
            checked_by="a test", valid_until=evening + HOUR,
        ))  # fmt: skip
        uow.commit()
    (one,) = kept(post(a_member(place), now=evening).ref)
    assert verdicts(one) == [(ids(offer)[0], Verdict.LATE)]


def test_whoever_was_asked_elsewhere_meanwhile_is_kept_as_capped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two at once take turns at a helper's row, and the second finds the cap used up."""
    place = a_place("capham", area="CB")
    offer = an_offer(a_member(place, "Hal"))
    monkeypatch.setattr(Caps, "take", lambda self, member_id: False)
    (one,) = kept(post(a_member(place)).ref)
    assert verdicts(one) == [(ids(offer)[0], Verdict.CAP)]


def test_why_nobody_was_asked_is_for_custodians_to_open(place: BuiltPlace) -> None:
    asker = a_member(place)
    ref = post(asker).ref
    for who, may in ((asker, False), (a_custodian(place), True)):
        assert ("explain" in needs.show(actor=who.actor, ref=ref, now=NOW).may) is may
