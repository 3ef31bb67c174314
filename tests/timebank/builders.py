"""What the tests of the time bank begin from: a small community and the strategies over it."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from enabler.domain.errors import EnablerError
from enabler.timebank.accounts import AccountKind
from enabler.timebank.ledger import Ledger
from enabler.timebank.transfers import Phase, Reason, Transfer

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
ANN, BEN, CAT, SHOP, POT, ISSUE, AFAR = 1, 2, 3, 4, 5, 6, 7
HERE, THERE = 1, 2
NUMBERS = (ANN, BEN, CAT, SHOP, POT, ISSUE, AFAR)


def community(begin: int = 300) -> Ledger:
    """Three members who may begin by asking, a shop, a pot that holds 10 hours, and its issue;
    Afar lives in another place."""
    ledger = Ledger()
    for number in (ANN, BEN, CAT):
        ledger.open(number, AccountKind.MEMBER, floor=-begin)
    ledger.open(SHOP, AccountKind.ORGANISATION)
    ledger.open(POT, AccountKind.POT)
    ledger.open(ISSUE, AccountKind.ISSUE, floor=None)
    ledger.open(AFAR, AccountKind.MEMBER, place=THERE, floor=-begin)
    ledger.post(move("grant", ISSUE, POT, 600, reason=Reason.GRANT), NOW)
    return ledger


def move(key, debit, credit, minutes, **more) -> Transfer:
    """A transfer in place 1, given freely unless said otherwise."""
    return Transfer(
        **{"place": HERE, "reason": Reason.GIVE, "key": key, "debit": debit, "credit": credit}
        | {"minutes": minutes}
        | more
    )


def hold(key, debit, credit, minutes, **more) -> Transfer:
    """A promise for help."""
    return move(
        key, debit, credit, minutes, **({"phase": Phase.HOLD, "reason": Reason.HELP} | more)
    )


def balances(ledger: Ledger) -> dict[int, int]:
    """What is posted in each account that is not empty."""
    return {each.number: each.posted for each in ledger.accounts if each.posted}


@st.composite
def histories(draw, most: int = 25):
    """A ledger after any movements; those that the rules refuse are in it as nothing."""
    ledger = community()
    steps = draw(st.lists(st.tuples(st.sampled_from(NUMBERS[:6]), st.sampled_from(NUMBERS[:6]),
        st.integers(1, 500), st.sampled_from(["give", "hold", "post", "void", "undo"]),
        st.integers(0, 20)), max_size=most))  # fmt: skip
    for at, step in enumerate(steps):
        try:
            ledger.post(_step(ledger, f"k{at}", *step), NOW + timedelta(days=3 * at))
        except EnablerError:
            continue
    return ledger


def _step(ledger, key, debit, credit, minutes, what, which):
    earlier = ledger.entries[which % len(ledger.entries)]
    match what:
        case "give":
            return move(key, debit, credit, minutes)
        case "hold":
            return hold(key, debit, credit, minutes)
        case "undo":
            return move(key, earlier.credit, earlier.debit, earlier.minutes,
                reason=Reason.REVERSAL, reverses=earlier.key)  # fmt: skip
    holds = [entry for entry in ledger.entries if entry.phase == Phase.HOLD] or [earlier]
    earlier = holds[which % len(holds)]
    part = earlier.minutes if what == "void" else max(1, earlier.minutes - minutes // 2)
    return move(key, earlier.debit, earlier.credit, part, reason=Reason(earlier.reason),
        phase=Phase(what), hold=earlier.key)  # fmt: skip
