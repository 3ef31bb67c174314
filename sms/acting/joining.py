"""Somebody joins by text; what they wrote at first goes on from there."""

from collections.abc import Mapping

from enabler.domain.errors import Invalid
from enabler.services import joining_by_text
from sms.acting.people import given
from sms.acting.refusing import refused
from sms.acting.scene import Act, Came, Scene
from sms.dialogue import drafting, joining
from sms.dialogue.turns import Caller, Deed, Facts, Say, Turn
from sms.reading import read
from sms.tongues import tongues


def join(deed: Deed, scene: Scene) -> Came:
    """They are a member from now on, in the state that the pages would give them; a postcode that
    is not this place's is asked again."""
    facts = deed.facts
    try:
        waits = joining_by_text.sign_up(
            text_id=scene.text_id, name=str(facts["name"]), postcode_text=str(facts["postcode"]),
            adult=bool(facts.get("adult")), wording=facts.get("version"),
            language=str(facts.get("language") or scene.language), secrets=scene.secrets,
            key=scene.key, now=scene.now,
        )  # fmt: skip
    except Invalid as error:
        return _again(facts, error, scene)
    first = _first(str(facts.get("first_words") or ""), scene)
    code = "joined_waits" if waits else "joined_first" if first.opens else "joined"
    return Came(says=(Say(code),), opens=first.opens)


def _again(facts: Facts, error: Invalid, scene: Scene) -> Came:
    """What is asked anew. Raises the error where nothing they say makes it right."""
    if error.field == "consented":
        return Came(opens=joining.consent(facts, scene.language).opens)
    if error.field not in ("postcode", "name"):
        raise error
    turn = joining.asked_again(error.field, facts)
    if turn.deeds:
        return Came(says=(refused(error), *given(scene).says))
    return Came(says=(refused(error),), opens=turn.opens)


def _first(words: str, scene: Scene) -> Turn:
    """The draft of what they wrote before they were asked to join."""
    if not words:
        return Turn()
    said, read_by, now = read(words), tongues(scene.language), scene.now.astimezone(scene.zone)
    caller = Caller(
        scene.language, has_home=True, has_address=False, own=scene.own, sure_from=scene.sure_from
    )
    what = drafting.OFFER if caller.understood(said, read_by, now).offers else drafting.NEED
    return drafting.begin(what, said, caller, read_by, now)


ACTS_OF_JOINING: Mapping[str, Act] = {joining.JOIN: join}
