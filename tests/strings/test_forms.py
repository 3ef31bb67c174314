"""Every field of every form takes whatever is typed, or says in words at the field why not."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from zlib import crc32

import pytest

from enabler.web import language
from tests.authorisation.people import STRANGER
from tests.authorisation.worlds import World
from tests.geography.shared import needs_shared
from tests.strings.asking import (
    asked_with,
    bodies,
    called_with,
    names_asked,
    names_in_forms,
    names_read,
)
from tests.strings.forms import WRITTEN, senders
from tests.strings.looking import kept
from tests.strings.naughty import CORE, OPEN, bundle, every, one_of_each_kind, wrapped
from tests.strings.planting import ASIDE, looked_at, plant, written_columns
from tests.strings.trying import Trial
from tests.strings.twice import from_two_windows, pressed_twice

pytestmark = needs_shared
LINE, PARAGRAPHS = 58, 280
"""How much of a sample is tried at once: what the shortest fields take."""
NOTHING_TYPED = frozenset({"key"})
"""Forms that have nothing but a button."""
UNSEEN = f"{OPEN}a\x00b\x1bc"


def by_themselves(trial: Trial, texts: Iterable[str]) -> Iterator[str]:
    """Each string in each field, what is beside it being right."""
    for name, (kind, _) in trial.fields.items():
        for text in texts if kind in WRITTEN else (CORE,):
            yield from trial.send({name: text})


def all_of_them(trial: Trial, texts: Sequence[str]) -> Iterator[str]:
    """One of each kind in each field by itself; then every string in all fields at once, and in
    those that would take it."""
    yield from by_themselves(trial, (CORE, *one_of_each_kind(texts)))
    written = [name for name, (kind, _) in trial.fields.items() if kind in WRITTEN]
    for text in texts if written else ():
        yield from trial.send(dict.fromkeys(written, text))
        taken = [name for name in written if name not in trial.refused]
        if trial.refused and taken:
            yield from trial.send(dict.fromkeys(taken, text))


def together(trial: Trial) -> Iterator[str]:
    """A sample of each kind of string in all fields at once; then in those that would take it; and,
    by turns, what nobody can see in all of them."""
    name = trial.sender.name
    sample = {field: _sample(f"{name} {field}", kind) for field, (kind, _) in trial.fields.items()}
    yield from trial.send(sample)
    taken = {
        field: text for field, text in sample.items()
        if trial.fields[field][0] in WRITTEN and field not in trial.refused
    }  # fmt: skip
    if taken and taken != sample:
        yield from trial.send(taken)
    if crc32(name.encode()) % 3 == 0 and taken:
        yield from trial.send(dict.fromkeys(taken, UNSEEN))


def strings_for(world: World) -> tuple[str, ...]:
    """All there are; of plain letters a few on PostgreSQL, which takes those as SQLite does."""
    plain = [text for text in every() if text.isascii() and text.isprintable()]
    if world.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return every()
    few = one_of_each_kind(plain)
    return tuple(text for text in every() if text not in plain or text in few)


def _sample(seed: str, kind: str) -> str:
    if kind not in WRITTEN:
        return CORE
    return bundle(seed, PARAGRAPHS if kind == "textarea" else LINE, lines=kind == "textarea")


@pytest.mark.prove("4.10")
def test_every_field_takes_what_is_typed_or_says_why_not(world: World, full_size: bool) -> None:
    wrong: list[str] = []
    tried: set[tuple[str, str, bool]] = set()
    columns: set[str] = set()
    for sender in senders(world):
        of = (f"{sender.rule.route} {sender.question}", sender.principal == STRANGER)
        new = {
            name: shape for name, shape in sender.begin().shown().items()
            if (of[0], name, of[1]) not in tried
        }  # fmt: skip
        tried |= {(of[0], name, of[1]) for name in new}
        trial = Trial(sender, new)
        if full_size:
            found = list(all_of_them(trial, [wrapped(text) for text in strings_for(world)]))
            print(f"{len(tried)} fields: {sender.name}", *found, sep="\n", flush=True)  # noqa: T201
            wrong += found
        elif sender.question == "when":
            wrong += by_themselves(trial, (_sample(sender.name, "text"),))
        elif set(new) - NOTHING_TYPED:
            wrong += together(trial)
        columns |= trial.columns
        if new:
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


@pytest.mark.prove("4.10")
def test_no_address_and_no_header_breaks_a_page(world: World, full_size: bool) -> None:
    names, wrong = names_asked() | {language.ASKED}, []
    for page in ("/near", "/", f"/needs/{world.refs['need', 'ward']}/considered"):
        answer = world.browser("custodian").get(page)
        names |= names_in_forms(answer.get_data(as_text=True))
    assert {"postcode", "category", "offer", "next", "lang", "only"} <= names
    sample = [bundle("asked", 200, lines=True), f"{OPEN}a\x00b\ufffe"]
    pages = [rule for rule in world.book.rules if rule.method == "GET"]
    read: dict[str, set[str]] = {}
    for rule in pages:
        with names_read(world) as read[rule.name]:
            for text in sample:
                wrong += asked_with(world, rule, names, text)
    assert {"postcode", "category"} <= read["GET /near"]
    if full_size:
        everywhere = set.intersection(*(read[rule.name] for rule in pages if not rule.is_api))
        own = [rule for rule in pages if rule.name == "GET /" or read[rule.name] - everywhere]
        assert len(own) > 10
        for rule, text in product(own, map(wrapped, strings_for(world))):
            wrong += asked_with(world, rule, names, text)
    with world.app.app_context():
        assert set(kept()) <= {"draft.answers"}
    world.put_back()
    assert wrong == [], "\n".join(wrong)


@pytest.mark.prove("4.10")
def test_every_text_of_a_call_is_kept_as_it_was_or_refused(world: World, full_size: bool) -> None:
    tried, wrong = set(), []
    for rule in world.book.rules:
        if not (rule.is_api and rule.method == "POST" and any(rule.may.values())):
            continue
        for name, value in bodies(world, rule).items():
            if (rule.route, name) in tried:
                continue
            tried.add((rule.route, name))
            texts = [wrapped(text) for text in strings_for(world)] if full_size else [
                bundle(f"{rule.name} {name}", PARAGRAPHS, lines=True), f"{OPEN}a\x00b\ud800",
            ]  # fmt: skip
            for text in texts:
                wrong += called_with(world, rule, name, value, text)
    assert ("/api/v1/needs", "words") in tried
    assert wrong == [], "\n".join(wrong)


@pytest.mark.prove("4.11")
def test_a_form_that_is_sent_twice_makes_one_thing(world: World) -> None:
    wrong: list[str] = []
    for sender in senders(world):
        for look in (pressed_twice, from_two_windows):
            sender.begin()
            wrong += look(sender)
            world.put_back()
    assert wrong == [], "\n".join(wrong)
