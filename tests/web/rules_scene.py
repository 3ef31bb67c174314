"""The rules of a place on an ordinary morning: in force, to come, drafted, proposed, rejected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enabler.services import rule_endings
from enabler.services.views.rules import DraftView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, post
from tests.services.rules import begun, decided, edited, placed, proposed
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
    april: str  # approved, and to come
    ending: str  # that the flood is over


def set_rules_scene(
    place: BuiltPlace, *, name: str | None = None, words: str = "It is time."
) -> RulesScene:
    """Let it happen, by the services that pages use. ``name``: what all the rules are called."""
    carol, dan = a_custodian(place, "Carla Rules"), a_custodian(place, "Derek Rules")
    a_helper(place, "Gil Green", "gardening", "shopping")
    asker = a_member(place, "Hal Hedge", at=(2600, 600))
    post(asker, "gardening", words=words, now=LAST_WEEK)
    post(asker, "shopping", words=words, now=LAST_WEEK)

    def drafted(called: str, values: Mapping[str, Any], **when: Any) -> DraftView:
        said = name or called
        draft = begun(carol, f"{called} for {said}", now=when.get("now", NOW))
        draft = edited(carol, draft, values, now=when.pop("now", NOW))
        return placed(carol, draft, **({"name": said} | when))

    def decision(draft: DraftView, *, approving: bool = True, now: datetime = NOW) -> str:
        ref = proposed(carol, draft, now=now, words=words).ref
        return decided(dan, ref, approving=approving, now=now, words=words).ref

    old = drafted("Last year", {"asks_per_day": 2}).ref
    decision(drafted("Winter", {"asks_per_week": 5}, now=LAST_WEEK), now=LAST_WEEK)
    april = decision(drafted("April", {"confirm_days": 5}, from_at=NOW + 20 * DAY))
    flood = decision(drafted(
        "Flood", {"categories_held.gardening": True}, from_at=NOW + 2 * DAY,
        until_at=NOW + 4 * DAY, wards=("W0",),
    ))  # fmt: skip
    draft, asked = drafted("Summer", STRICTER), drafted("Autumn", STRICTER)
    no = decision(drafted("Evenings", {"quiet_from": 18 * 60}), approving=False)
    waits = proposed(carol, asked, words=words).ref
    ending = rule_endings.propose(
        actor=carol.actor, draft_ref=flood, words=words, key=a_key(), now=NOW
    ).ref
    return RulesScene(carol, dan, draft.ref, waits, flood, no, old, april, ending)


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
    for part in ("looks", "noticed", "asking", "finding", "desk", "visits", "hours", "games",
                 "keeping"):  # fmt: skip
        yield Stop(f"rules-{part}", f"{draft}/{part}")
    yield Stop("rules-asking-wrong", f"{draft}/asking", dict(EMPTY))
    yield Stop("rules-hours-wrong", f"{draft}/hours", {"hours_begin": ["x", "99"]})
    yield Stop("rules-care", f"{draft}/care")
    yield Stop("rules-care-wrong", f"{draft}/care", {"first_helps": "x", "settings": ["home"]})
    yield Stop("rules-kinds", f"{draft}/kinds")
    yield Stop("rules-kind", f"{draft}/kinds/respite")
    yield Stop("rules-kind-wrong", f"{draft}/kinds/shopping", {"minutes": ["99", "1"]})
    yield Stop("rules-when", f"{draft}/when")
    yield Stop("rules-when-wrong", f"{draft}/when", {
        "name": "", "begins": "at", "ends": "at", "from_day": ["32", "1", "2026"],
        "where": "drawn", "area": "[1, 2]",
    })  # fmt: skip
    yield Stop("rules-try", f"{draft}/try")
    yield Stop("rules-propose", f"{draft}/propose")
    yield Stop("rules-propose-empty", f"{draft}/propose", {"words": ""})
    yield Stop("rules-withdraw", f"{draft}/withdraw")
    yield Stop("rules-decide", f"/desk/rules/drafts/{scene.proposed}/decide")
    yield Stop("rules-decide-empty", f"/desk/rules/drafts/{scene.proposed}/decide", {})
    yield Stop("rules-version", "/desk/rules/versions/2")
    yield Stop("rules-version-to-come", "/desk/rules/versions/3")
    yield Stop("rules-end", f"/desk/rules/drafts/{scene.april}/end")
    yield Stop("rules-end-empty", f"/desk/rules/drafts/{scene.april}/end", {"words": ""})
    yield Stop("rules-end-waits", f"/desk/rules/drafts/{scene.flood}/end")
    yield Stop("rules-ending", f"/desk/rules/endings/{scene.ending}")
    yield Stop("rules-ending-empty", f"/desk/rules/endings/{scene.ending}", {})
    yield Stop("rules-fixed", f"/desk/rules/drafts/{scene.proposed}/asking")
    yield from market_rules_tour()


def market_rules_tour() -> Iterator[Stop]:
    """The rules as everybody reads them."""
    yield Stop("market-rules", "/market/rules")
    yield Stop("market-rules-older", "/market/rules/1")
