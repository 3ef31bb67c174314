"""Looking at every page as everybody: which addresses there are, and what each answers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from zlib import crc32

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from enabler.domain.refs import ref_of
from enabler.domain.vocabulary import NeedState, OfferState
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, RefRow, RoleRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import reading
from enabler.web import asking, hours_events, offering, organising
from enabler.web.journey import Question
from tests.privacy.fixed import FixedSecrets
from tests.privacy.village import STRANGER, Village

DRAWN = "what a session drew for its forms"
ASIDE = ("Date", "Set-Cookie")
QUESTIONS = {
    "asking.question": asking.QUESTIONS, "offering.question": offering.QUESTIONS,
    "organising.question": organising.QUESTIONS,
    "desk_hours_events.question": hours_events.QUESTIONS,
}  # fmt: skip
OF_A_THING: dict[str, tuple[Question, ...]] = {
    "changing.question": asking.QUESTIONS, "series.question": asking.QUESTIONS,
    "offer_changing.question": offering.QUESTIONS,
    "hours_events.question": hours_events.QUESTIONS,
}  # fmt: skip
"""Questions about a thing that is there: each of the first thing, and of the others one."""
OF_DESK = {"desk.hands": ("need",)}
OF_RULES = {"rules.part": ("looks", "hours"), "rules.kind": ("gardening",)}
"""Parts of a draft of the rules that are looked at."""
KIND_BY_PATH = {
    "/desk/matches/": "match", "/desk/hours/flags/": "hours-flag", "/desk/hours/pots/": "pot",
    "/desk/hours/proposals/": "hours-proposal", "/desk/hours/members/": "member",
    "/costs/": "cost", "/desk/rules/drafts/": "ruleset-draft",
    "/desk/rules/endings/": "ruleset-ending",
    "/desk/credentials/wanted/": "wanted check", "/desk/credentials/waivers/": "waiver",
    "/desk/credentials/": "check", "/me/credentials/": "check",
    "/desk/visits/": "match", "/me/facts/proofs/": "proof", "/me/proofs/": "proof",
    "/me/facts/": "check", "/me/relied/": "relied proof",
    "/desk/trusted/": "trusted-issuer", "/me/organisations/": "organisation",
    "/hours/events/": "event", "/desk/hours/events/": "event",
    "/series/": "series", "/o/": "offer",
    "/needs/": "need", "/offers/": "offer", "/matches/": "match", "/desk/held/": "held",
    "/reports/": "report", "/told/": "release", "/visits/": "conduct", "/desk/conduct/": "conduct",
    "/desk/hidden/": "member",
    "/desk/hands/": "held", "/desk/appeals/": "decision", "/decisions/": "decision",
    "/questions/": "question", "/desk/answers/": "answer",
    "/desk/wordings/proposed/": "given-wording", "/desk/wordings/": "wording",
    "/desk/reports/": "report", "/organisations/": "organisation", "/invitations/": "invitation",
    "/me/tokens/": "token",
    "/desk/numbers/": "member", "/desk/hours/leave/": "member", "/desk/denied/": "member",
    "/desk/said/": "message", "/desk/texts/": "text", "/desk/erasures/": "erasure",
    "/your-data/complaints/": "complaint", "/desk/complaints/": "complaint",
    "/me/supporters/asked/": "mandate-ask", "/me/supporters/": "mandate",
    "/for/asked/": "mandate-ask", "/desk/supporters/waiting/": "mandate-ask",
    "/desk/untold/": "untold", "/desk/supporters/calls/": "member", "/desk/supporters/": "mandate",
}  # fmt: skip
FOREMOST = frozenset({
    "needs.need", "matches.match", "offers.offer", "mine.mine", "desk.desk", "desk.held",
    "simulator.simulator", "api_needs.one", "api_matches.one", "api_offers.one",
    "api_needs.all_mine", "api_matches.all_mine", "api_offers.all_mine",
})  # fmt: skip
"""Pages that tell most of people: of these, a pair looks at one in ``OF_FOREMOST``."""
OF_FOREMOST = 3
NOT_COMPARED = frozenset({"looked.looked", "my_data.mine", "my_data.wrong"})
"""It tells who opened which page; in a day with a move the tests open others."""
SPOTS = ("W0-6", "W0-7", "W0-8", "W1-3", "W1-7")
"""The cells of some homes of the village; what is at one of them tells of those who live there."""


@dataclass(frozen=True)
class Page:
    """An address, and the ref in it; ``first`` when no ref of its kind is before it."""

    endpoint: str
    path: str
    ref: str | None = None
    first: bool = True


@dataclass(frozen=True)
class Share:
    """Which part of the pages is looked at: one in ``of`` by each of the ``numbers``. Where ``of``
    is many, all but the foremost pages are opened only at the first stage, with one ref."""

    numbers: tuple[int, ...] = (0,)
    of: int = 1

    def has(self, stage: str, viewer: str, page: Page, about: Collection[str]) -> bool:
        """Whether this viewer opens the page at this stage; ``about``: refs of the moved home's
        owner, the only ones whose foremost pages a pair looks at."""
        if page.endpoint in FOREMOST:
            here = page.ref is None or page.ref in about
            return here and self._turn(viewer, page, min(self.of, OF_FOREMOST))
        if self.of > OF_FOREMOST and (stage != "asked" or not page.first):
            return False
        return self._turn(viewer, page, self.of)

    def _turn(self, viewer: str, page: Page, of: int) -> bool:
        at = crc32(f"{viewer} {page.path}".encode())
        return any((at + number) % of == 0 for number in self.numbers)


def known_refs(app: Flask) -> dict[str, list[str]]:
    """All refs that the place gave out, by kind; ``held`` are needs and offers that wait."""
    found: dict[str, list[str]] = {}
    with app.app_context(), reading() as uow:
        for kind, number in uow.session.execute(select(RefRow.kind, RefRow.id).order_by(RefRow.id)):
            found.setdefault(kind, []).append(ref_of(number))
        held = list(uow.session.scalars(select(NeedRow.ref).filter_by(state=NeedState.HELD)))
        held += uow.session.scalars(select(OfferRow.ref).filter_by(state=OfferState.HELD))
        acting = select(RoleRow.member_id).where(RoleRow.organisation_id.is_not(None))
        colleagues = select(MemberRow.ref).where(MemberRow.id.in_(acting)).order_by(MemberRow.id)
        found["colleague"] = list(uow.session.scalars(colleagues))
    return found | {"held": held}


def refs_about(app: Flask, member_id: int) -> frozenset[str]:
    """The refs of one member's needs and offers, and of the matches of both."""
    with app.app_context(), reading() as uow:
        needs = dict(uow.session.execute(
            select(NeedRow.id, NeedRow.ref).filter_by(asker_id=member_id)
        ).all())  # fmt: skip
        offers = dict(uow.session.execute(
            select(OfferRow.id, OfferRow.ref).filter_by(posted_by=member_id)
        ).all())  # fmt: skip
        either = MatchRow.need_id.in_(needs) | MatchRow.offer_id.in_(offers)
        matches = uow.session.scalars(select(MatchRow.ref).where(either))
        return frozenset((*needs.values(), *offers.values(), *matches))


def pages(app: Flask, refs: dict[str, list[str]]) -> list[Page]:
    """Every address that can be opened, with every ref that fits. A route that nobody knows how
    to fill in is a failure, so that none is forgotten."""
    adapter = app.url_map.bind("localhost")
    return [
        Page(rule.endpoint, adapter.build(rule.endpoint, values), values.get("ref"), at == 0)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_COMPARED
        for at, values in enumerate(_fillings(rule, refs))
    ]


NAMED: dict[str, tuple[dict[str, str], ...]] = {
    "giving.question": tuple({"name": name} for name in ("to", "length", "words")),
    "hours_proposals.undo": ({"number": "1"},),
    "rules.version": ({"number": "1"},),
    "market.older_rules": ({"number": "1"},),
    "static": ({"filename": "place.css"},),
    "near.spot": tuple({"spot": spot} for spot in SPOTS),
    "calendars.feed": ({"token": "a-calendar-of-nobody"},),
    "verifying.link": ({"token": "a-proof-of-nobody"},),
    "relying.ask": ({"token": "a-proof-of-nobody"},),
    "verifying.status": ({"slug": "elmford", "number": "0"},),
    "own_reports.by_link": ({"token": "a-report-of-nobody"},),
    "complaints.by_link": ({"token": "a-complaint-of-nobody"},),
    "consents.receipt": ({"code": "sign-up", "nth": "1"},),
    **{
        endpoint: tuple({"name": question.name} for question in questions)
        for endpoint, questions in QUESTIONS.items()
    },
}
"""What stands in the addresses of pages that are of nothing with a ref."""


def _of_many(rule: Rule, refs: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """What somebody takes in hand; each part of a draft of rules."""
    (name,) = rule.arguments - {"ref"}
    kind = "held" if rule.endpoint in OF_DESK else "ruleset-draft"
    for ref in refs.get(kind, ()):
        for value in (OF_DESK | OF_RULES)[rule.endpoint]:
            yield {"ref": ref, name: value}


def _fillings(rule: Rule, refs: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    if not rule.arguments or rule.endpoint in NAMED:
        yield from NAMED.get(rule.endpoint, ({},))
    elif rule.arguments == {"slug"}:
        yield {"slug": "elmford"}
    elif rule.arguments == {"ref", "who"}:
        pairs = product(refs.get("organisation", ()), refs["colleague"])
        yield from ({"ref": ref, "who": who} for ref, who in pairs)
    elif rule.endpoint in OF_DESK | OF_RULES:
        yield from _of_many(rule, refs)
    else:
        questions = OF_A_THING.get(rule.endpoint, ())
        asks = {"name"} if questions else set()
        assert rule.arguments == {"ref", *asks}, f"fill in {rule.rule} here"
        noun = rule.rule.removeprefix("/api/v1")
        kind = next((KIND_BY_PATH[path] for path in KIND_BY_PATH if noun.startswith(path)), "")
        assert kind, f"say what the ref in {rule.rule} is of"
        for at, ref in enumerate(refs.get(kind, ())):
            if not questions:
                yield {"ref": ref}
            names = [question.name for question in questions]
            yield from ({"ref": ref, "name": name} for name in names[: None if at == 0 else 1])


class Browsers:
    """Everybody's browser. Each look begins with the cookie of the sign-in, so that no look
    changes what the next one sees."""

    def __init__(self, app: Flask, secrets: FixedSecrets, village: Village) -> None:
        self._app = app
        self._secrets = secrets
        self._village = village

    def get(self, viewer: str, path: str) -> bytes:
        """What a page answers, without the headers that are put aside."""
        return whole(self._open(viewer, "GET", path, {}))

    def post(self, viewer: str, path: str, **typed: str) -> bytes:
        """What a form answers, sent with the token that it would have had."""
        signer = URLSafeTimedSerializer(str(self._app.secret_key), salt="wtf-csrf-token")
        typed |= {
            "csrf_token": signer.dumps(DRAWN),
            "key": f"{crc32((viewer + path).encode()):032x}",
        }
        return whole(self._open(viewer, "POST", path, typed))

    def _open(self, viewer: str, method: str, path: str, typed: dict[str, str]) -> TestResponse:
        self._secrets.begin(f"{viewer} {method} {path}")
        client = self._app.test_client()
        if viewer != STRANGER:
            client.set_cookie(
                self._app.config["SESSION_COOKIE_NAME"], self._village.cookies[viewer]
            )
        if method == "GET":
            return client.get(path)
        with client.session_transaction() as session:
            session["csrf_token"] = DRAWN
        return client.post(path, data=typed)


def whole(answer: TestResponse) -> bytes:
    """Status, headers and body as bytes."""
    kept = sorted(f"{name}: {value}" for name, value in answer.headers if name not in ASIDE)
    body = answer.get_data()
    answer.close()
    return "\n".join((answer.status, *kept, "")).encode() + b"\n" + body
