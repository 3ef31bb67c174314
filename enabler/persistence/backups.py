"""A backup: one file for both databases, made from one moment of the rows.

A zip with a file of JSON lines for each table, in an order in which they can be put back, and
``manifest.json``: the format, the schema's revision, and of each table the rows and a SHA-256.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from alembic.migration import MigrationContext
from shapely import from_wkb, to_wkb
from sqlalchemy import Column, Connection, Date, Table, delete, func, insert, select, update

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.vocabulary import OutboxState, Priority
from enabler.persistence import spatial
from enabler.persistence.database import Base
from enabler.persistence.ledger_rules import TABLES as LEDGER
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.members import SignInCodeRow, WebSessionRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.types import UtcDateTime
from enabler.persistence.whole_tables import advance_sequence, without_triggers

FORMAT = "enabler-backup-1"
MANIFEST = "manifest.json"
NOT_RESTORED = frozenset({"lease"})
"""Who ticked in the old database does not tick in the new one."""
_AT_ONCE = 1_000

Told = Callable[[str, int, int], None]
"""Told the step (a code), how many rows of it are done, and of how many."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: the schema's revision, and rows by table."""

    revision: str
    rows: dict[str, int]


def revision_of(connection: Connection) -> str:
    """The schema's revision of a database; empty where it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def write(connection: Connection, path: Path, made_at: datetime, told: Told) -> Contents:
    """Write every row of the connection's transaction, which must see one moment."""
    tables = Base.metadata.sorted_tables
    counts = {table.name: _size(connection, table) for table in tables}
    total, done = sum(counts.values()), 0
    written: dict[str, dict[str, Any]] = {}
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for table in tables:
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                for line in _lines(connection, table):
                    digest.update(line)
                    file.write(line)
                    rows += 1
                    if rows % _AT_ONCE == 0:
                        told("writing", done + rows, total)
            done += rows
            written[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
            told("writing", done, total)
        revision = revision_of(connection)
        manifest = {
            "format": FORMAT, "revision": revision,
            "made_at": made_at.isoformat(), "tables": written,
        }  # fmt: skip
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return Contents(revision, {name: each["rows"] for name, each in written.items()})


def _size(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    columns = list(table.columns)
    result = connection.execution_options(yield_per=_AT_ONCE).execute(query)
    for row in result:
        plain = {column.name: to_plain(value) for column, value in zip(columns, row, strict=True)}
        yield (json.dumps(plain, ensure_ascii=False) + "\n").encode()


def to_plain(value: Any) -> Any:
    """A value as JSON has it: moments and days as ISO 8601, geometry as hexadecimal WKB."""
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if spatial.is_shape(value):
        return to_wkb(spatial.from_column(value), hex=True)
    return value


def _from_plain(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if spatial.is_geometry(column):
        return spatial.to_column(from_wkb(value))
    return value


def verify(path: Path) -> Contents:
    """Read the whole file and compare it with its manifest.

    Raises Invalid("file", "backup_not_ours" or "backup_broken").
    """
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive)
            for name, expected in manifest["tables"].items():
                with archive.open(f"{name}.jsonl") as file:
                    found = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
                if found.hexdigest() != expected["sha256"]:
                    raise Invalid("file", "backup_broken", name=name)
    except (BadZipFile, EOFError, OSError, KeyError) as broken:
        raise Invalid("file", "backup_broken", name=path.name) from broken
    rows = {name: each["rows"] for name, each in manifest["tables"].items()}
    return Contents(manifest["revision"], rows)


def _manifest(archive: ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = {}
    with suppress(KeyError, ValueError):
        manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise Invalid("file", "backup_not_ours")
    return manifest


def read(connection: Connection, path: Path, contents: Contents, told: Told) -> None:
    """Put every row into the empty tables of the connection's database.

    The ledger's accounts come with their balances, so what holds it is off meanwhile; the check
    (law 2) recomputes it afterwards. Raises Invalid("file", "backup_other_revision") where its
    schema is another.
    """
    here = revision_of(connection)
    if here != contents.revision:
        raise Invalid("file", "backup_other_revision", revision=contents.revision, here=here)
    total, done = sum(contents.rows.values()), 0
    with ZipFile(path) as archive, without_triggers(connection, list(LEDGER)):
        for table in Base.metadata.sorted_tables:
            if table.name in NOT_RESTORED:
                continue
            with archive.open(f"{table.name}.jsonl") as file:
                for batch in _batches(table, file):
                    connection.execute(insert(table), batch)
                    done += len(batch)
                    told("reading", done, total)
            _follow_on(connection, table)


def _batches(table: Table, file: IO[bytes]) -> Iterator[list[Row]]:
    columns = {column.name: column for column in table.columns}
    while lines := list(islice(file, _AT_ONCE)):
        yield [
            {name: _from_plain(columns[name], value) for name, value in json.loads(line).items()}
            for line in lines
        ]


def _follow_on(connection: Connection, table: Table) -> None:
    column = table.autoincrement_column
    if column is not None:
        last = connection.scalar(select(func.max(column)))
        if last is not None:
            advance_sequence(connection, table.name, column.name, last)


def require_empty(connection: Connection) -> None:
    """Raises WrongMoment("database_not_empty") where any table has a row."""
    for table in Base.metadata.sorted_tables:
        if _size(connection, table):
            raise WrongMoment("database_not_empty", name=table.name)


def empty(connection: Connection) -> None:
    """Delete every row, also of the tables that can only grow."""
    tables = Base.metadata.sorted_tables
    with without_triggers(connection, [table.name for table in tables]):
        for table in reversed(tables):
            connection.execute(delete(table))


def settle(connection: Connection, now: datetime) -> None:
    """What must not live on from the moment of the backup.

    Messages that had not left then may have left since: nobody knows, so a custodian decides, and
    codes are dropped. Browsers that were signed in may have been signed out since.
    """
    waiting = OutboxRow.state.in_((OutboxState.QUEUED, OutboxState.SENDING))
    code = OutboxRow.priority == Priority.CODE
    for condition, state in ((waiting & code, OutboxState.DROPPED), (waiting, OutboxState.UNKNOWN)):
        connection.execute(
            update(OutboxRow).where(condition).values(state=state, failure="restored")
        )
    signed_in = update(WebSessionRow).where(WebSessionRow.ended_at.is_(None))
    connection.execute(signed_in.values(ended_at=now))
    unused = update(SignInCodeRow).where(SignInCodeRow.used_at.is_(None))
    connection.execute(unused.values(used_at=now))


def note(connection: Connection, actor_kind: str, actor_name: str, now: datetime) -> None:
    """Write into the audit who put the rows back, and when."""
    row: Row = {
        "at": now, "actor_kind": actor_kind, "actor_name": actor_name, "columns": [],
        "what": "database.restored", "subject_kind": "database", "subject_id": 0,
    }  # fmt: skip
    connection.execute(insert(AuditRow).values(**row))
