"""Flags about hours: seen by custodians, the oldest first, and what each decision does."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import hours, hours_desk, looked_at, market_hours, matches, moderation
from enabler.services.views.hours import OwedView
from enabler.services.views.hours_desk import OneFlagView
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.services.test_help_hours import (
    a_pot,
    confirm,
    done,
    hours_of,
    in_order,
    minutes_of,
    rules_say,
    settled,
)

DAY = timedelta(days=1)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600), phone=True)


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping", "emergency")


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def unpaid(asker: BuiltMember, helper: BuiltMember) -> str:
    """Help of six hours, of which the asker could pay five; its match."""
    post(asker)
    ref = accept(helper).ref
    done(helper, ref, 360)
    confirm(asker, ref)
    return ref


def owed_to(who: BuiltMember) -> tuple[OwedView, ...]:
    return hours.statement(actor=who.actor, now=NOW).owed


def the_flag(who: BuiltMember) -> str:
    (flag,) = hours_desk.desk(actor=who.actor, now=NOW).flags
    return flag.ref


def settle(who: BuiltMember, ref: str, choice: str, **more: str) -> OneFlagView:
    said = {"pot_ref": None, "key": a_key()} | more
    return hours_desk.settle(actor=who.actor, ref=ref, choice=choice, now=NOW + DAY, **said)  # type: ignore[arg-type]


def pot_refs(place: BuiltPlace) -> list[str]:
    with unit_of_work() as uow:
        return [pot.ref for pot in uow.purses.pots(place.id)]


def what_happened(ref: str) -> list[tuple[str, str | None]]:
    with unit_of_work() as uow:
        number = uow.hours_flags.by_ref(uow.refs.place_of(ref) or 0, ref).id
        return [(one.what, one.why) for one in uow.audit.of("hours-flag", number)]


class TestHelpThatNobodyCouldPay:
    def test_waits_at_the_desk_in_figures_and_codes(
        self, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        match = unpaid(asker, helper)
        (flag,) = hours_desk.desk(actor=carol.actor, now=NOW).flags
        assert (flag.kind, flag.minutes, flag.length, flag.category) == (
            "unpaid", 60, 360, "shopping",
        )  # fmt: skip
        assert (flag.match_ref, flag.on, flag.settled_as) == (match, NOW.date(), None)
        shown = hours_desk.flag(actor=carol.actor, ref=flag.ref, now=NOW)
        assert (shown.flag.choices, shown.pots) == (("gift", "seen"), ())

    def test_is_paid_once_by_a_pot_in_the_helps_own_group(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        match = unpaid(asker, helper)
        account = a_pot(place, 600)
        shown = hours_desk.flag(actor=carol.actor, ref=the_flag(carol), now=NOW)
        assert [(one.pot.kind, one.minutes) for one in shown.pots] == [("community", 600)]
        key, (pot,) = a_key(), pot_refs(place)
        for _ in range(2):
            after = settle(carol, shown.flag.ref, "paid", pot_ref=pot, key=key)
        assert (after.flag.settled_as, after.flag.settled_by, after.flag.mine) == (
            "paid", carol.ref, True,
        )  # fmt: skip
        assert minutes_of(match)[-1] == (f"match:{match}:paid", 60)
        assert hours_of(helper).posted == 360
        with unit_of_work() as uow:
            assert uow.ledger.account(account).posted == 540
        assert (settled(match).by_pot, settled(match).unpaid) == (60, 0)
        in_order()
        assert what_happened(shown.flag.ref) == [("hours-flag.settled", "paid")]
        desk = hours_desk.desk(actor=carol.actor, now=NOW + DAY)
        assert (desk.flags, [one.ref for one in desk.settled]) == ((), [shown.flag.ref])
        with pytest.raises(WrongMoment):
            settle(a_custodian(place, "Dan Desk"), shown.flag.ref, "seen")

    def test_is_never_paid_by_what_cannot(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        match = unpaid(asker, helper)
        a_pot(place, 59)
        with pytest.raises(Invalid) as wrong:
            settle(carol, the_flag(carol), "paid", pot_ref=pot_refs(place)[0])
        assert (wrong.value.field, wrong.value.code) == ("decision", "hours_flag_not_so")
        assert settled(match).unpaid == 60
        assert the_flag(carol)

    def test_of_another_place_is_not_paid_by_a_pot_of_this_one(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, helper: BuiltMember,
        carol: BuiltMember,
    ) -> None:  # fmt: skip
        unpaid(asker, helper)
        a_pot(place, 600)
        a_pot(noise, 600)
        (theirs,) = pot_refs(noise)
        with pytest.raises(Invalid) as wrong:
            settle(carol, the_flag(carol), "paid", pot_ref=theirs)
        assert wrong.value.code == "pot_cannot_pay"
        with pytest.raises(NotFound):
            settle(a_custodian(noise), the_flag(carol), "seen")

    @pytest.mark.parametrize("choice", ["gift", "seen"])
    def test_may_be_left_as_it_is(
        self, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember, choice: str
    ) -> None:
        match = unpaid(asker, helper)
        assert settle(carol, the_flag(carol), choice).flag.settled_as == choice
        assert (settled(match).unpaid, hours_of(helper).posted) == (60, 300)
        in_order()

    @pytest.mark.parametrize("choice", ["paid", "gift", "seen"])
    def test_is_with_whoever_helped_as_not_here_yet_until_it_is_decided(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember,
        choice: str,
    ) -> None:  # fmt: skip
        match = unpaid(asker, helper)
        a_pot(place, 600)
        (owed,) = owed_to(helper)
        assert (owed.minutes, owed.look_by, owed.category) == (60, NOW + 3 * DAY, "shopping")
        assert (owed.help and owed.help.match_ref, owed_to(asker)) == (match, ())
        seen = matches.show(actor=helper.actor, ref=match, now=NOW).hours
        assert (seen and (seen.given, seen.owed)) == (300, 60)
        settle(carol, the_flag(carol), choice, pot_ref=pot_refs(place)[0])
        after = matches.show(actor=helper.actor, ref=match, now=NOW).hours
        assert (owed_to(helper), after and after.owed) == ((), 0)

    def test_custodians_are_reminded_of_it_after_the_days_that_the_helper_reads(
        self, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        unpaid(asker, helper)
        (owed,) = owed_to(helper)
        early, due = owed.look_by - timedelta(hours=1), owed.look_by
        assert [looked_at.remind(actor=Actor.system("t"), now=at) for at in (early, due)] == [0, 1]

    def test_is_nothing_for_a_party_to_decide(
        self, place: BuiltPlace, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        unpaid(carol, helper)
        with pytest.raises(NotAllowed) as wrong:
            settle(carol, the_flag(carol), "seen")
        assert wrong.value.code == "party_to_it"
        assert settle(a_custodian(place, "Dan Desk"), the_flag(carol), "seen").flag.settled_as


def raise_flag(place: BuiltPlace, kind: str, match: str | None = None, **facts: object) -> str:
    """A flag as those raise it that look for games; of a match, it holds the hours back."""
    with unit_of_work() as uow:
        ref = uow.refs.new(place.id, "hours-flag")
        match_id = uow.matches.by_ref(place.id, match).id if match else None
        uow.help_hours.flag(
            dedupe_key=f"{kind}:{ref}", place_id=place.id, kind=kind, ref=ref, match_id=match_id,
            facts=facts, raised_at=NOW,
        )  # fmt: skip
        if match_id is not None:
            uow.help_hours.change(match_id, state="looked-at")
        uow.commit()
    return ref


class TestHelpThatIsHeldBack:
    def held(self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember) -> tuple[str, str]:
        """A match whose hours wait, and the flag that holds them; another flag holds them too."""
        post(asker, duration_minutes=60)
        match = accept(helper).ref
        done(helper, match, 60)
        with unit_of_work() as uow:
            row = uow.matches.by_ref(place.id, match)
            uow.matches.change(row.id, state="confirmed")
            uow.commit()
        raise_flag(place, "ring", match, minutes=60, accounts=[1, 2, 3])
        return match, raise_flag(place, "burst", match, minutes=60)

    def test_counts_and_its_hours_move(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        match, flag = self.held(place, asker, helper)
        shown = hours_desk.flag(actor=carol.actor, ref=flag, now=NOW).flag
        assert (shown.held, shown.choices) == (True, ("counts", "does-not-count"))
        with pytest.raises(Invalid):
            settle(carol, flag, "seen")
        settle(carol, flag, "counts", words="Both rang.")
        assert (settled(match).state, hours_of(helper).posted) == ("settled", 60)
        assert hours_desk.desk(actor=carol.actor, now=NOW).flags == ()
        in_order()

    def test_does_not_count_and_nothing_moves(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        match, flag = self.held(place, asker, helper)
        settle(carol, flag, "does-not-count", words="Nobody was there.")
        assert (settled(match).state, hours_of(helper).posted, hours_of(asker).held) == (
            "let-go", 0, 0,
        )  # fmt: skip
        in_order()


class TestTheDesk:
    def test_is_the_custodians_of_the_place(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        unpaid(asker, helper)
        for role in (Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR, Role.COUNCILLOR):
            other = a_member(place, "Otto Other", roles=(role,))
            with pytest.raises(NotAllowed):
                hours_desk.desk(actor=other.actor, now=NOW)
        settle(a_custodian(place), raise_flag(place, "covered", minutes=5), "seen")
        theirs = a_custodian(noise)
        elsewhere = hours_desk.desk(actor=theirs.actor, now=NOW)
        assert (elsewhere.flags, elsewhere.settled) == ((), ())
        assert moderation.desk(actor=theirs.actor, now=NOW).hours_waiting == 0
        with pytest.raises(NotFound):
            hours_desk.desk(actor=Actor.operator("tester"), now=NOW)

    def test_says_on_the_first_page_how_much_waits_and_since_when(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
    ) -> None:
        assert moderation.desk(actor=carol.actor, now=NOW).hours_waiting == 0
        unpaid(asker, helper)
        raise_flag(place, "covered", minutes=5)
        shown = moderation.desk(actor=carol.actor, now=NOW + DAY)
        assert (shown.hours_waiting, shown.hours_since) == (2, NOW)
        lead = a_member(place, "Lea Lead", roles=(Role.SAFEGUARDING_LEAD,))
        assert moderation.desk(actor=lead.actor, now=NOW).hours_waiting is None

    def test_is_not_there_without_a_time_bank(self, place: BuiltPlace, carol: BuiltMember) -> None:
        rules_say(place, hours=False)
        with pytest.raises(NotFound) as wrong:
            hours_desk.desk(actor=carol.actor, now=NOW)
        assert wrong.value.code == "hours_not_here"
        assert moderation.desk(actor=carol.actor, now=NOW).hours_waiting is None
        with pytest.raises(NotFound):
            market_hours.show(actor=carol.actor, place_id=place.id, now=NOW)


def test_a_closed_account_of_a_helper_is_paid_by_nobody(
    place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, carol: BuiltMember
) -> None:
    unpaid(asker, helper)
    a_pot(place, 600)
    with unit_of_work() as uow:
        account = uow.purses.of_member(helper.id)
        assert account is not None
        issue = uow.purses.issue(place.id).number
        swept = Transfer("away", place.id, account.number, issue, 300, Reason.SWEEP)
        uow.ledger.post(swept, NOW)
        uow.ledger.close(account.number)
        uow.commit()
    shown = hours_desk.flag(actor=carol.actor, ref=the_flag(carol), now=NOW)
    assert (shown.flag.choices, shown.pots) == (("gift", "seen"), ())
