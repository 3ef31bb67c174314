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
from enabler.doors.words.considered import finding_words, in_place_words, kept_back_words
from enabler.services import explanations, rounds


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
@click.option("--offer", "offer_ref", metavar="REF", help="Only: why this offer was asked, or not.")
@click.option("--now", "present", is_flag=True, help="Also who could be asked at this moment.")
@click.option("--at", type=AtTime(), help="As if it were this moment.")
def explain(need_ref: str, offer_ref: str | None, present: bool, at: datetime | None) -> None:
    """Say who was considered, asked and refused for the need NEED_REF, and why.

    It is read from what was kept each time when the need was worked.
    """
    now = at or datetime.now(UTC)
    with running_app():
        if offer_ref is not None:
            about = explanations.about_offer(
                actor=operator(), need_ref=need_ref, offer_ref=offer_ref, now=now
            )
            found = offer_lines(about)
        else:
            found = lines(explanations.about_need(
                actor=operator(), need_ref=need_ref, now=now, present=present
            ))  # fmt: skip
        for line in found:
            click.echo(line)


def offer_lines(about: explanations.OfferExplained) -> Iterator[str]:
    """What the command prints of one offer: a line for each time when the need was worked."""
    if not about.findings:
        yield f"need {about.need_ref} has not been worked yet"
    for one in about.findings:
        yield f"{_occasion(one.at, one.wave, one.by_round)} {one.code}: {finding_words(one)}"


def lines(found: explanations.Explanation) -> Iterator[str]:
    """What the command prints of an explanation, line by line."""
    yield f"need {found.need_ref} {found.category} {found.state.value}"
    yield f"slots {found.slots_filled} of {found.slots}"
    if found.next_step is not None and found.next_step_at is not None:
        yield f"next {found.next_step.value} {found.next_step_at.isoformat()}"
    for asked in found.asked:
        yield (
            f"asked {asked.offer_ref} {asked.state.value} {asked.distance_metres} m "
            f"score {asked.score}: {_reasons(asked.reasons)}"
        )
    for one in found.considerations:
        occasion = _occasion(one.at, one.wave, one.by_round)
        yield f"{occasion} ruleset {one.ruleset_version} considered {one.considered}"
        if one.in_place:
            yield f"in place of {one.in_place}: {in_place_words()}"
        yield from _ranked(one.ranked, one.beyond)
        yield from _refused(one.refused, one.refusals)
    if found.present is not None:
        yield from _present(found.present)


def _occasion(at: datetime, wave: int, by_round: bool) -> str:
    return f"at {at.isoformat()} {'round' if by_round else f'wave {wave + 1}'}"


def _present(now: explanations.Present) -> Iterator[str]:
    yield f"now considered {now.considered}"
    yield from _ranked(now.possible, 0)
    yield from _refused(now.refused, now.refusals)
    for code, count in sorted(now.near_misses.items()):
        yield f"only {code} {count}"
    for day, count in now.other_days.items():
        yield f"day {day.isoformat()} {count}"
    for metres, count in now.further.items():
        yield f"within {metres} m {count}"


def _ranked(ranked: tuple[explanations.RankedOffer, ...], beyond: int) -> Iterator[str]:
    for one in ranked:
        verdict = "possible" if one.verdict is None else one.verdict.value
        yield (
            f"ranked {one.place} {one.offer_ref} {verdict} {one.distance_metres} m "
            f"score {one.score}: {_reasons(one.reasons)}{_kept_back(one.kept_back)}"
        )
    if beyond:
        yield f"ranked beyond {beyond}"


def _kept_back(points: int) -> str:
    return f"; less {points}: {kept_back_words()}" if points else ""


def _refused(refused: dict[str, int], refusals: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for code, count in sorted(refused.items()):
        yield f"refused {code} {count}"
    for offer_ref, code in refusals:
        yield f"refusal {offer_ref} {code}"


def _reasons(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(f"{reason.factor} {reason.points}" for reason in reasons if reason.points)
