"""``enabler match``: one optimal round, and why somebody was asked or nobody is found."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from time import perf_counter

import click

from enabler.cli.progress import progress_bar
from enabler.cli.running import operator, running_app
from enabler.cli.times import AtTime
from enabler.domain.matches import Reason
from enabler.services import rounds


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(match)


@click.group()
def match() -> None:
    """Matching: rounds, and what is behind them."""


@match.command("round")
@click.option("--place", "place_slug", metavar="SLUG", help="One place; without it, every place.")
@click.option("--at", type=AtTime(), help="As if it were this moment.")
@click.option("--dry-run", is_flag=True, help="Only say what it would come to.")
def round_(place_slug: str | None, at: datetime | None, dry_run: bool) -> None:
    """Ask the best choice of helpers for all open needs at once.

    Prints a key and a value a line: needs_open, slots_open, offers, pairs, proposed, unmatched,
    objective, seconds.
    """
    with progress_bar({}) as told, running_app():
        report = rounds.run_round(
            actor=operator(), place_slug=place_slug, now=at or datetime.now(UTC),
            dry_run=dry_run, progress=told, clock=perf_counter,
        )  # fmt: skip
    for key, figure in asdict(report).items():
        click.echo(f"{key} {figure:.3f}" if key == "seconds" else f"{key} {figure}")


@match.command()
@click.argument("need_ref")
@click.option("--at", type=AtTime(), help="As if it were this moment.")
def explain(need_ref: str, at: datetime | None) -> None:
    """Say who was considered, asked and refused for the need NEED_REF, and why."""
    with running_app():
        found = rounds.explain(actor=operator(), need_ref=need_ref, now=at or datetime.now(UTC))
    for line in lines(found):
        click.echo(line)


def lines(found: rounds.Explanation) -> Iterator[str]:
    """What the command prints of an explanation, line by line."""
    yield f"need {found.need_ref} {found.category} {found.state.value}"
    yield f"slots {found.slots_filled} of {found.slots}"
    if found.next_step is not None and found.next_step_at is not None:
        yield f"next {found.next_step.value} {found.next_step_at.isoformat()}"
    yield f"considered {found.considered}"
    for asked in found.asked:
        yield (
            f"asked {asked.offer_ref} {asked.state.value} {asked.distance_metres} m "
            f"score {asked.score}: {_reasons(asked.reasons)}"
        )
    for could in found.possible:
        yield (
            f"possible {could.offer_ref} {could.distance_metres} m "
            f"score {could.score}: {_reasons(could.reasons)}"
        )
    for code, count in sorted(found.refused.items()):
        yield f"refused {code} {count}"
    for code, count in sorted(found.near_misses.items()):
        yield f"only {code} {count}"
    for offer_ref, code in found.refusals:
        yield f"refusal {offer_ref} {code}"


def _reasons(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(f"{reason.factor} {reason.points}" for reason in reasons if reason.points)
