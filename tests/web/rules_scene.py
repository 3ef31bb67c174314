"""The rules of a place on an ordinary morning: in force, to come, drafted, proposed, rejected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import post
from tests.services.rules import approved, begun, decided, edited, placed, proposed
from tests.web.tour import Stop

DAY = timedelta(days=1)
LAST_WEEK = NOW - 7 * DAY
STRICTER = {
    "categories_held.gardening": True, "categories_off.pet-care": True, "quiet_from": 21 * 60,
    "category_credentials.shopping": ["dbs-basic"], "waves": [3, 6], "reach_metres": 2_500,
    "weights.nearness": 500, "hours_begin": 6 * 60, "costs_most_pence": 4_000,
}  # fmt: skip
EMPTY = {
    "reach_metres": "", "waves": "", "wave_minutes": ["", ""], "quiet_from": "", "asks_per_day": "",
}  # fmt: skip


@dataclass(frozen=True)
class RulesScene:
    """Who is there, and the refs of what there is to see."""

    carol: BuiltMember  # who has drafted and proposed
    dan: BuiltMember
    draft: str
    proposed: str
    flood: str
    rejected: str
    old: str  # drafted from rules that are gone


def set_rules_scene(place: BuiltPlace) -> RulesScene:
    """Let it happen, by the services that pages use."""
    carol, dan = a_custodian(place, "Carla Rules"), a_custodian(place, "Derek Rules")
    a_helper(place, "Gil Green", "gardening", "shopping")
    asker = a_member(place, "Hal Hedge", at=(2600, 600))
    post(asker, "gardening", words="The hedge, please.", now=LAST_WEEK)
    post(asker, "shopping", now=LAST_WEEK)
    old = edited(carol, begun(carol, "Last year"), {"asks_per_day": 2}).ref
    approved(carol, dan, {"asks_per_week": 5}, now=LAST_WEEK)
    approved(carol, dan, {"confirm_days": 5}, from_at=NOW + 20 * DAY, name="April")
    flood = edited(carol, begun(carol, "Flood"), {"categories_held.gardening": True})
    flood = placed(
        carol, flood, from_at=NOW + 2 * DAY, until_at=NOW + 4 * DAY, wards=("W0",)
    )  # fmt: skip
    decided(dan, proposed(carol, flood).ref)
    draft = edited(carol, begun(carol, "Summer"), STRICTER)
    asked = proposed(carol, edited(carol, begun(carol, "Autumn"), STRICTER))
    no = proposed(carol, edited(carol, begun(carol, "Winter"), {"quiet_from": 18 * 60}))
    decided(dan, no.ref, approving=False, words="Too early for people who work.")
    return RulesScene(carol, dan, draft.ref, asked.ref, flood.ref, no.ref, old)


def rules_desk_tour(scene: RulesScene) -> Iterator[Stop]:
    """The pages of the rules at the desk, as a custodian sees them who has proposed nothing."""
    draft = f"/desk/rules/drafts/{scene.draft}"
    yield Stop("rules-desk", "/desk/rules")
    yield Stop("rules-new", "/desk/rules/new")
    yield Stop("rules-new-empty", "/desk/rules/new", {"name": ""})
    yield Stop("rules-draft", draft)
    yield Stop("rules-draft-old", f"/desk/rules/drafts/{scene.old}")
    yield Stop("rules-draft-rejected", f"/desk/rules/drafts/{scene.rejected}")
    yield Stop("rules-draft-flood", f"/desk/rules/drafts/{scene.flood}")
    for part in ("looks", "asking", "finding", "visits", "hours", "games"):
        yield Stop(f"rules-{part}", f"{draft}/{part}")
    yield Stop("rules-asking-wrong", f"{draft}/asking", dict(EMPTY))
    yield Stop("rules-hours-wrong", f"{draft}/hours", {"hours_begin": ["x", "99"]})
    yield Stop("rules-kinds", f"{draft}/kinds")
    yield Stop("rules-kind", f"{draft}/kinds/respite")
    yield Stop("rules-kind-wrong", f"{draft}/kinds/shopping", {"minutes": ["99", "1"]})
    yield Stop("rules-when", f"{draft}/when")
    yield Stop("rules-when-wrong", f"{draft}/when", {
        "name": "", "begins": "at", "ends": "at", "from_day": ["32", "1", "2026"],
        "where": "drawn", "area": "nonsense",
    })  # fmt: skip
    yield Stop("rules-try", f"{draft}/try")
    yield Stop("rules-propose", f"{draft}/propose")
    yield Stop("rules-propose-empty", f"{draft}/propose", {"words": ""})
    yield Stop("rules-withdraw", f"{draft}/withdraw")
    yield Stop("rules-decide", f"/desk/rules/drafts/{scene.proposed}/decide")
    yield Stop("rules-decide-empty", f"/desk/rules/drafts/{scene.proposed}/decide", {})
    yield Stop("rules-version", "/desk/rules/versions/2")
    yield Stop("rules-fixed", f"/desk/rules/drafts/{scene.proposed}/asking")
    yield from market_rules_tour()


def market_rules_tour() -> Iterator[Stop]:
    """The rules as everybody reads them."""
    yield Stop("market-rules", "/market/rules")
    yield Stop("market-rules-older", "/market/rules/1")
