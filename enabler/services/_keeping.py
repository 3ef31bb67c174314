"""Until when personal values are kept: shared by the job that ends them and by the check of it."""

from datetime import datetime, timedelta

from enabler.domain import privacy
from enabler.persistence.unit_of_work import UnitOfWork


def began_before(rule: privacy.Rule, now: datetime) -> datetime:
    """Whatever a rule's clock says began before this moment has been kept long enough."""
    return now - timedelta(days=rule.days)


def outlived(uow: UnitOfWork, now: datetime) -> int:
    """Rows that hold what should have gone more than two days ago."""
    late = now - privacy.GRACE
    return sum(
        uow.keeping.outlived(rule, began_before(rule, late))
        for rule in privacy.rules()
        if rule.how != "lives"
    )
