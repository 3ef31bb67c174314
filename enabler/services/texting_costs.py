"""What texts cost, by how pressing they are, by kind and by day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority
from enabler.persistence.overview import TextSent
from enabler.persistence.unit_of_work import reading
from enabler.services._ground import ground
from enabler.services.texting import STRANGERS_TEXTS_A_DAY
from enabler.services.views.texting_costs import CostLine, TextCosts

_LIMITS = ("texts_per_day", "asks_per_day", "asks_per_week")


def of_month(
    *, actor: Actor, place_slug: str, month: tuple[int, int] | None, pence_per_segment: Decimal,
    now: datetime,
) -> TextCosts:  # fmt: skip
    """What the texts cost that a provider took in a local month (year, month; None: this one),
    whether or not they arrived. ``pence_per_segment`` counts where the place's rules name no price
    of their own. Raises NotFound, NotAllowed."""
    with reading() as uow:
        place = uow.places.by_slug(place_slug)
        require(actor, Action.SEE_DESK, Subject(place.id))
        here = ground(uow, place.id, now)
        zone = ZoneInfo(place.timezone)
        year, number = month or (now.astimezone(zone).year, now.astimezone(zone).month)
        since = datetime(year, number, 1, tzinfo=zone)
        until = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)
        texts = uow.overview.texts_sent(place.id, since, until)
    tenths = here.ruleset.text_price_tenths
    price = Decimal(tenths) / 10 if tenths else pence_per_segment
    sums = _Sums(texts, price)
    rank = {priority.value: nth for nth, priority in enumerate(Priority)}
    limits = {name: int(getattr(here.ruleset, name)) for name in _LIMITS}
    return TextCosts(
        place=place.slug, month=f"{year:04}-{number:02}", pence_per_segment=price,
        total=sums.line("", texts),
        priorities=sums.by(lambda text: text.priority.value, key=lambda one: rank[one.name]),
        kinds=sums.by(lambda text: text.template, key=lambda one: (-one.segments, one.name)),
        days=sums.by(
            lambda text: text.sent_at.astimezone(zone).date().isoformat(), key=lambda one: one.name
        ),
        limits=limits | {"strangers_texts_a_day": STRANGERS_TEXTS_A_DAY},
    )  # fmt: skip


class _Sums:
    """Texts summed up by what they have in common."""

    def __init__(self, texts: Iterable[TextSent], price: Decimal) -> None:
        self._texts, self._price = tuple(texts), price

    def line(self, name: str, texts: Iterable[TextSent]) -> CostLine:
        """What these come to."""
        counted = [text.segments for text in texts]
        return CostLine(name, len(counted), sum(counted), sum(counted) * self._price)

    def by(
        self, name_of: Callable[[TextSent], str], *, key: Callable[[CostLine], object]
    ) -> tuple[CostLine, ...]:
        """A line for each name, in this order."""
        parts: dict[str, list[TextSent]] = defaultdict(list)
        for text in self._texts:
            parts[name_of(text)].append(text)
        lines = [self.line(name, texts) for name, texts in parts.items()]
        return tuple(sorted(lines, key=key))  # type: ignore[arg-type]
