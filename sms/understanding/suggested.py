"""Which kinds of help words on a page sound like, and whether somebody in them is in danger.

Nothing is decided by it: whoever writes chooses. So more is named than a text would be answered
with, where the lists hear more.
"""

from collections.abc import Iterator, Sequence

from enabler.services.ports import Heard, LikelyKind
from sms.dangers import in_danger
from sms.reading import read
from sms.tongues import tongues
from sms.understanding.deciding import Weighed, sounds_dangerous
from sms.understanding.drafted import MOST_KINDS, SURE_FROM, kinds_of
from sms.understanding.lexicon import by_first

AS_STRONGLY = 2
"""A kind that the lists hear besides is named where they hear no other more than so many times as
strongly: *milk and my prescription* are two, the hospital of *walk my dog while I am in hospital*
is none."""


def heard_in(words: str, *, language: str, own: Sequence[tuple[str, str]] = ()) -> Heard:
    """What the words sound like; of long ones the first 1,600 characters (``reading.LONGEST``).
    ``language``: of the page, whose sayings are looked for first; ``own``: phrases of the place's
    own lists, each with its kind of help."""
    said = read(words)
    weighed = Weighed(said, by_first(own))
    kinds = tuple(dict.fromkeys((*kinds_of(weighed, SURE_FROM), *_listed(weighed))))[:MOST_KINDS]
    return Heard(
        kinds=tuple(LikelyKind(slug, weighed.kinds.get(slug, 0.0)) for slug in kinds),
        danger=sounds_dangerous(weighed, in_danger(said, tongues(language))),
    )


def _listed(weighed: Weighed) -> Iterator[str]:
    """What the lists hear, the strongest first."""
    for slug, weight in sorted(weighed.found.items(), key=lambda one: -one[1]):
        if weight * AS_STRONGLY >= max(weighed.found.values()):
            yield slug
