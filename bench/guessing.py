"""What is understood without understanding: the commonest of all, and lists of words alone."""

import re
from collections import Counter
from collections.abc import Sequence

from bench.judged_texts import Meant
from enabler.domain.signals.folding import folded
from enabler.domain.signals.worries import found_worries
from sms.opting import asks_to_stop
from sms.reading import read
from sms.tongues import TONGUES
from sms.understanding.lexicon import kinds_in, of_the_tree, says
from sms.understanding.meaning import Meaning

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_ALARM = re.compile(r"\b(999|ambulance|fire|gas|suicide|kill|knife|bleeding|breath\w*)\b", re.I)


class Commonest:
    """Says of every text what most texts of a set are."""

    def __init__(self, texts: Sequence[Meant]) -> None:
        intents = Counter(one.intent for one in texts)
        self._intent = intents.most_common(1)[0][0]
        self._category = _most([slug for one in texts for slug in one.categories[:1]])
        self._urgency = _most([one.urgency for one in texts])
        self._share = intents[self._intent] / len(texts)

    def __call__(self, text: str) -> Meaning:
        """The same of every text."""
        del text
        return Meaning(
            self._intent, self._category, self._urgency, "", None, None, "en", self._share
        )  # fmt: skip


def by_words(text: str) -> Meaning:
    """By the recognition words of the kinds of help, words of asking and offering, words of alarm
    and a plain pattern of a postcode."""
    said = read(text)
    kinds = kinds_in(said, of_the_tree()).most_common(1)
    if _ALARM.search(text) or any(found_worries(folded(text))):
        intent = "danger"
    elif asks_to_stop(said, tuple(TONGUES.values())):
        intent = "opt_out"
    elif says(said, "offers"):
        intent = "offer"
    elif kinds or says(said, "needs"):
        intent = "need"
    else:
        intent = "answer" if len(said.tokens) < 4 else "chat"
    found = _POSTCODE.search(text)
    return Meaning(
        intent, kinds[0][0] if kinds else "", "asap" if intent == "danger" else "none",
        found[0].upper() if found else "", None, None, "en", 0.5,
    )  # fmt: skip


def _most(values: list[str]) -> str:
    return Counter(values).most_common(1)[0][0] if values else ""
