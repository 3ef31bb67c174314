"""``enabler hours``: the ledger of hours written out, proved and checked."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

import click

from enabler.cli import replaying
from enabler.cli.running import operator, running_app
from enabler.doors.wiring import now
from enabler.doors.words.balances import line_words
from enabler.doors.words.sealed import VERDICTS
from enabler.services import hours as service
from enabler.services import seals
from enabler.timebank import sealing


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(hours)
    replaying.add_to(hours)


@click.group()
def hours() -> None:
    """The time bank's ledger."""


@hours.command()
def export() -> None:
    """Write every row of the ledger and every seal over them. There is no name in it."""
    with running_app():
        for line in seals.export(actor=operator()):
            click.echo(line)


@hours.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--published", metavar="ROOT", help="A root that was published: it must be there.")
def verify(file: str, published: str | None) -> int:
    """Prove an export, without any database; exit 1 and name the first bad row if it fails."""
    try:
        with open(file, encoding="utf-8") as lines:
            verdict = sealing.verify(lines, published=published)
    except UnicodeDecodeError:
        click.echo(f"{file}:1:1: {VERDICTS['line_unreadable']}", err=True)
        return 2
    if verdict.code == "line_unreadable":
        click.echo(f"{file}:{verdict.line}:1: {VERDICTS[verdict.code]}", err=True)
        return 2
    if verdict.code is not None:
        where = "" if verdict.line is None else f"line {verdict.line} row {verdict.seq}: "
        click.echo(where + VERDICTS[verdict.code])
        return 1
    click.echo(
        f"rows {verdict.rows} seals {verdict.seals} unsealed {verdict.unsealed} root {verdict.root}"
    )
    return 0


@hours.command()
@click.argument("member_ref")
def statement(member_ref: str) -> None:
    """Print what moved in the account of MEMBER_REF: day, minutes, balance after it, what it was.

    Nobody else is named. That you looked is logged.
    """
    with running_app() as app, app.test_request_context():
        seen = service.of_member(actor=operator(), ref=member_ref, now=now())
        zone = ZoneInfo(seen.timezone)
        for month in reversed(seen.months):
            for line in reversed(month.lines):
                day = line.at.astimezone(zone).date().isoformat()
                click.echo(f"{day}\t{line.minutes:+d}\t{line.balance}\t{line_words(line)}")
        click.echo(
            f"balance {seen.balance.posted} promised {seen.balance.promised}"
            f" available {seen.balance.available}"
        )


@hours.command()
def check() -> int:
    """Compare every balance with its rows; a line for each thing that is wrong, and exit 1."""
    with running_app():
        found = seals.findings(actor=operator())
    for each in found:
        facts = {name: value for name, value in asdict(each).items() if value is not None}
        code = facts.pop("code")
        click.echo(" ".join([str(code), *(f"{name} {value}" for name, value in facts.items())]))
    return int(bool(found))
