"""What is decided of a text: the model's likelihoods, what the lists of words found and what danger
sounds like, together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sms.reading import Said
from sms.understanding.codes import after_its_code
from sms.understanding.grams import grams
from sms.understanding.lexicon import Phrases, kinds_in, marks_of, of_the_tree
from sms.understanding.nearest import nearest
from sms.understanding.taught import Floats, Taught, taught
from sms.understanding.unable import is_unable

NEWS, UNCLEAR = "news", "unclear"
"""What the model calls news of disasters; hardly anything that a neighbour texts is."""
AGAINST_NEWS = 0.2
"""How much surer the model has to be of news than of all else."""
OF_A_PHRASE = 0.8
"""What a phrase of the place's own adds to the score of its kind of help, for each of its words."""
DANGER_FROM = -0.3
"""From this lead of danger over all else, in the scores and in likeness, a text is taken for
danger."""
ELSEWHERE = 0.3
"""How much more it takes in another language than English, of which fewer texts are taught: what is
ordinary in it is seldom seen as well."""
BY_LIKENESS = 8.0
"""What likeness to texts of danger (-1 to 1, seldom beyond a fifth) adds to the lead."""
NONE_OF_THE_UNABLE = ("command", "opt_out", "answer", UNCLEAR)
"""What it is not, where somebody cannot do something of their own."""
FEWEST_WORDS = 4
"""In fewer the model hears no danger by itself."""
BY_SAYINGS = 1.3
"""What a saying of danger adds to the lead."""


@dataclass(frozen=True)
class Weighed:
    """One text as the model sees it. ``own``: the place's own phrases."""

    said: Said
    own: Phrases

    @cached_property
    def intents(self) -> Mapping[str, float]:
        """How likely each intent is, the likeliest first. What sounds like news of a disaster is
        no call for help that we could answer: it is unclear, and people read it. Whoever cannot do
        something of their own asks for help with it."""
        names, scores = self._model.sides["intent"], self._scores["intent"].copy()
        scores[names.index(NEWS)] -= AGAINST_NEWS
        shares = dict(zip(names, self._model.likelihoods("intent", scores), strict=True))
        shares[UNCLEAR] += shares.pop(NEWS)
        if is_unable(self.said):
            shares["need"] += sum(shares.pop(one) for one in NONE_OF_THE_UNABLE)
            shares |= dict.fromkeys(NONE_OF_THE_UNABLE, 0.0)
        return _by_name(tuple(shares), np.array([*shares.values()], dtype=np.float32))

    @cached_property
    def kinds(self) -> Mapping[str, float]:
        """How likely each kind of help is, if it is about help, the likeliest first."""
        names, scores = self._model.sides["category"], self._scores["category"].copy()
        for slug, weight in kinds_in(self.said, self.own).items():
            if slug in names:
                scores[names.index(slug)] += OF_A_PHRASE * weight
        return _by_name(names, self._model.likelihoods("category", scores))

    @cached_property
    def languages(self) -> Mapping[str, float]:
        """How likely each language is."""
        names, scores = self._model.sides["language"], self._scores["language"]
        return _by_name(names, self._model.likelihoods("language", scores))

    def leads(self, intent: str) -> float:
        """By how much an intent's score is above all others; below nothing where it is not."""
        names, scores = _but(self._model.sides["intent"], self._scores["intent"], NEWS)
        at = names.index(intent)
        return float(scores[at] - np.delete(scores, at).max())

    @cached_property
    def likeness(self) -> float:
        """By how much it is more like texts of danger than like any other, -1 to 1."""
        return nearest().leads(self._grams)

    @cached_property
    def found(self) -> Mapping[str, int]:
        """The kinds of help that the lists speak for, and how strongly."""
        return kinds_in(self.said, of_the_tree()) + kinds_in(self.said, self.own)

    @property
    def found_alike(self) -> tuple[str, ...]:
        """Those of them for which they speak as strongly as for any."""
        most = max(self.found.values(), default=0)
        return tuple(slug for slug, weight in self.found.items() if weight == most)

    @cached_property
    def _scores(self) -> Mapping[str, Floats]:
        return self._model.scores(self._grams)

    @cached_property
    def _grams(self) -> frozenset[str]:
        return grams(self.said.text, marks_of(self.said))

    @property
    def _model(self) -> Taught:
        return taught()


def _but(names: tuple[str, ...], scores: Floats, left_out: str) -> tuple[tuple[str, ...], Floats]:
    kept = [nth for nth, name in enumerate(names) if name != left_out]
    return tuple(names[nth] for nth in kept), scores[kept]


def _by_name(names: tuple[str, ...], shares: Floats) -> Mapping[str, float]:
    order = np.argsort(-shares, kind="stable")
    return {names[nth]: float(shares[nth]) for nth in order}


def sounds_dangerous(weighed: Weighed, sayings: tuple[str, ...]) -> bool:
    """Whether somebody is in danger: by what the model hears and by the sayings that were found,
    together. Better once too often, but by sayings alone where there are hardly any words: *outside
    the bank* may answer anything. A code before it (*A1 theres smoke*) says nothing against it."""
    said = after_its_code(weighed.said)
    if not sayings and len(said.tokens) < FEWEST_WORDS:
        return False
    heard = weighed if said is weighed.said else Weighed(said, weighed.own)
    lead = heard.leads("danger") + BY_LIKENESS * heard.likeness
    bar = DANGER_FROM if next(iter(heard.languages)) == "en" else DANGER_FROM + ELSEWHERE
    return lead + (BY_SAYINGS if sayings else 0.0) >= bar
