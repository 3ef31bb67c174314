"""``enabler check``: the laws, counted on the live database."""

from datetime import datetime

import click

from enabler.cli.running import running_app
from enabler.cli.times import AtTime
from enabler.doors.wiring import now, wiring
from enabler.doors.words.laws import LAWS
from enabler.doors.words.marking import shown
from enabler.services import laws


def add_to(group: click.Group) -> None:
    """Give the command line this command."""
    group.add_command(check)


@click.command()
@click.option("--at", type=AtTime(), help="Check as of this moment (ISO 8601 with its offset).")
def check(at: datetime | None) -> int:
    """Count how often each law of the house is broken; exit 1 when any is.

    A line for each count: the law, the count, what was counted.
    """
    with running_app():
        counts = sorted(
            laws.check(now=at or now(), erased=wiring().erasures), key=lambda each: each.law
        )
        for each in counts:
            click.echo(f"{each.law}\t{each.count}\t{shown(LAWS, each.what)}")
    return int(any(each.count for each in counts))
