"""``enabler user add``, run as a person runs it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from enabler.config import Settings
from enabler.domain.vocabulary import Role
from tests.identity.colleagues import MAIL, Keys, come_in
from tests.identity.town import ANN, Town

ROOT = Path(__file__).resolve().parents[2]
STAFF = ("--role", "custodian", "--place", "smalltown", "--name", "Sue Staff", "--email", MAIL)


def run(settings: Settings, *arguments: str, verb: str = "add") -> subprocess.CompletedProcess[str]:
    """``enabler user add …`` on this test's database."""
    env = os.environ | {
        "DATABASE_URL": settings.database_url,
        "ENABLER_INSTANCE": str(settings.instance),
    }
    command = [sys.executable, "-m", "enabler.cli", "user", verb, *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


class TestUserAdd:
    def test_tells_staff_their_way_in(self, town: Town, settings: Settings) -> None:
        done = run(settings, *STAFF)
        assert (done.returncode, done.stderr) == (0, "")
        told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
        assert list(told) == ["ref", "password", "totp_secret", "otpauth"]
        keys, now = Keys(told["password"], told["totp_secret"]), datetime.now(UTC)
        found = town.who(come_in(town, keys, now=now), now)
        assert found is not None
        assert Role.CUSTODIAN in found[1].roles
        again = run(settings, *STAFF)
        assert (again.returncode, again.stdout) == (0, f"ref {told['ref']}\n")

    def test_prints_json_where_it_is_asked_for(self, town: Town, settings: Settings) -> None:
        resident = ("--role", "resident", "--name", "Ann", "--phone", "07700 900123", "--json")
        done = run(settings, "--place", "smalltown", *resident)
        added = json.loads(done.stdout)
        assert list(added) == ["ref", "created"]
        now = datetime.now(UTC)
        found = town.who(town.prove(ANN, now=now), now)
        assert found is not None
        assert found[1].member_ref == added["ref"]

    def test_says_what_is_wrong_and_exits_2(self, town: Town, settings: Settings) -> None:
        wrong = {"councillor": (*STAFF, "--ward", "W1"), "king": (*STAFF, "--role", "king")}
        for named, arguments in wrong.items():
            done = run(settings, *arguments)
            assert (done.returncode, done.stdout) == (2, "")
            assert named in done.stderr
            assert "Traceback" not in done.stderr


def test_user_end_takes_the_role_and_the_sessions_of_whoever_works_here_no_more(
    town: Town, settings: Settings
) -> None:
    told = dict(line.split(" ", 1) for line in run(settings, *STAFF).stdout.splitlines())
    keys, now = Keys(told["password"], told["totp_secret"]), datetime.now(UTC)
    token = come_in(town, keys, now=now)
    assert town.who(token, now) is not None
    whose = ("--role", "custodian", "--place", "smalltown", "--ref", told["ref"])
    done = run(settings, *whose, verb="end")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert town.who(token, datetime.now(UTC)) is None
    again = run(settings, *whose, verb="end")
    assert (again.returncode, "role" in again.stderr) == (2, True)
