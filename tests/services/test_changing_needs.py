"""A need is changed: who is asked again, who is told, what is held, what cannot be any more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.audit import AuditRow, AuditValueRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import laws, matches, moderation, needs
from enabler.services.views import NeedView
from tests.builders import (
    CHECKED,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
)
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

HOUR = timedelta(hours=1)
TOMORROW = Window(NOW + 26 * HOUR, NOW + 30 * HOUR)
FRIDAY = Window(NOW + 74 * HOUR, NOW + 78 * HOUR)
LATER = NOW + timedelta(minutes=10)


def change(
    asker: BuiltMember, need: NeedView | str, *, version: int | None = None, now: Any = LATER,
    key: str | None = None, **draft: Any,
) -> NeedView:  # fmt: skip
    """Say some of it otherwise."""
    ref = need if isinstance(need, str) else need.ref
    before = needs.to_change(actor=asker.actor, ref=ref, now=now)
    return needs.change(
        actor=asker.actor, ref=ref, draft=replace(before.draft, **draft),
        version=before.version if version is None else version, key=key or a_key(), now=now,
    )  # fmt: skip


def texts(template: str) -> list[OutboxRow]:
    with reading() as uow:
        found = list(uow.session.scalars(select(OutboxRow).filter_by(template=template)))
        uow.session.expunge_all()
    return found


def broken_laws() -> list[str]:
    """But for the audit: the builders' offers have none."""
    counted = laws.check(now=LATER)
    return [one.what for one in counted if one.count and one.what != "changes_without_audit"]


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    """Who asks."""
    return a_member(place, "Rosa Long")


class TestWords:
    def test_are_changed_and_nobody_is_asked_again(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        helper = a_helper(place)
        need = post(asker)
        changed = change(asker, need, words="Bread and cheese.")
        assert changed.words == asks_of(helper)[0].words == "Bread and cheese."
        assert len(texts("ask")) == 1
        assert changed.next_step_at == need.next_step_at

    def test_of_before_are_kept_apart_from_the_audit(self, asker: BuiltMember) -> None:
        need = post(asker, words="For my bad leg.")
        change(asker, need, words="Bread.")
        with reading() as uow:
            row = uow.session.scalars(select(AuditRow).filter_by(what="need.changed")).one()
            value = uow.session.scalars(select(AuditValueRow).filter_by(audit_id=row.id)).one()
            assert (row.columns, value.column, value.old) == (["words"], "words", "For my bad leg.")

    def test_that_are_the_same_change_nothing(self, asker: BuiltMember) -> None:
        need = post(asker)
        change(asker, need)
        assert needs.to_change(actor=asker.actor, ref=need.ref, now=NOW).version == 1


class TestTwoWindows:
    def test_the_second_is_told_of_the_first(self, asker: BuiltMember) -> None:
        need = post(asker)
        change(asker, need, words="From the first.")
        with pytest.raises(WrongMoment) as told:
            change(asker, need, version=1, words="From the second.")
        assert (told.value.code, told.value.facts["version"]) == ("changed_meanwhile", 2)
        assert change(asker, need, version=2, words="From the second.").words == "From the second."

    def test_one_key_is_one_change(self, asker: BuiltMember) -> None:
        need, key = post(asker), a_key()
        for _ in range(2):
            change(asker, need, version=1, key=key, words="Bread.")
        assert needs.to_change(actor=asker.actor, ref=need.ref, now=NOW).version == 2


class TestAnotherTime:
    def test_asks_those_again_who_have_not_answered(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        silent, no = a_helper(place, "Sid"), a_helper(place, "Nan", at=(800, 800))
        need = post(asker, windows=(TOMORROW,))
        matches.decline(actor=no.actor, match_ref=the_ask(no), key=a_key(), now=NOW)
        change(asker, need, windows=(FRIDAY,))
        assert [ask.windows for ask in asks_of(silent)] == [(FRIDAY,)]
        assert asks_of(no) == []  # a no is final
        assert len(texts("ask")) == 3
        assert broken_laws() == []

    def test_takes_the_ask_back_of_whom_it_does_not_suit(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        helper = a_member(place, "Wes")
        an_offer(helper, weekly=(Weekly(2, 0, 1440),))  # Wednesdays: tomorrow
        other = a_member(place, "Fay")
        an_offer(other, weekly=(Weekly(4, 0, 1440),))
        need = post(asker, windows=(TOMORROW,))
        ref = the_ask(helper)
        change(asker, need, windows=(FRIDAY,))
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).state is MatchState.WITHDRAWN
        assert the_ask(other)
        assert broken_laws() == []

    def test_of_before_may_have_passed(self, asker: BuiltMember) -> None:
        need = post(asker, windows=(TOMORROW, FRIDAY))
        after = TOMORROW.end + HOUR
        assert change(asker, need, now=after, words="Bread.").windows == (TOMORROW, FRIDAY)
        with pytest.raises(Invalid) as wrong:
            change(asker, need, now=after, windows=(TOMORROW,))
        assert (wrong.value.field, wrong.value.code) == ("windows", "window_in_the_past")


class TestBehindAYes:
    @pytest.fixture
    def agreed(self, place: BuiltPlace, asker: BuiltMember) -> tuple[NeedView, BuiltMember, str]:
        """A need to which somebody said yes."""
        helper = a_helper(place)
        need = post(asker, windows=(TOMORROW,))
        return need, helper, accept(helper).ref

    def test_the_helper_is_told_and_may_release(
        self, asker: BuiltMember, agreed: tuple[NeedView, BuiltMember, str]
    ) -> None:
        need, helper, match = agreed
        assert change(asker, need, windows=(FRIDAY,)).state is NeedState.FILLED
        shown = matches.show(actor=helper.actor, ref=match, now=LATER)
        assert (shown.changed, shown.state) == (("windows",), MatchState.ACCEPTED)
        assert "release" in shown.may
        assert [row.member_id for row in texts("changed")] == [helper.id]

    def test_how_far_others_may_live_is_not_the_helpers_concern(
        self, asker: BuiltMember, agreed: tuple[NeedView, BuiltMember, str]
    ) -> None:
        change(asker, agreed[0], reach_metres=800)
        assert texts("changed") == []

    @pytest.mark.parametrize(
        "said", [{"category": "gardening"}, {"at_home": False, "address": "The hall"}]
    )
    def test_kind_and_spot_stay(
        self, asker: BuiltMember, agreed: tuple[NeedView, BuiltMember, str], said: dict[str, Any]
    ) -> None:
        code = asker.place.postcode_at(2500, 2500)
        with pytest.raises(WrongMoment) as told:
            change(asker, agreed[0], postcode=code, **said)
        assert told.value.code == "change_after_yes"

    def test_slots_are_never_under_those_filled(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        for n in range(2):
            a_helper(place, f"Hal {n}")
        need = post(asker, slots=3)
        with reading() as uow:
            asked = uow.matches.of_need(uow.needs.by_ref(place.id, need.ref).id)
        for match in asked:
            helper = replace(asker, actor=replace(asker.actor, member_id=match.helper_id))
            matches.accept(actor=helper.actor, match_ref=match.ref, key=a_key(), now=NOW)
        with pytest.raises(Invalid) as wrong:
            change(asker, need, slots=1)
        assert (wrong.value.field, wrong.value.code) == ("slots", "slots_under_filled")
        assert change(asker, need, slots=2).state is NeedState.FILLED
        assert broken_laws() == []


class TestAnotherKindOrSpot:
    def test_is_asked_of_others(self, place: BuiltPlace, asker: BuiltMember) -> None:
        shopper, driver = a_helper(place), a_helper(place, "Dee", "transport")
        need = post(asker)
        assert (len(asks_of(shopper)), len(asks_of(driver))) == (1, 0)
        change(asker, need, category="transport")
        assert (len(asks_of(shopper)), len(asks_of(driver))) == (0, 1)
        assert broken_laws() == []

    def test_lacks_nothing_that_the_kind_of_before_demanded(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        a_helper(place, credentials=())  # a phone chat demands nothing, a lift a licence
        an_offer(a_member(place, "Cher", credentials=()), "phone-chat")
        need = post(asker, "phone-chat")
        change(asker, need, category="transport")
        assert broken_laws() == []

    def test_moves_its_cell_and_ward(self, place: BuiltPlace, asker: BuiltMember) -> None:
        need = post(asker)
        assert need.where.ward == "West End"
        moved = change(asker, need, at_home=False, postcode=place.postcode_at(3500, 3500),
                       address="The hall")  # fmt: skip
        assert (moved.where.ward, moved.address) == ("East End", "The hall")
        assert not needs.to_change(actor=asker.actor, ref=need.ref, now=NOW).draft.at_home

    def test_that_a_custodian_looks_at_is_held_and_its_asks_taken_back(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        helper = a_helper(place)
        need = post(asker)
        ref = the_ask(helper)
        held = change(asker, need, category="childcare")
        assert held.state is NeedState.HELD
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).state is MatchState.WITHDRAWN
        assert broken_laws() == []
        custodian = a_custodian(place)
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=LATER)
        assert change(asker, need, words="For two.").state is NeedState.HELD

    def test_words_of_an_agreed_one_that_need_a_look_stay(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        checks = (*CHECKED, CredentialKind.DBS_ENHANCED)
        helper = a_helper(place, "Hal", "childcare", credentials=checks)
        custodian = a_custodian(place)
        need = post(asker, "childcare")
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW)
        accept(helper)
        with pytest.raises(WrongMoment) as told:
            change(asker, need, words="And cook for them.")
        assert told.value.code == "change_needs_a_look"
        assert change(asker, need, duration_minutes=60).duration_minutes == 60


class TestHelpers:
    def test_are_enough_when_the_asker_says_so(self, place: BuiltPlace, asker: BuiltMember) -> None:
        first, second = a_helper(place), a_helper(place, "Sid", at=(900, 900))
        need = post(asker, slots=3)
        accept(first)
        done = needs.enough(actor=asker.actor, ref=need.ref, key=a_key(), now=LATER)
        assert (done.slots, done.state) == (1, NeedState.FILLED)
        assert asks_of(second) == []
        with pytest.raises(WrongMoment):
            needs.enough(actor=asker.actor, ref=need.ref, key=a_key(), now=LATER)
        more = needs.one_more(actor=asker.actor, ref=need.ref, key=a_key(), now=LATER)
        assert (more.slots, more.slots_filled, more.state) == (2, 1, NeedState.OPEN)
        assert broken_laws() == []

    def test_are_not_enough_before_anybody_said_yes(self, asker: BuiltMember) -> None:
        need = post(asker, slots=3)
        with pytest.raises(WrongMoment):
            needs.enough(actor=asker.actor, ref=need.ref, key=a_key(), now=LATER)


class TestNobodyElse:
    def test_changes_it(self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember) -> None:
        need = post(asker)
        draft = needs.NeedDraft(category="shopping", words="Mine now.")
        for someone, error in (
            (a_member(place, "Una"), NotAllowed), (a_custodian(place), NotAllowed),
            (a_member(noise, "Nell"), NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                needs.change(actor=someone.actor, ref=need.ref, draft=draft, version=1,
                             key=a_key(), now=NOW)  # fmt: skip

    def test_and_nobody_changes_what_has_ended(self, asker: BuiltMember) -> None:
        need = post(asker)
        needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            change(asker, need, words="Again.")
