"""Questions that phones were sent, and the letters under which they are answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true, update
from sqlalchemy.orm import Session

from enabler.domain.prompts import FRESH, MOST_WEEKS, RESTS, Question, free_letter
from enabler.persistence.phones import Phone
from enabler.persistence.tables.texts import PromptRow


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question as it is kept; ``key``: of the letter that asked it, or of the text."""

    id: int
    phone_id: int
    key: str
    question: Question


class Prompts:
    """The rows of one session. The phone is locked by whoever opens one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, phone: Phone, now: datetime) -> list[Prompt]:
        """What a phone may still mean: open questions, and those closed in the last weeks whose
        letter has gone to no other; the oldest first. Whoever had the number before was asked
        other things: they are nobody else's to answer, nor to be told again."""
        row = PromptRow
        found = self._session.scalars(
            select(row)
            .where(row.phone_id == phone.id, ~_of_another(phone))
            .where(row.closed_at.is_(None) | (row.closed_at > now - MOST_WEEKS))
            .order_by(row.opened_at, row.id)
        )
        newest: dict[str, Prompt] = {}
        for each in found:
            newest.pop(each.letter, None)
            newest[each.letter] = _prompt(each)
        return list(newest.values())

    def by_key(self, key: str) -> Prompt | None:
        """The one that this letter, or this text, led to."""
        row = self._session.scalar(select(PromptRow).filter_by(dedupe_key=key))
        return None if row is None else _prompt(row)

    def open(
        self, phone: Phone, *, kind: str, options: tuple[str, ...], key: str, now: datetime,
        ref: str | None = None, facts: Mapping[str, Any] | None = None, takes_words: bool = False,
        spared: Collection[str] = (),
    ) -> Prompt:  # fmt: skip
        """Ask under the first free letter of a phone that is locked, none that is ``spared``; the
        same key opens nothing twice."""
        known = self.by_key(key)
        if known is not None:
            return known
        row = PromptRow(
            place_id=phone.place_id, phone_id=phone.id, member_id=phone.member_id,
            number=None if phone.member_id else phone.number,
            letter=self._letter(phone.id, spared, now), kind=kind, subject_ref=ref,
            options=list(options), facts=dict(facts or {}),
            takes_words=takes_words, opened_at=now, fresh_until=now + FRESH, dedupe_key=key,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return _prompt(row)

    def open_again(self, known: Prompt, *, key: str, now: datetime) -> Prompt:
        """Ask once more what is asked already, or was, under its letter: by another letter of
        ours, with its ``key``. The phone is locked, and no other open question has that letter."""
        row = PromptRow
        values = {
            "opened_at": now, "fresh_until": now + FRESH, "closed_at": None,
            "closed_because": None, "dedupe_key": key,
        }  # fmt: skip
        self._session.execute(update(row).where(row.id == known.id).values(**values))
        again = self.by_key(key)
        return known if again is None else again

    def _letter(self, phone_id: int, spared: Collection[str], now: datetime) -> str:
        row = PromptRow
        taken = self._session.scalars(select(row.letter).filter_by(phone_id=phone_id).where(
            row.closed_at.is_(None)
        ))  # fmt: skip
        rested = self._session.scalars(
            select(row.letter)
            .where(row.phone_id == phone_id, row.closed_at > now - RESTS)
            .order_by(row.closed_at, row.id)
        )
        return free_letter({*taken, *spared}, list(rested))

    def note(self, prompt_id: int, facts: Mapping[str, Any]) -> None:
        """What is known now of what an open question is about."""
        row = PromptRow
        self._session.execute(
            update(row)
            .where(row.id == prompt_id, row.closed_at.is_(None))
            .values(facts=dict(facts))
        )

    def close(self, ids: Collection[int], because: str, now: datetime) -> None:
        """These are asked no more. ``because``: answered, settled or again. What somebody had said
        so far of a thing that is not there goes: whoever took it up has it."""
        row = PromptRow
        these = update(row).where(row.id.in_(list(ids)), row.closed_at.is_(None))
        self._session.execute(these.where(row.subject_ref.is_(None)).values(facts={}))
        self._session.execute(these.values(closed_at=now, closed_because=because))

    def close_of_others(self, phone: Phone, now: datetime) -> None:
        """What was asked of whoever had the number before is asked no more."""
        row = PromptRow
        theirs = row.phone_id == phone.id, row.closed_at.is_(None), _of_another(phone)
        self.close(list(self._session.scalars(select(row.id).where(*theirs))), "settled", now)

    def close_letters(
        self, phone_id: int, letters: Collection[str], now: datetime, *, opened_by: datetime,
        refs: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """These were answered, also those that the answer itself has settled by now: a text that is
        worked anew finds them so. A question that was opened later than ``opened_by``, under a
        letter that had become free, is not the one that was meant. ``refs``: what came of some of
        them, by letter: from now on they are about that."""
        row = PromptRow
        settled_now = (row.closed_because == "settled") & (row.closed_at == now)
        found = self._session.execute(
            select(row.id, row.letter).where(
                row.phone_id == phone_id, row.letter.in_(list(letters)),
                row.closed_at.is_(None) | settled_now, row.opened_at <= opened_by,
            )
        ).all()  # fmt: skip
        answered = [each.id for each in found]
        self.close(answered, "answered", now)
        self._session.execute(
            update(row).where(row.id.in_(answered)).values(closed_because="answered")
        )
        for each in found:
            if each.letter in refs:
                came_of = update(row).where(row.id == each.id, row.subject_ref.is_(None))
                self._session.execute(came_of.values(subject_ref=refs[each.letter]))


def _of_another(phone: Phone) -> ColumnElement[bool]:
    """Asked of a member who has the number no more. What a stranger was asked stays with the
    phone: it is by this that they become a member."""
    owner, mine = PromptRow.member_id, phone.member_id
    return and_(owner.is_not(None), true() if mine is None else owner != mine)


def _prompt(row: PromptRow) -> Prompt:
    return Prompt(row.id, row.phone_id, row.dedupe_key, Question(
        letter=row.letter, kind=row.kind, options=tuple(row.options), opened_at=row.opened_at,
        fresh_until=row.fresh_until, ref=row.subject_ref, facts=dict(row.facts),
        takes_words=row.takes_words, closed=row.closed_at is not None,
    ))  # fmt: skip
