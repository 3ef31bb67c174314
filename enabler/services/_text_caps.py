"""What texts may still cost: so many about one need, and so much money in a month of a place. What
keeps somebody safe, codes, answers and news of help always go."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from enabler.domain.letters import About
from enabler.domain.messages import ASK, House, Outgoing
from enabler.domain.permissions import Action
from enabler.domain.text_money import WARN_AT, KeptBack, held_back, month_of, pence_a_segment
from enabler.domain.vocabulary import Channel, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell


@dataclass(slots=True)
class TextCaps:
    """The caps of one batch of texts: what a month has cost is read once for each place.

    ``pence_per_segment``: what the installation pays where a place names no price.
    """

    pence_per_segment: Decimal | None = None
    _spent: dict[int, Decimal | None] = field(default_factory=dict)

    def refuse(
        self, uow: UnitOfWork, row: Outgoing, house: House, need_id: int | None, now: datetime
    ) -> str | None:
        """Why a text is not sent, or None. Tells those who keep the place when its money runs
        short."""
        if row.channel is not Channel.TEXT:
            return None
        if self._enough_about(uow, row, house, need_id):
            return KeptBack.NEED
        if not house.rules.texts_month_pence:
            return None
        because = held_back(self._of_month(uow, house, now), house.rules.texts_month_pence)
        return because if row.priority in (Priority.REMINDER, Priority.BULLETIN) else None

    def _enough_about(
        self, uow: UnitOfWork, row: Outgoing, house: House, need_id: int | None
    ) -> bool:
        most = house.rules.texts_per_need
        if row.template != ASK or need_id is None or not most:
            return False
        return uow.text_costs.about(need_id, but=row.id) >= most

    def _of_month(self, uow: UnitOfWork, house: House, now: datetime) -> Decimal | None:
        """What this month has cost so far, in pence; None: no price is known."""
        if house.place_id not in self._spent:
            price = pence_a_segment(house.rules, self.pence_per_segment)
            since, until = month_of(now, house.timezone)
            spent = None if price is None else price * uow.text_costs.segments(
                house.place_id, since, until
            )  # fmt: skip
            self._spent[house.place_id] = spent
            _warn(uow, house, spent, since, now)
        return self._spent[house.place_id]


def need_of(uow: UnitOfWork, about: About) -> int | None:
    """The need that a letter is about, if it is about one."""
    if about.kind == "need":
        return uow.needs.by_ref(None, about.ref).id
    return uow.matches.by_ref(None, about.ref).need_id if about.kind == "match" else None


def _warn(
    uow: UnitOfWork, house: House, spent: Decimal | None, month: datetime, now: datetime
) -> None:
    """Tell administrators and custodians at four fifths and at the end of it, once a month each."""
    for percent, template in WARN_AT.items():
        if spent is None or spent * 100 < house.rules.texts_month_pence * percent:
            continue
        for member_id in sorted(uow.staff.who_may(Action.SEE_DESK, house.place_id, now)):
            tell(
                uow, place_id=house.place_id, member_id=member_id, template=template,
                parameters={"texts_month": f"{month:%Y-%m}"}, priority=Priority.MATCH, now=now,
                dedupe_key=f"{template}:{house.place_id}:{month:%Y-%m}:{member_id}", by_mail=True,
            )  # fmt: skip
