"""The texts of a number, worked one after the other: read, acted upon, answered (law 5).

What a text leads to is several transactions. Each deed has a key that comes of the text, and what
is said and asked is kept with the text's end in one commit: however often it is begun anew, it
comes to the same.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from enabler.domain.errors import EnablerError
from enabler.services import inbound, landmarks, mandates_by_text, texting
from enabler.services.inbound import Received
from enabler.services.mandates_by_text import Found
from enabler.services.ports import Secrets
from enabler.services.texting import Opened
from sms.acting.refusing import refused
from sms.acting.scene import Came, Scene
from sms.acting.table import ACTS
from sms.commands import name_to_end
from sms.dialogue.over import still_open
from sms.dialogue.step import step
from sms.dialogue.turns import Caller, Deed, Turn
from sms.understanding.lexicon import by_first

Clock = Callable[[], datetime]
_BY_THE_PROVIDER = {"STOP": Turn(deeds=(Deed("stop"),)), "START": Turn(deeds=(Deed("start"),)),
                    "HELP": Turn()}  # fmt: skip
"""What a provider took a text for and has answered itself."""


def work(*, place_id: int, number: str, secrets: Secrets, clock: Clock) -> int:
    """Work what waits of a number, until nothing does or another works it; how many texts.

    What goes wrong with one is raised, when it is kept that it did: the sweep tries it again, and
    in the end it is people's.
    """
    holder, worked = secrets.token(), 0
    while text := inbound.next_of(place_id=place_id, number=number, holder=holder, now=clock()):
        try:
            _answer(text, place_id, secrets)
        except Exception:
            inbound.failed(text_id=text.id, holder=holder, now=clock())
            raise
        worked += 1
    return worked


def _answer(text: Received, place_id: int, secrets: Secrets) -> None:
    now = text.received_at
    opened = texting.open_text(text_id=text.id, now=now)
    said_already = _BY_THE_PROVIDER.get((opened.opt_out or "").upper())
    turn = _turn(opened, place_id, now) if said_already is None else said_already
    came = [
        _done(deed, _scene(opened, text, place_id, nth, secrets))
        for nth, deed in enumerate(turn.deeds)
    ]  # fmt: skip
    if said_already is not None:
        inbound.settle(text_id=text.id, now=now)
        return
    says = (*turn.says, *(each for one in came for each in one.says))
    closes = (*turn.closes, *(each for one in came for each in one.closes))
    opens = (*turn.opens, *(each for one in came for each in one.opens))
    says = (*says, *still_open(opened.questions, says, closes, opens))
    texting.close_text(
        text_id=text.id, now=now,
        closes=closes, opens=opens,
        says=[each for nth, each in enumerate(says) if each not in says[:nth]],
        refs={
            deed.facts["letter"]: one.ref
            for deed, one in zip(turn.deeds, came, strict=True)
            if one.ref is not None and "letter" in deed.facts
        },
    )  # fmt: skip


def _turn(opened: Opened, place_id: int, now: datetime) -> Turn:
    named = landmarks.named(place_id=place_id, words=opened.body) if opened.known else ()
    caller = Caller(
        opened.language, opened.known, opened.stopped, opened.has_home, opened.has_address,
        opened.reachable, named, by_first(opened.own), opened.understood_from / 100,
        _ends_somebody(opened, now),
    )  # fmt: skip
    return step(opened.body, caller, opened.questions, now.astimezone(ZoneInfo(opened.zone)))


def _ends_somebody(opened: Opened, now: datetime) -> bool:
    """Whether it names somebody who acts for them: *stop by at ten* does not."""
    typed = name_to_end(opened.body, opened.language)
    if typed is None or opened.actor.member_id is None:
        return False
    return mandates_by_text.meant(actor=opened.actor, words=typed, now=now) != Found()


def _scene(opened: Opened, text: Received, place_id: int, nth: int, secrets: Secrets) -> Scene:
    return Scene(
        actor=opened.actor, text_id=text.id, language=opened.language,
        zone=ZoneInfo(opened.zone), questions=opened.questions, secrets=secrets,
        key=f"sms:{text.provider_ref}:{nth}", now=text.received_at,
        number=opened.number, stranger=not opened.known, place_id=place_id,
        own=by_first(opened.own), sure_from=opened.understood_from / 100,
    )  # fmt: skip


def _done(deed: Deed, scene: Scene) -> Came:
    """A deed done; or why it cannot be, which is an answer as well."""
    try:
        return ACTS[deed.name](deed, scene)
    except EnablerError as error:
        return Came(says=(refused(error),))
