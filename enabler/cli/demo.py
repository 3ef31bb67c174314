"""``enabler demo``: a place with invented people, to be shown round."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from enabler.cli.progress import Told, progress_bar
from enabler.cli.running import operator, running_app
from enabler.cli.times import AtTime
from enabler.config import SettingsWrong, load_settings, require_secret_key
from enabler.domain.demo.invention import FEWEST, MOST
from enabler.domain.errors import Invalid, NotFound
from enabler.doors.place_files.description import read_description
from enabler.doors.place_files.reading import read_place
from enabler.doors.wiring import now as present
from enabler.doors.wiring import wiring
from enabler.services import demo as inventing
from enabler.services import places

SHIPPED = Path(__file__).resolve().parents[2] / "places"
"""Where the places lie that come with the project, a folder each with a ``place.toml``."""

STEPS = {
    "reading": "Reading the files",
    "keeping": "Keeping",
    "matching": "Finding who could have helped",
}
PARTS = {
    "resident": "a resident", "helper": "a helper near by", "organisation": "an organisation",
    "councillor": "a councillor", "custodian": "a custodian",
    "safeguarding-lead": "the safeguarding lead", "call-handler": "a call handler",
    "administrator": "an administrator",
}  # fmt: skip


def add_to(group: click.Group) -> None:
    """Give the command line this command."""
    group.add_command(demo)


@click.command()
@click.option(
    "--place",
    "file",
    type=click.Path(path_type=Path),
    help="The place's file; without it, the place that comes with the project.",
)
@click.option(
    "--size",
    type=click.IntRange(FEWEST, MOST),
    default=600,
    show_default=True,
    help="How many residents.",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="The same seed, size and time give the same people.",
)
@click.option("--now", "moment", type=AtTime(), help="When it is, as 2026-11-21T14:05+00:00.")
@click.option("--who", is_flag=True, help="Only say whom to sign in as, with the codes of now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def demo(
    file: Path | None, size: int, seed: int, moment: datetime | None, who: bool, as_json: bool
) -> None:  # fmt: skip
    """People a place with invented residents, and say whom to sign in as.

    The place is brought in if it is not there. One in which people live already is left as it is.
    """
    _refuse_production()
    with progress_bar(STEPS) as told, running_app():
        if file is None and _has_real_places():
            click.echo("Real people live in this instance's places: nobody was invented.")
            return
        now = (moment or present()).astimezone(UTC)
        chosen = file or shipped()
        slug = read_description(chosen).facts.slug
        if not who:
            _people(chosen, slug, size, seed, now, told)
        hints = _hints(slug, now)
    if as_json:
        click.echo(json.dumps([asdict(hint) for hint in hints]))
        return
    for line in _lines(hints):
        click.echo(line)


def _refuse_production() -> None:
    settings = load_settings()
    require_secret_key(settings)
    if settings.production:
        raise SettingsWrong("Nobody is invented while ENABLER_ENV is production.")


def _has_real_places() -> bool:
    return any(not place.invented for place in places.all_places())


def _people(file: Path, slug: str, size: int, seed: int, now: datetime, told: Told) -> None:
    """Bring the place in if it is absent, and people it if it is empty."""
    try:
        places.by_slug(slug=slug)
    except NotFound:
        places.import_place(
            actor=operator(), pack=read_place(file, told).pack, key=_key(), now=now, progress=told
        )  # fmt: skip
    peopled = inventing.people_place(
        actor=operator(), place_slug=slug, size=size, seed=seed, secrets=wiring().secrets,
        key=_key(), now=now, progress=told,
    )  # fmt: skip
    if peopled.already:
        click.echo(f"{peopled.name} has people already; it was left as it is.", err=True)
        return
    click.echo(
        f"{peopled.name} has {peopled.residents} invented residents, {peopled.organisations} "
        f"organisations, {peopled.offers} offers, {peopled.needs} needs "
        f"({peopled.open_needs} open) and {peopled.matches} matches.",
        err=True,
    )


def _hints(slug: str, now: datetime) -> Sequence[inventing.SignInHint]:
    """Whom to sign in as; nobody in a place whose people are real."""
    if not places.by_slug(slug=slug).invented:
        return ()
    return inventing.who(place_slug=slug, secrets=wiring().secrets, now=now)


def _lines(hints: Sequence[inventing.SignInHint]) -> list[str]:
    if not hints:
        return ["Nobody in this place is invented: sign in as yourself."]
    lines = ["Sign in as one of these invented people. Texts and codes are on the page /simulator."]
    for hint in hints:
        ward = f", {hint.ward}" if hint.ward else ""
        name = f"{hint.name} ({hint.organisation})" if hint.organisation else hint.name
        way = _national(hint.phone) if hint.phone else f"{hint.mail}  {hint.password or ''}"
        code = f"  code now {hint.totp_code}" if hint.totp_code else ""
        lines.append(f"{PARTS[hint.part] + ':':24}{way.strip()}{code}  {name}{ward}")
    lines.append("A code is good for half a minute: enabler demo --who prints those of now.")
    return lines


def _national(e164: str) -> str:
    digits = e164.removeprefix("+44")
    return f"0{digits[:4]} {digits[4:]}"


def shipped() -> Path:
    """The file of the place that comes with the project. Raises Invalid where there is none."""
    found = sorted(SHIPPED.glob("*/place.toml"))
    if not found:
        raise Invalid("place", "no_shipped_place")
    return found[0]


def _key() -> str:
    return f"cli:{secrets.token_hex(16)}"
