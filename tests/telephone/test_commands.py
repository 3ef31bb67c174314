"""The words that work at any time, and sentences that only begin like them."""

import pytest

from sms.commands import Command, command
from sms.reading import read
from sms.tongues import TONGUES, Word, tongues

EN, CY = tongues("en"), tongues("cy")
KNOWN = {"A", "B", "WXYZ"}


def said(text: str, language: tuple = EN) -> Command | None:
    return command(read(text), language, KNOWN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NEED someone to walk my dog", Command(Word.NEED, words="someone to walk my dog")),
        ("offer: lifts on tuesdays", Command(Word.OFFER, words="lifts on tuesdays")),
        ("My", Command(Word.MY)),
        ("whats open?", Command(Word.MY)),
        ("DONE A 1h30", Command(Word.DONE, letter="A", minutes=90)),
        ("done b 45 mins lovely chat", Command(Word.DONE, letter="B", minutes=45,
                                               words="lovely chat")),
        ("done, an hour and a half", Command(Word.DONE, minutes=90)),
        ("done", Command(Word.DONE)),
        ("CAN'T A", Command(Word.CANNOT, letter="A")),
        ("CAN'T 4F2K", Command(Word.CANNOT, ref="4F2K")),
        ("cant 4f2k my back hurts", Command(Word.CANNOT, ref="4F2K", words="my back hurts")),
        ("DONE 4F2K 1h", Command(Word.DONE, ref="4F2K", minutes=60)),
        ("done 90mins", Command(Word.DONE, minutes=90)),
        ("done 1h30 all fine", Command(Word.DONE, minutes=90, words="all fine")),
        ("CAN'T HKMQ", Command(Word.CANNOT, ref="HKMQ")),
        ("why wxyz", Command(Word.WHY, ref="WXYZ")),
        ("THANKS 4F2K lovely", Command(Word.THANKS, ref="4F2K", words="lovely")),
        ("cant b my car broke down", Command(Word.CANNOT, letter="B", words="my car broke down")),
        ("Cant make it sorry", Command(Word.CANNOT, words="sorry")),
        ("hours?", Command(Word.HOURS)),
        ("GIVE 2 7KQ4", Command(Word.GIVE, number=2, ref="7KQ4")),
        ("give 12 to 7kq4 for the jam", Command(Word.GIVE, number=12, ref="7KQ4",
                                                words="for the jam")),
        ("rho 1 i 7KQ4", Command(Word.GIVE, number=1, ref="7KQ4")),
        ("GIVE 13 7KQ4", Command(Word.GIVE, minutes=13, ref="7KQ4")),
        ("GIVE 10 minutes 7KQ4", Command(Word.GIVE, minutes=10, ref="7KQ4")),
        ("GIVE 10m 7KQ4", Command(Word.GIVE, minutes=10, ref="7KQ4")),
        ("GIVE 2 hours to 7KQ4", Command(Word.GIVE, minutes=120, ref="7KQ4")),
        ("GIVE 1.5 7KQ4", Command(Word.GIVE, minutes=90, ref="7KQ4")),
        ("GIVE 1:30 7KQ4", Command(Word.GIVE, minutes=90, ref="7KQ4")),
        ("rhoi 10 munud i 7KQ4", Command(Word.GIVE, minutes=10, ref="7KQ4")),
        ("rho ddwy awr i'r 7KQ4", Command(Word.GIVE, minutes=120, ref="7KQ4")),
        ("rhoi deng munud at 7KQ4 am y jam", Command(Word.GIVE, minutes=10, ref="7KQ4",
                                                     words="am y jam")),
        ("give half an hour to 7kq4 for the jam", Command(Word.GIVE, minutes=30, ref="7KQ4",
                                                          words="for the jam")),
        ("AWAY till Friday", Command(Word.AWAY, words="till Friday")),
        ("away", Command(Word.AWAY)),
        ("I'm back", Command(Word.BACK)),
        ("WHY A", Command(Word.WHY, letter="A")),
        ("why?", Command(Word.WHY)),
        ("CALL ME", Command(Word.CALL)),
        ("Please ring me after 6", Command(Word.CALL, words="after 6")),
        ("Worried about my neighbour", Command(Word.WORRIED, words="about my neighbour")),
        ("REPORT he asked for money", Command(Word.REPORT, words="he asked for money")),
        ("block a", Command(Word.BLOCK, letter="A")),
        ("COMPLAIN nobody rang", Command(Word.COMPLAIN, words="nobody rang")),
        ("LANG CY", Command(Word.LANGUAGE, language="cy")),
        ("language", Command(Word.LANGUAGE)),
        ("menu", Command(Word.MENU)),
        ("HELP", Command(Word.MENU)),
        ("join", Command(Word.JOIN)),
        ("Thank you, you are a star", Command(Word.THANKS, words="you are a star")),
    ],
)  # fmt: skip
def test_is_a_command(text: str, found: Command) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "my mum needs a lift",
        "give me a ring when you can",
        "give jean an hour of mine, she'll know why",
        "can't get to the shop any more",
        "cant sleep",
        "can't cook",
        "why bother",
        "away from home next week, who feeds the cat?",
        "why is nobody coming",
        "help me carry a wardrobe please",
        "hours of gardening to do, anyone?",
        "back garden needs digging",
        "block of flats needs sweeping",
        "menus for the club printed",
    ],
)
def test_is_a_sentence_of_its_own(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ANGEN rhywun i siopa", Word.NEED), ("Wedi gwneud A 1 awr", Word.DONE),
        ("methu A", Word.CANNOT), ("oriau", Word.HOURS), ("i ffwrdd tan dydd Gwener", Word.AWAY),
        ("pam?", Word.WHY), ("poeni am fy nghymydog", Word.WORRIED), ("iaith saesneg",
                                                                      Word.LANGUAGE),
        ("Ffoniwch fi os gwelwch yn dda, haws o lawer na'r hen decstio 'ma", Word.CALL),
    ],
)  # fmt: skip
def test_is_one_in_welsh_for_whoever_reads_english_too(text: str, word: Word) -> None:
    for language in (CY, EN):
        found = said(text, language)
        assert found is not None
        assert found.word is word


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES)
def test_no_word_that_we_teach_is_one_on_which_a_provider_acts(tongue) -> None:
    providers = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "start", "yes",
                 "unstop", "help", "info"}  # fmt: skip
    taught = {phrases[0] for phrases in tongue.commands.values()}
    assert not {word for phrase in taught for word in phrase} & providers


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES)
def test_no_phrase_means_two_things(tongue) -> None:
    every = [phrase for phrases in tongue.commands.values() for phrase in phrases]
    assert len(every) == len(set(every))
    assert not set(tongue.yes) & set(tongue.no)
    assert not {*every} & {*tongue.yes, *tongue.no}
