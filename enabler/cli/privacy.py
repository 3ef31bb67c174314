"""``enabler privacy``: the record of processing, for the council's own papers."""

import click
from flask_babel import force_locale, gettext

from enabler.cli.running import operator, running_app
from enabler.doors import records
from enabler.doors.wiring import now
from enabler.services import places
from enabler.services import privacy as service


def add_to(group: click.Group) -> None:
    """Give the command line this command."""
    group.add_command(privacy)


@click.group()
def privacy() -> None:
    """Personal data: what is kept, why, on what ground of law and how long."""


@privacy.command()
@click.option("--format", "form", type=click.Choice(["md", "csv"]), default="md",
              help="Markdown, or CSV for a spreadsheet.")  # fmt: skip
@click.option("--place", metavar="SLUG", help="The times of this place's rules; else the longest.")
@click.option("--language", metavar="CODE", default="en", help="In which language: en, cy.")
def record(form: str, place: str | None, language: str) -> None:
    """Print the record of processing, as the columns' own tags say it."""
    with running_app() as app, app.test_request_context(), force_locale(language):
        kept = service.kept_about_people(actor=operator(), slug=place, now=now())
        if form == "csv":
            click.echo(records.as_csv(kept), nl=False)
        else:
            click.echo(records.as_markdown(kept, by=_by(place), at=now().date()), nl=False)


def _by(slug: str | None) -> dict[str, str]:
    """Who answers for it: the place's council. What the program does not know is left to fill."""
    known = None if slug is None else places.by_slug(slug=slug)
    named = {} if known is None else dict(known.contact)
    return {
        gettext("The council"): named.get("name", "") or (known.name if known else "…"),
        gettext("Phone"): named.get("phone", "") or "…",
        gettext("Email"): named.get("mail", "") or "…",
        gettext("The data protection officer"): "…",
    }
