"""A place's rules of hours, as its ruleset says them."""

from enabler.domain.categories import category
from enabler.domain.ruleset import Ruleset
from enabler.timebank.gaming import Watch
from enabler.timebank.limits import Earns, HoursPolicy
from enabler.timebank.transfers import MOST_HELP, Reason


def policy_of(ruleset: Ruleset) -> HoursPolicy:
    """The limits of a ruleset, as the time bank reads them."""
    return HoursPolicy(
        begin=ruleset.hours_begin,
        grow_percent=ruleset.hours_grow_percent,
        deepest=ruleset.hours_deepest,
        soft_percent=ruleset.hours_soft_percent,
        ceiling=ruleset.hours_ceiling,
        organisation_depth=ruleset.hours_organisation_depth,
        pot_depth=ruleset.hours_pot_depth,
        pot_pays=ruleset.hours_pot_pays,
        round_to=ruleset.hours_round_to,
        most_per_day=ruleset.hours_most_per_day,
        two_people=frozenset(Reason(code) for code in ruleset.hours_two_people),
    )


def watch_of(ruleset: Ruleset) -> Watch:
    """From how much on a place wants to look at help."""
    return Watch(
        ring=ruleset.hours_ring,
        pair=ruleset.hours_pair,
        pair_day=ruleset.hours_pair_day,
        pair_helps=ruleset.hours_pair_helps,
        burst_day=ruleset.hours_burst_day,
        burst_week=ruleset.hours_burst_week,
        burst_times=ruleset.hours_burst_times,
        from_pots=ruleset.hours_from_pots,
    )


def earns(slug: str, ruleset: Ruleset) -> Earns:
    """What help of a category is in the place; without a time bank, nothing."""
    if not ruleset.hours:
        return Earns.NOTHING
    return Earns(ruleset.category_earns.get(slug, Earns.HOURS.value))


def usual_minutes(slug: str, ruleset: Ruleset, wanted: int | None = None) -> int:
    """How long help of a category takes: as the need says, else as the place or the tree does."""
    minutes = wanted or ruleset.category_minutes.get(slug) or category(slug).minutes
    return max(1, min(minutes, MOST_HELP))
