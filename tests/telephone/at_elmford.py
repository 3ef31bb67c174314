"""A place that phones can text, and a dialogue of two deeds of the tests' own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import inbound
from sms.acting.scene import Act, Came
from tests.builders import BuiltPlace, a_place

PLACE_PHONE, PHONE = "+447700900001", "+447700900123"


def a_town(**columns: Any) -> BuiltPlace:
    """A place with a number, in which everybody is invented."""
    place = a_place()
    with unit_of_work() as uow:
        values: Mapping[str, Any] = {"phone": PLACE_PHONE, "invented": True} | columns
        uow.session.execute(update(PlaceRow).where(PlaceRow.id == place.id).values(values))
        uow.commit()
    return place


def texted(ref: str, now: datetime, *, number: str = PHONE, body: str = "menu") -> None:
    """A text is kept, and not worked yet."""
    inbound.keep(
        provider_ref=ref, sent_from=number, sent_to=PLACE_PHONE, body=body, opt_out=None,
        sent_at=None, now=now,
    )  # fmt: skip


def texts_kept() -> list[tuple[str, str, str | None]]:
    """Reference, words, and what came of each text."""
    row = InboundTextRow
    with reading() as uow:
        found = uow.session.execute(
            select(row.provider_ref, row.body, row.came_of).order_by(row.received_at, row.id)
        )
        return [(ref, body, came) for ref, body, came in found]


def answers() -> list[tuple[str | None, list[str]]]:
    """To whom the place answered, and the codes of what it said."""
    with reading() as uow:
        rows = uow.session.scalars(
            select(OutboxRow).where(OutboxRow.template == "answer").order_by(OutboxRow.id)
        )
        return [(row.to_value, [say["code"] for say in row.parameters["says"]]) for row in rows]


@contextmanager
def clock_at(app: Flask, moment: datetime) -> Iterator[None]:
    """The app's clock stands still meanwhile."""
    before = app.extensions["enabler"]
    app.extensions["enabler"] = replace(before, clock=lambda: moment)
    yield
    app.extensions["enabler"] = before


class Nothing(dict[str, Act]):
    """Every deed is done, and nothing comes of it."""

    def __missing__(self, _name: str) -> Act:
        return lambda _deed, _scene: Came()
