"""``enabler moderate``: what is held is let through or refused, from the command line."""

from datetime import UTC, datetime
from uuid import uuid4

import click

from enabler.cli.running import operator, running_app
from enabler.cli.times import AtTime
from enabler.services import moderation


def add_to(group: click.Group) -> None:
    """Give the command line this command."""
    group.add_command(moderate)


@click.command()
@click.argument("ref")
@click.argument("decision", type=click.Choice(["approve", "refuse"]))
@click.option("--reason", metavar="TEXT", help="Why; its author can read it. Needed to refuse.")
@click.option("--at", type=AtTime(), help="As if it were this moment.")
def moderate(ref: str, decision: str, reason: str | None, at: datetime | None) -> None:
    """Approve or refuse the held need or offer REF."""
    now, key = at or datetime.now(UTC), uuid4().hex
    with running_app():
        if decision == "approve":
            decided = moderation.approve(actor=operator(), ref=ref, words=reason, key=key, now=now)
        else:
            decided = moderation.refuse(
                actor=operator(), ref=ref, words=reason or "", key=key, now=now
            )
    click.echo(f"{decided.kind} {decided.ref} {decided.state}")
