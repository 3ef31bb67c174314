"""The command line: each command calls a service and prints what it gave.

Exit: 0 done; 1 done and the answer is no; 2 bad input or arguments; 3 set-up wrong; 130
interrupted. Results go to standard output, progress to standard error.
"""

import sys

import click

from enabler.cli import (
    backups,
    checking,
    database,
    demo,
    hours,
    keys,
    matching,
    members,
    moderation,
    place,
    privacy,
    serving,
    texting,
)
from enabler.config import SettingsWrong
from enabler.domain.errors import EnablerError
from enabler.domain.sources import BadSource
from enabler.doors.words import sentence
from enabler.persistence.schema import SchemaNewer, SchemaNotMade
from enabler.persistence.spatial import SpatialiteMissing


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def enabler() -> None:
    """Enabler: local needs meet local help."""


database.add_to(enabler)
demo.add_to(enabler)
members.add_to(enabler)
place.add_to(enabler)
matching.add_to(enabler)
moderation.add_to(enabler)
serving.add_to(enabler)
texting.add_to(enabler)
checking.add_to(enabler)
backups.add_to(enabler)
hours.add_to(enabler)
privacy.add_to(enabler)
keys.add_to(enabler)


def main() -> None:
    """Run a command; every failure ends in one plain sentence and its exit code."""
    sys.exit(_outcome())


def _outcome() -> int:
    try:
        result = enabler.main(standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except (SettingsWrong, SchemaNotMade, SpatialiteMissing) as wrong:
        click.echo(str(wrong), err=True)
        return 3
    except SchemaNewer as wrong:
        click.echo(str(wrong), err=True)
        return 2
    except BadSource as wrong:
        click.echo(f"{wrong.path}:{wrong.line}:{wrong.column}: {sentence(wrong)}", err=True)
        return 2
    except EnablerError as wrong:
        click.echo(sentence(wrong), err=True)
        return 2
    return result if isinstance(result, int) else 0
