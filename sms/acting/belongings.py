"""What is open of whoever texts: what a word without a letter can be about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from enabler.domain.conversation import OPEN_AFTER_THE_END
from enabler.domain.offers import OfferCard
from enabler.domain.refs import canonical
from enabler.domain.vocabulary import MatchState
from enabler.services import lists, mine, texting
from enabler.services.views import MatchView, NeedView
from sms.acting.scene import Came, Scene
from sms.dialogue.turns import Deed, Say

ASKER, HELPER = "asker", "helper"
_MOST = 50
_MOST_NAMED = 4
_SECOND = ":b"


@dataclass(frozen=True, slots=True)
class Belongings:
    """``asks`` wait for an answer, ``helping`` was promised, ``helped`` is the asker's side,
    ``past`` is over."""

    asks: tuple[MatchView, ...]
    helping: tuple[MatchView, ...]
    helped: tuple[MatchView, ...]
    past: tuple[MatchView, ...]
    needs: tuple[NeedView, ...]
    offers: tuple[OfferCard, ...]

    @property
    def matches(self) -> tuple[MatchView, ...]:
        """All of them."""
        return (*self.asks, *self.helping, *self.helped, *self.past)

    def match(self, ref: str | None) -> MatchView | None:
        """The one with this ref, if it is theirs."""
        return next((one for one in self.matches if one.ref == ref), None)

    def which(
        self, ref: str | None, wanted: Callable[[MatchView], bool]
    ) -> tuple[MatchView, ...]:  # fmt: skip
        """Those that are wanted; of one thing, where its ref is given: a match's own, or that of
        its need or offer."""
        return tuple(
            one for one in self.matches
            if wanted(one) and ref in (None, one.ref, one.need_ref, one.offer_ref)
        )  # fmt: skip


def belongings(scene: Scene) -> Belongings:
    """All that is theirs. It shows nobody else's name. Raises NotAllowed of who may not come in."""
    all_of_it = mine.everything(actor=scene.actor, now=scene.now)
    part = lists.matches(actor=scene.actor, before=None, limit=_MOST, now=scene.now)
    return Belongings(
        asks=all_of_it.asks, helping=all_of_it.helping, past=all_of_it.past,
        helped=tuple(one for one in part.found if one.side == ASKER and _is_near(one, scene)),
        needs=all_of_it.needs, offers=all_of_it.offers,
    )  # fmt: skip


def _is_near(match: MatchView, scene: Scene) -> bool:
    """What was confirmed long ago is nobody's first thought."""
    ended = match.confirmed_at
    return ended is None or scene.now <= ended + OPEN_AFTER_THE_END


def open_talk(match: MatchView, scene: Scene) -> bool:
    """Whether the help was given, not so long ago that nobody may write to the other any more."""
    done = match.state in (MatchState.DONE, MatchState.CONFIRMED, MatchState.DISPUTED)
    return done and _is_near(match, scene)


def named(deed: Deed, found: Belongings) -> tuple[str | None, str]:
    """The ref that a text names, and the words beside it: one without a figure stands as the first
    word of those, as any word could."""
    first, _, rest = deed.words.partition(" ")
    ref = canonical(first) if deed.ref is None else None
    every = {each.ref for each in found.matches} | {each.ref for each in found.needs}
    every |= {each.ref for each in found.offers}
    return (ref, rest.strip()) if ref in every else (deed.ref, deed.words)


def before(scene: Scene) -> tuple[str, str] | None:
    """Which service was called for this deed when its text was worked before, and the ref of what
    it was about: what there is has changed since, by that very call."""
    for key in (scene.key, scene.key + _SECOND):
        known = texting.came_already(key=key)
        if known is not None:
            service, result = known
            return service, str(result.get("match") or result.get("ref"))
    return None


def which_one(found: tuple[MatchView, ...], needs: Sequence[NeedView] = ()) -> Came:
    """Several could be meant, or none, or a need that nobody takes back by accident."""
    listed = [Say("one_of", {"match": one.ref}) for one in found]
    listed += [Say("one_of", {"need": one.ref}) for one in needs]
    if not listed:
        return Came(says=(Say("none_such"),))
    return Came(says=(Say("which_one"), *listed[:_MOST_NAMED]))


def letters_about(scene: Scene, *refs: str | None) -> tuple[str, ...]:
    """Letters of open questions that a text led to about these: what is done needs no answer."""
    return tuple(
        one.letter for one in scene.questions
        if not one.closed and one.ref is not None and one.ref in refs and one.kind in OUR_KINDS
    )  # fmt: skip


OUR_KINDS = frozenset(
    {"time-when", "not-then", "done-said", "done-length", "done-why", "no-money", "still-when"}
)
"""Kinds of questions about something that is there, which no letter asks."""
