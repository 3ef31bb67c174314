"""No texts any more, texts again, texts in another language."""

from collections.abc import Mapping

from enabler.domain.errors import Invalid
from enabler.services import details, opting
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Say


def stop(deed: Deed, scene: Scene) -> Came:
    """No text leaves for them any more but the one that says so; once more says nothing."""
    new = opting.stop(text_id=scene.text_id, key=scene.key, now=scene.now)
    return Came(says=(Say("stopped"),) if new else ())


def start(deed: Deed, scene: Scene) -> Came:
    """They get texts again."""
    new = opting.start(text_id=scene.text_id, key=scene.key, now=scene.now)
    return Came(says=(Say("started") if new else Say("menu"),))


def language(deed: Deed, scene: Scene) -> Came:
    """Texts in another language from now on, this answer too."""
    wanted = deed.facts.get("language")
    if wanted is None:
        return Came(says=(Say("say_language"),))
    if scene.stranger:
        known = opting.read_in(
            text_id=scene.text_id, language=wanted, key=scene.key, now=scene.now
        )  # fmt: skip
        return Came(says=(Say("language") if known else Say("no_such_language"),))
    try:
        details.read_in(actor=scene.actor, language=wanted, key=scene.key, now=scene.now)
    except Invalid:
        return Came(says=(Say("no_such_language"),))
    return Came(says=(Say("language"),))


ACTS_OF_OPTING: Mapping[str, Act] = {"stop": stop, "start": start, "language": language}
