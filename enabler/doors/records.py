"""The record of processing as a document: for the impact assessment, from the tags alone."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext

from enabler.doors.cells import cell
from enabler.doors.words import my_data, privacy
from enabler.doors.words import record as words
from enabler.services.views.privacy import KeptView


def _columns() -> list[str]:
    return [
        gettext("What"), gettext("Why"), gettext("Ground of law"),
        gettext("If it tells of health or the like"), gettext("How long"), gettext("Values"),
    ]  # fmt: skip


def _line(kept: KeptView) -> list[str]:
    return [
        privacy.what_words(kept),
        privacy.why_words(kept.purposes),
        my_data.bases_words(kept.bases),
        my_data.conditions_words(kept.conditions),
        ", ".join(privacy.how_long_kept(*time) for time in kept.keeps),
        ", ".join(f"{kept.what}.{column}" for column in kept.columns),
    ]


def as_csv(record: Iterable[KeptView]) -> str:
    """A line for each kind of thing that is kept."""
    kept = io.StringIO()
    write = csv.writer(kept).writerow
    write(_columns())
    for one in privacy.in_order(record):
        write([cell(words) for words in _line(one)])
    return "\ufeff" + kept.getvalue()


def as_markdown(record: Iterable[KeptView], *, by: Mapping[str, str], at: date) -> str:
    """The whole record in Markdown, as Article 30 asks for it. ``by``: who answers for it, with
    the ways to reach them; ``at``: the day of the record."""
    said = [f"# {gettext('What we keep about people, and why we may')}", at.isoformat()]
    said += [f"## {words.head('controller')}", _listed(f"{k}: {v}" for k, v in by.items())]
    for head, lines in words.sections():
        said += [f"## {head}", _listed(lines)]
    return "\n\n".join([*said, f"## {words.head('kept')}", _table(record)])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(record: Iterable[KeptView]) -> str:
    lines = [_columns(), ["---"] * len(_columns())]
    lines += [_line(one) for one in privacy.in_order(record)]
    return "".join(f"| {' | '.join(_shielded(each) for each in line)} |\n" for line in lines)


def _shielded(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
