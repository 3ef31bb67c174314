"""A form that is pressed twice, and one that is open in two windows: what there is more then."""

from collections.abc import Iterator

from sqlalchemy import func, literal, select, union_all
from werkzeug.test import TestResponse

from enabler.persistence.database import db
from enabler.persistence.unit_of_work import reading
from tests.authorisation.worlds import World
from tests.strings.forms import Sender
from tests.strings.trying import a_key

LOGS = {
    "service_call": "a key is kept for each form that was sent",
    "audit": "that somebody did it is written each time",
    "audit_value": "likewise, with what was written",
    "sight": "that somebody looked",
    "ref": "a number that was drawn and belongs to nothing",
}
"""Tables whose rows are no things: one more of them does nobody harm."""
LIMITED = frozenset({
    "/sign-in/code", "/sign-in/lost/code", "/sign-in/staff", "/sign-in", "/sign-in/lost",
    "/me/details/phone", "/me/details/mail", "/me/details/phone/code", "/me/details/mail/code",
    "/me/details/mail/remove", "/me/details/mail/remove/code",
    "/me/data/copy", "/me/data/copy/code",
    "/me/data/delete", "/me/data/delete/code",
    "/desk/numbers/<ref:ref>", "/desk/numbers/<ref:ref>/code",
    "/me/supporters/ask", "/me/supporters/ask/code", "/me/supporters/<ref:ref>/renew",
    "/me/supporters/<ref:ref>/renew/code", "/me/supporters/asked/<ref:ref>",
    "/me/supporters/asked/<ref:ref>/code", "/for/asked/<ref:ref>", "/desk/supporters",
    "/desk/supporters/code", "/organisations/<ref:ref>/supporters",
    "/organisations/<ref:ref>/supporters/code", "/verify/<token>/rely",
})  # fmt: skip
"""Where each press is a try of its own or asks for a code of its own, of which there are few: the
page says that one has been sent, and the newest counts."""
LEAVES = frozenset({"/me/browsers/sign-out", "/desk/rules/drafts/<ref:ref>/care"})
"""The one signs out the very browser that sends it, whose second press is a stranger's; the other
says which rules its page listed, and only a page can."""


def counts(world: World) -> dict[str, int]:
    """How many rows each table has, but for logs."""
    tables = [table for name, table in db.metadata.tables.items() if name not in LOGS]
    query = union_all(*(
        select(literal(table.name), func.count()).select_from(table) for table in tables
    ))  # fmt: skip
    with world.app.app_context(), reading() as uow:
        return {name: int(number) for name, number in uow.session.execute(query)}


def pressed_twice(sender: Sender) -> Iterator[str]:
    """What is wrong when the same form comes twice, as by a double press."""
    key, world = a_key(), sender.world
    first = sender.send(key)
    before = world.state()
    second = sender.send(key)
    after = world.state()
    if sender.rule.route in LEAVES:
        return
    if sender.rule.route not in LIMITED:
        yield from (f"{sender.name}: twice, and {name} is not as it was after once"
                    for name in before if before[name] != after[name])  # fmt: skip
    if not (_is_sane(first) and _is_sane(second)):
        yield f"{sender.name}: twice gives {first.status_code} and {second.status_code}"
    if first.status_code == 302 and _where(first) != _where(second):
        yield f"{sender.name}: leads to {_where(first)}, then to {_where(second)}"


def _where(answer: TestResponse) -> str:
    return answer.headers.get("Location", str(answer.status_code))


def _is_sane(answer: TestResponse) -> bool:
    return answer.status_code in (200, 302)


def from_two_windows(sender: Sender) -> Iterator[str]:
    """What is wrong when two copies of the form were opened and both are sent."""
    first = sender.send(a_key())
    before = counts(sender.world)
    second = sender.send(a_key())
    after = counts(sender.world)
    more = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    if second.status_code >= 500 or not _is_sane(first):
        yield f"{sender.name}: two windows give {first.status_code} and {second.status_code}"
    elif more and sender.rule.route not in LIMITED:
        yield f"{sender.name}: two windows make two: {more}, and {_where(second)}"
    elif not _is_sane(second) and "<h1" not in second.get_data(as_text=True):
        yield f"{sender.name}: the second window is told nothing"


def counts_of(table: str | None) -> int:
    """How many rows a table has; none for no table. In the app's context."""
    if table is None:
        return 0
    with reading() as uow:
        query = select(func.count()).select_from(db.metadata.tables[table])
        return int(uow.session.scalar(query) or 0)
