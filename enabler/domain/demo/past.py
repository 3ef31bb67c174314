"""What came of the invented needs: who was asked, who said what, what was done.

The engine says who could have helped (``candidates``); here they answer, one need after the other
in the order of asking, inside the ruleset's waves, quiet hours and caps and the offers' weekly
capacity. An open need is left with its next step due now, so that the first round or tick goes
on with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from enabler.domain.demo import endings
from enabler.domain.demo.diary import Diary
from enabler.domain.demo.giving import HELPER_OFFER
from enabler.domain.demo.shapes import Invention, Match, Need, Story
from enabler.domain.demo.visits import first_visit
from enabler.domain.quiet import QuietHours, first_allowed
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Outcome
from enabler.domain.windows import Window

SAID_YES, SAID_NO = 0.42, 0.25
"""How often somebody asked says yes, and how often no (0..1); the others say nothing."""

NO_OF_THE_OTHERS = SAID_NO / (1 - SAID_YES)
RELEASED, DISPUTED = 0.05, 0.2
ASKED_BEFORE = 0.35
"""Of the open needs: their first wave was asked and nobody came."""

_SURE = frozenset({NeedState.FILLED, NeedState.ARRANGED, NeedState.DONE})
_MAKE_READY = timedelta(hours=2)
"""Between a yes and the visit."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody who is asked, and the visit that they could make."""

    offer: int
    visit: Window


class Storyteller:
    """Tells what came of each need. ``candidates``: positions of offers by need, best first."""

    def __init__(
        self, invention: Invention, candidates: Mapping[int, Sequence[int]], *, timezone: str,
        ruleset: Ruleset, seed: int, now: datetime,
    ) -> None:  # fmt: skip
        self._invention, self._candidates = invention, candidates
        self._timezone, self._zone, self._ruleset = timezone, ZoneInfo(timezone), ruleset
        self._chance = Random(f"{seed}/past")
        self._now = now.replace(second=0, microsecond=0)
        self._quiet = QuietHours(ruleset.quiet_from, ruleset.quiet_until)
        self._wait = timedelta(minutes=ruleset.wave_minutes)
        self._diary = Diary(invention, ruleset, self._zone)

    def tell(self) -> list[Story]:
        """One story for each need, in their order."""
        telling: dict[NeedState, Callable[[Need, Story], None]] = {
            NeedState.OPEN: self._open, NeedState.HELD: self._held,
            NeedState.WITHDRAWN: self._withdrawn, NeedState.REFUSED: self._refused,
            NeedState.SUSPENDED: self._suspended,
        }  # fmt: skip
        stories = []
        for row, need in enumerate(self._invention.needs):
            story = Story(need=row, state=need.fate)
            if need.held and need.fate is not NeedState.HELD:
                story.decided_at = self._decision(need)
            telling.get(need.fate, self._helped)(need, story)
            stories.append(story)
        return stories

    def _decision(self, need: Need) -> datetime:
        """When a custodian decided on it: within the day, and before now."""
        until_now = int((self._now - need.posted_at).total_seconds()) // 60
        return need.posted_at + timedelta(
            minutes=min(self._chance.randrange(20, 12 * 60), until_now)
        )

    def _held(self, need: Need, story: Story) -> None:
        hours = timedelta(hours=self._ruleset.custodian_hours)
        _next(story, NextStep.AWAIT_CUSTODIAN, need.posted_at + hours)

    def _refused(self, need: Need, story: Story) -> None:
        story.ended_at = story.decided_at

    def _suspended(self, need: Need, story: Story) -> None:
        story.ended_at = self._now - timedelta(hours=self._chance.randrange(3, 24))

    def _withdrawn(self, need: Need, story: Story) -> None:
        begun = story.decided_at or need.posted_at
        story.ended_at = begun + timedelta(minutes=self._chance.randrange(10, 6 * 60))
        asked_at = self._from(begun)
        if asked_at < story.ended_at:
            for ask in self._ready(need, story, asked_at):
                match = self._ask(story, need, ask, asked_at)
                endings.end(match, MatchState.WITHDRAWN, endings.NEED_WITHDRAWN, story.ended_at)
            story.wave = 1 if story.matches else 0

    def _open(self, need: Need, story: Story) -> None:
        _next(story, NextStep.ASK_FIRST, self._now)
        asked_at = self._from(story.decided_at or need.posted_at)
        if self._chance.random() < ASKED_BEFORE and asked_at + self._wait < self._now:
            for ask in self._ready(need, story, asked_at):
                match = self._ask(story, need, ask, asked_at)
                self._no(match, self._answer_time(match))
            if story.matches:
                story.wave = 1
                _next(story, NextStep.ASK_MORE, self._now)

    def _helped(self, need: Need, story: Story) -> None:
        """Waves until every slot has its helper; then visits, or an outcome without."""
        start = story.decided_at or need.posted_at
        for wave in range(len(self._ruleset.waves)):
            story.wave = wave
            asked_at = self._from(start)
            self._answered(need, story, asked_at)
            start = asked_at + self._wait
            if _free(need, story) == 0 or start >= min(need.needed_by, self._now):
                break
        story.wave = min(story.wave + 1, len(self._ruleset.waves)) if story.matches else 0
        accepted = [match for match in story.matches if match.slot is not None]
        if need.fate is NeedState.CLOSED:
            self._close(need, story, accepted)
        elif accepted:
            self._go_on(need, story, accepted[0])
        else:
            self._found_nobody(need, story)

    def _found_nobody(self, need: Need, story: Story) -> None:
        """Nobody could be asked after all: it still waits, or its time went by."""
        story.wave, story.matches = 0, []
        if need.needed_by - timedelta(minutes=need.duration_minutes) > self._now:
            story.state = NeedState.OPEN
            _next(story, NextStep.ASK_FIRST, self._now)
        else:
            story.state, story.outcome = NeedState.CLOSED, Outcome.NOBODY_FOUND
            story.ended_at = min(need.needed_by + self._wait, self._now)

    def _answered(self, need: Need, story: Story, asked_at: datetime) -> None:
        """A wave: some more are asked, and answer in the order of their answers."""
        asked = [(self._ask(story, need, ask, asked_at), ask)
                 for ask in self._ready(need, story, asked_at)]  # fmt: skip
        times = [self._answer_time(match) for match, _ in asked]
        sure = need.fate in _SURE or need.helper is not None
        for row in sorted(range(len(asked)), key=lambda n: (times[n], n)):
            match, ask = asked[row]
            if _free(need, story) == 0:
                break
            willing = sure or self._chance.random() < SAID_YES
            if willing and self._diary.has_room(match.offer, times[row]):
                self._yes(need, story, match, ask, times[row])
            else:
                self._no(match, times[row])
        if _free(need, story) == 0:
            filled_at = max(m.accepted_at for m in story.matches if m.accepted_at)
            endings.fill((match for match, _ in asked), filled_at)

    def _answer_time(self, match: Match) -> datetime:
        until = min(match.answer_by, self._now)
        minutes = int((until - match.asked_at).total_seconds()) // 60
        return match.asked_at + timedelta(minutes=self._chance.randrange(max(1, minutes)))

    def _yes(self, need: Need, story: Story, match: Match, ask: Ask, answered_at: datetime) -> None:
        match.answered_at = match.accepted_at = answered_at
        natural = need.fate is NeedState.CLOSED and need.helper is None
        if natural and self._chance.random() < RELEASED:
            later = answered_at + timedelta(minutes=self._chance.randrange(5, 60))
            endings.end(match, MatchState.RELEASED, endings.RELEASED, later)
            return
        match.state, match.visit = MatchState.ACCEPTED, ask.visit
        match.slot = 1 + sum(other.slot is not None for other in story.matches)
        self._diary.note_yes(match.offer, answered_at)

    def _no(self, match: Match, answered_at: datetime) -> None:
        if self._chance.random() < NO_OF_THE_OTHERS:
            match.answered_at = answered_at
            endings.end(match, MatchState.DECLINED, None, answered_at)
        else:
            endings.end(match, MatchState.LAPSED, None, match.answer_by)

    def _go_on(self, need: Need, story: Story, match: Match) -> None:
        """A need that somebody said yes to, and that is not over yet."""
        said, visit = match.accepted_at, match.visit
        if said is None or visit is None:
            return
        story.state = NeedState.FILLED
        if need.fate is NeedState.FILLED:
            match.visit = None
            _next(story, NextStep.ARRANGE, min(need.needed_by, said + timedelta(hours=24)))
            return
        endings.arrange(match, self._now, self._chance)
        story.state = NeedState.ARRANGED
        _next(story, NextStep.VISIT, visit.end)
        if need.fate is NeedState.DONE and visit.end < self._now:
            done = endings.finish(need, match, self._now, self._chance)
            story.state = NeedState.DONE
            days = timedelta(days=self._ruleset.confirm_days)
            _next(story, NextStep.CONFIRM, done + days)
            if self._chance.random() < DISPUTED:
                match.state = MatchState.DISPUTED
                match.ended_at = min(done + timedelta(minutes=40), self._now)

    def _close(self, need: Need, story: Story, accepted: Sequence[Match]) -> None:
        """Everything that was agreed was done and confirmed; or a person said how it ended."""
        ends = []
        for match in accepted:
            endings.arrange(match, self._now, self._chance)
            done = endings.finish(need, match, self._now, self._chance)
            ends.append(endings.confirm(match, done, self._ruleset.confirm_days, self._chance))
        story.outcome = endings.outcome(need.slots, len(accepted), self._chance)
        if len(accepted) == need.slots:
            story.ended_at = max(ends)
        else:
            said = timedelta(hours=self._chance.randrange(2, 30))
            story.ended_at = max([need.needed_by, *ends]) + said

    def _ask(self, story: Story, need: Need, ask: Ask, asked_at: datetime) -> Match:
        match = Match(
            offer=ask.offer, state=MatchState.ASKED, wave=story.wave, asked_at=asked_at,
            answer_by=min(asked_at + self._wait, need.needed_by),
        )  # fmt: skip
        story.matches.append(match)
        self._diary.note_ask(ask.offer, asked_at)
        return match

    def _ready(self, need: Need, story: Story, asked_at: datetime) -> list[Ask]:
        """The best candidates who may be asked at this moment, as many as the wave wants."""
        if asked_at >= self._now:
            return []
        wanted = sum(self._ruleset.waves[story.wave : story.wave + 1]) * _free(need, story)
        tried = {match.offer for match in story.matches}
        found = (need.helper,) if need.helper is not None else self._candidates.get(story.need, ())
        asks: list[Ask] = []
        answering: set[int] = set()  # who answers for two offers is asked about one of them
        for offer in found:
            kept_free = offer == HELPER_OFFER and need.helper is None
            who = self._invention.offers[offer].posted_by
            if len(asks) < wanted and not kept_free and offer not in tried:
                able = self._able(need, offer, asked_at) if who not in answering else []
                asks += able
                answering |= {who for _ in able}
        return asks

    def _able(self, need: Need, offer: int, asked_at: datetime) -> list[Ask]:
        if not self._diary.may_ask(offer, asked_at):
            return []
        given = self._invention.offers[offer]
        visit = first_visit(need, given, asked_at + self._wait + _MAKE_READY, self._zone)
        return [] if visit is None else [Ask(offer, visit)]

    def _from(self, moment: datetime) -> datetime:
        return first_allowed(moment, self._timezone, self._quiet)


def _next(story: Story, step: NextStep, at: datetime) -> None:
    story.next_step, story.next_step_at = step, at


def _free(need: Need, story: Story) -> int:
    return need.slots - sum(match.slot is not None for match in story.matches)
