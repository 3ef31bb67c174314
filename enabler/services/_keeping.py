"""Until when personal values are kept: shared by the job that ends them and by the check of it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from enabler.domain import privacy
from enabler.domain.errors import NotFound
from enabler.persistence.keeping import Before
from enabler.persistence.unit_of_work import UnitOfWork


def days_of(uow: UnitOfWork, place_id: int, now: datetime) -> Mapping[str, int]:
    """How many days each length of time is in a place; as shipped where it had no rules yet."""
    try:
        rules = uow.rulesets.in_force(place_id, now)
    except NotFound:
        return privacy.days()
    return privacy.days_in(rules)


def began_before(uow: UnitOfWork, rule: privacy.Rule, now: datetime) -> Before:
    """Whatever a rule's clock says began before these moments has been kept long enough, by the
    rules of each place that are in force at ``now``."""
    sooner: dict[datetime, list[int]] = defaultdict(list)
    for place in uow.places.all() if rule.keep in privacy.SHORTER else ():
        days = days_of(uow, place.id, now)[rule.keep]
        if days < rule.days:
            sooner[now - timedelta(days=days)].append(place.id)
    return Before(
        now - timedelta(days=rule.days), {at: tuple(which) for at, which in sooner.items()}
    )


def outlived(uow: UnitOfWork, now: datetime) -> int:
    """Rows that hold what should have gone more than two days ago, by the rules of then."""
    late = now - privacy.GRACE
    return sum(
        uow.keeping.outlived(rule, began_before(uow, rule, late))
        for rule in privacy.rules()
        if rule.how != "lives"
    )
