"""One text of one phone: danger first, then a stop, then answers, then the words that work at any
time, then the question that is open, then what somebody writes freely. What says nothing to us
goes to people, with everything that was written.
"""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.mandates_by_text import CODED
from enabler.domain.prompts import LETTERS_THAT_ARE_WORDS, TALK
from sms.answers import Answer, answers
from sms.commands import Command, command
from sms.dangers import in_danger
from sms.dialogue import coding, drafting, giving, joining, talking
from sms.dialogue.turns import Caller, Deed, Question, Say, Turn
from sms.opting import asks_to_start, asks_to_stop
from sms.reading import Said, read
from sms.tongues import Tongue, Word, tongues
from sms.understanding.deciding import Weighed, sounds_dangerous
from sms.understanding.lexicon import NONE

DRAFTED = ("need-", "offer-")
_YES = frozenset({"yes"})


def step(text: str, caller: Caller, questions: Sequence[Question], now: datetime) -> Turn:
    """What comes of a text. ``questions`` are those that this phone was sent and may still mean,
    the newest last; ``now`` is in the place's zone."""
    said, words = read(text), tongues(caller.language)
    dangers = in_danger(said, words)
    if sounds_dangerous(Weighed(said, NONE), dangers):
        facts = {"found": list(dangers)}
        return Turn(deeds=(Deed("danger", words=said.text, facts=facts),), says=(Say("danger"),))
    if caller.stopped:
        return _of_stopped(said, words)
    if asks_to_stop(said, words):
        return Turn(deeds=(Deed("stop"),))
    if asks_to_start(said, words):
        return Turn(deeds=(Deed("start"),))
    if not caller.reachable:
        return Turn(deeds=(Deed("to_people", words=said.text),) if said.text else ())
    return _Step(said, caller, questions, words, now).turn()


def _of_stopped(said: Said, words: Sequence[Tongue]) -> Turn:
    """Whoever wants no texts gets none; what they write is read by people."""
    agrees = [one for one in answers(said, words, ()) if one.yes]
    if asks_to_start(said, words) or (agrees and len(said.tokens) == 1):
        return Turn(deeds=(Deed("start"),))
    if asks_to_stop(said, words) or not said.text:
        return Turn()
    return Turn(deeds=(Deed("to_people", words=said.text),))


class _Step:
    """One text, with all that it may be about."""

    def __init__(
        self, said: Said, caller: Caller, questions: Sequence[Question],
        words: Sequence[Tongue], now: datetime,
    ) -> None:  # fmt: skip
        self._said, self._caller, self._words, self._now = said, caller, words, now
        self._questions = {question.letter: question for question in questions}

    def turn(self) -> Turn:
        """The first of these that the text is."""
        if not self._said.tokens:
            return Turn(says=(Say("menu"),))
        ways = (
            self._to_the_other, self._code, self._end_of_one, self._house, self._length,
            self._answers, self._command, self._own_words, self._talk, self._stranger, self._free,
        )  # fmt: skip
        return next(turn for turn in (way() for way in ways) if turn is not None)

    # Answers

    def _to_the_other(self) -> Turn | None:
        """What begins with the letter of a conversation goes to its other side, whatever it says
        (*B yes* and *B 2 bags* are no codes)."""
        return talking.under_its_letter(self._said, self._questions, self._now)

    def _code(self) -> Turn | None:
        """The code that says yes to somebody who is to act for them."""
        return coding.code_said(self._said, self._questions, self._words)

    def _end_of_one(self) -> Turn | None:
        """*No more Sam* is no answer to whatever is asked, where Sam acts for them."""
        return self._command() if self._caller.ends_somebody else None

    def _house(self) -> Turn | None:
        """A house alone, where that was asked for beside a yes: *4 Mill Lane* is no fourth answer,
        and *no 12* is a number."""
        return drafting.house_said(self._said, self._fresh())

    def _length(self) -> Turn | None:
        """Minutes or hours, where that was asked."""
        return giving.length_said(self._said, self._questions, self._words, self._now)

    def _answers(self) -> Turn | None:
        found = answers(self._said, self._words, self._questions)
        if not found or (found[0].letter is None and self._is_words_of_another(found[0])):
            return None
        turns = [self._answer(one) for one in found]
        return sum(turns[1:], turns[0])

    def _is_words_of_another(self, bare: Answer) -> bool:
        """A bare number or yes where nothing is open, and more words than that: a sentence."""
        return not self._fresh() and len(self._said.tokens) > 1

    def _fresh(self) -> list[Question]:
        return [one for one in self._questions.values() if one.is_fresh(self._now)]

    def _answer(self, answer: Answer) -> Turn:
        if answer.letter is None:
            fresh = talking.meant_by_a_bare_answer(coding.meant_by_a_bare_answer(self._fresh()))
            if len(fresh) > 1:
                return Turn(says=(Say("which", {"letters": [one.letter for one in fresh]}),))
            stale = [one for one in self._questions.values() if not one.closed]
            if not fresh:
                return self._resumed(stale[-1]) if stale else Turn(says=(Say("nothing_open"),))
            return self._chosen(fresh[0], answer)
        return self._chosen(self._questions[answer.letter], answer)

    def _resumed(self, question: Question) -> Turn:
        """Nobody can tell what a bare answer of days later is for: the question comes again."""
        return Turn(says=(Say("again", {"letter": question.letter}),))

    def _chosen(self, question: Question, answer: Answer) -> Turn:
        if question.kind == TALK:
            said = answer.words if answer.letter else self._said.text
            return talking.passed(question, said)
        if question.kind in CODED and not question.closed:
            return coding.answered_otherwise(question, answer)
        option = _option(question, answer)
        if option is None:
            return Turn(says=(Say("choose", {"letter": question.letter}),))
        return self._settled(question, option, answer.words)

    def _settled(self, question: Question, option: str | None, words: str) -> Turn:
        if question.closed and (question.ref is None or question.kind.startswith(DRAFTED)):
            return Turn(says=(_over(question),))
        if question.kind.startswith(DRAFTED):
            return drafting.answered(
                question, option, words, self._caller, self._words, self._now
            )  # fmt: skip
        if question.kind.startswith("join-"):
            return joining.answered(question, option, words, self._caller.language)
        if question.kind == talking.WHOSE:
            return self._whose(question, option)
        name = f"{question.kind}.{option}" if option else question.kind
        deed = Deed(name, question.ref, words, {"letter": question.letter, **question.facts})
        return Turn(closes=(question.letter,), deeds=(deed,))

    def _whose(self, question: Question, option: str | None) -> Turn:
        """What they wrote is for the other side of a match, or as if nobody had written to them."""
        if option == "yes":
            return talking.passed_after_all(question)
        again = _Step(
            read(str(question.facts["words"])), self._caller, (), self._words, self._now
        )  # fmt: skip
        return Turn(closes=(question.letter,)) + again._free()

    # Words that work at any time

    def _command(self) -> Turn | None:
        known = {*self._questions, *(one.ref for one in self._questions.values() if one.ref)}
        found = command(self._said, self._words, known)
        if found is None or (not self._caller.known and found.word not in _FOR_STRANGERS):
            return None
        if found.word is Word.STOP_ONE and not self._ends_one(found):
            return None
        if found.letter is not None and found.letter not in self._questions:
            return Turn(says=(Say("letter_unknown", {"letter": found.letter}),))
        if found.word in (Word.NEED, Word.OFFER):
            return self._begin(found.word.value, found.words)
        if found.word is Word.JOIN:
            return Turn(says=(Say("known"),)) if self._caller.known else joining.begin()
        if found.word is Word.MENU:
            return Turn(says=(Say("menu"),))
        return Turn(deeds=(self._deed(found),))

    def _ends_one(self, found: Command) -> bool:
        """A word of networks, or of sentences, is ours with somebody's name or number behind it."""
        return self._caller.ends_somebody or found.words.isdigit()

    def _begin(self, what: str, words: str) -> Turn:
        if not words:
            return Turn(says=(Say(f"say_{what}"),))
        return drafting.begin(what, read(words), self._caller, self._words, self._now)

    def _deed(self, found: Command) -> Deed:
        about = self._questions.get(found.letter or "")
        facts = {
            "letter": found.letter, "minutes": found.minutes, "number": found.number,
            "language": found.language, "kind": about.kind if about else None,
        }  # fmt: skip
        known = {name: value for name, value in facts.items() if value is not None}
        return Deed(
            found.word.value, found.ref or (about.ref if about else None), found.words, known
        )

    # What is said freely

    def _own_words(self) -> Turn | None:
        """The newest open question that words can answer, or the one whose letter they begin with
        (*a* is a word as well: it is a letter where its question is fresh)."""
        open_ones = [one for one in self._fresh() if one.takes_words and one.kind != TALK]
        letter = self._said.words[0].upper()
        named = self._questions.get(letter) if len(self._said.tokens) > 1 else None
        if named is not None and named.takes_words and not named.closed and (
            named in open_ones or letter not in LETTERS_THAT_ARE_WORDS
        ):  # fmt: skip
            return self._settled(named, None, self._said.typed(1))
        if not open_ones:
            return None
        return self._settled(open_ones[-1], None, self._said.text)

    def _talk(self) -> Turn | None:
        """Words under no letter while somebody waits for an answer in words."""
        found = self._caller.understood(self._said, self._words, self._now)
        could_be_new = found.about_help
        return talking.under_no_letter(self._said.text, self._fresh(), could_be_new=could_be_new)

    def _stranger(self) -> Turn | None:
        if self._caller.known:
            return None
        found = self._caller.understood(self._said, self._words, self._now)
        if found.about_help:
            return joining.begin(self._said.text)
        return Turn(deeds=(Deed("unknown", words=self._said.text),))

    def _free(self) -> Turn:
        found = self._caller.understood(self._said, self._words, self._now)
        if found.about_help:
            what = drafting.OFFER if found.offers else drafting.NEED
            return drafting.begin(what, self._said, self._caller, self._words, self._now)
        return Turn(deeds=(Deed("to_people", words=self._said.text),), says=(Say("with_people"),))


_FOR_STRANGERS = frozenset({Word.JOIN, Word.MENU, Word.CALL, Word.WORRIED, Word.COMPLAIN,
                            Word.LANGUAGE})  # fmt: skip


def _over(question: Question) -> Say:
    """An answer to what is settled: of what was posted, that it was; of all else, that it is too
    late."""
    if question.ref is None:
        return Say("too_late", {"letter": question.letter})
    return Say("posted_already", {question.kind.partition("-")[0]: question.ref})


def _option(question: Question, answer: Answer) -> str | None:
    """The code of the answer that was chosen; None where there is none such."""
    if answer.option:
        nth = answer.option - 1
        return question.options[nth] if nth < len(question.options) else None
    ways = [one for one in question.options if one.partition(":")[0] in _YES]
    if answer.yes:
        return ways[0] if len(ways) == 1 else None
    return "no" if "no" in question.options else None
