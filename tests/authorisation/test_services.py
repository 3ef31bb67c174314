"""Services that no route reaches ask for leave as well: each is called by everybody."""

from pathlib import Path

import pytest

from tests.authorisation.rules import Book
from tests.authorisation.unreached import CALLS, actors, may, unreached
from tests.authorisation.worlds import World


@pytest.mark.prove("4.1")
def test_every_service_without_a_route_has_a_rule(book: Book) -> None:
    assert sorted(unreached()) == sorted(book.services)


@pytest.mark.prove("4.1")
@pytest.mark.parametrize("whose", ["here", "elsewhere"])
@pytest.mark.parametrize("service", sorted(CALLS))
def test_who_may_and_who_may_not(
    world: World, book: Book, service: str, whose: str, tmp_path: Path
) -> None:
    slug = world.here.slug if whose == "here" else "farby"
    ref = world.refs["member", "ward" if whose == "here" else "elsewhere"]
    let_in = set()
    try:
        with world.app.app_context():
            for name, actor in actors(world.principals).items():
                if may(CALLS[service], actor, slug, ref, tmp_path):
                    let_in.add(name)
    finally:
        world.put_back()
    assert let_in == set(book.services[service][whose])
