"""Who acts for whoever texts: shown, agreed to, asked for, ended. Names are read when the answer
leaves; here are refs alone."""

from collections.abc import Mapping
from datetime import timedelta

from enabler.domain.mandates_by_text import CODED
from enabler.domain.sign_in import CODE_LIFE
from enabler.services import mandate_ends_by_text, mandates_by_text
from enabler.services.mandates_by_text import Found
from sms.acting.people import given
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say
from sms.dialogue.turns import Question as Asked

_MOST_OF_A_NAME = 6
_SAID = {
    "agreed": "supporter_agreed", "invited": "supporter_invited", "code_wrong": "code_wrong",
    "code_over": "code_over", "code_tried": "code_over",
}  # fmt: skip


def supporters(deed: Deed, scene: Scene) -> Came:
    """What somebody asks of them first, with the code that says yes; while that stands, or where
    nobody asks, who may act for them, each with the number that ends it."""
    found = mandates_by_text.listed(actor=scene.actor, now=scene.now)
    standing = [one for one in scene.questions if one.ref in found.asks and _stands(one, scene)]
    if found.asks and not standing:
        return _asks_first(found, scene)
    if found.mandates:
        says = (Say("supporter", {"mandate": ref}) for ref in found.mandates)
        return Came(says=(*says, Say("supporters_how")))
    if standing:
        return Came(says=(Say("supporters_open", {"letter": standing[-1].letter}),))
    return Came(says=(Say("supporters_none"),))


def _asks_first(found: Found, scene: Scene) -> Came:
    opening = mandates_by_text.to_agree(
        actor=scene.actor, text_id=scene.text_id, ref=found.asks[0], secrets=scene.secrets,
        now=scene.now,
    )  # fmt: skip
    also = ("supporters_ask_too",) if len(found.asks) > 1 else ()
    again = ("supporters_again",) if found.mandates else ()
    return _asks(opening, scene, *also, *again)


def _stands(question: Asked, scene: Scene) -> bool:
    """Whether its code still says yes."""
    if question.kind not in CODED or question.closed:
        return False
    return scene.now - question.opened_at < CODE_LIFE - timedelta(minutes=1)


def _asks(opening: Opening, scene: Scene, *also: str) -> Came:
    """Ask it; no code that was sent before says yes to anything any more."""
    before = (one.letter for one in scene.questions if one.kind in CODED and not one.closed)
    return Came(
        says=tuple(Say(code) for code in also), opens=(opening,), closes=tuple(before)
    )  # fmt: skip


def supporter(deed: Deed, scene: Scene) -> Came:
    """Whoever has this number is to be asked to act for them, once the code comes back."""
    opening = mandates_by_text.to_invite(
        actor=scene.actor, text_id=scene.text_id, to=deed.words, secrets=scene.secrets,
        now=scene.now,
    )  # fmt: skip
    return _asks(opening, scene)


def code(deed: Deed, scene: Scene) -> Came:
    """The code came back: as it should, or not."""
    letter = str(deed.facts["letter"])
    came = mandates_by_text.answer(
        actor=scene.actor, text_id=scene.text_id, letter=letter, code=deed.words,
        secrets=scene.secrets, key=scene.key, now=scene.now,
    )  # fmt: skip
    facts = {"mandate": came.ref} if came.what == "agreed" else {}
    closes = () if came.what == "code_wrong" else (letter,)
    return Came(says=(Say(_SAID[came.what], facts),), closes=closes)


def drop(deed: Deed, scene: Scene) -> Came:
    """It is over by its number. By a name, which anybody may know, they are told the number: of
    each who is called so. A name that nobody has who acts for them may mean something else."""
    if not deed.words.isdigit():
        found = mandates_by_text.meant(actor=scene.actor, words=deed.words, now=scene.now)
        if found != Found():
            return Came(says=_numbers(found))
        return Came(says=(Say("no_such_supporter"), *given(scene).says))
    came = mandate_ends_by_text.end(
        actor=scene.actor, text_id=scene.text_id, code=deed.words, secrets=scene.secrets,
        key=scene.key, now=scene.now,
    )  # fmt: skip
    if came.what == "flood":
        return given(scene)
    if came.what == "ended":
        return Came(says=(Say("dropped", {"mandate": came.ref}),))
    if came.what == "unknown":
        return Came(says=(Say("drop_unknown"),))
    gone = (one.letter for one in scene.questions if one.ref == came.ref and not one.closed)
    return Came(says=(Say("drop_refused"),), closes=tuple(gone))


def _numbers(found: Found) -> tuple[Say, ...]:
    says = [Say("drop_one", {"mandate": ref}) for ref in found.mandates[:_MOST_OF_A_NAME]]
    asks = [Say("drop_ask", {"mandate-ask": ref}) for ref in found.asks[:_MOST_OF_A_NAME]]
    return (*says, *asks)


def act_for(deed: Deed, scene: Scene) -> Came:
    """A mandate is used by somebody who is signed in, and judged as them at each step: a number
    proves nobody, and of two for whom one acts a text would not say which."""
    return Came(says=(Say("act_not_by_text"),))


ACTS_OF_SUPPORTING: Mapping[str, Act] = {
    "supporters": supporters, "supporter": supporter, "supporter_code": code, "drop": drop,
    "stop_one": drop, "act_for": act_for,
}  # fmt: skip
