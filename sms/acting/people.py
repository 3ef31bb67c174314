"""What people are to look at: nothing that anybody wrote is lost, whatever else becomes of it."""

import unicodedata

from enabler.domain.words import LONGEST_WORDS
from enabler.services import inbound
from sms.acting.scene import Came, Scene
from sms.dialogue.turns import Say

WITH_PEOPLE = Say("with_people")


def given(scene: Scene) -> Came:
    """The text is at the desk, with all that its phone wrote about it; whoever wrote it hears so,
    unless more strangers write than anybody can read."""
    known = inbound.give_to_people(text_id=scene.text_id, now=scene.now)
    return Came(says=(WITH_PEOPLE,)) if known else Came()


def as_kept(words: str, otherwise: str = "") -> str:
    """Words as a service takes them: without what nobody can see, and not endless."""
    plain = "".join(
        " " if unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" else each
        for each in words
    )
    return plain.strip()[:LONGEST_WORDS] or otherwise
