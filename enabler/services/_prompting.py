"""A letter that asks something gets its letter to be answered by, when it leaves as a text.

Whether a question still stands is not written down where the states move: it stands for as long as
its letter would still be sent, saying what it said. So nothing that settles a thing can forget it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.letters import About
from enabler.domain.messages import House, Outgoing, Receiver
from enabler.domain.prompts import ASKS, LETTERS_THAT_ARE_WORDS, Asks, Question
from enabler.domain.visits import Stage, Visit
from enabler.domain.vocabulary import Channel
from enabler.persistence.phones import Phone
from enabler.persistence.prompts import Prompt
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._conversation import number_of

StillSo = Callable[[UnitOfWork, Outgoing, Receiver, datetime], About | None]
"""What a letter is about, if it may still be said to this receiver."""
OF_TEXTS = "sms:"
"""How the keys of questions begin that a text of their phone led to: no letter asked them."""


def ask(
    uow: UnitOfWork, row: Outgoing, about: About, house: House, number: str, still: StillSo,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Open the question of a letter on its way, if it asks one: what its words need for it. Sent
    again it keeps its letter; nothing is asked that has been answered meanwhile. A place without a
    number of its own cannot be answered, nor one where whoever gets it is a stranger."""
    asks = ASKS.get(row.template)
    if asks is None or row.channel is not Channel.TEXT or row.member_id is None or not house.phone:
        return {}
    phone = uow.phones.of(row.place_id, number, now)
    if phone.member_id != row.member_id:
        return {}
    known = uow.prompts.by_key(row.dedupe_key) or _opened(uow, row, about, phone, asks, still, now)
    uow.phones.touch(phone.id, now)
    question = known.question
    if question.closed or known.phone_id != phone.id:
        return {}
    said = {"letter": question.letter, "kind": question.kind, "options": question.options}
    return {"answers": said}


def _opened(
    uow: UnitOfWork, row: Outgoing, about: About, phone: Phone, asks: Asks, still: StillSo,
    now: datetime,
) -> Prompt:  # fmt: skip
    """The question of this letter. A conversation keeps the one that it had, answered or not, for
    as long as nothing else has its letter."""
    if asks.takes_words:
        standing(uow, phone, still, now)
        for each in reversed(uow.prompts.of(phone, now)):
            if (each.question.kind, each.question.ref) == (asks.kind, about.ref):
                return uow.prompts.open_again(each, key=row.dedupe_key, now=now)
    facts = _facts(uow, row, about)
    _make_room(uow, phone, asks.kind, about.ref, still, now)
    return uow.prompts.open(
        phone, kind=asks.kind, options=asks.options, ref=about.ref, facts=facts,
        key=row.dedupe_key, now=now, takes_words=asks.takes_words,
        spared=LETTERS_THAT_ARE_WORDS if asks.takes_words else (),
    )  # fmt: skip


def standing(
    uow: UnitOfWork, phone: Phone, still: StillSo, now: datetime
) -> tuple[Question, ...]:  # fmt: skip
    """What this phone may still mean, the newest last. What was settled otherwise is closed, and
    what was asked of whoever had its number before."""
    uow.prompts.close_of_others(phone, now)
    over = [
        each.id for each in uow.prompts.of(phone, now)
        if not each.question.closed and not _stands(uow, each, still, now)
    ]  # fmt: skip
    uow.prompts.close(over, "settled", now)
    uow.flush()
    return tuple(each.question for each in uow.prompts.of(phone, now))


def _make_room(
    uow: UnitOfWork, phone: Phone, kind: str, ref: str, still: StillSo, now: datetime
) -> None:
    """Close what is settled, and what is asked anew: two of a kind about one thing would make a
    bare yes a riddle."""
    standing(uow, phone, still, now)
    again = [
        each.id for each in uow.prompts.of(phone, now)
        if not each.question.closed and (each.question.kind, each.question.ref) == (kind, ref)
    ]  # fmt: skip
    uow.prompts.close(again, "again", now)
    uow.flush()


def _stands(uow: UnitOfWork, prompt: Prompt, still: StillSo, now: datetime) -> bool:
    if prompt.key.startswith(OF_TEXTS):
        return True
    row = uow.outbox.by_key(prompt.key)
    if row is None or row.member_id is None:
        return False
    about = still(uow, row, uow.telling.receiver(row.member_id), now)
    if about is None or _facts(uow, row, about) != prompt.question.facts:
        return False
    check = _ANSWERED.get(prompt.question.kind)
    return check is None or not check(uow, row.place_id, prompt.question)


def _facts(uow: UnitOfWork, row: Outgoing, about: About) -> dict[str, Any]:
    """What the answer is about: where it is another by now, the question is another as well."""
    if row.template == "proposed":
        match = uow.matches.by_ref(row.place_id, about.ref)
        return {"number": number_of(uow.conversations.of_match(match.id))}
    if ASKS[row.template].kind == "done":
        return {"minutes": about.minutes}
    return {}


def _arrived(uow: UnitOfWork, place_id: int, question: Question) -> bool:
    visit = _visit(uow, place_id, question)
    return visit is None or visit.arrived_at is not None or _is_over(visit)


def _left(uow: UnitOfWork, place_id: int, question: Question) -> bool:
    visit = _visit(uow, place_id, question)
    return visit is None or visit.stage < Stage.HELPER or _is_over(visit)


def _is_over(visit: Visit) -> bool:
    return visit.left_at is not None or visit.cleared_at is not None


def _visit(uow: UnitOfWork, place_id: int, question: Question) -> Visit | None:
    return uow.visits.of(uow.matches.by_ref(place_id, question.ref or "").id)


def _said_right(uow: UnitOfWork, place_id: int, question: Question) -> bool:
    confirmed = uow.offers.by_ref(place_id, question.ref or "").confirmed_at
    return confirmed is not None and confirmed >= question.opened_at


_ANSWERED: Mapping[str, Callable[[UnitOfWork, int, Question], bool]] = {
    "arrived": _arrived, "left": _left, "still-right": _said_right,
}  # fmt: skip
"""Letters that hold longer than what they ask: whether it was answered, by kind of question."""
