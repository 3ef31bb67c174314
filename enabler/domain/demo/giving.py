"""What the invented people and organisations give: kinds of help, when, how far, on what terms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from enabler.domain.demo.material import Material, Template
from enabler.domain.demo.people import checked, demanded, street_of, with_checks
from enabler.domain.demo.shapes import Home, Member, Offer, Organisation
from enabler.domain.demo.town import Town, settle
from enabler.domain.vocabulary import OfferState, Terms
from enabler.domain.windows import Weekly, Window

VOLUNTEERS = 0.45
"""How many of the residents offer something (0..1)."""

PEOPLE_TO_AN_ORGANISATION = 25
RESIDENT, HELPER, OWNER = 0, 1, 2
"""Who is shown round: the first three members, by position."""

HELPER_OFFER = 0
HELPER_REACH_METRES = 1_500
_STATES = {
    OfferState.OPEN: 84, OfferState.PAUSED: 5, OfferState.ENDED: 5, OfferState.HELD: 3,
    OfferState.REFUSED: 2, OfferState.SUSPENDED: 1,
}  # fmt: skip
_REACHES = (1_000, 1_500, 2_000, 2_000, 3_000, 3_000, 5_000)
_DAYTIME = ((540, 720), (780, 960), (600, 900), (540, 1020))
_EVENING = ((1050, 1230), (1080, 1260))
_WEEKEND = ((540, 780), (600, 960), (780, 1080))
_IN_WORDS = 3  # an offer says at most so many of its kinds of help in words


def invent_organisations(
    town: Town, members: Sequence[Member], material: Material, now: datetime, chance: Random
) -> tuple[list[Organisation], list[Template]]:
    """Organisations with a resident as owner, at least one of each sort, and their templates."""
    count = max(3, len(members) // PEOPLE_TO_AN_ORGANISATION)
    templates = _dealt(material.templates, count, chance)
    spots = settle(town, count, chance)
    wards = dict(town.wards)
    made: list[Organisation] = []
    names: set[str] = set()
    for row, (template, spot) in enumerate(zip(templates, spots, strict=True)):
        owner = OWNER if row == 0 else chance.randrange(len(members))
        owner = min(owner, len(members) - 1)
        other = chance.randrange(len(members))
        name = _named(template, wards[town.spots[spot].ward_code], names, material, chance)
        since = now - timedelta(days=200 + chance.randrange(200))
        since = max(since, members[owner].joined_at + timedelta(minutes=5))
        made.append(
            Organisation(
                kind=template.kind, name=name, about=template.about, spot=spot,
                address=f"{chance.randint(1, 90)} {street_of(town.spots[spot], material.streets)}",
                owner=owner, coordinator=other if other != owner else None, joined_at=since,
                credentials=tuple(checked(kind, since, now) for kind in template.credentials),
            )
        )  # fmt: skip
    return made, templates


def _dealt(templates: Sequence[Template], count: int, chance: Random) -> list[Template]:
    """So many templates: one of each sort first, each template once before any twice."""
    kinds = {template.kind: template for template in reversed(templates)}
    first = list(kinds.values())[::-1]
    dealt = first[:]
    while len(dealt) < count:
        pack = [template for template in templates if len(dealt) >= len(templates)
                or template not in first]  # fmt: skip
        chance.shuffle(pack)
        dealt += pack
    return dealt[:count]


def _named(
    template: Template, ward: str, names: set[str], material: Material, chance: Random
) -> str:
    for _ in range(60):
        community = chance.choice(material.communities[:3])
        name = template.name.format(
            ward=ward,
            last=chance.choice(community.last_names),
            first=chance.choice(material.streets.first),
        )
        if name not in names:
            break
    names.add(name)
    return name


def invent_offers(
    town: Town,
    homes: Sequence[Home],
    members: list[Member],
    organisations: Sequence[Organisation],
    templates: Sequence[Template],
    material: Material,
    requires: Mapping[str, frozenset[str]],
    now: datetime,
    chance: Random,
) -> list[Offer]:
    """The helper's own offer first, then residents', then organisations'.

    Givers in ``members`` are replaced by themselves with the checks that their help demands.
    """
    rows = [row for row in range(3, len(members)) if chance.random() < VOLUNTEERS]
    offers = [_shown_offer(members, material, now)] if len(members) > HELPER else []
    slugs, weights = zip(*((slug, g.weight) for slug, g in material.giving.items()), strict=True)
    deck = _deck(slugs, weights, len(rows), chance)
    for row, slug in zip(rows, deck, strict=True):
        offers.append(_offer(row, slug, slugs, weights, members, material, now, chance))
    for offer in offers:
        row = offer.posted_by
        kinds = demanded(offer.categories, requires)
        if row == HELPER:
            sure = tuple(checked(kind, members[row].joined_at, now) for kind in sorted(kinds))
            members[row] = replace(
                members[row], credentials=sure, asks_per_week=None, night_asks=True
            )
        else:
            members[row] = with_checks(members[row], kinds, now, chance)
    return offers + [
        _of_organisation(row, organisation, template)
        for row, (organisation, template) in enumerate(zip(organisations, templates, strict=True))
    ]


def _deck(slugs: Sequence[str], weights: Sequence[int], count: int, chance: Random) -> list[str]:
    """So many kinds of help: each once, then by weight; shuffled."""
    dealt = list(slugs)
    chance.shuffle(dealt)
    dealt += chance.choices(slugs, weights, k=max(0, count - len(dealt)))
    dealt = dealt[:count]
    chance.shuffle(dealt)
    return dealt


def _shown_offer(members: Sequence[Member], material: Material, now: datetime) -> Offer:
    """The offer of the helper who is shown round: lifts near home, at any time."""
    posted = members[HELPER].joined_at + timedelta(days=2)
    return Offer(
        member=HELPER, organisation=None, posted_by=HELPER, categories=("transport",),
        words=material.giving["transport"].words[0], terms=Terms.FREE, stated_terms=None,
        reach_metres=HELPER_REACH_METRES, any_time=True, weekly=(), away=(), capacity=10,
        languages=members[HELPER].languages, state=OfferState.OPEN, posted_at=posted,
        decided_at=posted + timedelta(hours=3), ended_at=None,
    )  # fmt: skip


def _offer(
    row: int,
    slug: str,
    slugs: Sequence[str],
    weights: Sequence[int],
    members: Sequence[Member],
    material: Material,
    now: datetime,
    chance: Random,
) -> Offer:
    more = chance.choices(slugs, weights, k=chance.choice((0, 0, 1, 1, 2, 3)))
    categories = tuple(dict.fromkeys((slug, *more)))
    said = [chance.choice(material.giving[each].words) for each in categories[:_IN_WORDS]]
    state = chance.choices(list(_STATES), list(_STATES.values()))[0]
    member = members[row]
    posted, decided, ended = _dates(state, member.joined_at, now, chance)
    any_time = chance.random() < 0.15
    return Offer(
        member=row, organisation=None, posted_by=row, categories=categories, words=" ".join(said),
        terms=Terms.HOURS if chance.random() < 0.35 else Terms.FREE, stated_terms=None,
        reach_metres=chance.choice(_REACHES), any_time=any_time,
        weekly=() if any_time else _weekly(member.retired, chance), away=_away(now, chance),
        capacity=chance.choice((1, 1, 2, 2, 3)), languages=member.languages, state=state,
        posted_at=posted, decided_at=decided, ended_at=ended,
    )  # fmt: skip


def _dates(
    state: OfferState, joined: datetime, now: datetime, chance: Random
) -> tuple[datetime, datetime | None, datetime | None]:
    """When it was posted, when a custodian decided on it, and when it was over."""
    if state is OfferState.HELD:
        return now - timedelta(minutes=chance.randrange(30, 20 * 60)), None, None
    posted = joined + timedelta(minutes=120 + chance.randrange(14_400))
    decided = posted + timedelta(minutes=chance.randrange(30, 20 * 60))
    if state in (OfferState.ENDED, OfferState.REFUSED):
        left = int((now - decided).total_seconds()) // 60
        ended = decided + timedelta(minutes=chance.randrange(left))
        return posted, decided, decided if state is OfferState.REFUSED else ended
    return posted, decided, None


def _weekly(retired: bool, chance: Random) -> tuple[Weekly, ...]:
    """When in the week: the retired by day, others in the evening and at weekends."""
    if retired or chance.random() < 0.25:
        days = sorted(chance.sample(range(5), chance.randint(2, 4)))
        return tuple(Weekly(day, *chance.choice(_DAYTIME)) for day in days)
    evenings = sorted(chance.sample(range(5), chance.randint(1, 3)))
    weekend = sorted(chance.sample((5, 6), chance.randint(1, 2)))
    found = [Weekly(day, *chance.choice(_EVENING)) for day in evenings]
    return tuple(found + [Weekly(day, *chance.choice(_WEEKEND)) for day in weekend])


def _away(now: datetime, chance: Random) -> tuple[Window, ...]:
    if chance.random() > 0.05:
        return ()
    leaves = (now + timedelta(days=chance.randint(2, 20))).replace(
        minute=0, second=0, microsecond=0
    )
    return (Window(leaves, leaves + timedelta(days=chance.randint(3, 14))),)


def _of_organisation(row: int, organisation: Organisation, template: Template) -> Offer:
    posted = organisation.joined_at + timedelta(days=1)
    return Offer(
        member=None, organisation=row, posted_by=organisation.owner,
        categories=template.categories, words=template.words, terms=template.terms,
        stated_terms=template.stated_terms, reach_metres=6_000, any_time=False,
        weekly=template.opening, away=(), capacity=template.capacity,
        languages=template.languages, state=OfferState.OPEN, posted_at=posted,
        decided_at=posted + timedelta(hours=6), ended_at=None,
    )  # fmt: skip
