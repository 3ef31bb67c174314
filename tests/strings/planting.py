"""A string in every column that holds what somebody wrote, and every page that may show it."""

from collections.abc import Iterator
from zlib import crc32

from icalendar import Calendar
from sqlalchemy import Column, String, update
from werkzeug.test import TestResponse

from enabler.persistence.database import db
from enabler.persistence.tags import Personal
from enabler.persistence.types import EnumText
from enabler.persistence.unit_of_work import unit_of_work
from tests import paper
from tests.authorisation.rules import Rule
from tests.authorisation.trying import Cell, cells
from tests.authorisation.worlds import World
from tests.strings.looking import badly_said, badly_shown, runs
from tests.strings.naughty import CORE

PLANTED = f"{CORE} and so on"
PLAIN = frozenset({
    "organisation.name", "organisation.about", "organisation.address", "organisation.web",
    "organisation.phone", "api_token.name", "match.ended_because", "pot.name", "pot.about",
    "standard_answer.name", "standard_answer.words", "ruleset_draft.name", "trusted_issuer.name",
})  # fmt: skip
"""What somebody wrote of no person."""
NOT_WRITTEN = frozenset({
    "home.postcode", "need.postcode", "need_series.postcode", "member.language",
    "contact.value", "sign_in_code.phone", "web_session.verified_phone", "outbox.to_value",
    "staff_secret.password_hash", "staff_secret.totp_secret", "contact_change.old_value",
    "contact_change.new_value", "invitation.value", "mandate_ask.value",
    "simulated_message.address", "phone.number", "inbound_text.number", "prompt.number",
    "cost_receipt.content", "organisation.mail", "organisation.postcode", "denial.reason",
    "offer_exception.first_on", "offer_exception.last_on", "sign_in_code.browser_hash",
    "sign_in_code.from_address_hash", "report.from_address_hash",
})  # fmt: skip
"""Numbers, days, postcodes, addresses of mail, secrets, codes, pictures: only what can be read so
is kept."""
NEVER_CHANGED = frozenset({
    "audit", "audit_value", "credential", "ruleset_draft", "mandate", "complaint", "complaint_note",
})  # fmt: skip
"""Tables whose words stay as they were written: triggers refuse it."""
ASIDE = frozenset({"draft.answers", "match.ended_because"})
"""What goes with the form that it was typed in, and codes."""


def written_columns() -> list[Column[str]]:
    """Columns of words, by their tags: a new one is planted without anybody's thinking of it."""
    return [
        column
        for table in db.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, EnumText)
        and _is_written(f"{table.name}.{column.name}", column)
    ]  # fmt: skip


def _is_written(name: str, column: Column[str]) -> bool:
    personal = isinstance(column.info["personal"], Personal)
    return (personal and name not in NOT_WRITTEN) or (name in PLAIN - ASIDE)


def plant(world: World) -> None:
    """Put it in every row of every column of words; what is never changed is left as it is."""
    with world.app.app_context(), unit_of_work() as uow:
        for column in written_columns():
            if column.table.name not in NEVER_CHANGED:
                uow.session.execute(
                    update(column.table).where(column.is_not(None)).values({column: PLANTED})
                )
        uow.commit()


def looked_at(world: World, *, whole: bool) -> Iterator[str]:
    """What is wrong with the pages that those may open who may: all, or of each relation one."""
    for rule in world.book.rules:
        if rule.method != "GET":
            continue
        for cell in readers(rule, whole=whole):
            with cell.knock(world, cell.ref(world)) as answer:
                yield from (f"{cell}: {said}" for said in _wrong(answer))


def readers(rule: Rule, *, whole: bool) -> list[Cell]:
    """Those who may: all, or of each relation one."""
    there = [cell for cell in cells(rule) if cell.is_in]
    found: list[Cell] = []
    for relation in dict.fromkeys(cell.relation for cell in there):
        alike = [cell for cell in there if cell.relation == relation]
        turn = crc32(f"{rule.name} {relation}".encode()) % len(alike)
        found += alike if whole else alike[turn : turn + 1]
    return found


def _wrong(answer: TestResponse) -> Iterator[str]:
    body = paper.said(answer)
    if answer.status_code >= 500:
        yield str(answer.status_code)
    elif answer.is_json:
        yield from badly_said(answer.get_json(), PLANTED)
    elif answer.mimetype == "text/calendar":
        calendar = Calendar.from_ical(body)
        yield from (f"a line {name}" for name, _ in calendar.property_items() if CORE in name)
        shown = [str(value) for _, value in calendar.property_items() if "Ouz" in str(value)]
        yield from (text for text in shown if CORE not in text)
    elif answer.mimetype == "text/html":
        yield from (*badly_shown(body, PLANTED), *runs(body))
