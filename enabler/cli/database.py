"""``enabler db``: the schema."""

import click

from enabler.app import upgrade_schema
from enabler.config import load_settings


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(db)


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the schema up to date (and make it, in a new database)."""
    upgrade_schema(load_settings())
    click.echo("The schema is up to date.", err=True)
