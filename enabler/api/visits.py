"""The day of a visit: who has arrived, who has left, who needs somebody now."""

from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.matches import MatchSchema
from enabler.api.schemas.visits import StaySent
from enabler.domain.permissions import Action
from enabler.doors.wiring import now
from enabler.services import visits
from enabler.services.views import MatchView

resource = Resource("visits", "The day of a visit.")
_DAY: dict[str, Any] = {"action": Action.FINISH_MATCH, "gives": MatchSchema}


@resource.write("/matches/<ref:ref>/watch", **_DAY)
def watch(ref: str, key: str) -> MatchView:
    """You go there and want somebody to notice if you do not come out again."""
    return visits.watch(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/rang", **_DAY)
def rang(ref: str, key: str) -> MatchView:
    """You have talked with who asked."""
    return visits.rang(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/no-money", **_DAY)
def no_money(ref: str, key: str) -> MatchView:
    """No money was spent, so there is no receipt."""
    return visits.no_money(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/arrive", **_DAY)
def arrive(ref: str, key: str) -> MatchView:
    """You are there. Your checks are looked at once more."""
    return visits.arrive(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/leave", **_DAY)
def leave(ref: str, key: str) -> MatchView:
    """You are out: nobody is waited for any more."""
    return visits.leave(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/stay", takes=StaySent, **_DAY)
def stay(ref: str, minutes: int, key: str) -> MatchView:
    """You stay so many minutes from now."""
    return visits.stay(actor=actor(), match_ref=ref, minutes=minutes, key=key, now=now())


@resource.write("/matches/<ref:ref>/stuck", **_DAY)
def stuck(ref: str, key: str) -> MatchView:
    """You need somebody now: the council is told at once. In danger ring 999 first."""
    return visits.stuck(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write("/matches/<ref:ref>/wrong-word", **_DAY)
def wrong_word(ref: str, key: str) -> MatchView:
    """Whoever is at your door does not know the word. Do not open."""
    return visits.wrong_word(actor=actor(), match_ref=ref, key=key, now=now())
