"""What changes between a round's reading and its asking: the asks are those that still may be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from enabler.domain.vocabulary import MemberState, NeedState, OfferState
from enabler.domain.windows import Window
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import BlockRow, MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import _round, rounds
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, a_need
from tests.services.test_rounds import OPERATOR

Change = Callable[[Any, BuiltMember, BuiltMember], None]


def is_kept_apart(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    uow.session.add(
        BlockRow(place_id=asker.place.id, member_id=helper.id, blocked_id=asker.id, since=NOW)
    )


def is_suspended(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    uow.session.execute(
        update(MemberRow).where(MemberRow.id == helper.id).values(state=MemberState.SUSPENDED)
    )


def loses_a_check(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    uow.session.execute(
        update(CredentialRow).where(CredentialRow.member_id == helper.id).values(
            revoked_at=NOW, revoked_by="a test"
        )
    )  # fmt: skip


def goes_away(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    ids = [offer.id for offer in uow.offers.open_of((helper.id, None))]
    uow.offers.add_absence(ids, Window(NOW, NOW + timedelta(days=60)))


def pauses(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    uow.session.execute(
        update(OfferRow).where(OfferRow.member_id == helper.id).values(state=OfferState.PAUSED)
    )


def withdraws(uow: Any, asker: BuiltMember, helper: BuiltMember) -> None:
    uow.session.execute(
        update(NeedRow).where(NeedRow.asker_id == asker.id).values(
            state=NeedState.WITHDRAWN, next_step=None, next_step_at=None
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [is_kept_apart, is_suspended, loses_a_check, goes_away, pauses, withdraws]
)
def test_nobody_is_asked_whom_a_rule_keeps_from_it_by_then(
    place: BuiltPlace, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    asker, helper = a_member(place), a_helper(place)
    a_need(asker)
    keep = _round.keep

    def changed_before(*arguments: Any) -> _round.Kept:
        with unit_of_work() as uow:
            change(uow, asker, helper)
            uow.commit()
        return keep(*arguments)

    monkeypatch.setattr(_round, "keep", changed_before)
    report = rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)

    assert (report.pairs, report.proposed) == (1, 0)
