"""What people of a test do, in short words. Each deed has a key of its own unless one is given."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from enabler.domain.meeting import NONE_SO, in_full
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import matches, mine, needs
from enabler.services.views import MatchView, NeedView
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltMember

_keys = count(1)


def a_key() -> str:
    """A key that nothing has had."""
    return f"test:{next(_keys)}"


def post(asker: BuiltMember, category: str = "shopping", *, now: datetime = NOW, **draft: Any
) -> NeedView:  # fmt: skip
    """Ask for help at home."""
    words = draft.pop("words", "Milk and bread from the corner shop, please.")
    said = draft.pop("circumstances", NONE_SO)  # of what is named the rest is not so
    draft["circumstances"] = in_full(one for one in said if one not in NONE_SO) if said else said
    asked = needs.NeedDraft(category=category, words=words, **draft)
    return needs.post(actor=asker.actor, draft=asked, key=a_key(), now=now)


def asks_of(helper: BuiltMember, now: datetime = NOW) -> list[MatchView]:
    """What the helper has been asked and not answered."""
    return list(mine.everything(actor=helper.actor, now=now).asks)


def the_ask(helper: BuiltMember, now: datetime = NOW) -> str:
    """The ref of the one thing the helper was asked."""
    (ask,) = asks_of(helper, now)
    assert ask.state is MatchState.ASKED
    return ask.ref


def accept(helper: BuiltMember, ref: str | None = None, now: datetime = NOW) -> MatchView:
    """Say yes."""
    ref = ref or the_ask(helper, now)
    return matches.accept(actor=helper.actor, match_ref=ref, key=a_key(), now=now)


def decline(helper: BuiltMember, ref: str | None = None, now: datetime = NOW) -> MatchView:
    """Say no."""
    ref = ref or the_ask(helper, now)
    return matches.decline(actor=helper.actor, match_ref=ref, key=a_key(), now=now)


def owe(member: BuiltMember, to: BuiltMember, minutes: int) -> None:
    """Hours that went to another member, also below zero: as when somebody had help."""
    place = member.place.id
    with unit_of_work() as uow:
        own = uow.ledger.set_floor(uow.purses.for_member(place, member.id, 0).number, -300)
        theirs = uow.purses.for_member(place, to.id, 0).number
        transfer = Transfer(a_key(), place, own.number, theirs, minutes, Reason.GIVE)
        uow.ledger.post(transfer, NOW)
        uow.commit()


def earn(member: BuiltMember, minutes: int, now: datetime = NOW - timedelta(days=60)) -> None:
    """Have hours to give away, from the council, of two months ago."""
    key, place = a_key(), member.place.id
    with unit_of_work() as uow:
        account = uow.purses.for_member(place, member.id, 0).number
        issue = uow.purses.issue(place).number
        uow.ledger.post(Transfer(key, place, issue, account, minutes, Reason.GRANT), now)
        uow.commit()
