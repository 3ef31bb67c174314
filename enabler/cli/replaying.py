"""``enabler hours replay``: a real community's history through the ledger, and how fast."""

import csv
from time import perf_counter

import click

from enabler.cli.progress import progress_bar
from enabler.cli.running import operator, running_app
from enabler.domain.sources import BadSource
from enabler.doors.wiring import now
from enabler.services import replays

COLUMNS = ["seq", "from_account", "to_account", "amount"]
STEPS = {"replay": "Posting rows"}


def add_to(group: click.Group) -> None:
    """Give the command line this command."""
    group.add_command(replay)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def replay(file: str) -> int:
    """Post the rows of FILE (seq,from_account,to_account,amount in minutes) to an invented place.

    Its last line says how many were posted, refused and known already, whether all minutes are
    still there, and the rows a second beside those of plain inserts; exit 1 if minutes are not.
    """
    rows = read(file)
    with running_app(), progress_bar(STEPS) as told:
        went = replays.replay(
            actor=operator(), rows=rows, now=now(), clock=perf_counter, progress=told
        )
    codes = " ".join(f"{code}={count}" for code, count in sorted(went.refused.items()))
    click.echo(
        f"posted {went.posted} refused {went.refused.total()} ({codes}) already {went.already}"
        f" conserved {'yes' if went.conserved else 'no'} rows_per_second {went.rate:.0f}"
        f" bare {went.bare:.0f} ratio {went.rate / went.bare if went.bare else 0:.2f}"
    )
    return int(not went.conserved)


def read(path: str) -> list[replays.ReplayRow]:
    """The rows of a file. Raises BadSource where it is not such a file."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            if next(lines, None) != COLUMNS:
                raise BadSource("replay_columns", path=path)
            return [_row(path, lines.line_num, values) for values in lines if values]
    except (UnicodeDecodeError, csv.Error):
        raise BadSource("replay_columns", path=path) from None


def _row(path: str, line: int, values: list[str]) -> replays.ReplayRow:
    if len(values) != len(COLUMNS):
        raise BadSource("replay_row", path=path, line=line)
    return replays.ReplayRow(*(value.strip() for value in values))
