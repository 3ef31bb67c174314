"""Some answers as they arrive on a phone, word for word, in English and in Welsh."""

from typing import Any

import pytest

from tests.telephone.replying import SHORT_ABOUT, asks, said, says

DRAFT: dict[str, Any] = {
    "words": "can someone get my milk", "category": "shopping", "postcode": "BS3 4QT",
    "address": "",
    "start": "2026-12-04T10:00+00:00", "end": "2026-12-04T11:00+00:00", "tries": 0, "again": False,
    "name": "Ada",
}  # fmt: skip
FACTS: dict[str, Any] = {"letter": "A", "letters": ["A", "B"], "minutes": 90}


def told(*codes: str, **facts: Any) -> dict[str, Any]:
    """What is said, of a match with Ada on Friday."""
    return {"told": says(*codes, about=SHORT_ABOUT, **FACTS | facts)}


def asked(kind: str, *options: str, **facts: Any) -> dict[str, Any]:
    """A question under the letter A."""
    one = asks(kind, options, about=SHORT_ABOUT, **DRAFT | facts)
    return {"asked": [one | {"letter": "A"}]}


ANSWERS: dict[str, dict[str, Any]] = {
    "menu": told("menu"),
    "stranger": told("menu") | {"known": False},
    "which": told("which"),
    "late": told("too_late"),
    "danger": told("danger"),
    "people": told("with_people"),
    "not posted": told("not_posted"),
    "refused": told("refused", why="receiver_unknown"),
    "refused for now": told("refused", why="visit_too_far_ahead", days=90),
    "refused with a length": told("refused", why="gift_more_than_there_is", room=90),
    "refused on a page": told("refused", why="csv_blank"),
    "need": told("say_need"),
    "kind": asked("need-kind"),
    "kinds": asked("need-kind", "shopping", "prescriptions", "other"),
    "not read": asked("need-when", "any", tries=1),
    "where": asked("need-where"),
    "door": asked("need-address"),
    "confirm": asked("need-confirm", "yes", "so", "no"),
    "confirm where": asked("need-confirm", "yes:doorstep", "yes:home", "yes:public", "so", "no"),
    "confirm house": asked("need-confirm", "yes", "so", "no", doorless=True),
    "confirm where and house": asked(
        "need-confirm", "yes:online", "yes:public", "yes:home", "so", "no", doorless=True
    ),
    "confirm a house that was said": asked(
        "need-confirm", "yes", "so", "no", address="12 Mill Lane"
    ),
    "confirm kind": asked(
        "need-confirm",
        "kind:shopping",
        "kind:prescriptions",
        "kind:other",
        "so",
        "no",
        way="doorstep",
        address="12 Mill Lane",
        postcode="",
    ),
    "confirm something else": asked(
        "need-confirm", "yes", "so", "no", category="other", postcode=""
    ),
    "offer": asked("offer-confirm", "yes", "no"),
    "name": asked("join-name"),
    "postcode": asked("join-postcode"),
    "age": asked("join-age", "yes", "no"),
    "minutes or hours": asked(
        "give-which", "minutes", "hours", "no", minutes=10, longer=600, member="7KQ4"
    ),
    "done, and a question": told("not_posted") | asked("need-when", "any"),
}
ENGLISH: dict[str, str] = {
    "menu": (
        "Enabler, Bristol. Text what you need, like: shopping on Friday. Other words: OFFER, MY,"
        " DONE, CAN'T, HOURS, AWAY, BACK, THANKS, SUPPORTERS, LANG. Worried? Text WORRIED. To talk"
        " to somebody text CALL ME. Or ring 0117 496 0000."
    ),
    "stranger": (
        "Enabler, Bristol: neighbours help each other. Text JOIN to join us, or CALL ME and we"
        " ring you. Worried about somebody? Text WORRIED. Or ring 0117 496 0000."
    ),
    "which": "Which one do you mean, A or B? Put the letter first, like A1.",
    "late": "Sorry, that question is over now. Text MY to see what is open.",
    "danger": (
        "In danger ring 999 now. Do not wait for us. People at the council will read your text"
        " too, but not at once. Or ring 0117 496 0000."
    ),
    "people": "We have your text. A person will read it and answer you. Or ring 0117 496 0000.",
    "not posted": "All right, we do nothing. Text us again when you need something.",
    "refused": "We know nobody with this reference here. Check each letter.",
    "refused for now": "That is too far ahead. Text a day within 90 days.",
    "refused with a length": (
        "You cannot give that much now. The most you can give is 1 hour 30 minutes."
    ),
    "refused on a page": "That did not work. Text CALL ME and we ring you. Or ring 0117 496 0000.",
    "need": "What do you need? Text NEED and a few words, like: NEED shopping on Friday.",
    "kind": "What do you need help with? Say it in a few words, like shopping or a lift.",
    "kinds": (
        "What do you need help with? Say it in a few words, like shopping or a lift. Or text A1"
        " shopping, A2 collecting medicine, A3 something else."
    ),
    "not read": (
        "Sorry, we could not read that. When do you need it? Text the day and time, like Friday"
        " 2pm. Or text A1 any time."
    ),
    "where": "Where is it? Text the whole postcode, like BS3 4QT.",
    "door": "What are the house number and the street at BS3 4QT? Only your helper is told.",
    "confirm": (
        "You need: shopping, Fri 4 Dec 10am to 11am, at BS3 4QT. No child, no personal care, no"
        " money to hold. Is that right? Text A1 right, A2 there is one of these, A3 not right."
    ),
    "confirm where": (
        "You need: shopping, Fri 4 Dec 10am to 11am, at BS3 4QT. No child, no personal care, no"
        " money to hold. Where would you meet your helper? Text A1 at the door, A2 inside the"
        " home, A3 in a public place, A4 there is one of these, A5 not right."
    ),
    "confirm something else": (
        'You need: "can someone get my milk", Fri 4 Dec 10am to 11am, at your home. No child, no'
        " personal care, no money to hold. Is that right? Text A1 right, A2 there is one of"
        " these, A3 not right."
    ),
    "confirm house": (
        "You need: shopping, Fri 4 Dec 10am to 11am, at BS3 4QT. No child, no personal care, no"
        " money to hold. Is that right? Text A1 right, A2 there is one of these, A3 not right."
        " Which house? Add it, like A1 12 Mill Lane. Only your helper is told."
    ),
    "confirm where and house": (
        "You need: shopping, Fri 4 Dec 10am to 11am, at BS3 4QT. No child, no personal care, no"
        " money to hold. Where would you meet your helper? Text A1 by phone or online, A2 in a"
        " public place, A3 inside the home, A4 there is one of these, A5 not right. Add the house:"
        " A3 12 Mill Lane."
    ),
    "confirm a house that was said": (
        "You need: shopping, Fri 4 Dec 10am to 11am, at 12 Mill Lane, BS3 4QT. No child, no"
        " personal care, no money to hold. Is that right? Text A1 right, A2 there is one of"
        " these, A3 not right."
    ),
    "confirm kind": (
        "You need help Fri 4 Dec 10am to 11am, at 12 Mill Lane, at the door. No child, no"
        " personal care, no money to hold. What with? Text A1 shopping, A2 collecting medicine,"
        " A3 something else, A4 there is one of these, A5 not right."
    ),
    "offer": (
        "You offer help with: shopping, to people within a mile of your home. Is that right? Text"
        " A1 right, A2 not right."
    ),
    "name": "This is Enabler, Bristol: neighbours help each other. To join, text your first name.",
    "postcode": "Thank you, Ada. What is your postcode? Text all of it, like BS3 4QT.",
    "age": "Are you 18 or over? Text A1 I am 18 or over, A2 I am younger.",
    "minutes or hours": (
        "Give 10 minutes or 10 hours to Ada (7KQ4)? Text A1 minutes, A2 hours, A3 give nothing."
    ),
    "done, and a question": (
        "All right, we do nothing. Text us again when you need something. When do you need it?"
        " Text the day and time, like Friday 2pm. Or text A1 any time."
    ),
}
WELSH: dict[str, str] = {
    "menu": (
        "Enabler, Bristol. Tecstiwch beth sydd ei angen, fel: siopa ddydd Gwener. Geiriau"
        " eraill: CYNNIG, RHESTR, WEDI GWNEUD, METHU, ORIAU, I FFWRDD, YN OL, DIOLCH, CEFNOGWYR,"
        " IAITH. Yn poeni? Tecstiwch POENI. I siarad a rhywun tecstiwch FFONIWCH FI. Neu ffoniwch"
        " 0117 496 0000."
    ),
    "stranger": (
        "Enabler, Bristol: cymdogion yn helpu ei gilydd. Tecstiwch YMUNO i ymuno, neu FFONIWCH"
        " FI ac fe ffoniwn chi. Yn poeni am rywun? Tecstiwch POENI. Neu ffoniwch 0117 496 0000."
    ),
    "which": "Pa un ydych chi'n ei olygu, A neu B? Rhowch y llythyren gyntaf, fel A1.",
    "late": "Sori, mae'r cwestiwn hwnnw ar ben. Tecstiwch RHESTR i weld beth sydd ar agor.",
    "danger": (
        "Mewn perygl ffoniwch 999 nawr. Peidiwch ag aros amdanom ni. Bydd pobl yn y cyngor yn"
        " darllen eich neges hefyd, ond nid ar unwaith. Neu ffoniwch 0117 496 0000."
    ),
    "people": (
        "Mae eich neges gennym. Bydd person yn ei darllen ac yn eich ateb. Neu ffoniwch 0117 496"
        " 0000."
    ),
    "not posted": "Iawn, wnawn ni ddim byd. Tecstiwch ni eto pan fydd angen rhywbeth arnoch.",
    "refused": "Dydyn ni ddim yn adnabod neb â'r cyfeirnod hwn yma. Gwiriwch bob llythyren.",
    "refused for now": "Mae hynny'n rhy bell i ffwrdd. Tecstiwch ddiwrnod o fewn 90 diwrnod.",
    "refused with a length": (
        "Ni allwch roi cymaint â hynny nawr. Y mwyaf y gallwch ei roi yw 1 awr 30 munud."
    ),
    "refused on a page": (
        "Weithiodd hynny ddim. Tecstiwch FFONIWCH FI ac fe ffoniwn chi. Neu ffoniwch 0117 496 0000."
    ),
    "need": (
        "Beth sydd ei angen arnoch? Tecstiwch ANGEN ac ychydig eiriau, fel: ANGEN siopa ddydd"
        " Gwener."
    ),
    "kind": "Gyda beth mae angen help arnoch? Dywedwch mewn ychydig eiriau, fel siopa neu lifft.",
    "kinds": (
        "Gyda beth mae angen help arnoch? Dywedwch mewn ychydig eiriau, fel siopa neu lifft. Neu"
        " tecstiwch A1 siopa, A2 casglu meddyginiaeth, A3 rhywbeth arall."
    ),
    "not read": (
        "Sori, doedden ni ddim yn gallu darllen hynny. Pryd mae ei angen arnoch? Tecstiwch y"
        " diwrnod a'r amser, fel Gwener 2pm. Neu tecstiwch A1 unrhyw bryd."
    ),
    "where": "Ble mae e? Tecstiwch y cod post cyfan, fel BS3 4QT.",
    "door": "Beth yw rhif y tŷ a'r stryd yn BS3 4QT? Dim ond eich helpwr gaiff wybod.",
    "confirm": (
        "Angen: siopa, Gwen 4 Rhag 10am i 11am, yn BS3 4QT. Dim plentyn, dim gofal personol, dim"
        " arian i'w ddal. Ydy hynny'n iawn? Tecstiwch A1 iawn, A2 mae un o'r rhain, A3 ddim yn"
        " iawn."
    ),
    "confirm where": (
        "Angen: siopa, Gwen 4 Rhag 10am i 11am, yn BS3 4QT. Dim plentyn, dim gofal personol, dim"
        " arian i'w ddal. Ble byddech chi'n cwrdd a'ch helpwr? Tecstiwch A1 wrth y drws, A2 y tu"
        " mewn i'r cartref, A3 mewn lle cyhoeddus, A4 mae un o'r rhain, A5 ddim yn iawn."
    ),
    "confirm something else": (
        'Angen: "can someone get my milk", Gwen 4 Rhag 10am i 11am, yn eich cartref. Dim'
        " plentyn, dim gofal personol, dim arian i'w ddal. Ydy hynny'n iawn? Tecstiwch A1 iawn,"
        " A2 mae un o'r rhain, A3 ddim yn iawn."
    ),
    "confirm house": (
        "Angen: siopa, Gwen 4 Rhag 10am i 11am, yn BS3 4QT. Dim plentyn, dim gofal personol, dim"
        " arian i'w ddal. Ydy hynny'n iawn? Tecstiwch A1 iawn, A2 mae un o'r rhain, A3 ddim yn"
        " iawn. Pa dy? Ychwanegwch, fel A1 12 Heol Felin. Dim ond eich helpwr gaiff wybod."
    ),
    "confirm where and house": (
        "Angen: siopa, Gwen 4 Rhag 10am i 11am, yn BS3 4QT. Dim plentyn, dim gofal personol, dim"
        " arian i'w ddal. Ble byddech chi'n cwrdd a'ch helpwr? Tecstiwch A1 dros y ffon neu"
        " ar-lein, A2 mewn lle cyhoeddus, A3 y tu mewn i'r cartref, A4 mae un o'r rhain, A5 ddim"
        " yn iawn. Pa dy? Ychwanegwch, fel A3 12 Heol Felin. Dim ond eich helpwr gaiff wybod."
    ),
    "confirm a house that was said": (
        "Angen: siopa, Gwen 4 Rhag 10am i 11am, yn 12 Mill Lane, BS3 4QT. Dim plentyn, dim gofal"
        " personol, dim arian i'w ddal. Ydy hynny'n iawn? Tecstiwch A1 iawn, A2 mae un o'r rhain,"
        " A3 ddim yn iawn."
    ),
    "confirm kind": (
        "Angen help Gwen 4 Rhag 10am i 11am, yn 12 Mill Lane, wrth y drws. Dim plentyn, dim gofal"
        " personol, dim arian i'w ddal. Gyda beth? Tecstiwch A1 siopa, A2 casglu meddyginiaeth, A3"
        " rhywbeth arall, A4 mae un o'r rhain, A5 ddim yn iawn."
    ),
    "offer": (
        "Rydych yn cynnig help gyda: siopa, i bobl o fewn milltir i'ch cartref. Ydy hynny'n iawn?"
        " Tecstiwch A1 iawn, A2 ddim yn iawn."
    ),
    "name": (
        "Dyma Enabler, Bristol: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf."
    ),
    "postcode": "Diolch, Ada. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.",
    "age": "Ydych chi'n 18 oed neu hŷn? Tecstiwch A1 rwy'n 18 oed neu hŷn, A2 rwy'n iau.",
    "minutes or hours": (
        "Rhoi 10 munud neu 10 awr i Ada (7KQ4)? Tecstiwch A1 munud, A2 awr, A3 rhoi dim."
    ),
    "done, and a question": (
        "Iawn, wnawn ni ddim byd. Tecstiwch ni eto pan fydd angen rhywbeth arnoch. Pryd mae ei"
        " angen arnoch? Tecstiwch y diwrnod a'r amser, fel Gwener 2pm. Neu tecstiwch A1 unrhyw"
        " bryd."
    ),
}


@pytest.mark.parametrize(("language", "texts"), [("en", ENGLISH), ("cy", WELSH)])
def test_an_answer_is_this_text(language: str, texts: dict[str, str]) -> None:
    for name, made in ANSWERS.items():
        told_ones = made.get("told", ())
        house = {each: value for each, value in made.items() if each != "told"}
        body = said(
            *told_ones, language=language, place="Bristol", base="https://e.example", **house
        )
        assert body == texts[name], name
