"""Words that were not understood at first, and what their member says about keeping a few of them.

They are asked once in their life here; whoever said no, or said nothing, is not asked again. Staff
see the words and how many wrote them, never who.
"""

from datetime import datetime
from typing import Any

from enabler.domain.consents import LEARNING, Shown, newest
from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.own_wordings import SHORTEST, checked_kind, folded, without_people
from enabler.domain.permissions import Action, Actor
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._consenting import agree
from enabler.services._once import once
from enabler.services._own import own


def heard(
    *, actor: Actor, words: str, category: str, language: str, key: str, now: datetime
) -> str:  # fmt: skip
    """Somebody told us which kind of help these words meant. Where they agreed before, a few of
    them are kept; where they were never asked, those that would be are what comes back: they are to
    be asked now. Else nothing.

    Raises NotAllowed, Invalid("category"), KeyReused.
    """
    slug = checked_kind(category)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SET_WAYS)
        phrase = _of_nobody(member, words)

        def act() -> dict[str, Any]:
            if len(folded(phrase)) < SHORTEST:
                return {"asks": False}
            if uow.consents.standing(member.id, LEARNING):
                _propose(uow, member, (phrase, slug, language), now)
                return {"asks": False}
            asked = uow.wishes.asked_to_learn(member.id)
            if not asked:
                uow.wishes.choose(member.place_id, member.id, asked_to_learn_at=now)
            return {"asks": not asked}

        result = once(
            uow, "learning.heard", actor=actor, key=key, now=now, act=act,
            arguments={"phrase": phrase, "category": slug, "language": language},
        )  # fmt: skip
        uow.commit()
    return phrase if result["asks"] else ""


def agreed(
    *, actor: Actor, words: str, category: str, language: str, version: int, key: str,
    now: datetime,
) -> None:  # fmt: skip
    """They agree, by text, to the wording of this version that they read in ``language``: these
    words wait for staff.

    Raises NotAllowed, Invalid("category", or "consented": consent_changed), KeyReused.
    """
    slug = checked_kind(category)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SET_WAYS)
        if newest(LEARNING).version != version:
            raise Invalid("consented", "consent_changed")

        def act() -> dict[str, Any]:
            shown = Shown(language, page=LEARNING, how="text")
            agree(uow, actor, member, LEARNING, shown, now)
            _propose(uow, member, (_of_nobody(member, words), slug, language), now)
            return {"code": LEARNING}

        once(
            uow, "learning.agreed", actor=actor, key=key, now=now, act=act,
            arguments={"words": words, "category": slug, "language": language, "version": version},
        )  # fmt: skip
        uow.commit()


def _of_nobody(member: Member, words: str) -> str:
    return without_people(words, (member.name, member.shown_name))


def _propose(
    uow: UnitOfWork, member: Member, words: tuple[str, str, str], now: datetime
) -> None:  # fmt: skip
    phrase, category, language = words
    uow.own_wordings.propose(
        place_id=member.place_id, member_id=member.id,
        ref=uow.refs.new(member.place_id, "given-wording"), phrase=phrase, folded=folded(phrase),
        category=category, language=language, given_at=now,
    )  # fmt: skip
