"""A text whose work was cut off after the deed and before its end comes to the same."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.persistence.tables.texts import InboundTextRow, PromptRow
from enabler.persistence.unit_of_work import reading
from enabler.services import texting
from enabler.services.texting import STRANGERS_TEXTS_A_DAY
from tests.builders import a_helper, a_member
from tests.services.deeds import post, the_ask
from tests.telephone.street import STRANGER, a_street
from tests.telephone.talking import Talk, a_texting_place, number_of


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place())


class CutOff(Exception):
    """The power is gone."""


@pytest.mark.parametrize("answer", ["A1", "A2"])
@pytest.mark.parametrize("times", [0, 1])
def test_a_question_that_the_answer_itself_settled_was_answered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, answer: str, times: int
) -> None:
    hal = a_helper(talk.place, "Hal", "shopping", capacity=1)
    post(a_member(talk.place, "Ann"), now=talk.now)
    ref = the_ask(hal, talk.now)
    talk.deliver()
    talk.keep(number_of(hal), answer)
    for _ in range(times):
        with monkeypatch.context() as cut:
            cut.setattr(texting, "close_text", cut_off)
            with pytest.raises(CutOff):
                talk.work(number_of(hal))
    talk.work(number_of(hal))
    assert closed("ask", ref) == ["answered"]


def cut_off(**_: object) -> bool:
    """Nothing of the end is kept."""
    raise CutOff


def closed(kind: str, ref: str) -> list[str | None]:
    """Why each question of a kind about a thing is asked no more."""
    row = PromptRow
    with reading() as uow:
        return list(uow.session.scalars(
            select(row.closed_because).where(row.kind == kind, row.subject_ref == ref)
        ))  # fmt: skip


def test_a_strangers_first_text_is_answered_however_many_came_behind_it(app: Flask) -> None:
    with app.app_context():
        street = a_street()
        for nth in range(STRANGERS_TEXTS_A_DAY + 3):
            street.keep(STRANGER, "JOIN" if nth == 0 else f"are you there {nth}")
        street.work(STRANGER)
        with reading() as uow:
            rows = uow.session.scalars(select(InboundTextRow).order_by(InboundTextRow.id))
            came = [row.came_of for row in rows if row.number == STRANGER]
    assert (came[0], came[-1]) == ("answered", "nothing")
