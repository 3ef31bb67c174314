"""A place keeps what is about people for less long than it is shipped, and never for longer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain import privacy
from enabler.domain.errors import Invalid
from enabler.domain.permissions import Actor
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.ruleset_bounds import BOUNDS
from enabler.domain.ruleset_keys import KEYS
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import laws, my_data
from enabler.services import privacy as record
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, new_rules
from tests.keeping import end_what_is_over

DAY = timedelta(days=1)


def look(place: BuiltPlace, seen: BuiltMember, viewer: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.sights.log(viewer.actor, seen.id, ("name",), place_id=place.id, why="erasure",
                       now=NOW, subject_ref=seen.ref)  # fmt: skip
        uow.commit()


def sights_of(place: BuiltPlace) -> int:
    with reading() as uow:
        return uow.session.query(SightRow).filter_by(place_id=place.id).count()


def too_long(now: datetime) -> int:
    return next(one.count for one in laws.check(now=now) if one.what == "kept_too_long")


def looks_kept(place: BuiltPlace) -> set[tuple[str, int | None]]:
    found = record.kept_about_people(
        actor=Actor.operator("officer"), slug=place.slug, now=NOW + DAY
    )
    return {time for each in found if each.what == "sight" for time in each.keeps}


def test_what_it_keeps_for_less_goes_sooner_there_alone(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    new_rules(place, {"keep_looks_days": 400}, NOW)
    for here in (place, noise):
        look(here, a_member(here), a_custodian(here))
    end_what_is_over(now=NOW + 400 * DAY)
    assert (sights_of(place), sights_of(noise)) == (1, 1)
    late = NOW + 403 * DAY
    assert too_long(late) == 1
    assert end_what_is_over(now=late)["sight"] == 1
    assert (sights_of(place), sights_of(noise), too_long(late)) == (0, 1, 0)
    assert end_what_is_over(now=NOW + 731 * DAY)["sight"] == 1


def test_the_record_and_ones_own_page_say_so(place: BuiltPlace, noise: BuiltPlace) -> None:
    new_rules(place, {"keep_looks_days": 400}, NOW)
    rosa = a_member(place)
    look(place, rosa, a_custodian(place))
    assert looks_kept(place) == {("two-years", 400)}
    assert looks_kept(noise) == {("two-years", 730)}
    held = my_data.show(actor=rosa.actor, now=NOW + DAY)
    (kind,) = [one for one in held.kinds if one.what == "sight"]
    assert kind.keeps == (("two-years", 400),)


@pytest.mark.parametrize("key", sorted(set(privacy.SHORTER.values())))
def test_it_is_never_longer_and_never_below_a_duty(key: str) -> None:
    least, most = BOUNDS[key]
    keep = next(each for each, of in privacy.SHORTER.items() if of == key)
    assert most == privacy.days()[keep] == getattr(Ruleset(1, 1), key)
    assert key in KEYS
    for wrong in (least - 1, most + 1):
        with pytest.raises(Invalid):
            read_ruleset(1, 1, {key: wrong})


@given(
    st.fixed_dictionaries({
        key: st.integers(*BOUNDS[key]) for key in (*privacy.SHORTER.values(), "appeal_days")
    })
)  # fmt: skip
def test_what_may_be_appealed_about_is_there(policy: dict[str, Any]) -> None:
    days = privacy.days_in(read_ruleset(1, 1, policy))
    assert all(days[keep] <= most for keep, most in privacy.days().items())
    ended = days["twelve-months-after-the-end"]
    assert ended >= min(policy["appeal_days"], 365)
