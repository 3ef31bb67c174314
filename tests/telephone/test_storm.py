"""Texts that come several times, in any order, to a house that is killed again and again."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.permissions import Actor
from enabler.doors.wiring import wiring
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow, PhoneRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import inbound, messages, rounds
from sms.conversing import work
from tests.application import SECRET_KEY, close
from tests.builders import NOW, a_helper, a_member, a_need, a_place
from tests.databases.fixtures import NAMES, FreshDatabase
from tests.databases.stores import Database
from tests.telephone.canonical import canonical
from tests.telephone.storming import PLACE_PHONE, Delivery, Plan

ASKER = "Ann"
KINDS = (
    "cleaning", "repairs", "transport", "meals", "phone-chat", "walking-company", "pet-care",
    "gardening", "tech-help", "goods", "lending", "advice",
)  # fmt: skip
"""Of each pair another, and of none of them what is asked for or offered by text: nothing that one
phone writes comes to another, which of the two came first would matter."""
TEXTS = (
    "can someone get my shopping tomorrow at 10am", "A1", "A2", "A1 after three please", "yes",
    "I can walk dogs", "B1", "HOURS", "MY", "LANG CYMRAEG", "LANG ENGLISH", "AWAY till friday",
    "stop", "start", "please stop texting me", "WORRIED about the lady at number 4", "CALL ME",
    "qwertyuiop", "COMPLAIN nobody came", "DONE A 1h30", "CAN'T A", "WHY A", "THANKS A so kind",
    "the kitchen is on fire", "?", "mum needs a prescription fetching friday morning", "", "no",
    "BACK",
)  # fmt: skip
APART = timedelta(minutes=10)
"""Between one life of the house and the next: by then nobody holds a number any more."""


def furnish(url: str) -> None:
    """Neighbours who were asked by text whether they can help, each for a need of its own."""
    app = create_app(Settings(Path(), url, url, SECRET_KEY, environment="test"))
    with app.app_context():
        place = a_place()
        with unit_of_work() as uow:
            row = uow.session.get(PlaceRow, place.id)
            assert row is not None
            row.phone = PLACE_PHONE
            uow.commit()
        for nth, kind in enumerate(KINDS):
            a_need(a_member(place, f"{ASKER} {nth}", at=(300 + 250 * nth, 600)), kind)
            a_member(place, f"Lou {nth}", at=(300 + 250 * nth, 1600))
            a_helper(place, f"Hal {nth}", kind, at=(350 + 250 * nth, 700), capacity=1)
        rounds.run_round(actor=Actor.operator("a test"), place_slug=place.slug, now=NOW)
        ports = wiring()
        while messages.deliver_outbox(gateway=ports.gateway, secrets=ports.secrets, now=NOW):
            pass
    close(app)


def deliveries(numbers: Sequence[str], texts: int, random: Random) -> list[Delivery]:
    """Each text one to five times, in any order."""
    once = [
        Delivery(f"SM{nth:06}", random.choice(numbers), random.choice(TEXTS))
        for nth in range(texts)
    ]  # fmt: skip
    often = [one for one in once for _ in range(random.randint(1, 5))]
    random.shuffle(often)
    return often


def lives(
    url: str, folder: Path, left: list[Delivery], kills: int, random: Random
) -> datetime:  # fmt: skip
    """The house lives and dies until everything was taken from the provider; the last moment."""
    for life in count():
        moment, plan = NOW + APART * (life + 1), folder / f"plan{life}.json"
        taken = folder / f"taken{life}"
        Plan(url, str(folder), moment.isoformat(), str(taken), left).write(plan)
        command = [sys.executable, "-m", "tests.telephone.storming", str(plan)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as living:
            assert living.stdout is not None
            assert living.stdout.readline() == b"ready\n"
            if life < kills:
                time.sleep(random.uniform(0.05, 1.5))
                living.kill()
        done = {int(line) for line in taken.read_text().split()} if taken.exists() else set()
        left = [one for nth, one in enumerate(left) if nth not in done]
        if life >= kills and (not left or not done):
            break
    assert not left
    return moment


def sweep(app: Flask, moment: datetime) -> None:
    """What was stored and not answered is worked."""
    with app.app_context():
        secrets = wiring().secrets
        while waits := inbound.waiting(now=moment):
            for place_id, number in waits:
                work(place_id=place_id, number=number, secrets=secrets, clock=lambda: moment)


def once_each(app: Flask, texts: Sequence[tuple[str, str, str, datetime]]) -> None:
    """The clean run: every text once, in the order in which the other house had them."""
    with app.app_context():
        place, secrets = place_id(), wiring().secrets
        for sid, number, body, at in texts:
            assert inbound.keep(
                provider_ref=sid, sent_from=number, sent_to=PLACE_PHONE, body=body, opt_out=None,
                sent_at=None, now=at,
            )  # fmt: skip
            work(place_id=place, number=number, secrets=secrets, clock=lambda at=at: at)  # type: ignore[misc]


def place_id() -> int:
    """Of the place that has the number."""
    with reading() as uow:
        found = uow.places.by_phone(PLACE_PHONE)
    assert found is not None
    return found.id


def writers(app: Flask) -> list[str]:
    """Who texts: of two who are matched one alone, so that what comes of it does not hang on which
    phone's text is worked first; and two strangers."""
    row, member = ContactRow, MemberRow
    with app.app_context(), reading() as uow:
        known = uow.session.scalars(
            select(row.value).join(member, member.id == row.member_id)
            .where(row.kind == "phone", member.shown_name != ASKER)
        )  # fmt: skip
        return [*sorted(known), "+447700900888", "+447700900889"]


def had(app: Flask) -> list[tuple[str, str, str, datetime]]:
    """What a house had, of each phone in the order in which it came."""
    row, phone = InboundTextRow, PhoneRow
    with app.app_context(), reading() as uow:
        query = select(row.provider_ref, phone.number, row.body, row.received_at).join(
            phone, phone.id == row.phone_id
        )
        rows = uow.session.execute(query.order_by(row.received_at, row.id))
        return [(sid, number, body, at) for sid, number, body, at in rows]


def house(database: Database) -> Flask:
    """The app on this database."""
    url = database.url
    return create_app(Settings(Path(), url, url, SECRET_KEY, environment="test"))


@pytest.mark.prove("8.2")
@pytest.mark.parametrize("name", NAMES)
def test_a_storm_comes_to_what_each_text_once_comes_to(
    name: str, fresh_database: FreshDatabase, tmp_path: Path, full_size: bool
) -> None:
    texts, kills = (2000, 12) if full_size else (40, 1)
    random = Random(8)
    with fresh_database(name, furnish) as stormy, fresh_database(name, furnish) as calm:
        app, other = house(stormy), house(calm)
        numbers = writers(app)
        coming = deliveries(numbers, texts, random)
        last = lives(stormy.url, tmp_path, coming, kills, random)
        sweep(app, last + APART)
        once_each(other, had(app))
        with app.app_context(), reading() as uow:
            storm = canonical(uow.session)
        with other.app_context(), reading() as uow:
            clean = canonical(uow.session)
        close(app)
        close(other)
    assert len(storm["inbound_text"]) == texts
    for table, rows in storm.items():
        ours, theirs = Counter(rows), Counter(clean[table])
        assert (table, ours - theirs, theirs - ours) == (table, Counter(), Counter())
