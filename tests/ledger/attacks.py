"""Everything that SQL by hand may try against the ledger, told once for both databases."""

# ruff: noqa: S608 -- statements by hand are what it is about

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import text

from enabler.persistence.ledger import LedgerOfHours
from enabler.persistence.unit_of_work import unit_of_work
from enabler.timebank.accounts import AccountKind
from enabler.timebank.sealing import row_of, sealed
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer
from tests.builders import NOW, a_place


@dataclass(frozen=True)
class World:
    """Numbers of accounts and of the last sealed row, for the statements."""

    place: int
    elsewhere: int
    a: int
    b: int
    pot: int
    ended: int
    empty: int
    stranger: int
    sealed: int

    def insert(self, key: str, debit: str, credit: str, minutes: object, **more: object) -> str:
        """One transfer by hand. ``more``: verb, seq, reason, phase, hold, reverses, place."""
        columns = {
            "at": "'2026-11-24 12:00:00'", "key": f"'{key}'",
            "place_id": more.get("place", self.place), "debit_id": getattr(self, debit),
            "credit_id": getattr(self, credit), "minutes": minutes,
            "reason": f"'{more.get('reason', 'give')}'",
            "phase": f"'{more.get('phase', 'single')}'",
        }  # fmt: skip
        columns |= {name: f"'{more[name]}'" for name in ("hold", "reverses") if name in more}
        columns |= {"seq": more["seq"]} if "seq" in more else {}
        values = ", ".join(map(str, columns.values()))
        return (
            f"{more.get('verb', 'INSERT')} INTO transfer ({', '.join(columns)}) VALUES ({values})"
        )


def world(app: Flask) -> World:
    """Two members, a pot, an account that ended, one that nothing touched, one of another place.

    ``given`` moved 60; ``open`` is a hold of 30, ``spent`` one that was posted; ``back`` undid
    ``wrong``. The first three rows are sealed.
    """
    with app.app_context():
        place, other = a_place(), a_place("elsewhere")
        with unit_of_work() as uow:
            ledger = uow.ledger
            a, b, pot, ended, empty = (
                ledger.open(place.id, kind, floor=floor).number
                for kind, floor in (
                    (AccountKind.MEMBER, -300), (AccountKind.MEMBER, 0), (AccountKind.POT, 0),
                    (AccountKind.MEMBER, 0), (AccountKind.MEMBER, 0),
                )
            )  # fmt: skip
            stranger = ledger.open(other.id, AccountKind.MEMBER).number
            ledger.close(ended)
            entries = _moved(ledger, place.id, a, b, pot)
            digests, seal = sealed(row_of(entry) for entry in entries[:3])
            assert seal is not None
            for entry, digest in zip(entries, digests, strict=False):
                uow.session.execute(
                    text("INSERT INTO transfer_seal (seq, digest) VALUES (:seq, :digest)"),
                    {"seq": entry.seq, "digest": digest},
                )
            uow.session.execute(text(_seal(seal.first, seal.last)))
            uow.commit()
        return World(place.id, other.id, a, b, pot, ended, empty, stranger, seal.last)


def _moved(ledger: LedgerOfHours, place: int, a: int, b: int, pot: int) -> list[Entry]:
    """The rows that are there."""
    give, help_ = Reason.GIVE, Reason.HELP
    return [
        ledger.post(Transfer(key, place, *way, minutes, reason, **more), NOW)  # type: ignore[arg-type]
        for key, way, minutes, reason, more in (
            ("given", (a, b), 60, give, {}),
            ("open", (a, b), 30, help_, {"phase": Phase.HOLD}),
            ("spent", (a, b), 20, help_, {"phase": Phase.HOLD}),
            ("posted", (a, b), 10, help_, {"phase": Phase.POST, "hold": "spent"}),
            ("wrong", (a, pot), 5, give, {}),
            ("back", (pot, a), 5, Reason.REVERSAL, {"reverses": "wrong"}),
            ("last", (a, b), 1, give, {}),
        )
    ]


def _seal(first: int, last: int, verb: str = "INSERT") -> str:
    return (
        f"{verb} INTO ledger_seal (first, last, count, root, at)"
        f" VALUES ({first}, {last}, 3, '0', '2026-11-24 12:00:00')"
    )


def _account(w: World, verb: str = "INSERT", **columns: object) -> str:
    values = {"place_id": w.place, "kind": "'member'", "floor": 0, "posted": 0} | columns
    shown = ", ".join(map(str, values.values()))
    return f"{verb} INTO account ({', '.join(values)}) VALUES ({shown})"


def attacks(w: World) -> dict[str, str]:
    """What neither database lets pass, by a name for it."""
    return {
        "update a transfer": "UPDATE transfer SET minutes = 2 WHERE key = 'last'",
        "move a transfer's time": "UPDATE transfer SET at = '2020-01-01 12:00:00'",
        "delete a transfer": "DELETE FROM transfer WHERE key = 'last'",
        "delete an account": f"DELETE FROM account WHERE id = {w.empty}",
        "update a digest": "UPDATE transfer_seal SET digest = '1'",
        "delete a digest": "DELETE FROM transfer_seal",
        "update a seal": "UPDATE ledger_seal SET root = '1'",
        "delete a seal": "DELETE FROM ledger_seal",
        "seal again": _seal(w.sealed - 1, w.sealed - 1),
        "balance by hand": f"UPDATE account SET posted = posted + 1 WHERE id = {w.b}",
        "held by hand": f"UPDATE account SET held = held + 1 WHERE id = {w.b}",
        "applied by hand": f"UPDATE account SET applied = applied + 1 WHERE id = {w.b}",
        "another kind": f"UPDATE account SET kind = 'pot' WHERE id = {w.empty}",
        "another place": f"UPDATE account SET place_id = {w.elsewhere} WHERE id = {w.empty}",
        "another number": f"UPDATE account SET id = 9999 WHERE id = {w.empty}",
        "open again": f"UPDATE account SET closed = FALSE WHERE id = {w.ended}",
        "close one with hours": f"UPDATE account SET closed = TRUE WHERE id = {w.b}",
        "floor above the balance": f"UPDATE account SET floor = 5000 WHERE id = {w.b}",
        "born with hours": _account(w, posted=60),
        "born with a floor above zero": _account(w, floor=1),
    } | _rows(w)  # fmt: skip


def _rows(w: World) -> dict[str, str]:
    """Transfers that must not be."""
    return {
        "post twice": w.insert("x", "a", "b", 10, reason="help", phase="post", hold="spent"),
        "void what was posted": w.insert("x", "a", "b", 20, reason="help", phase="void",
                                         hold="spent"),
        "post over the hold": w.insert("x", "a", "b", 31, reason="help", phase="post",
                                       hold="open"),
        "post to another": w.insert("x", "a", "pot", 30, reason="help", phase="post", hold="open"),
        "post for another reason": w.insert("x", "a", "b", 30, phase="post", hold="open"),
        "void other minutes": w.insert("x", "a", "b", 29, reason="help", phase="void",
                                       hold="open"),
        "post what is no hold": w.insert("x", "a", "b", 1, phase="post", hold="given"),
        "post without a hold": w.insert("x", "a", "b", 1, phase="post"),
        "undo with other minutes": w.insert("x", "b", "a", 59, reason="reversal",
                                            reverses="given"),
        "undo the same way": w.insert("x", "a", "b", 60, reason="reversal", reverses="given"),
        "undo what undid": w.insert("x", "a", "pot", 5, reason="reversal", reverses="back"),
        "undo twice": w.insert("x", "pot", "a", 5, reason="reversal", reverses="wrong"),
        "undo a promise": w.insert("x", "b", "a", 30, reason="reversal", reverses="open"),
        "into a closed account": w.insert("x", "a", "ended", 1),
        "promise a closed account": w.insert("x", "a", "ended", 1, reason="help", phase="hold"),
        "to another place": w.insert("x", "a", "stranger", 1),
        "from another place": w.insert("x", "stranger", "a", 1, place=w.elsewhere),
        "to oneself": w.insert("x", "a", "a", 1),
        "nothing": w.insert("x", "a", "b", 0),
        "less than nothing": w.insert("x", "a", "b", -5),
        "more than a day of help": w.insert("x", "a", "b", 1441, reason="help"),
        "for no known reason": w.insert("x", "a", "b", 1, reason="love"),
        "the same key": w.insert("last", "a", "b", 1),
        "below what is sealed": w.insert("x", "a", "b", 1, seq=w.sealed - 5),
        "under the floor": w.insert("x", "a", "b", 9000),
        "promise under the floor": w.insert("x", "b", "a", 500, reason="help", phase="hold"),
    }  # fmt: skip


def sqlite_attacks(w: World) -> dict[str, str]:
    """What SQLite alone can be asked."""
    replace, ignore = "INSERT OR REPLACE", "INSERT OR IGNORE"
    return {
        "replace by key": w.insert("last", "a", "b", 100, verb=replace),
        "replace by number": w.insert("x", "a", "b", 1, verb=replace, seq=w.sealed),
        "replace the end of a hold": w.insert("x", "a", "b", 20, reason="help", phase="post",
                                              hold="spent", verb=replace),
        "replace a reversal": w.insert("x", "pot", "a", 5, reason="reversal", reverses="wrong",
                                       verb=replace),
        "replace an account": _account(w, replace, id=w.empty),
        "replace a digest": f"{replace} INTO transfer_seal VALUES ({w.sealed}, '1')",
        "seal nothing": "INSERT INTO transfer_seal VALUES (99999, '1')",
        "replace a seal": _seal(w.sealed - 2, w.sealed + 1, replace),
        "ignore the key": w.insert("last", "a", "b", 100, verb=ignore),
        "ignore the floor": w.insert("x", "a", "b", 9000, verb=ignore),
        "ignore the floor of a promise": w.insert("x", "b", "a", 500, reason="help", phase="hold",
                                                  verb=ignore),
        "ignore the place": w.insert("x", "a", "stranger", 1, verb=ignore),
        "ignore what an account is": _account(w, ignore, id=w.empty, posted=60),
        "update or replace": f"UPDATE OR REPLACE transfer SET seq = {w.sealed} WHERE key = 'last'",
        "update or ignore": f"UPDATE OR IGNORE account SET posted = 5000 WHERE id = {w.b}",
        "half a minute": w.insert("x", "a", "b", "1.5"),
        "half a floor": f"UPDATE account SET floor = -1.5 WHERE id = {w.empty}",
        "in a hole": w.insert("x", "a", "b", 1, seq=-7),
    }  # fmt: skip


def postgresql_attacks(w: World) -> dict[str, str]:
    """What PostgreSQL alone can be asked."""
    tables = ("account", "transfer", "transfer_seal", "ledger_seal")
    whole = {f"truncate {table}": f"TRUNCATE {table} CASCADE" for table in tables}
    update = " ON CONFLICT (key) DO UPDATE SET minutes = 2"
    return whole | {
        "update on conflict": w.insert("last", "a", "b", 1) + update,
        "where numbers have not come": w.insert("x", "a", "b", 1, seq=w.sealed + 1000),
    }
