"""Every field of every form takes whatever is typed, or says in words at the field why not."""

from zlib import crc32

import pytest

from tests.authorisation.people import STRANGER
from tests.authorisation.worlds import World
from tests.strings.forms import WRITTEN, senders
from tests.strings.naughty import CORE, OPEN, bundle, every, wrapped
from tests.strings.planting import ASIDE, looked_at, plant, written_columns
from tests.strings.trying import Trial

LINE, PARAGRAPHS = 58, 280
"""How much of a sample is tried at once: what the shortest fields take."""


def strings_for(name: str, kind: str, *, full_size: bool) -> list[str]:
    """What is tried in a field: a sample of each kind of string, or all of them."""
    if kind not in WRITTEN:
        return [CORE]
    if full_size:
        return [CORE, *(wrapped(text) for text in every())]
    room = PARAGRAPHS if kind == "textarea" else LINE
    unseen = [f"{OPEN}a\x00b\x1bc"] if crc32(name.encode()) % 4 == 0 else []
    return [bundle(name, room, lines=kind == "textarea"), *unseen]


@pytest.mark.prove("4.10")
def test_every_field_takes_what_is_typed_or_says_why_not(world: World, full_size: bool) -> None:
    wrong: list[str] = []
    tried: set[tuple[str, str, bool]] = set()
    columns: set[str] = set()
    for sender in senders(world):
        for name, (kind, boxes) in sender.begin().shown().items():
            of = (f"{sender.rule.route} {sender.question}", name, sender.principal == STRANGER)
            if of in tried:
                continue
            tried.add(of)
            trial = Trial(sender, name, kind, boxes)
            for text in strings_for(sender.name + name, kind, full_size=full_size):
                wrong += trial.try_one(text)
            columns |= trial.columns
        world.put_back()
    with world.app.app_context():
        planted = {f"{column.table.name}.{column.name}" for column in written_columns()}
    assert columns - ASIDE <= planted
    assert len(tried) > 250
    assert wrong == [], "\n".join(wrong)


@pytest.mark.prove("4.10")
def test_no_page_shows_what_was_written_as_anything_but_words(
    world: World, full_size: bool
) -> None:
    plant(world)
    wrong = list(looked_at(world, whole=full_size))
    world.put_back()
    assert wrong == [], "\n".join(wrong)
