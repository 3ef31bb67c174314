"""What holds the ledger in the database itself, as each of the two databases has it.

Constraints say what one row alone may be (:mod:`.tables.ledger`). These triggers say what it may
be beside others: that a transfer is never changed, deleted or replaced; that it alone moves
balances, by exactly its minutes; that a hold ends once, as it was promised; that a reversal is the
mirror of what it undoes; that nothing moves in an account that is closed. SQL by hand meets them
too. Each is said apart, so that a test can take each away and see what then goes wrong.
"""

# ruff: noqa: S608 -- no word in these statements comes from outside this page

MOVES = "('single', 'post')"
TABLES = ("account", "transfer", "transfer_seal", "ledger_seal")


def rules(dialect: str) -> dict[str, str]:
    """The statements that make them, by the names of triggers (and PostgreSQL's functions)."""
    return dict(_SQLITE if dialect == "sqlite" else _POSTGRESQL)


def without(dialect: str) -> list[str]:
    """The statements that take them all away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for name in _SQLITE]
    dropped = []
    for name in reversed(_POSTGRESQL):
        table = _table_of(name)
        dropped.append(f"DROP TRIGGER {name} ON {table}" if table else f"DROP FUNCTION {name}()")
    return dropped


def _table_of(name: str) -> str | None:
    """Of a trigger its table, of a function None."""
    if name.startswith("ledger_do_"):
        return None
    return next(table for table in sorted(TABLES, key=len, reverse=True) if name.startswith(table))


def _refused(name: str, when: str, conditions: dict[str, str]) -> str:
    """A trigger of SQLite that refuses a row where one of the conditions holds."""
    checks = " ".join(
        f"SELECT RAISE(ABORT, '{code}') WHERE {condition};"
        for code, condition in conditions.items()
    )
    return f"CREATE TRIGGER {name} {when} BEGIN {checks} END"


def _never(name: str, when: str, code: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{code}'); END"


_HOLD = "SELECT 1 FROM transfer h WHERE h.key = NEW.hold"
_UNDONE = "SELECT 1 FROM transfer r WHERE r.key = NEW.reverses"
_TAKES = "NEW.phase IN ('single', 'hold')"
_SQLITE_TRANSFER = {
    # A REPLACE deletes without firing what refuses deletion: what is known is refused before.
    "transfer_key_exists": "EXISTS (SELECT 1 FROM transfer WHERE key = NEW.key)",
    "transfer_seq_exists": "EXISTS (SELECT 1 FROM transfer WHERE seq = NEW.seq)",
    "hold_resolved": "NEW.hold IS NOT NULL"
    " AND EXISTS (SELECT 1 FROM transfer WHERE hold = NEW.hold)",
    "already_reversed": "NEW.reverses IS NOT NULL"
    " AND EXISTS (SELECT 1 FROM transfer WHERE reverses = NEW.reverses)",
    "minutes_not_whole": "typeof(NEW.minutes) <> 'integer'",
    "account_unknown": "(SELECT count(*) FROM account WHERE place_id = NEW.place_id"
    " AND id IN (NEW.debit_id, NEW.credit_id)) <> 2",
    "account_closed": "NEW.phase <> 'void' AND EXISTS (SELECT 1 FROM account"
    " WHERE id IN (NEW.debit_id, NEW.credit_id) AND closed)",
    "hold_differs": f"NEW.hold IS NOT NULL AND NOT EXISTS ({_HOLD} AND h.phase = 'hold'"
    " AND h.place_id = NEW.place_id AND h.debit_id = NEW.debit_id AND h.credit_id = NEW.credit_id"
    " AND h.reason = NEW.reason AND (NEW.minutes = h.minutes"
    " OR (NEW.phase = 'post' AND NEW.minutes < h.minutes)))",
    "reversal_differs": f"NEW.reverses IS NOT NULL AND NOT EXISTS ({_UNDONE}"
    f" AND r.phase IN {MOVES} AND r.reason <> 'reversal' AND r.place_id = NEW.place_id"
    " AND r.debit_id = NEW.credit_id AND r.credit_id = NEW.debit_id AND r.minutes = NEW.minutes)",
    # Said once more than the account's own check: INSERT OR IGNORE would pass over that.
    "floor_reached": f"{_TAKES} AND EXISTS (SELECT 1 FROM account WHERE id = NEW.debit_id"
    " AND floor IS NOT NULL AND posted - held - NEW.minutes < floor)",
}
_PROMISED = "(SELECT minutes FROM transfer WHERE key = NEW.hold)"
_SQLITE_APPLY = f"""CREATE TRIGGER transfer_apply AFTER INSERT ON transfer BEGIN
SELECT RAISE(ABORT, 'transfer_out_of_order') WHERE EXISTS
 (SELECT 1 FROM transfer WHERE seq > NEW.seq);
UPDATE account SET applied = NEW.seq,
 posted = posted - CASE WHEN NEW.phase IN {MOVES} THEN NEW.minutes ELSE 0 END,
 held = held + CASE NEW.phase WHEN 'hold' THEN NEW.minutes WHEN 'single' THEN 0
  ELSE -{_PROMISED} END
 WHERE id = NEW.debit_id;
UPDATE account SET applied = NEW.seq,
 posted = posted + CASE WHEN NEW.phase IN {MOVES} THEN NEW.minutes ELSE 0 END
 WHERE id = NEW.credit_id;
SELECT RAISE(ABORT, 'transfer_not_applied') WHERE
 (SELECT count(*) FROM account WHERE id IN (NEW.debit_id, NEW.credit_id)
  AND applied = NEW.seq) <> 2;
END"""
_MOVED = f"""CASE WHEN t.phase IN {MOVES} THEN
 CASE WHEN NEW.id = t.debit_id THEN -t.minutes ELSE t.minutes END ELSE 0 END"""
_HELD = """CASE WHEN NEW.id <> t.debit_id OR t.phase = 'single' THEN 0
 WHEN t.phase = 'hold' THEN t.minutes ELSE -h.minutes END"""
_SQLITE_BALANCE = {
    "balance_moves_by_transfer_alone": f"""NOT EXISTS (SELECT 1 FROM transfer t
 LEFT JOIN transfer h ON h.key = t.hold
 WHERE t.seq = NEW.applied AND NEW.applied > OLD.applied AND NEW.id IN (t.debit_id, t.credit_id)
 AND NEW.posted - OLD.posted = {_MOVED} AND NEW.held - OLD.held = {_HELD})"""
}
_SQLITE_ACCOUNT = {
    "account_exists": "EXISTS (SELECT 1 FROM account WHERE id = NEW.id)",
    "account_opens_at_zero": "NEW.posted <> 0 OR NEW.held <> 0 OR NEW.applied <> 0 OR NEW.closed",
    "account_opens_above_zero": "NEW.floor > 0",
    "issue_exists": "NEW.kind = 'issue' AND EXISTS (SELECT 1 FROM account"
    " WHERE kind = 'issue' AND place_id = NEW.place_id)",
}
_SQLITE_KEPT = {
    "account_stays_what_it_is": "NEW.id <> OLD.id OR NEW.kind <> OLD.kind"
    " OR NEW.place_id <> OLD.place_id OR (OLD.closed AND NOT NEW.closed)",
    "floor_not_whole": "typeof(NEW.floor) NOT IN ('integer', 'null')",
}
_SQLITE_SEALED = {
    "seal_exists": "EXISTS (SELECT 1 FROM transfer_seal WHERE seq = NEW.seq)",
    "seal_of_nothing": "NOT EXISTS (SELECT 1 FROM transfer WHERE seq = NEW.seq)",
}
_SQLITE_SEAL = {
    "seal_exists": "EXISTS (SELECT 1 FROM ledger_seal"
    " WHERE id = NEW.id OR last >= NEW.first OR first >= NEW.first)",
}
_SQLITE: dict[str, str] = {
    "transfer_guard": _refused("transfer_guard", "BEFORE INSERT ON transfer", _SQLITE_TRANSFER),
    "transfer_apply": _SQLITE_APPLY,
    "transfer_no_update": _never(
        "transfer_no_update", "BEFORE UPDATE ON transfer", "transfer is append-only"
    ),
    "transfer_no_delete": _never(
        "transfer_no_delete", "BEFORE DELETE ON transfer", "transfer is append-only"
    ),
    "account_new": _refused("account_new", "BEFORE INSERT ON account", _SQLITE_ACCOUNT),
    "account_balance": _refused(
        "account_balance", "BEFORE UPDATE OF posted, held, applied ON account", _SQLITE_BALANCE
    ),
    "account_kept": _refused("account_kept", "BEFORE UPDATE ON account", _SQLITE_KEPT),
    "account_no_delete": _never(
        "account_no_delete", "BEFORE DELETE ON account", "an account is never deleted"
    ),
    "transfer_seal_new": _refused(
        "transfer_seal_new", "BEFORE INSERT ON transfer_seal", _SQLITE_SEALED
    ),
    "ledger_seal_new": _refused("ledger_seal_new", "BEFORE INSERT ON ledger_seal", _SQLITE_SEAL),
    **{
        f"{table}_no_{verb}": _never(
            f"{table}_no_{verb}", f"BEFORE {verb.upper()} ON {table}", f"{table} is append-only"
        )
        for table in ("transfer_seal", "ledger_seal")
        for verb in ("update", "delete")
    },
}


def _function(name: str, body: str, declares: str = "") -> str:
    """A function of PostgreSQL that a trigger runs, with the rights of whoever owns the ledger."""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $$ {declares} BEGIN {body} END $$"
    )


def _raises(conditions: dict[str, str]) -> str:
    return " ".join(
        f"IF {condition} THEN RAISE EXCEPTION '{code}' USING ERRCODE = 'check_violation'; END IF;"
        for code, condition in conditions.items()
    )


def _trigger(name: str, when: str, runs: str, each: str = "ROW") -> str:
    return f"CREATE TRIGGER {name} {when} FOR EACH {each} EXECUTE FUNCTION {runs}()"


_REFUSES = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
_LOCKS = """PERFORM 1 FROM account WHERE id IN (NEW.debit_id, NEW.credit_id)
 ORDER BY id FOR NO KEY UPDATE; RETURN NEW;"""
_PG_TRANSFER = {
    "account_closed": "NEW.phase <> 'void' AND EXISTS (SELECT 1 FROM account"
    " WHERE id IN (NEW.debit_id, NEW.credit_id) AND closed)",
    "hold_differs": _SQLITE_TRANSFER["hold_differs"],
    "reversal_differs": _SQLITE_TRANSFER["reversal_differs"],
    # Nobody puts a row by hand where seals have been, nor where the numbers have not come yet.
    "transfer_out_of_order": "NEW.seq <= (SELECT COALESCE(max(last), 0) FROM ledger_seal)"
    " OR NEW.seq > pg_sequence_last_value('transfer_seq_seq')",
}
_PG_APPLY = f"""UPDATE account SET applied = GREATEST(applied, NEW.seq),
 posted = posted + CASE WHEN NEW.phase NOT IN {MOVES} THEN 0
  WHEN id = NEW.debit_id THEN -NEW.minutes ELSE NEW.minutes END,
 held = held + CASE WHEN id <> NEW.debit_id OR NEW.phase = 'single' THEN 0
  WHEN NEW.phase = 'hold' THEN NEW.minutes ELSE -{_PROMISED} END
 WHERE id IN (NEW.debit_id, NEW.credit_id);
RETURN NEW;"""
_PG_KEPT = {
    # By a transfer's own trigger alone: this one is then the second on the way down.
    "balance_moves_by_transfer_alone": "pg_trigger_depth() < 2 AND (NEW.posted <> OLD.posted"
    " OR NEW.held <> OLD.held OR NEW.applied <> OLD.applied)",
    "account_stays_what_it_is": _SQLITE_KEPT["account_stays_what_it_is"],
}
_PG_ACCOUNT = {
    "account_opens_at_zero": _SQLITE_ACCOUNT["account_opens_at_zero"],
    "account_opens_above_zero": _SQLITE_ACCOUNT["account_opens_above_zero"],
}
_PG_SEAL = {"seal_exists": "EXISTS (SELECT 1 FROM ledger_seal WHERE last >= NEW.first)"}
_POSTGRESQL: dict[str, str] = {
    "ledger_do_refuse": _function("ledger_do_refuse", _REFUSES),
    "ledger_do_lock": _function("ledger_do_lock", _LOCKS),
    "ledger_do_guard": _function("ledger_do_guard", f"{_raises(_PG_TRANSFER)} RETURN NEW;"),
    "ledger_do_apply": _function("ledger_do_apply", _PG_APPLY),
    "ledger_do_keep": _function("ledger_do_keep", f"{_raises(_PG_KEPT)} RETURN NEW;"),
    "ledger_do_open": _function("ledger_do_open", f"{_raises(_PG_ACCOUNT)} RETURN NEW;"),
    "ledger_do_seal": _function("ledger_do_seal", f"{_raises(_PG_SEAL)} RETURN NEW;"),
    # Triggers of one moment run by name. The accounts are locked before anything is looked at,
    # and before the foreign keys lock them, in the order of their numbers: nobody waits in a ring.
    "transfer_a_lock": _trigger("transfer_a_lock", "BEFORE INSERT ON transfer", "ledger_do_lock"),
    "transfer_b_guard": _trigger("transfer_b_guard", "BEFORE INSERT ON transfer",
                                 "ledger_do_guard"),
    "transfer_c_apply": _trigger("transfer_c_apply", "AFTER INSERT ON transfer", "ledger_do_apply"),
    "account_kept": _trigger("account_kept", "BEFORE UPDATE ON account", "ledger_do_keep"),
    "account_new": _trigger("account_new", "BEFORE INSERT ON account", "ledger_do_open"),
    "account_no_delete": _trigger("account_no_delete", "BEFORE DELETE ON account",
                                  "ledger_do_refuse"),
    "account_no_truncate": _trigger("account_no_truncate", "BEFORE TRUNCATE ON account",
                                    "ledger_do_refuse", "STATEMENT"),
    "ledger_seal_new": _trigger("ledger_seal_new", "BEFORE INSERT ON ledger_seal",
                                "ledger_do_seal"),
    **{
        f"{table}_no_{what}": _trigger(f"{table}_no_{what}", f"BEFORE {verbs} ON {table}",
                                       "ledger_do_refuse", each)
        for table in ("transfer", "transfer_seal", "ledger_seal")
        for what, verbs, each in (
            ("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"),
        )
    },
}  # fmt: skip
