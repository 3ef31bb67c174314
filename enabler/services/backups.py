"""Backups of everything, and putting one back: one file for both databases."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence import backups, schema
from enabler.persistence.unit_of_work import reading

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    tables: int
    rows: int


def make(*, actor: Actor, file: Path, now: datetime, told: Told) -> Backup:
    """Write every row, as they all are at one moment, to a file that its owner alone can read.

    Nothing that was acknowledged before this began is missing from it. The file appears when it
    is whole. Raises NotAllowed; Invalid("file", "file_not_writable").
    """
    require(actor, Action.KEEP_PLACE, Subject())  # of every place: no one place's administrator
    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(0o600)
        with reading() as uow:
            contents = backups.write(uow.session.connection(), part, now, told)
        _keep(part, file)
    except OSError as refused:
        raise Invalid("file", "file_not_writable", name=file.name) from refused
    finally:
        part.unlink(missing_ok=True)
    return Backup(len(contents.rows), sum(contents.rows.values()))


def _keep(part: Path, file: Path) -> None:
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)


def restore(
    *, actor: Actor, file: Path, owner_url: str, replace: bool, now: datetime, told: Told
) -> Backup:
    """Put a backup into the database of this address, whose schema is there and has no rows.

    ``replace`` deletes what rows there are. All of it is done, or nothing. Messages that had not
    left at the time of the backup are not sent: custodians see them; codes are dropped; everybody
    signs in anew. Raises NotAllowed; Invalid("file", "backup_not_ours", "backup_broken",
    "backup_other_revision"); WrongMoment("database_not_empty").
    """
    require(actor, Action.KEEP_PLACE, Subject())  # of every place: no one place's administrator
    contents = backups.verify(file)
    with schema.owner_connection(owner_url) as connection:
        if replace:
            backups.empty(connection)
        else:
            backups.require_empty(connection)
        backups.read(connection, file, contents, told)
        backups.settle(connection, now)
        backups.note(connection, actor.kind, actor.name, now)
    return Backup(len(contents.rows), sum(contents.rows.values()))
