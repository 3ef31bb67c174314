"""Something of every kind that a page can be about, of everybody and of nobody here.

What is somebody's own is theirs alone, so that two of them never meet in one thing: of an
organisation's people, the organisation's. *Ward* and *beyond* belong to neighbours in the ward in
which everybody lives and in the other one; *elsewhere* is in another place.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enabler.domain.api_tokens import Scope
from enabler.domain.meeting import NONE_SO
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import LineKind, MatchState, NeedState, NextStep, OfferState, Terms
from enabler.domain.windows import Weekly, Window
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services.ports import Secrets
from enabler.timebank.accounts import AccountKind
from tests.authorisation.acting import organisations
from tests.authorisation.checks import KINDS as OF_CHECKS
from tests.authorisation.checks import OF_PROOFS, checks_of, proofs_of, raise_alarm
from tests.authorisation.costs import a_cost
from tests.authorisation.denied import denied
from tests.authorisation.desk import KINDS as OF_DESK
from tests.authorisation.desk import desk_things
from tests.authorisation.hours import KINDS as OF_HOURS
from tests.authorisation.hours import hours_of
from tests.authorisation.leavers import leavers
from tests.authorisation.links import browsers, links
from tests.authorisation.mandates import KINDS as OF_MANDATES
from tests.authorisation.mandates import mandates_of
from tests.authorisation.people import Principal, full_name, home_of
from tests.authorisation.rights import KINDS as OF_RIGHTS
from tests.authorisation.rights import rights
from tests.authorisation.ruling import KINDS as OF_RULES
from tests.authorisation.ruling import rules_of
from tests.authorisation.safety import KINDS as OF_SAFETY
from tests.authorisation.safety import link_to_report, plan_that_waits, safety
from tests.authorisation.whose import (
    ELSEWHERE,
    GUEST,
    HOUR,
    NEIGHBOURS,
    NO_THING,
    PARTY,
    Owner,
    Refs,
)
from tests.builders import LONG_AGO, NOW, BuiltPlace, a_member

KINDS = (
    "need", "unmet need", "held need", "offer", "paused offer", "away offer", "held offer",
    "asked match", "agreed match", "done match", "asked match as asker", "agreed match as asker",
    "match to confirm", "given match", "match of today", "match of today as asker",
    "match that was", "match that was as asker",
    "match to agree", "match to agree as asker", "proposed match", "half need", "series", "token",
    "browser", "disputed match", "member", "organisation", "held organisation",
    "invitation", "organisation need", "organisation series", "agreed match of organisation",
    *OF_HOURS, *OF_SAFETY, *OF_RULES, *OF_RIGHTS, *OF_MANDATES,
    "cost", "bare cost", "disputed cost", "cost as asker",
    "leaving member", "waiting member", "denial", "waiting message", "text aside",
    "hours event", "disputed hours event", *OF_DESK, *OF_CHECKS, "alarmed match", *OF_PROOFS,
)  # fmt: skip
"""A match is its helper's own, unless it says *as asker*; one *to confirm* is its asker's. Of an
organisation somebody else goes, but for a *given* one. One *to agree* has a time that the other
side proposed; *proposed*, that its helper did. A *half need* has found one of its two helpers."""
WORDS = {
    "need words": "For {}, would somebody carry this", "offer words": "By {}, it is given gladly",
    "visit words": "With {}, we meet at the gate", "report words": "Of {}, the stairs are afraid",
    "address": "At the own door of {}, on the left",
}  # fmt: skip
"""What only the things of one owner say, by its field."""
OTHERS = "others"
HELPED = "helped"
WHOSE = ("ward", "beyond", "elsewhere", PARTY, GUEST, HELPED, OTHERS)
"""Who somebody can be to a reader: a neighbour, the other side of their match (*guest*: of one that
they themselves are asked or said yes to, and no colleague), for whom they act (*helped*), anybody
else."""
FIELDS = ("first name", "surname", "phone", "mail", "home", "postcode", *WORDS)
"""What can be read of somebody."""


def everything(
    here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal], secrets: Secrets
) -> tuple[Refs, dict[str, Owner]]:
    """The refs of all things, and the neighbours by name; ``party`` and ``guest`` are the other
    side of the principals' matches."""
    neighbours = {
        name: _neighbours(name, elsewhere if name == "elsewhere" else here, at)
        for name, at in NEIGHBOURS.items()
    }
    owners = [owner for name, owner in neighbours.items() if name not in (PARTY, GUEST)]
    owners += [
        Owner(one.name, one.member, one.member, one.organisation)
        for one in principals.values() if one.member is not None and one.member.place is here
    ]  # fmt: skip
    refs = organisations(here, elsewhere, principals, secrets)
    with unit_of_work() as uow:
        for owner in owners:
            others = (
                (neighbours[PARTY], neighbours[GUEST]) if owner.name in principals
                else (owner, owner)
            )  # fmt: skip
            refs |= things_of(uow, owner, others, refs, secrets)
        refs |= links(uow, neighbours["ward"], secrets) | link_to_report(refs, secrets)
        refs["shop", NO_THING] = refs["organisation", "ward"]
        refs["led organisation", NO_THING] = refs["organisation", "organisation-owner"]
        lead = principals["safeguarding-lead"].member
        if lead is not None:
            plan_that_waits(uow, neighbours["ward"], lead.id)
            refs |= {(kind, name): lead.ref for kind, name in refs if kind == "lead"}
        uow.commit()
    refs |= rights(owners, refs, principals, (here, elsewhere), secrets)
    return refs, neighbours


def things_of(
    uow: UnitOfWork, owner: Owner, others: tuple[Owner, Owner], refs: Refs, secrets: Secrets
) -> Refs:
    """One owner's things of every kind; ``others`` are on the other side of their matches, the
    second where the owner was asked. ``refs`` has the organisations."""
    found = dict(refs) | _Maker(uow, owner, *others).make()
    found |= denied(uow, owner, found["agreed match", owner.name])
    found |= browsers(uow, owner, secrets) | leavers(uow, owner) | desk_things(uow, owner)
    shop, seller, far = (found["organisation", name] for name in _shops(owner))
    found |= safety(uow, owner, others[0], found["done match", owner.name])
    found |= mandates_of(uow, owner, others[0], far, secrets)
    more = hours_of(uow, owner, shop) | rules_of(uow, owner)
    more |= _of_checks(uow, owner, seller, secrets)
    return found | {(kind, owner.name): ref for kind, ref in more.items()}


def _shops(owner: Owner) -> tuple[str, str, str]:
    """Whose are the organisations in which they gave hours, which checked them, and of their place
    one for which none of the principals acts."""
    if owner.name in ELSEWHERE:
        return owner.name, owner.name, owner.name
    return owner.name if owner.name in NEIGHBOURS else "ward", "ward", "beyond"


def _of_checks(uow: UnitOfWork, owner: Owner, shop: str, secrets: Secrets) -> dict[str, str]:
    """The owner's checks, what they show of them, the proofs that they have made."""
    found = checks_of(uow, owner, shop)
    return found | proofs_of(uow, owner, found["check"], shop, secrets)


def _neighbours(name: str, place: BuiltPlace, at: tuple[int, int]) -> Owner:
    asker, helper = (
        a_member(
            place, full_name(f"{side}-{name}"), at=(at[0], at[1] + further), mail=True,
            address=home_of(f"{side}-{name}"),
        )
        for side, further in (("ask", 0), ("help", 200))
    )  # fmt: skip
    return Owner(name, asker, helper)


@dataclass
class _Maker:
    """Makes the things of one owner; the other side of their matches is the party's or guest's."""

    uow: UnitOfWork
    owner: Owner
    party: Owner
    guest: Owner

    def make(self) -> Refs:
        broker = {"next_step": NextStep.BROKER, "next_step_at": NOW + 5 * HOUR}
        away = [Window(NOW + 24 * HOUR, NOW + 48 * HOUR)]
        found = {
            "need": self._need(self.owner).ref,
            "unmet need": self._need(self.owner, **broker).ref,
            "held need": self._need(self.owner, state=NeedState.HELD, held_because="category").ref,
            "offer": self._offer(self.owner).ref,
            "paused offer": self._offer(self.owner, state=OfferState.PAUSED).ref,
            "away offer": self._offer(self.owner, away=away).ref,
            "held offer": self._offer(
                self.owner, state=OfferState.HELD, held_because="first_offer"
            ).ref,
            "half need": self._need(self.owner, slots=2, slots_filled=1).ref,
            "member": self.owner.asker.ref,
            "series": self._series(), "token": self._token(),
            "hours event": self._hours_event("open"),
            "disputed hours event": self._hours_event("disputed"),
        }  # fmt: skip
        helping, asking = (self.party, self.owner), (self.owner, self.party)
        asked, agreed, done = MatchState.ASKED, MatchState.ARRANGED, MatchState.DONE
        found |= {
            "asked match": self._match(self.guest, self.owner, asked),
            "agreed match": self._match(*helping, agreed),
            "done match": self._match(*helping, done),
            "disputed match": self._match(*helping, MatchState.DISPUTED),
            "asked match as asker": self._match(*asking, asked),
            "agreed match as asker": self._match(*asking, agreed),
            "match to confirm": self._match(*asking, done),
            "given match": self._match(
                self.guest, self.owner, agreed, helper_id=self.owner.helper.id
            ),
            "match of today": self._match(*helping, agreed, at=HOUR),
            "match of today as asker": self._match(*asking, agreed, at=HOUR),
            "match to agree": self._match(*helping, agreed, proposed_by="asker"),
            "match to agree as asker": self._match(*asking, agreed, proposed_by="helper"),
            "proposed match": self._match(*helping, agreed, proposed_by="helper"),
        }
        found |= self._at_visits(found)
        return {(kind, self.owner.name): ref for kind, ref in found.items()}

    def _alarmed(self, asking: Owner, helping: Owner) -> str:
        """Of this morning, and nobody has come out."""
        ref = self._match(asking, helping, MatchState.ARRANGED, at=-3 * HOUR)
        return raise_alarm(self.uow, ref)

    def _at_visits(self, found: dict[str, str]) -> dict[str, str]:
        helped, asked = found["agreed match"], found["agreed match as asker"]
        helping, asking = (self.party, self.owner), (self.owner, self.party)
        return {
            "cost": self._cost(helped, *helping),
            "bare cost": self._cost(helped, *helping, state="bare"),
            "disputed cost": self._cost(helped, *helping, state="disputed"),
            "cost as asker": self._cost(asked, *asking),
            "match that was": self._match(*helping, MatchState.DONE, at=-2 * HOUR),
            "match that was as asker": self._match(*asking, MatchState.DONE, at=-2 * HOUR),
            "alarmed match": self._alarmed(*helping),
        }

    def _cost(self, match: str, asking: Owner, helping: Owner, *, state: str = "noted") -> str:
        return a_cost(self.uow, match, helping.helper.id, asking.asker.id, state)

    def _need(self, owner: Owner, **columns: Any) -> Need:
        asker, place = owner.asker, owner.asker.place
        return self.uow.needs.add(
            (),
            **{
                "place_id": place.id, "ref": self.uow.refs.new(place.id, "need"),
                "asker_id": asker.id, "posted_by": asker.id, "category": "shopping",
                "words": WORDS["need words"].format(owner.name),
                "postcode": place.postcode_at(asker.east, asker.north),
                "address": WORDS["address"].format(owner.name), "easting": place.west + asker.east,
                "northing": place.south + asker.north, "duration_minutes": 30,
                "cell_id": place.cell_at(asker.east, asker.north),
                "ward_id": place.ward_at(asker.east), "state": NeedState.OPEN,
                "ruleset_id": self.uow.rulesets.in_force(place.id, NOW).id,
                "next_step": NextStep.AWAIT_ANSWERS, "next_step_at": NOW + HOUR,
                "posted_at": NOW, "needed_by": NOW + timedelta(days=10),
                "circumstances": list(NONE_SO),
            } | columns,
        )  # fmt: skip

    def _offer(self, owner: Owner, **columns: Any) -> Offer:
        place, acts_for = owner.helper.place, owner.organisation
        spot = acts_for or owner.helper
        return self.uow.offers.add(
            **{
                "place_id": place.id, "ref": self.uow.refs.new(place.id, "offer"),
                "words": WORDS["offer words"].format(owner.name), "terms": Terms.FREE, "weekly": (),
                "member_id": None if acts_for else owner.helper.id,
                "organisation_id": acts_for.id if acts_for else None,
                "cell_id": None if acts_for else place.cell_at(spot.east, spot.north),
                "ward_id": place.ward_at(spot.east), "easting": place.west + spot.east,
                "northing": place.south + spot.north, "categories": ("shopping",), "away": (),
                "any_time": True, "capacity": 40, "reach_metres": 3000, "state": OfferState.OPEN,
                "posted_by": owner.helper.id, "posted_at": LONG_AGO,
            } | columns
        )  # fmt: skip

    def _match(
        self, asking: Owner, helping: Owner, state: MatchState, *, at: timedelta = 26 * HOUR,
        proposed_by: str | None = None, **columns: Any,
    ) -> str:  # fmt: skip
        # A kind of help that no other offer is of: when one is let go, nobody else is asked.
        need = self._need(asking, category="meals")
        offer = self._offer(helping, categories=("meals",))
        agreed = state is not MatchState.ASKED
        done = state is MatchState.DONE
        visit = {"visit_start": NOW + at, "visit_end": NOW + at + HOUR}
        match = self.uow.matches.add(
            reasons=(),
            **{
                "place_id": need.place_id, "ref": self.uow.refs.new(need.place_id, "match"),
                "need_id": need.id, "offer_id": offer.id, "state": state,
                "slot": 1 if agreed else None,
                "helper_id": helping.helper_id if agreed or not helping.organisation else None,
                "score": 700, "distance_metres": 900, "proposed_at": NOW - HOUR,
                "asked_at": NOW - HOUR, "answer_by": NOW + HOUR,
                "answered_at": NOW - HOUR if agreed else None,
                "done_at": NOW if done else None, "done_by": helping.helper_id if done else None,
                "minutes": 30 if done else None,
                "visit_words": WORDS["visit words"].format(asking.name) if agreed else None,
            } | (visit if agreed else {}) | columns,
        )  # fmt: skip
        if proposed_by:
            self.uow.conversations.add(
                place_id=need.place_id, match_id=match.id, side=proposed_by,
                by_member_id=asking.asker.id if proposed_by == "asker" else helping.helper_id,
                kind=LineKind.PROPOSED, at=NOW - HOUR,
                visit=Window(NOW + 50 * HOUR, NOW + 51 * HOUR),
            )  # fmt: skip
        if agreed:
            state_of_need = NeedState.DONE if done else NeedState.ARRANGED
            self.uow.needs.change(need.id, slots_filled=1, state=state_of_need)
        return match.ref

    def _series(self) -> str:
        """Every Thursday, somewhere else than at home."""
        asker, place = self.owner.asker, self.owner.asker.place
        return self.uow.series.add(
            Repeat((Weekly(3, 600, 660),), date(2026, 6, 25)), place_id=place.id,
            ref=self.uow.refs.new(place.id, "series"), asker_id=asker.id, category="shopping",
            words=WORDS["need words"].format(self.owner.name), at_home=False,
            postcode=place.postcode_at(asker.east, asker.north),
            address=WORDS["address"].format(self.owner.name), duration_minutes=30, slots=1,
            languages_required=[], preferences=[], reach_metres=None, first_on="2026-03-12",
            version=1, begun_at=NOW,
        ).ref  # fmt: skip

    def _hours_event(self, state: str) -> str:
        """An hour with others that was written down for them and that nobody had hours for."""
        place_id, asker = self.owner.asker.place.id, self.owner.asker
        event = self.uow.hours_events.add(
            [{
                "nth": 1, "payer_id": self.uow.ledger.open(place_id, AccountKind.POT).number,
                "earner_id": self.uow.purses.for_member(place_id, asker.id, 0).number,
                "minutes": 30, "by_pot": 0, "unpaid": 30, "state": state,
            }],
            place_id=place_id, ref=self.uow.refs.new(place_id, "event"), way="many-to-one",
            words="A clean-up", on_day=NOW.date(), recorded_at=NOW, counts_at=NOW + 72 * HOUR,
        )  # fmt: skip
        return event.ref

    def _token(self) -> str:
        """A program's key, of which nobody has the secret."""
        asker = self.owner.asker
        return self.uow.api_tokens.add(
            place_id=asker.place.id, member_id=asker.id, calls=0, name="My diary",
            ref=self.uow.refs.new(asker.place.id, "token"), scope=Scope.READ, made_at=NOW,
            expires_at=NOW + timedelta(days=30), token_hash=f"nobody's {self.owner.name}",
        ).ref  # fmt: skip
