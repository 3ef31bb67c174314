"""``enabler backup`` and ``enabler restore``: everything into one file, and back."""

from pathlib import Path

import click

from enabler.app import upgrade_schema
from enabler.cli.progress import progress_bar
from enabler.cli.running import operator, running_app
from enabler.config import load_settings
from enabler.doors.wiring import now, wiring
from enabler.services import backups, erasures

STEPS = {"writing": "Writing the rows", "reading": "Putting the rows back"}


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(backup)
    group.add_command(restore)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything into FILE while the work goes on.

    The file can be put back into either kind of database. Keep it safe: it holds names and
    addresses.
    """
    with running_app(), progress_bar(STEPS) as told:
        made = backups.make(actor=operator(), file=file, now=now(), told=told)
    click.echo(f"tables {made.tables}\nrows {made.rows}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Delete first what the database holds.")
def restore(file: Path, replace: bool) -> None:
    """Put the rows of FILE into the database, which must be empty.

    Messages that had not left when the file was made are not sent: custodians see them on their
    desk. Everybody signs in anew. Whose account was deleted since, by the list in the instance
    folder, is deleted again. Stop the web door and the clock before this.
    """
    settings = load_settings()
    upgrade_schema(settings)
    with running_app(), progress_bar(STEPS) as told:
        erasures.write_list(actor=operator(), kept_in=wiring().erasures, now=now())
        put = backups.restore(
            actor=operator(), file=file, owner_url=settings.database_owner_url,
            replace=replace, now=now(), told=told,
        )  # fmt: skip
        again = erasures.apply(actor=operator(), kept_in=wiring().erasures, now=now())
    if again:
        click.echo(f"deleted_again {again}")
    click.echo(f"tables {put.tables}\nrows {put.rows}")
