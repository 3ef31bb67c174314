"""``enabler sms``: phones that text, time that passes, and what texts cost."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask

from enabler.cli import costing
from enabler.cli.running import operator, running_app
from enabler.cli.times import AtTime, Month
from enabler.cli.understanding import understand
from enabler.config import SettingsWrong
from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import EnablerError
from enabler.domain.places import Place
from enabler.doors.texts import text_of_simulator
from enabler.doors.wiring import now as present
from enabler.doors.wiring import wiring
from enabler.doors.words import sentence
from enabler.jobs.passing import let_pass, settle
from enabler.services import costs_of_texts, places, simulated
from enabler.services.costs_of_texts import MonthOfTexts


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(sms)
    sms.add_command(understand)


class Phone(click.ParamType[str]):
    """A phone number as people write it."""

    name = "phone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number in E.164."""
        try:
            return PhoneNumber.parse(str(value)).e164
        except EnablerError as wrong:
            self.fail(f"{value} cannot text us. {sentence(wrong)}", param, ctx)


@click.group()
def sms() -> None:
    """Texts: try them without a phone, and see what they cost."""


@sms.command()
@click.argument("phone", type=Phone())
@click.argument("text")
@click.option("--at", type=AtTime(), help="When it is received; without it, now.")
@click.option("--to", type=Phone(), help="The place's number, where there are several places.")
@click.option("--place", "slug", metavar="SLUG", help="The place, instead of its number.")
def say(phone: str, text: str, at: datetime | None, to: str | None, slug: str | None) -> None:
    """PHONE texts TEXT to the place.

    What fell due before is done first. Prints the texts that left meanwhile, to whatever phone: its
    number, a tab, and the words on one line.
    """
    with _simulator() as app:
        place, moment = _place(to, slug), at or present()
        with _printed():
            let_pass(app, moment)
            text_of_simulator(
                place_id=place.id, place_phone=place.phone or "", number=phone, body=text,
                reference=f"cli:{secrets.token_hex(16)}", clock=lambda: moment,
            )  # fmt: skip
            settle(app, moment)


@sms.command()
@click.option("--at", type=AtTime(), required=True, help="Until when.")
def wait(at: datetime) -> None:
    """Let time pass: all that falls due is done in the order in which it does.

    Prints the texts that left meanwhile, as ``say`` does.
    """
    with _simulator() as app, _printed():
        let_pass(app, at)


@sms.command()
@click.option("--place", "slug", metavar="SLUG", help="One place; without it, every place.")
@click.option("--month", type=Month(), help="As 2026-11; without it, this month.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def costs(slug: str | None, month: tuple[int, int] | None, as_json: bool) -> None:
    """What texts cost in a month: by how pressing they are, by kind, by day; and the limits."""
    with running_app():
        known = [places.by_slug(slug=slug)] if slug else places.all_places()
        found = [(place.slug, _costs(place, month)) for place in known]
    if as_json:
        click.echo(json.dumps([costing.as_json(*one) for one in found], default=float))
        return
    for one in found:
        for line in costing.lines_of(*one):
            click.echo(line)


def _costs(place: Place, month: tuple[int, int] | None) -> MonthOfTexts:
    year, number = month or present().astimezone(ZoneInfo(place.timezone)).timetuple()[:2]
    return costs_of_texts.of_month(
        actor=operator(), place_id=place.id, month=date(year, number, 1), now=present(),
        pence_per_segment=wiring().pence_per_segment,
    )  # fmt: skip


@contextmanager
def _simulator() -> Iterator[Flask]:
    """The app, where nothing really leaves. Raises SettingsWrong elsewhere."""
    with running_app() as app:
        if not wiring().simulated:
            raise SettingsWrong(
                "Phones can be tried only where texts are simulated: ENABLER_GATEWAY must be "
                "simulator, and ENABLER_ENV not production."
            )
        yield app


@contextmanager
def _printed() -> Iterator[None]:
    """Print the texts that leave meanwhile."""
    before = simulated.newest()
    try:
        yield
    finally:
        for number, words in simulated.texts_after(number=before):
            click.echo(f"{number}\t{' '.join(words.split())}")


def _place(to: str | None, slug: str | None) -> Place:
    """The place that is texted. Raises BadParameter where nobody can tell which."""
    known = [place for place in places.all_places() if place.phone]
    if slug is not None:
        known = [place for place in known if place.slug == places.by_slug(slug=slug).slug]
    if to is not None:
        known = [place for place in known if place.phone == to]
    if len(known) == 1:
        return known[0]
    if not known:
        raise click.BadParameter("no place has this number, or none has a number at all.")
    numbers = ", ".join(f"{place.slug} {place.phone}" for place in known)
    raise click.BadParameter(f"say which place, with --to or --place: {numbers}.")
