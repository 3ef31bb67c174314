"""Fixture: ``world`` gives the village on one of the two databases, with clock and chance fixed."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import itsdangerous
import pytest

from enabler.app import create_app
from enabler.config import Settings
from enabler.services import _visit_day
from tests.application import SECRET_KEY, close
from tests.databases.fixtures import FreshDatabase
from tests.privacy.fixed import FixedClock, FixedSecrets
from tests.privacy.village import build
from tests.privacy.worlds import KeptFile, KeptTemplate, World, Worlds


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Worlds]:  # fmt: skip
    """``world("spatialite")``: the village there; built once for the tests of a file."""
    clock, made = FixedClock(), {}
    with ExitStack() as open_things, pytest.MonkeyPatch.context() as patch:
        # Signed tokens carry the time: their library has no other way to be told it.
        patch.setattr(itsdangerous.TimestampSigner, "get_timestamp", clock.seconds)
        # The word at a door is drawn by chance: two days would differ by it alone.
        patch.setattr(_visit_day.secrets, "choice", lambda words: words[0])

        def get(name: str) -> World:
            if name not in made:
                url = open_things.enter_context(fresh_database(name)).url
                instance = tmp_path_factory.mktemp("village")
                made[name] = _world(request, clock, name, url, instance)
                open_things.callback(close, made[name].app)
            return made[name]

        yield get


def _world(
    request: pytest.FixtureRequest, clock: FixedClock, name: str, url: str, instance: Path
) -> World:
    app = create_app(Settings(
        instance=instance, database_url=url, database_owner_url=url, secret_key=SECRET_KEY,
        environment="test", gateway="simulator",
    ))  # fmt: skip
    app.testing = True
    secrets = FixedSecrets(SECRET_KEY)
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=clock, secrets=secrets)
    village = build(app)
    close(app)
    kept = (
        KeptFile(url) if name == "spatialite"
        else KeptTemplate(request.getfixturevalue("postgres"), url)
    )  # fmt: skip
    return World(app, village, clock, secrets, kept)
