"""Services decide for themselves: whoever a door let through wrongly is stopped by them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.services import explanations, moderation, near, needs, reports, wards
from enabler.services.near import Wanted
from tests.authorisation.worlds import World
from tests.builders import NOW

WITHOUT_LEAVE = (NotAllowed, NotFound)


def test_a_councillor_without_second_factor_sees_no_ward(world: World) -> None:
    councillor = world.principals["councillor"].actor
    with world.app.app_context():
        assert wards.waiting(actor=councillor, now=NOW).wards
        with pytest.raises(NotAllowed):
            wards.waiting(actor=replace(councillor, second_factor=False), now=NOW)


def test_a_councillor_counts_in_the_own_ward_alone_and_reads_no_case(world: World) -> None:
    with world.app.app_context():
        for name, ward, of in (
            ("councillor", "West End", "ward"), ("councillor-east", "East End", "beyond"),
        ):  # fmt: skip
            actor = world.principals[name].actor
            (seen,) = wards.waiting(actor=actor, now=NOW + timedelta(hours=1)).wards
            assert seen.name == ward
            assert seen.waiting.people > 0
            assert world.refs["unmet need", of] not in repr(seen)
            with pytest.raises(NotAllowed):
                needs.show(actor=actor, ref=world.refs["unmet need", of], now=NOW)


@pytest.mark.parametrize("name", ["resident", "custodian-one-factor", "custodian-of-elsewhere"])
def test_the_desk_is_for_those_who_work_at_it(world: World, name: str) -> None:
    with world.app.app_context(), pytest.raises(NotAllowed):
        moderation.desk(actor=world.principals[name].actor, now=NOW)


@pytest.mark.parametrize("of", ["need", "held offer", "asked match", "member"])
def test_nobody_reports_about_what_they_may_not_know_of(world: World, of: str) -> None:
    kind = of.split()[-1]
    try:
        with world.app.app_context():
            _report(world, "resident", kind, world.refs[of, "resident"])
            for whose in ["elsewhere"] if of == "member" else ["ward", "beyond", "elsewhere"]:
                with pytest.raises(WITHOUT_LEAVE):
                    _report(world, "resident", kind, world.refs[of, whose])
    finally:
        world.put_back()


def _report(world: World, principal: str, kind: str, ref: str) -> None:
    reports.report(
        actor=world.principals[principal].actor, about_kind=kind, about_ref=ref, kind="worried",
        words="I am worried.", key=f"papers-{principal}-{ref}", now=NOW,
    )  # fmt: skip


def test_why_an_offer_was_not_asked_is_told_of_offers_here_alone(world: World) -> None:
    custodian, need = world.principals["custodian"].actor, world.refs["need", "ward"]

    def ask(actor: Actor, offer: str) -> object:
        return explanations.about_offer(actor=actor, need_ref=need, offer_ref=offer, now=NOW)

    with world.app.app_context():
        assert ask(custodian, world.refs["offer", "beyond"])
        with pytest.raises(NotFound):
            ask(custodian, world.refs["offer", "elsewhere"])
        with pytest.raises(NotAllowed):
            ask(world.principals["resident"].actor, world.refs["offer", "resident"])


def test_why_a_need_was_worked_so_is_told_to_custodians_alone(world: World) -> None:
    need = world.refs["need", "ward"]
    with world.app.app_context():
        custodian = world.principals["custodian"].actor
        assert explanations.about_need(actor=custodian, need_ref=need, now=NOW)
        for name in ("resident", "administrator", "councillor"):
            actor = world.principals[name].actor
            with pytest.raises(NotAllowed):
                explanations.about_need(actor=actor, need_ref=need, now=NOW)


@pytest.mark.parametrize("name", ["organisation-owner", "organisation-helper"])
def test_the_map_leads_to_an_organisations_asks_whoever_answers_them(
    world: World, name: str
) -> None:
    actor, seen = world.principals[name].actor, set()
    with world.app.app_context():
        for page in range(1, 9):
            found = near.at_spot(
                actor=actor, place_id=world.here.id, code="W0-3", wanted=Wanted(page=page), now=NOW
            )
            seen |= {thing.match_ref for thing in found.things}
    assert (world.refs["asked match", name] in seen) is (name == "organisation-owner")
