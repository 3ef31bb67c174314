"""Asking for help: what is kept, what is held, what is refused and at which field."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, KeyReused, NotAllowed, NotFound, WrongMoment
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, NeedState, NextStep, Outcome
from enabler.domain.windows import Window
from enabler.persistence.tables.members import BlockRow, MemberRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import matches, moderation, needs
from enabler.services.moderation import Sieve
from enabler.services.views import NeedView, WhyNobody
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, a_place
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

HOUR = timedelta(hours=1)


def posted(asker: BuiltMember, key: str, **draft: Any) -> NeedView:
    words = draft.pop("words", "Milk, please.")
    asked = needs.NeedDraft(category="shopping", words=words, **{"circumstances": NONE_SO} | draft)
    return needs.post(actor=asker.actor, draft=asked, key=key, now=NOW)


class TestPosting:
    def test_asks_the_first_wave_at_once(self, place: BuiltPlace) -> None:
        crowd = [a_helper(place, f"Hal {n}", at=(600 + n * 300, 600)) for n in range(5)]

        need = post(a_member(place))

        assert [len(asks_of(helper)) for helper in crowd] == [1, 1, 1, 0, 0]
        assert need.next_step is NextStep.ASK_MORE
        assert need.next_step_at == NOW + timedelta(minutes=120)

    def test_needs_somebody_who_is_signed_in(self, place: BuiltPlace) -> None:
        draft = needs.NeedDraft(category="shopping", words="Milk")
        with pytest.raises(NotAllowed):
            needs.post(actor=Actor.anonymous(place.id), draft=draft, key=a_key(), now=NOW)

    def test_is_not_for_a_suspended_member(self, place: BuiltPlace) -> None:
        asker = a_member(place, state=MemberState.SUSPENDED)
        with pytest.raises(WrongMoment):
            post(asker)

    def test_twice_with_one_key_is_one_need(self, place: BuiltPlace) -> None:
        asker, key = a_member(place), a_key()
        assert posted(asker, key).ref == posted(asker, key).ref
        with reading() as uow:
            assert len(uow.needs.of_asker(place.id, asker.id)) == 1

    def test_with_a_key_of_other_words_is_refused(self, place: BuiltPlace) -> None:
        asker, key = a_member(place), a_key()
        posted(asker, key)
        with pytest.raises(KeyReused):
            posted(asker, key, words="Bread, please.")

    def test_elsewhere_uses_the_postcode_as_typed(self, place: BuiltPlace) -> None:
        asker = a_member(place, at=(500, 500))
        code = place.postcode_at(3500, 3500).replace(" ", "").lower()
        need = post(asker, at_home=False, postcode=code, address="The surgery")
        assert (need.postcode, need.address) == (place.postcode_at(3500, 3500), "The surgery")
        assert need.where.ward == "East End"

    def test_at_home_needs_a_home(self, place: BuiltPlace) -> None:
        homeless = a_member(place)
        with unit_of_work() as uow:
            uow.session.get_one(MemberRow, homeless.id).home_id = None
            uow.commit()
        with pytest.raises(Invalid) as wrong:
            post(homeless)
        assert (wrong.value.field, wrong.value.code) == ("postcode", "postcode_missing")


class TestAHeldCategory:
    def test_waits_for_a_custodian_and_asks_nobody(self, place: BuiltPlace) -> None:
        helper = a_helper(place, "Hal", "childcare")
        need = post(a_member(place), "childcare")
        assert (need.state, need.held_because) == (NeedState.HELD, "category")
        assert (need.next_step, need.asked) == (NextStep.AWAIT_CUSTODIAN, 0)
        assert asks_of(helper) == []

    def test_is_looked_at_by_the_time_that_its_asker_is_told(self, place: BuiltPlace) -> None:
        need = post(a_member(place), "childcare")
        (waits,) = moderation.desk(
            actor=a_custodian(place).actor, sieve=Sieve(), now=NOW
        ).entries  # fmt: skip
        assert need.next_step_at == waits.due == NOW + 4 * HOUR


class TestASecondSimilarNeed:
    def test_is_linked_to_the_first_which_comes_before_others(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        partner = a_member(place, "Pat", home_id=asker.home_id)
        first, second = post(asker), post(partner, now=NOW + HOUR)
        assert second.state is NeedState.OPEN
        with reading() as uow:
            assert _linked(uow, second.ref) == first.ref
            assert uow.needs.by_ref(place.id, first.ref).priority == 200
            assert uow.needs.by_ref(place.id, second.ref).next_step_at is not None

    def test_tells_its_asker_of_the_first_only_if_that_was_theirs(self, place: BuiltPlace) -> None:
        asker, other = a_member(place, address="12 Mill Lane"), a_member(place, "Pry")
        first, again = post(asker), post(asker, now=NOW + HOUR)
        spot = {"at_home": False, "address": "12 Mill Lane"}
        pried = post(other, postcode=place.postcode_at(500, 500), now=NOW + HOUR, **spot)
        assert (again.repeats_ref, pried.repeats_ref) == (first.ref, None)
        with reading() as uow:
            assert _linked(uow, pried.ref) == first.ref

    def test_is_one_of_its_own_from_another_home_or_later_or_of_another_kind(
        self, place: BuiltPlace
    ) -> None:
        asker = a_member(place)
        post(asker)
        assert post(a_member(place, "Next Door")).repeats_ref is None
        assert post(asker, "gardening").repeats_ref is None
        assert post(asker, now=NOW + timedelta(days=4)).repeats_ref is None


def _linked(uow: UnitOfWork, ref: str) -> str | None:
    """The ref of the need that this one was linked to."""
    repeats = uow.needs.by_ref(None, ref).repeats_id
    return None if repeats is None else uow.needs.by_id(repeats).ref


BAD = [
    ("category", "category_unknown", {"category": "juggling"}),
    ("words", "words_empty", {"words": " \n\t "}),
    ("words", "words_empty", {"words": "​"}),
    ("words", "words_too_long", {"words": "x" * 2001}),
    ("words", "words_control_characters", {"words": "Milk\x00"}),
    ("words", "words_control_characters", {"words": "Milk\x1b[2J"}),
    ("address", "words_too_long", {"address": "x" * 301}),
    ("windows", "window_in_the_past", {"windows": (Window(NOW - HOUR, NOW),)}),
    ("windows", "window_too_short", {"windows": (Window(NOW - HOUR, NOW + HOUR / 4),)}),
    ("windows", "window_too_far_ahead",
     {"windows": (Window(NOW + 9000 * HOUR, NOW + 9001 * HOUR),)}),
    ("windows", "windows_too_many",
     {"windows": tuple(Window(NOW + n * HOUR, NOW + (n + 1) * HOUR) for n in range(15))}),
    ("duration_minutes", "duration_minutes_out_of_range", {"duration_minutes": 4}),
    ("duration_minutes", "duration_minutes_out_of_range", {"duration_minutes": 1441}),
    ("slots", "slots_out_of_range", {"slots": 0}),
    ("slots", "slots_out_of_range", {"slots": 21}),
    ("reach_metres", "reach_metres_out_of_range", {"reach_metres": 249}),
    ("languages_required", "code_unknown", {"languages_required": ("English please!",)}),
    ("preferences", "code_unknown", {"preferences": tuple(f"p{n}" for n in range(11))}),
    ("preferences", "preference_not_here", {"preferences": ("woman",)}),
    ("preferences", "preference_not_here", {"category": "respite", "preferences": ("tall",)}),
    ("postcode", "postcode_malformed", {"at_home": False, "postcode": "nowhere"}),
    ("postcode", "postcode_unknown", {"at_home": False, "postcode": "BS9 9ZZ"}),
    ("postcode", "postcode_outside_place", {"at_home": False, "postcode": "NE1 1AA"}),
]  # fmt: skip


class TestBadInput:
    @pytest.mark.parametrize(("field", "code", "draft"), BAD)
    def test_is_refused_at_its_field_and_changes_nothing(
        self, place: BuiltPlace, field: str, code: str, draft: dict[str, Any]
    ) -> None:
        asker = a_member(place)
        asked = needs.NeedDraft(**{"category": "shopping", "words": "Milk"} | draft)
        for attempt in (
            lambda: needs.post(actor=asker.actor, draft=asked, key=a_key(), now=NOW),
            lambda: needs.check_draft(actor_place_id=place.id, draft=asked, now=NOW),
            lambda: needs.check_draft(actor_place_id=place.id, draft=asked, now=NOW, field=field),
        ):
            with pytest.raises(Invalid) as wrong:
                attempt()
            assert (wrong.value.field, wrong.value.code) == (field, code)
        with reading() as uow:
            assert uow.needs.of_asker(place.id, asker.id) == []

    def test_of_another_field_does_not_matter_to_one_question(self, place: BuiltPlace) -> None:
        unfinished = needs.NeedDraft(category="shopping", words="")
        needs.check_draft(
            actor_place_id=place.id, draft=unfinished, now=NOW, field="duration_minutes"
        )

    def test_is_not_what_people_write_in_their_own_way(self, place: BuiltPlace) -> None:
        words = "שלום 🥖\r\nmilk‮ <b>please</b> \U0001f468‍\U0001f469‍\U0001f467"
        kept = post(a_member(place), words=words)
        assert kept.words == "שלום 🥖\nmilk <b>please</b> \U0001f468‍\U0001f469‍\U0001f467"


class TestACategoryThatThePlaceSwitchedOff:
    def test_is_refused(self) -> None:
        place = a_place("offham", area="OX", policy={"categories_off": ["meals"]})
        with pytest.raises(Invalid) as wrong:
            post(a_member(place), "meals")
        assert wrong.value.code == "category_off"


class TestWithdrawing:
    def test_ends_it_for_all_who_were_asked_or_said_yes(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        one, other = a_helper(place, "Hal"), a_helper(place, "Ida")
        need = post(asker, slots=2)
        yes = accept(one)
        waiting = the_ask(other)

        shown = needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)

        assert (shown.state, shown.slots_filled) == (NeedState.WITHDRAWN, 0)
        assert shown.next_step is None
        assert matches.show(actor=one.actor, ref=yes.ref, now=NOW).address is None
        assert asks_of(other) == []
        with pytest.raises(WrongMoment):
            matches.accept(actor=other.actor, match_ref=waiting, key=a_key(), now=NOW)

    def test_is_for_its_asker_alone(self, place: BuiltPlace) -> None:
        need = post(a_member(place))
        for other in (a_member(place, "Olga"), a_custodian(place)):
            with pytest.raises(NotAllowed):
                needs.withdraw(actor=other.actor, ref=need.ref, key=a_key(), now=NOW)

    def test_twice_is_too_late(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        need = post(asker)
        needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)


class TestClosing:
    def test_needs_an_outcome_that_a_person_gives(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        need = post(asker)
        shown = needs.close(
            actor=a_custodian(place).actor, ref=need.ref, outcome=Outcome.HELPED_ELSEWHERE,
            words="Her sister came.", key=a_key(), now=NOW,
        )  # fmt: skip
        assert (shown.state, shown.outcome) == (NeedState.CLOSED, Outcome.HELPED_ELSEWHERE)

    def test_as_helped_counts_whoever_had_said_yes(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place), a_helper(place)
        need = post(asker, duration_minutes=40)
        yes = accept(helper)
        needs.close(
            actor=asker.actor, ref=need.ref, outcome=Outcome.HELPED, key=a_key(), now=NOW + HOUR
        )
        shown = matches.show(actor=helper.actor, ref=yes.ref, now=NOW + HOUR)
        assert (shown.state.value, shown.minutes) == ("done", 40)
        assert shown.may >= {"confirm"}


class TestLookingAtANeed:
    def test_is_for_its_asker_and_the_staff_of_its_place(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        need = post(a_member(place))
        with pytest.raises(NotAllowed):
            needs.show(actor=a_member(place, "Olga").actor, ref=need.ref, now=NOW)
        with pytest.raises(NotFound):
            needs.show(actor=a_custodian(noise).actor, ref=need.ref, now=NOW)
        with pytest.raises(NotFound):
            needs.show(actor=a_custodian(place).actor, ref="ZZZZ", now=NOW)

    def test_forgives_how_a_ref_is_typed(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        need = post(asker)
        typed = f" {need.ref[:2].lower()}-{need.ref[2:].lower()}"
        assert needs.show(actor=asker.actor, ref=typed, now=NOW).ref == need.ref

    def test_says_why_nobody_is_found(self, place: BuiltPlace) -> None:
        a_helper(place, "Far", at=(3900, 3900), reach=1000)
        a_helper(place, "Unchecked", credentials=())
        need = post(a_member(place))
        assert need.nobody is not None
        assert need.nobody.considered == 2
        assert need.nobody.refused == {"reach": 1, "credential": 1}
        assert need.nobody.near_misses == {"reach": 1, "credential": 1}

    def test_says_the_same_of_who_lives_at_its_address_and_of_who_wants_no_more(
        self, place: BuiltPlace
    ) -> None:
        """Whoever gives somebody's address as theirs must not learn that a helper lives there."""
        at_home, elsewhere = a_helper(place, "Ned"), a_helper(place, "Fay", "gardening")
        asker = a_member(place, home_id=at_home.home_id)
        with unit_of_work() as uow:
            uow.session.add(BlockRow(
                place_id=place.id, member_id=elsewhere.id, blocked_id=asker.id, since=NOW
            ))  # fmt: skip
            uow.commit()
        said = [post(asker, "shopping").nobody, post(asker, "gardening").nobody]
        assert said == [WhyNobody(1, {"blocked": 1}, {"blocked": 1})] * 2
