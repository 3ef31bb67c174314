"""A statement: what came and went, by the months of the place's own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from enabler.timebank.statements import statement
from enabler.timebank.transfers import Phase, Reason
from tests.timebank.builders import ANN, BEN, CAT, NOW, POT, community, hold, move

LONDON = ZoneInfo("Europe/London")


def test_a_line_says_what_who_and_what_is_left():
    ledger = community()
    ledger.post(move("a", ANN, BEN, 90, reason=Reason.HELP, group="g"), NOW)
    ledger.post(move("b", CAT, ANN, 30), NOW)
    ledger.post(move("x", CAT, BEN, 30), NOW)
    [month] = statement(ANN, ledger.entries, LONDON).months
    told = [(each.code, each.other, each.minutes, each.balance) for each in month.lines]
    assert told == [("help_out", BEN, -90, -90), ("give_in", CAT, 30, -60)]
    assert (month.came, month.went, month.opening, month.closing) == (30, 90, 0, -60)
    assert month.lines[0].group == "g"


def test_months_turn_at_the_places_midnight():
    ledger = community()
    late = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)
    ledger.post(move("a", ANN, BEN, 10), late)
    ledger.post(move("b", ANN, BEN, 20), late + timedelta(seconds=1))
    told = statement(BEN, ledger.entries, LONDON)
    assert [(each.month, each.opening, each.closing) for each in told.months] == [
        (6, 0, 10), (7, 10, 30),
    ]  # fmt: skip


def test_a_month_without_movement_stands_at_the_balance_of_its_time():
    ledger = community()
    ledger.post(move("a", ANN, BEN, 10), NOW)
    told = statement(BEN, ledger.entries, LONDON)
    assert [told.month(2026, month).closing for month in (10, 11, 12)] == [0, 10, 10]
    assert told.month(2027, 1).lines == ()
    assert statement(CAT, ledger.entries, LONDON).balance == 0


def test_a_clock_that_was_set_back_opens_no_second_month():
    ledger = community()
    for key, days in (("a", 0), ("b", 10), ("c", 0)):
        ledger.post(move(key, ANN, BEN, 10), NOW + timedelta(days=days))
    told = statement(BEN, ledger.entries, LONDON)
    assert [(each.month, len(each.lines)) for each in told.months] == [(11, 1), (12, 2)]


def test_what_is_promised_stands_apart_until_it_ends():
    ledger = community()
    for key, minutes in (("h", 60), ("kept", 30), ("gone", 20)):
        ledger.post(hold(key, ANN, BEN, minutes), NOW)
    ledger.post(hold("p", ANN, BEN, 25, phase=Phase.POST, hold="kept"), NOW)
    ledger.post(hold("v", ANN, BEN, 20, phase=Phase.VOID, hold="gone"), NOW)
    ann, ben = (statement(number, ledger.entries, LONDON) for number in (ANN, BEN))
    assert [(each.key, each.other, each.minutes) for each in ann.promises] == [("h", BEN, -60)]
    assert [(each.key, each.other, each.minutes) for each in ben.promises] == [("h", ANN, 60)]
    assert (ann.balance, ann.promised, ben.balance, ben.promised) == (-25, 60, 25, 0)


def test_help_that_went_beyond_its_promise_is_told_as_one_line_with_the_balance_after_all():
    ledger = community()
    ledger.post(hold("h", ANN, BEN, 60, group="m"), NOW)
    ledger.post(hold("m", ANN, BEN, 60, phase=Phase.POST, hold="h", group="m"), NOW)
    ledger.post(move("m:2", ANN, BEN, 30, reason=Reason.HELP, group="m"), NOW)
    ledger.post(move("m:3", POT, BEN, 45, reason=Reason.HELP, group="m"), NOW)
    ledger.post(move("m:paid", POT, BEN, 5, reason=Reason.HELP, group="m"), NOW + timedelta(1))
    assert told_of(ledger, ANN) == [("help_out", BEN, -90, -90, 1)]
    assert told_of(ledger, BEN) == [
        ("help_shared_in", ANN, 135, 135, 2), ("help_in", POT, 5, 140, 0),
    ]  # fmt: skip
    [month] = statement(BEN, ledger.entries, LONDON).months
    assert [each.minutes for each in month.lines] == [60, 30, 45, 5]


def test_only_rows_of_one_thing_are_told_together():
    ledger = community()
    for key, debit, credit, reason, group in (
        ("a", ANN, BEN, Reason.HELP, "m1"), ("b", ANN, BEN, Reason.HELP, "m2"),
        ("c", ANN, BEN, Reason.GIVE, "m2"), ("d", ANN, BEN, Reason.GIVE, None),
        ("e", ANN, BEN, Reason.GIVE, None), ("event:E:1", ANN, BEN, Reason.EVENT, "event:E"),
        ("event:E:1:pot", POT, BEN, Reason.EVENT, "event:E"),
        ("event:E:2", CAT, BEN, Reason.EVENT, "event:E"),
    ):  # fmt: skip
        ledger.post(move(key, debit, credit, 10, reason=reason, group=group), NOW)
    told = [code for code, *_ in told_of(ledger, BEN)]
    assert told == ["help_in"] * 2 + ["give_in"] * 3 + ["event_shared_in", "event_in"]


def told_of(ledger, account):
    [month] = statement(account, ledger.entries, LONDON).months
    return [(one.code, one.other, one.minutes, one.balance, len(one.more)) for one in month.told()]
