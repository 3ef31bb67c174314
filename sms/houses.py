"""Which door somebody means: a number with its street, a flat, a house that has a name.

In a first text it is read only where it stands right before a street or beside the postcode that
counts; on the way to somewhere else it is no door of theirs. An answer to *which house* says less.
"""

from sms.doors_said import POLITE, Doors, House
from sms.reading import Said, read
from sms.where import read_postcode_in

MOST_OF_A_DOOR = 14
"""Words of a text that is a door and nothing else."""


def house_in(said: Said) -> House | None:
    """The door that a first text names, or None."""
    if not any(letter.isdigit() for letter in said.text):
        return None
    return Doors(said, read_postcode_in(said)).named()


def house_of(words: str) -> tuple[House | None, str]:
    """The door in the answer to a question for it, and what was said beside it. A postcode is
    neither."""
    said = read(words)
    spot = read_postcode_in(said)
    span = spot.span if spot and spot.is_whole else None
    found = Doors(said, spot).answered()
    if found is None:
        return None, words
    return found, said.without([found.span, *([span] if span else [])])


def house_alone(said: Said) -> House | None:
    """The door that a text is, with nothing beside it but a postcode and politeness. A figure
    alone is the answer to something."""
    words = said.words
    if len(words) < 2 or len(words) > MOST_OF_A_DOOR:
        return None
    spot = read_postcode_in(said)
    found = Doors(said, spot).answered()
    if found is None or found.span[0] > 0:
        return None
    skip = range(*spot.span) if spot is not None and spot.is_whole else range(0)
    rest = [nth for nth in range(found.span[1], len(words)) if nth not in skip]
    polite = all(words[nth] in POLITE for nth in rest)
    return found if polite else None


def without_house(said: Said, typed: str) -> str:
    """A first text without the door that was read in it; all of it where that is another's."""
    found = house_in(said)
    return said.without([found.span]) if found and found.typed == typed else said.text
