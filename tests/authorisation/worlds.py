"""The place with everybody and everything in it, tried through the doors and put back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from sqlalchemy import literal_column, select, update
from werkzeug.test import TestResponse

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.refs import ref_of
from enabler.doors.access import Access
from enabler.persistence.database import db
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.web import asking, offering, organising
from tests import paper
from tests.application import SECRET_KEY
from tests.authorisation.border import agreements
from tests.authorisation.people import NOT_SIGNED_IN, Principal, everybody
from tests.authorisation.reading import Canary, canaries, told, too_much
from tests.authorisation.rules import Book, Rule, read_book
from tests.authorisation.things import Refs, everything
from tests.builders import BuiltPlace, a_place
from tests.privacy.fixed import FixedClock, FixedSecrets
from tests.privacy.records import BY_LOOKING
from tests.privacy.worlds import KeptFile, KeptTemplate, close

POLICY = {"categories_held": ["childcare"], "hold_first_offers": False}
NOBODYS = ref_of(1_000_000)
"""A ref that was never given out."""
DRAFTS: Mapping[str, tuple[Any, dict[str, dict[str, list[str]]]]] = {
    "need": (asking.JOURNEY, {
        "what": {"category": ["shopping"]}, "words": {"words": ["Bread and milk, please."]},
        "where": {"at_home": ["yes"], "postcode": ["{postcode}"], "address": ["1 Elm Row"]},
        "meeting": {"setting": ["doorstep"]}, "when": {"when": ["any"]},
        "how-much": {"duration_minutes": ["60"], "slots": ["1"]}, "anything-else": {},
    }),
    "offer": (offering.JOURNEY, {
        "what": {"categories": ["phone-chat"]}, "words": {"words": ["I like to talk."]},
        "how-far": {"reach_metres": ["1600"]}, "when": {"mostly": ["any"], "capacity": ["2"]},
        "terms": {"terms": ["free"]}, "who": {"languages": ["en"]},
    }),
    "registering": (organising.JOURNEY, {
        "kind": {"kind": ["community-group"]},
        "name": {"name": ["Elm Choir"], "about": ["We sing."]},
        "where": {"postcode": ["{postcode}"], "address": ["1 Elm Row"]},
        "reach": {"web": ["https://choir.example.org"]}, "hours": {"day0": ["9am to 5pm"]},
        "papers": {},
    }),
}  # fmt: skip
"""Answers to all questions of a journey; *organisation* is an offer for the organisation,
*organisation need* what it asks for, *organisation series* what it asks for every week."""
EVERY_THURSDAY = {
    "when": ["every"], "weekdays": ["3"], "each_start": ["10am"], "each_end": ["midday"],
    "last": ["25", "6", "2026"], "holidays": ["come"],
}  # fmt: skip
BY_THE_DOOR = frozenset({
    "/desk/held/<ref:ref>", "/desk/credentials/new", "/desk/numbers",
    "/desk/hands/<kind>/<ref:ref>", "/desk/credentials/waivers/new", "/me/credentials/ask",
    "/desk/matches/<ref:ref>/decide", "/desk/hours/undo", "/desk/hours/members",
    "/desk/hours/places/end", "/desk/hours/places/limits", "/desk/hours/places/answer",
    "/desk/rules/new", "/desk/credentials/bring", "/desk/next",
})  # fmt: skip
"""Forms that read nothing, or only what whoever sees the desk sees there: their services are asked
when they are sent."""
NOT_FOR_ANOTHER = frozenset({
    "/me/data/copy/code",
    "/me/details/phone/code", "/me/details/mail/code", "/hours/give/check", "/me/supporters/ask",
    "/me/supporters/ask/code", "/matches/<ref:ref>/visit-went", "/your-data/complain",
    "/your-data/complain/made", "/report/thanks", "/api/v1/me",
})  # fmt: skip
"""Pages on the way to what no supporter can do, which read nothing of their own: their services are
asked at the end of it, and to supporters the door alone says no before."""
ALL = select(literal_column("*"))
Kept = KeptFile | KeptTemplate
_keys = count(1)


@dataclass
class World:
    """Two places, and one that nobody lives in; nobody was sent anything, and nobody came yet."""

    app: Flask
    secrets: FixedSecrets
    here: BuiltPlace
    elsewhere: BuiltPlace
    nowhere: BuiltPlace
    principals: dict[str, Principal]
    refs: Refs
    canaries: tuple[Canary, ...]
    book: Book
    keep: Callable[[str], Kept]
    morning: Kept
    empty: Kept
    """As if nobody lived in any of the places."""

    def put_back(self, to: Kept | None = None) -> None:
        """As it was before anybody came, or at another moment."""
        close(self.app)
        (to or self.morning).restore()

    def kept(self, moment: str) -> Kept:
        """As it is now, under a name, to be put back to."""
        close(self.app)
        return self.keep(moment)

    def knock(
        self, rule: Rule, principal: str, ref: str | None = None, whose: str = ""
    ) -> TestResponse:
        """What the principal is answered, of the thing with this ref, which is so-and-so's."""
        path, typed = self.asked_for(rule, principal, ref, whose)
        key = f"authorisation-{next(_keys):08d}"
        client = self.browser(principal)
        self.secrets.begin(f"{rule.name} {principal} {whose}")  # of other refs the same is drawn
        if rule.method == "GET" and (principal in NOT_SIGNED_IN or rule.route in BY_THE_DOOR):
            return client.get(path)
        with _doors_wide_open(also_for_another=rule.route not in NOT_FOR_ANOTHER):
            if rule.method == "GET":
                return client.get(path)
            if rule.is_api:
                headers = {"Idempotency-Key": key}
                return client.open(path, method=rule.method, json=typed, headers=headers)
            return client.open(path, method=rule.method, data={"key": key, **typed})

    def asked_for(
        self, rule: Rule, principal: str, ref: str | None, whose: str
    ) -> tuple[str, dict[str, Any]]:
        """The address that the principal goes to, and what they type there."""
        given, typed = self.filled(rule.given, whose), self.filled(rule.answers, whose)
        if rule.draft:
            typed["so_far"] = self.so_far(rule.draft)
        if ref is not None:
            (typed if rule.ref_in else given)[rule.ref_in or "ref"] = ref
        by_path = principal in NOT_SIGNED_IN and not rule.is_api
        root = f"/{self.here.slug}" if by_path else ""
        return root + self.address(rule.route, given), typed

    def filled(self, said: Mapping[str, Any], whose: str) -> dict[str, Any]:
        """With refs for the kinds that begin with a dollar, files for what begins with *file:*."""
        return {name: self._filled(value, whose) for name, value in said.items()}

    def _filled(self, value: Any, whose: str) -> Any:
        if str(value).startswith("$"):
            return self.refs[value[1:], whose]
        if str(value).startswith("file:"):  # opened anew each time that it is sent
            name = value.removeprefix("file:")
            return str(Path(__file__).parent / name), name
        return value

    def browser(self, principal: str) -> FlaskClient:
        """A browser with the principal's session in its cookie, if they have one."""
        client, token = self.app.test_client(), self.principals[principal].token
        if token is not None:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        return client

    def address(self, route: str, given: Mapping[str, str]) -> str:
        """The route's address with these parts in it."""
        adapter = self.app.url_map.bind("localhost")
        endpoint = next(one.endpoint for one in self.app.url_map.iter_rules() if one.rule == route)
        return adapter.build(endpoint, dict(given))

    def so_far(self, name: str, **said: dict[str, list[str]]) -> str:
        """The answers to all questions of a journey, signed; ``said`` takes the place of some."""
        alike = {
            "organisation": "offer", "organisation need": "need", "organisation series": "need",
        }  # fmt: skip
        journey, answers = DRAFTS[alike.get(name, name)]
        answers = {question: dict(answer) for question, answer in answers.items()}
        if "where" in answers:
            answers["where"]["postcode"] = [self.here.postcode_at(500, 500)]
        if name in ("organisation need", "organisation series"):
            answers["where"] = {"spot": ["home"], "postcode": [""], "address": [""]}
        if name == "organisation series":
            answers["when"] = EVERY_THURSDAY
        if name in alike:
            pantry = self.principals["organisation-owner"].organisation
            answers["who"] = answers.get("who", {}) | {
                "organisation": [pantry.ref if pantry else ""]
            }
        for question, answer in said.items():
            answers.setdefault(question, {}).update(answer)
        signer = URLSafeSerializer(SECRET_KEY, salt=f"so-far-{journey.name}")
        return str(signer.dumps(answers))

    def tells_too_much(
        self, principal: str, answer: TestResponse, route: str | None = None
    ) -> list[str]:
        """What of others stands in an answer to somebody who may not read it."""
        found = told(principal, paper.said(answer), self.canaries)
        return too_much(principal, found, self.book.readings, route)

    def state(self) -> dict[str, list[str]]:
        """All that is kept, as it lies in the database, but for what comes of looking."""
        with self.app.app_context(), reading() as uow:
            kept = uow.session.connection()
            return {
                name: sorted(map(repr, kept.exec_driver_sql(str(ALL.select_from(table)))))
                for name, table in db.metadata.tables.items()
                if name not in BY_LOOKING
            }


@contextmanager
def _doors_wide_open(*, also_for_another: bool = True) -> Iterator[None]:
    """Nobody who is signed in is turned away before the service, which alone is to decide: what a
    route declares is a courtesy, and would hide a check that has gone."""
    open_ones = ("may_enter", "may_act") if also_for_another else ("may_enter",)
    with pytest.MonkeyPatch.context() as doors:
        for name in open_ones:
            doors.setattr(Access, name, lambda self, actor: True)
        yield


def _are_real(*places: BuiltPlace) -> None:
    """The simulator shows how invented people sign in, and of real ones nothing."""
    with unit_of_work() as uow:
        ids = [place.id for place in places]
        uow.session.execute(update(PlaceRow).where(PlaceRow.id.in_(ids)).values(invented=False))
        uow.commit()


def build(settings: Settings, keep: Callable[[str], Kept]) -> World:
    """The world in the fresh database of these settings."""
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    clock, secrets = FixedClock(), FixedSecrets(SECRET_KEY)
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=clock, secrets=secrets)
    with app.app_context():
        here = a_place("elmford", policy=POLICY)
        elsewhere = a_place("farby", area="EX", west=300_000, south=90_000, policy=POLICY)
        nowhere = a_place("nowhere", area="ZE", west=500_000, south=90_000, policy=POLICY)
    close(app)
    empty = keep("empty")
    with app.app_context():
        principals = everybody(here, elsewhere, secrets)
        refs, neighbours = everything(here, elsewhere, principals, secrets)
        agreements(here, elsewhere, principals)
        _are_real(here, elsewhere)
        birds = canaries(principals.values(), neighbours.values())
    close(app)
    places = (here, elsewhere, nowhere)
    return World(
        app, secrets, *places, principals, refs, birds, read_book(), keep, keep("morning"), empty
    )
