"""``enabler keys``: what places sign proofs with."""

from uuid import uuid4

import click

from enabler.cli.running import operator, running_app
from enabler.doors.wiring import now, wiring
from enabler.services import signing_keys


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(keys)


@click.group()
def keys() -> None:
    """What places sign proofs with. The private halves are files of the instance folder."""


@keys.command("list")
@click.option("--place", metavar="SLUG", help="One place; else all.")
def listed(place: str | None) -> int:
    """A line for each key: place, name, state, whether its private half is here; exit 1 where this
    machine cannot sign for a place.

    States: signs, retired (what it signed can still be checked), gone, lost.
    """
    with running_app():
        found = signing_keys.listed(
            actor=operator(), slug=place, signing=wiring().signing, now=now()
        )
    for slug, known, _ in found:
        for key in known:
            click.echo(f"{slug}\t{key.kid}\t{key.state}\t{'here' if key.here else 'not-here'}")
    without = [slug for slug, _, can_sign in found if not can_sign]
    for slug in without:
        click.echo(f"{slug} has no key here: enabler keys make {slug}", err=True)
    return int(bool(without))


@keys.command()
@click.argument("place", metavar="SLUG")
@click.option("--beside", is_flag=True, help="The keys before go on signing: for one more machine.")
def make(place: str, beside: bool) -> None:
    """Make a key for a place, and print its name. The keys before sign no more; what they have
    signed is good until it ends."""
    with running_app():
        kid = signing_keys.make(
            actor=operator(), slug=place, retire=not beside, signing=wiring().signing,
            key=uuid4().hex, now=now(),
        )  # fmt: skip
    click.echo(kid)


@keys.command()
@click.argument("place", metavar="SLUG")
@click.argument("name", metavar="KEY")
def lost(place: str, name: str) -> None:
    """Somebody else may have this KEY: nothing that was signed with it is believed from now on."""
    with running_app():
        signing_keys.lose(actor=operator(), slug=place, kid=name, key=uuid4().hex, now=now())
    click.echo(f"{place} {name} lost")
