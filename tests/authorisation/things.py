"""Something of every kind that a page can be about, of everybody and of nobody here.

What is somebody's own is theirs alone, so that two of them never meet in one thing: of an
organisation's people, the organisation's. *Ward* and *beyond* belong to neighbours in the ward in
which everybody lives and in the other one; *elsewhere* is in another place.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, OfferState, Terms
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from tests.authorisation.people import Principal, full_name, home_of
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_organisation,
)

KINDS = (
    "need", "unmet need", "held need", "offer", "paused offer", "away offer", "held offer",
    "asked match", "agreed match", "done match", "asked match as asker", "agreed match as asker",
    "match to confirm", "report", "member", "organisation",
)  # fmt: skip
"""A match is its helper's own, unless it says *as asker*; one *to confirm* is its asker's."""
PARTY = "party"
NEIGHBOURS = {
    "ward": (1600, 600), "beyond": (2600, 600), "elsewhere": (600, 600), PARTY: (600, 1600),
}  # fmt: skip
"""How far east and north of their place's corner they live: each in a square of their own."""
WORDS = {
    "need words": "For {}, would somebody carry this", "offer words": "By {}, it is given gladly",
    "visit words": "With {}, we meet at the gate", "report words": "Of {}, the stairs are afraid",
    "address": "At the own door of {}, on the left",
}  # fmt: skip
"""What only the things of one owner say, by its field."""
OTHERS = "others"
WHOSE = ("ward", "beyond", "elsewhere", PARTY, OTHERS)
"""Who somebody can be to a reader: a neighbour, the other side of their match, anybody else."""
FIELDS = ("first name", "surname", "phone", "mail", "home", "postcode", *WORDS)
"""What can be read of somebody."""
HOUR = timedelta(hours=1)
Refs = dict[tuple[str, str], str]
"""The ref of a thing by its kind and by whose it is: a principal's name, or a neighbour's."""


@dataclass(frozen=True)
class Owner:
    """Whose things are made: who asks, who gives, for whom they give."""

    name: str
    asker: BuiltMember
    helper: BuiltMember
    organisation: BuiltOrganisation | None = None

    @property
    def helper_id(self) -> int:
        """Who goes: of an organisation, somebody else than whoever looks."""
        return self.helper.id if self.organisation is None else self.organisation.owner.id


def everything(
    here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal]
) -> tuple[Refs, dict[str, Owner]]:
    """The refs of all things, and the neighbours by name; ``party`` is the other side of the
    principals' matches."""
    neighbours = {
        name: _neighbours(name, elsewhere if name == "elsewhere" else here, at)
        for name, at in NEIGHBOURS.items()
    }
    owners = [owner for name, owner in neighbours.items() if name != PARTY]
    owners += [
        Owner(one.name, one.member, one.member, one.organisation)
        for one in principals.values() if one.member is not None and one.member.place is here
    ]  # fmt: skip
    refs = _organisations(here, elsewhere, principals)
    with unit_of_work() as uow:
        for owner in owners:
            party = neighbours[PARTY] if owner.name in principals else owner
            refs |= _Maker(uow, owner, party).make()
        uow.commit()
    return refs, neighbours


def _organisations(
    here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal]
) -> Refs:
    """Theirs who act for one, which they share; the other in each ward; one elsewhere."""
    found = {
        ("organisation", one.name): one.organisation.ref
        for one in principals.values() if one.organisation is not None
    }  # fmt: skip
    for name, east in (("ward", 900), ("beyond", 2900), ("elsewhere", 900)):
        place = elsewhere if name == "elsewhere" else here
        found["organisation", name] = an_organisation(place, f"Shop-{name}", at=(east, 900)).ref
    return found


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
    """Makes the things of one owner; the other side of their matches is the party's."""

    uow: UnitOfWork
    owner: Owner
    party: Owner

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
            "report": self._report(), "member": self.owner.asker.ref,
        }  # fmt: skip
        helping, asking = (self.party, self.owner), (self.owner, self.party)
        asked, agreed, done = MatchState.ASKED, MatchState.ARRANGED, MatchState.DONE
        found |= {
            "asked match": self._match(*helping, asked),
            "agreed match": self._match(*helping, agreed),
            "done match": self._match(*helping, done),
            "asked match as asker": self._match(*asking, asked),
            "agreed match as asker": self._match(*asking, agreed),
            "match to confirm": self._match(*asking, done),
        }
        return {(kind, self.owner.name): ref for kind, ref in found.items()}

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

    def _match(self, asking: Owner, helping: Owner, state: MatchState) -> str:
        # A kind of help that no other offer is of: when one is let go, nobody else is asked.
        need = self._need(asking, category="meals")
        offer = self._offer(helping, categories=("meals",))
        agreed = state is not MatchState.ASKED
        done = state is MatchState.DONE
        visit = {"visit_start": NOW + 26 * HOUR, "visit_end": NOW + 27 * HOUR}
        match = self.uow.matches.add(
            reasons=(), place_id=need.place_id, ref=self.uow.refs.new(need.place_id, "match"),
            need_id=need.id, offer_id=offer.id, state=state, slot=1 if agreed else None,
            helper_id=helping.helper_id if agreed or not helping.organisation else None,
            score=700, distance_metres=900, proposed_at=NOW - HOUR, asked_at=NOW - HOUR,
            answer_by=NOW + HOUR, answered_at=NOW - HOUR if agreed else None,
            done_at=NOW if done else None, done_by=helping.helper_id if done else None,
            minutes=30 if done else None, **(visit if agreed else {}),
            visit_words=WORDS["visit words"].format(asking.name) if agreed else None,
        )  # fmt: skip
        if agreed:
            state_of_need = NeedState.DONE if done else NeedState.ARRANGED
            self.uow.needs.change(need.id, slots_filled=1, state=state_of_need)
        return match.ref

    def _report(self) -> str:
        place_id = self.owner.asker.place.id
        return self.uow.reports.add(
            place_id=place_id, ref=self.uow.refs.new(place_id, "report"), kind="worried",
            by_member_id=self.owner.asker.id, about_kind="other", about_ref=None,
            words=WORDS["report words"].format(self.owner.name), reported_at=NOW,
        ).ref  # fmt: skip
