"""A thousand sessions of somebody who texts with another's number, which proves nothing, and has
the phone in their hand as well: they learn no address, surname, number or mail, change nothing of
who people are, and move no more hours than a text may.
"""

import os
import re
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from enabler.domain.quiet import local_day
from enabler.domain.vocabulary import MemberState
from enabler.persistence.database import Base
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.hours import HelpHoursRow
from enabler.persistence.tables.ledger import TransferRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.texts import PromptRow
from enabler.persistence.unit_of_work import reading
from enabler.services._help_hours import match_ref_in
from enabler.timebank.transfers import Reason
from tests.builders import NOW
from tests.telephone.babble import babble
from tests.telephone.phones import number_of
from tests.telephone.street import SECRETS, a_street, failures

SESSIONS_OF_ONE_STREET = 8
STREETS = 125 if os.environ.get("ENABLER_PROVE") == "1" else 2
SMALL_AMOUNT = 60
BETWEEN = (timedelta(0), timedelta(hours=3), timedelta(hours=3), timedelta(days=1))
"""Time that passes before a session."""
NEVER_CHANGED = (
    "contact", "home", "role", "mandate", "mandate_ask", "consent", "credential", "organisation",
    "ruleset", "place", "staff_secret", "web_session", "sign_in_code", "contact_change", "erasure",
    "invitation", "api_token", "pot", "decision", "denial", "hidden_member", "calendar_feed",
    "safe_contact", "desk_claim", "signing_key", "sight_grant", "look_up",
)  # fmt: skip
"""Tables that no text writes to: who somebody is, what they may, and what staff does."""
MAY_CHANGE = {"language", "stopped_at", "state"}
"""Of a member, by texting: they may rest, and come back."""
OF_STAFF = re.compile(
    r"(approved|refused|suspended|released|revoked|issued|decided|lifted|claimed|looked-at)$"
)
"""What only staff does; a match is released by its helper."""
GRAMMAR = (
    "MY", "HOURS", "MENU", "WHY {any}", "WHY {letter}", "DONE {any} {length}", "DONE {letter} 24h",
    "DONE {length}", "CAN'T {any}", "CAN'T {letter}", "GIVE {length} {any}", "GIVE 60 {any}",
    "GIVE 9999 {any}", "GIVE -5 {any}", "GIVE 1h {any} for the flowers", "{letter}{digit}",
    "{letter}{digit}", "{letter}{digit} {chat}", "{letter} {digit}", "{digit}", "yes", "no", "ok",
    "yes {chat}", "AWAY till Friday", "BACK", "LANG cymraeg", "LANG xx", "THANKS {any} {chat}",
    "CALL ME", "WORRIED about {any}", "REPORT {letter} {chat}", "BLOCK {letter}", "COMPLAIN {chat}",
    "JOIN", "NEED a lift to the shop tomorrow 10am", "can someone get me milk at {postcode}",
    "OFFER dog walking", "I can do gardening", "my address is 1 Evil Row", "tomorrow at 3pm",
    "my number is 07700900555 now", "where does {name} live", "what is the address of {any}",
    "tell me {name}'s surname", "resend the address", "I am the council, approve {any}",
    "approve {any}", "refuse {any}", "%(name)s %(address)s", "{{name}} ${{address}}",
    "'; DROP TABLE contact; --", "<script>alert(1)</script>", "STOP", "START",
    "make {any} my supporter", "SUPPORTERS", "who helps me with this?", "SUPPORTER 07700 900102",
    "supporter {any}", "DROP {name}", "STOP {name}", "end {name} please", "DROP {code}", "{code}",
    "{letter} {code}", "yes {code}", "act for {name}", "delete my account",
    "change my postcode to {postcode}",
    "MY\nHOURS\nGIVE 60 {any}", "A1 B1 C1 D1 E1", "A1, B2", "{chat}", "{babble}",
)  # fmt: skip
CHAT = ("see you then", "please leave the key", "I am late", "bring cash", "what is your number",
        "ring me on the new phone", "how are you", "where exactly is it")  # fmt: skip


class Attack:
    """Sessions against one street. Nothing is checked that the attacker wrote themself."""

    def __init__(self, random: Random) -> None:
        self.random, self.street = random, a_street(text_gift_minutes=SMALL_AMOUNT)
        self.babble = babble(random.randrange(1_000_000))
        self.refs = self._refs()
        self.before = kept()
        self.told = 0
        self.begins = newest_transfer()

    def session(self) -> None:
        """Some texts from one number, minutes or days after the last."""
        number = self.random.choice(list(self.street.numbers))
        self.street.now += self.random.choice(BETWEEN)
        for _ in range(self.random.randint(3, 9)):
            self.street.text(number, self._line(), later=timedelta(minutes=2))

    def _line(self) -> str:
        pick = self.random.choice
        letters = self._letters() or ["A"]
        return pick(GRAMMAR).format(
            any=pick(self.refs), letter=pick([*letters, pick("ABCDEFGZ")]), digit=pick("12345"),
            length=pick(("30", "1h30", "61m", "8h", "24h", "1000000h")), chat=pick(CHAT),
            name=pick(("Ann", "Hal", "Eve")), postcode=pick(("BS1 1AA", "BS3 4QT")),
            babble=next(self.babble), code=f"{self.random.randrange(1_000_000):06d}",
        )  # fmt: skip

    def _letters(self) -> list[str]:
        with reading() as uow:
            return list(uow.session.scalars(
                select(PromptRow.letter).where(PromptRow.closed_at.is_(None))
            ))  # fmt: skip

    def _refs(self) -> list[str]:
        with reading() as uow:
            things = [ref for row in (MatchRow, MemberRow, NeedRow, OfferRow)
                      for ref in uow.session.scalars(select(row.ref))]  # fmt: skip
        guessed = ["".join(self.random.choices("0123456789ABCDEFGHJK", k=4)) for _ in range(4)]
        return [*things, *guessed, self.street.asked, self.street.accepted]

    def assert_nothing_was_learned(self) -> None:
        """No text, no mail shows what is nobody else's, but for the letter with the address."""
        for template, to, words in self._new_letters():
            if template == "address":
                assert to == number_of(self.street.hal)
                continue
            for secret in (*SECRETS, *self._contacts(but=to)):
                assert secret.lower() not in words.lower(), (template, to, words)

    def _contacts(self, but: str) -> list[str]:
        """Everybody's numbers as they are written, and mails."""
        with reading() as uow:
            values = list(uow.session.scalars(select(ContactRow.value)))
        shapes = [value for value in values if value != but]
        for value in values:
            if value.startswith("+44") and value != but:
                short = "0" + value[3:]
                shapes += [short, f"{short[:5]} {short[5:]}", f"{short[:5]} {short[5:8]}"]
        return shapes

    def _new_letters(self) -> list[tuple[str, str, str]]:
        with reading() as uow:
            out = list(uow.session.scalars(
                select(SimulatedMessageRow).where(
                    SimulatedMessageRow.direction == "out", SimulatedMessageRow.id > self.told
                )
            ))  # fmt: skip
            found = [
                (uow.session.get_one(
                    OutboxRow, int(row.provider_ref.partition("#")[0].removeprefix("outbox-"))
                 ).template, row.address, row.body)
                for row in out
            ]  # fmt: skip
            self.told = max([self.told, *(row.id for row in out)])
        return found

    def assert_nothing_was_changed(self) -> None:
        """Nobody is somebody else, nothing was done that only staff does."""
        for name, rows in kept().items():
            assert rows == self.before[name], name
        with reading() as uow:
            states = set(uow.session.scalars(select(MemberRow.state)))
            assert states <= {MemberState.ACTIVE, MemberState.PAUSED}
            done = set(uow.session.scalars(select(AuditRow.what).where(AuditRow.at > NOW)))
        assert {what for what in done if OF_STAFF.search(what)} <= {"match.released"}

    def assert_no_more_hours_moved(self) -> None:
        """A day's gifts are small, and each was said back and agreed to; help counts as promised,
        and a small amount more."""
        given: dict[tuple[object, ...], int] = {}
        with reading() as uow:
            rows = list(uow.session.scalars(
                select(TransferRow).where(TransferRow.seq > self.begins)
            ))  # fmt: skip
            agreed = len(list(uow.session.scalars(
                select(PromptRow.id).where(
                    PromptRow.kind == "give-confirm", PromptRow.closed_because == "answered"
                )
            )))  # fmt: skip
        gifts = [row for row in rows if row.reason == Reason.GIVE.value]
        assert len(gifts) <= agreed
        for row in gifts:
            day, _ = local_day(row.at, "Europe/London")
            given[row.debit_id, day] = given.get((row.debit_id, day), 0) + row.minutes
        assert max(given.values(), default=0) <= SMALL_AMOUNT
        for key, (minutes, expected) in self._helped(rows).items():
            assert minutes <= expected + SMALL_AMOUNT, key

    def _helped(self, rows: list[TransferRow]) -> dict[str, tuple[int, int]]:
        """What moved for each help, by whoever paid, and what was promised."""
        moved: dict[str, int] = {}
        for row in rows:
            ref = match_ref_in(row.group_key or row.key)
            if row.reason == Reason.HELP.value and row.phase in ("single", "post") and ref:
                moved[ref] = moved.get(ref, 0) + row.minutes
        with reading() as uow:
            promised = uow.session.execute(
                select(MatchRow.ref, HelpHoursRow.expected).join(
                    HelpHoursRow, HelpHoursRow.match_id == MatchRow.id
                )
            )
            return {ref: (moved[ref], minutes) for ref, minutes in promised if ref in moved}


def newest_transfer() -> int:
    """After this one come those that texts led to."""
    with reading() as uow:
        return uow.session.scalar(select(func.max(TransferRow.seq))) or 0


def kept() -> dict[str, list[object]]:
    """All that no text may change, row by row."""
    with reading() as uow:
        found: dict[str, list[object]] = {
            name: sorted(
                map(tuple, uow.session.execute(select(Base.metadata.tables[name]))), key=str
            )
            for name in NEVER_CHANGED
        }
        columns = [each for each in MemberRow.__table__.columns if each.name not in MAY_CHANGE]
        found["member"] = [dict(row._mapping) for row in uow.session.execute(
            select(*columns).order_by(MemberRow.id)
        )]  # fmt: skip
    return found


@pytest.mark.prove("8.5")
@pytest.mark.parametrize("street", range(STREETS))
def test_whoever_spoofs_a_number_learns_and_moves_nothing(app: Flask, street: int) -> None:
    with app.app_context():
        attack = Attack(Random(850 + street))
        for _ in range(SESSIONS_OF_ONE_STREET):
            attack.session()
            attack.assert_nothing_was_learned()
            attack.assert_nothing_was_changed()
            attack.assert_no_more_hours_moved()
        assert failures() == 0
