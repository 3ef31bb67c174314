"""The desk of hours on an ordinary morning: what waits, pots, what one custodian proposes."""

from collections.abc import Iterator
from dataclasses import dataclass

from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import hours_desk, hours_proposals, matches, pots
from enabler.services.views.hours_desk import KeptPotView
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_organisation,
)
from tests.services.deeds import a_key, accept, post
from tests.web.tour import Stop


@dataclass(frozen=True)
class HoursScene:
    """Who is there, and the refs and numbers of what there is to see."""

    asker: BuiltMember
    helper: BuiltMember
    carol: BuiltMember  # who has proposed what waits
    help: str  # six hours of it, of which nobody has one
    unpaid: str
    ring: str
    settled: str
    ward_pot: str
    fund: str
    granting: str  # proposals that wait
    undoing: str
    refused: str
    movement: int


def set_hours_scene(place: BuiltPlace) -> HoursScene:
    """Let it happen, by the services that pages use where there are some."""
    asker, helper = a_member(place, "Ann Long", at=(600, 600)), a_helper(place, "Ben Near")
    carol, dan = a_custodian(place), a_custodian(place, "Dan Desk")
    match = _long_help(asker, helper)
    everybody, ward = _opened(carol, "community"), _opened(carol, "ward", "W1")
    cafe = an_organisation(place, "Corner Café")
    fund = _opened(carol, "fund", cafe.ref, about="For our street, and for anybody on it.")
    _decide(dan, _granted(carol, everybody, 1200), allowing=True)
    refused = _decide(dan, _granted(carol, fund, 6000), allowing=False)
    flags = hours_desk.desk(actor=carol.actor, now=NOW).flags
    (unpaid,) = [one for one in flags if one.match_ref == match]
    ring = _flag(place, "ring", accounts=[1, 2, 3], minutes=180)
    seen = _flag(place, "covered", minutes=30)
    hours_desk.settle(actor=carol.actor, ref=seen, choice="seen", key=a_key(), now=NOW)
    movement = _gift(place, asker, everybody)
    undoing = hours_proposals.ask_reversal(
        actor=carol.actor, number=_gift(place, helper, everybody), words="It was typed twice.",
        key=a_key(), now=NOW,
    )  # fmt: skip
    return HoursScene(
        asker, helper, carol, match, unpaid.ref, ring, seen, ward.pot.ref or "",
        fund.pot.ref or "", _granted(carol, ward, 300), undoing.ref, refused, movement,
    )  # fmt: skip


def _long_help(asker: BuiltMember, helper: BuiltMember) -> str:
    post(asker)
    ref = accept(helper).ref
    matches.done(actor=helper.actor, match_ref=ref, minutes=360, key=a_key(), now=NOW)
    matches.confirm(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
    return ref


def _opened(
    who: BuiltMember, kind: str, of: str | None = None, about: str | None = None
) -> KeptPotView:
    """A pot; the community's is opened once, whoever else is in the scene."""
    there = [one for one in pots.show_all(actor=who.actor, now=NOW) if one.kind == kind]
    if kind == "community" and there:
        return there[0]
    return pots.open_pot(
        actor=who.actor, kind=kind, of=of, name=None, about=about, pays=True, key=a_key(), now=NOW
    )


def _granted(who: BuiltMember, pot: KeptPotView, minutes: int) -> str:
    return hours_proposals.ask_grant(
        actor=who.actor, to=pot.pot.ref or "", minutes=minutes, key=a_key(), now=NOW,
        words="The street wants to help people who have just moved here.",
    ).ref  # fmt: skip


def _decide(who: BuiltMember, ref: str, *, allowing: bool) -> str:
    return hours_proposals.decide(
        actor=who.actor, ref=ref, allowing=allowing, words="We have talked about it.",
        key=a_key(), now=NOW,
    ).ref  # fmt: skip


def _flag(place: BuiltPlace, kind: str, **facts: object) -> str:
    with unit_of_work() as uow:
        ref = uow.refs.new(place.id, "hours-flag")
        uow.help_hours.flag(
            dedupe_key=f"{kind}:{ref}", place_id=place.id, kind=kind, ref=ref, facts=facts,
            raised_at=NOW,
        )  # fmt: skip
        uow.commit()
    return ref


def _gift(place: BuiltPlace, giver: BuiltMember, pot: KeptPotView) -> int:
    """Half an hour for a pot; the number of the movement."""
    with unit_of_work() as uow:
        mine = uow.purses.for_member(place.id, giver.id, 0).number
        theirs = uow.purses.pot(place.id, pot.pot.ref or "").account
        back = Transfer(a_key(), place.id, theirs, mine, 60, Reason.EVENT)
        uow.ledger.post(back, NOW)
        given = Transfer(a_key(), place.id, mine, theirs, 30, Reason.GIVE)
        number = uow.ledger.post(given, NOW).seq
        uow.commit()
    return number


def hours_desk_tour(scene: HoursScene) -> Iterator[Stop]:
    """Pages of a custodian who has proposed nothing."""
    yield Stop("desk-with-hours", "/desk")
    yield Stop("desk-hours", "/desk/hours")
    yield Stop("desk-hours-unpaid", f"/desk/hours/flags/{scene.unpaid}")
    yield Stop("desk-hours-unpaid-empty", f"/desk/hours/flags/{scene.unpaid}", {})
    yield Stop("desk-hours-unpaid-no-pot", f"/desk/hours/flags/{scene.unpaid}",
               {"decision": "paid"})  # fmt: skip
    yield Stop("desk-hours-ring", f"/desk/hours/flags/{scene.ring}")
    yield Stop("desk-hours-settled", f"/desk/hours/flags/{scene.settled}")
    yield Stop("desk-hours-of", "/desk/hours/members")
    yield Stop("desk-hours-of-wrong", "/desk/hours/members", {"who": "nobody", "reason": "asked"})
    yield Stop("desk-hours-of-found", "/desk/hours/members",
               {"who": scene.asker.ref, "reason": "asked"})  # fmt: skip
    yield Stop("desk-hours-of-member", f"/desk/hours/members/{scene.asker.ref}")
    yield Stop("desk-pots", "/desk/hours/pots")
    yield Stop("desk-pots-new", "/desk/hours/pots/new")
    yield Stop("desk-pots-new-empty", "/desk/hours/pots/new", {})
    yield Stop("desk-pots-new-wrong", "/desk/hours/pots/new",
               {"whose": "fund", "organisation": "ZZZZ"})  # fmt: skip
    yield Stop("desk-pot", f"/desk/hours/pots/{scene.ward_pot}")
    yield Stop("desk-pot-close", f"/desk/hours/pots/{scene.fund}/close")
    yield Stop("desk-grant", "/desk/hours/grants/new")
    yield Stop("desk-grant-empty", "/desk/hours/grants/new", {})
    yield Stop("desk-grant-wrong", "/desk/hours/grants/new",
               {"to": "member", "member": "ZZZZ", "hours": "1", "words": "To begin."})  # fmt: skip
    yield Stop("desk-undo-find", "/desk/hours/undo")
    yield Stop("desk-undo-find-wrong", "/desk/hours/undo", {"number": "999999"})
    yield Stop("desk-undo", f"/desk/hours/undo/{scene.movement}")
    yield Stop("desk-undo-empty", f"/desk/hours/undo/{scene.movement}", {})
    yield Stop("desk-proposal", f"/desk/hours/proposals/{scene.granting}")
    yield Stop("desk-proposal-empty", f"/desk/hours/proposals/{scene.granting}", {})
    yield Stop("desk-proposal-undo", f"/desk/hours/proposals/{scene.undoing}")
    yield Stop("desk-proposal-refused", f"/desk/hours/proposals/{scene.refused}")


def hours_owed_tour(scene: HoursScene) -> Iterator[Stop]:
    """Pages of whoever helped for six hours, of which nobody had one yet."""
    yield Stop("hours-owed", "/hours")
    yield Stop("match-owed", f"/matches/{scene.help}")
