"""What people correct is asked for: whether the words that we did not understand may be kept."""

from collections.abc import Iterator, Mapping

from enabler.domain.categories import TREE
from enabler.domain.consents import LEARNING, newest
from enabler.domain.errors import EnablerError
from enabler.domain.own_wordings import MOST_WORDS
from enabler.services import learning
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say
from sms.reading import read
from sms.understanding.deciding import Weighed
from sms.understanding.lexicon import NONE
from sms.where import whole_postcodes_in

LEARN = "learn"
_LONGEST = 60
"""Words of a text that are looked at."""


def asked_after(deed: Deed, scene: Scene) -> tuple[Opening, ...]:
    """The question, where something was posted as another kind of help than we took it for at
    first, or than we were sure of. What cannot be learnt is no reason to say that it was not
    posted."""
    words, slug = str(deed.facts.get(LEARN) or ""), str(deed.facts["category"])
    if not words or slug not in TREE or slug == deed.facts.get("guess"):
        return ()
    try:
        kept = learning.heard(
            actor=scene.actor, words=around(words, slug), category=slug, language=scene.language,
            key=f"{scene.key}:{LEARN}", now=scene.now,
        )  # fmt: skip
    except EnablerError:
        return ()
    if not kept:
        return ()
    facts = {
        "phrase": kept, "category": slug, "version": newest(LEARNING).version,
        "language": scene.language,
    }  # fmt: skip
    return (Opening(LEARN, ("yes", "no"), facts),)


def around(words: str, slug: str) -> str:
    """The few words that speak the most for a kind of help, without a postcode or a figure."""
    said = read(words)
    spans = [one.span for one in whole_postcodes_in(said)]
    plain = said.without(spans) if spans else said.text
    kept = [word for word in plain.split() if not any(letter.isdigit() for letter in word)]
    return max(_stretches(kept[:_LONGEST]), key=lambda one: _speaks(one, slug))


def _stretches(words: list[str]) -> Iterator[str]:
    for at in range(max(1, len(words) - MOST_WORDS + 1)):
        yield " ".join(words[at : at + MOST_WORDS])


def _speaks(words: str, slug: str) -> float:
    return Weighed(read(words), NONE).kinds.get(slug, 0.0)


def agree(deed: Deed, scene: Scene) -> Came:
    """They may be kept."""
    facts = deed.facts
    learning.agreed(
        actor=scene.actor, words=str(facts["phrase"]), category=str(facts["category"]),
        language=str(facts["language"]), version=int(facts["version"]), key=scene.key,
        now=scene.now,
    )  # fmt: skip
    return Came(says=(Say("learn_yes"),))


def decline(_deed: Deed, _scene: Scene) -> Came:
    """They are not kept, and nobody asks again."""
    return Came(says=(Say("learn_no"),))


ACTS_OF_LEARNING: Mapping[str, Act] = {"learn.yes": agree, "learn.no": decline}
