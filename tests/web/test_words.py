"""Every word of every page goes through the catalogue: a pseudo-language finds those that do not.

In the pseudo-language each letter of a message is a Cyrillic one. Whatever can still be read in
Latin letters was never marked. Names, and what people wrote, are no words of ours: they are in
Greek here.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from babel import Locale
from bs4 import BeautifulSoup
from flask import Flask
from flask_babel import Domain, get_babel
from sqlalchemy import update

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.api_tokens import ApiTokenRow
from enabler.persistence.tables.costs import MatchCostRow
from enabler.persistence.tables.credentials import CredentialWaiverRow, CredentialWantedRow
from enabler.persistence.tables.desk import DeskQuestionRow, StandardAnswerRow
from enabler.persistence.tables.erasure import ErasureProposalRow
from enabler.persistence.tables.hours import PotRow
from enabler.persistence.tables.hours_events import HoursEventRow
from enabler.persistence.tables.hours_proposals import HoursProposalRow
from enabler.persistence.tables.matches import MatchRow, ReportRow
from enabler.persistence.tables.members import HomeRow, MemberRow, OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.own_wordings import GivenWordingRow
from enabler.persistence.tables.places import PlaceRow, WardRow
from enabler.persistence.tables.proofs import ProofRow
from enabler.persistence.tables.safeguarding import ConductRow, HiddenMemberRow, ReportReleaseRow
from enabler.persistence.tables.series import NeedSeriesRow
from enabler.persistence.tables.signals import HeldMessageRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.tables.wishes import MemberWishRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace
from tests.web.checks_scene import (
    checks_desk_tour,
    checks_helpers_tour,
    checks_owners_tour,
    set_checks_scene,
)
from tests.web.hours_scene import hours_desk_tour, set_hours_scene
from tests.web.organisation_scene import (
    organisation_helpers_tour,
    owners_tour,
    registering_tour,
    registrants_tour,
    set_organisation_scene,
)
from tests.web.people import Person
from tests.web.rights_scene import (
    rights_chiefs_tour,
    rights_leads_tour,
    rights_members_tour,
    rights_strangers_tour,
    rights_unasked_tour,
    set_rights_scene,
)
from tests.web.rules_scene import rules_desk_tour, set_rules_scene
from tests.web.safety_scene import (
    administrators_tour,
    concerned_tour,
    leads_tour,
    reporters_tour,
    set_safety_scene,
)
from tests.web.scene import set_scene
from tests.web.signals_scene import leads_tour as signals_leads_tour
from tests.web.signals_scene import set_signals_scene, writers_tour
from tests.web.signing import enter, sign_in, sign_in_staff
from tests.web.tour import (
    Stop,
    askers_tour,
    desk_tour,
    helpers_tour,
    organisations_tour,
    strangers_tour,
)

READABLE = re.compile(r"[A-Za-z][a-z]+")
FILLED_IN = re.compile(r"%\([a-z_]+\)[sd]|%%?\{[a-z]+\}|<[^>]+>")
LINKS = re.compile(r"https?://\S+|\S+@\S+|%\{count\}")
GREEK = "Αβγδ"
SPOKEN = ("aria-label", "title", "alt", "placeholder")
LATIN = Locale("en")
NAMES = {
    "English", "Cymraeg", "Español", "Français", "Polski", "Português", "Română", "Soomaali",
    "Türkçe", "enabler", "demo",
    *LATIN.days["format"]["wide"].values(), *LATIN.months["format"]["wide"].values(),
    *LATIN.days["format"]["abbreviated"].values(), *LATIN.months["format"]["abbreviated"].values(),
    "Carla Rules", "Derek Rules",
}  # fmt: skip
"""Languages by their own names, days and months (Babel's own), a command, the cookie."""

SAID_TO_EACH_OTHER = ".talk .said, .next .said, .notes .said, .held .said"
"""Lines of a conversation and notes of a case, which nothing can turn into Greek: they are never
changed. And what is held of somebody, value by value as it is kept."""


class Pseudo:
    """A catalogue in which every message is in other letters."""

    def ugettext(self, message: str) -> str:
        return pseudo(message)

    def ungettext(self, one: str, many: str, number: int) -> str:
        return pseudo(one if number == 1 else many)


class PseudoDomain(Domain):
    """Hands out that catalogue for every language."""

    def get_translations(self) -> Any:
        return Pseudo()


def pseudo(message: str) -> str:
    """The message with its letters in Cyrillic, but for what is filled in."""
    kept, words = FILLED_IN.findall(message), FILLED_IN.split(message)
    turned = ["".join(_turned(letter) for letter in part) for part in words]
    return turned[0] + "".join(a + b for a, b in zip(kept, turned[1:], strict=True))


def _turned(letter: str) -> str:
    if letter.isascii() and letter.isalpha():
        return chr(0x430 + ord(letter.lower()) % 32)
    return letter


def unmarked(page: BeautifulSoup) -> set[str]:
    """Words on a page that nobody marked."""
    for script in [*page(["script", "style", "code"]), *page.select(SAID_TO_EACH_OTHER)]:
        script.decompose()
    said = [page.get_text(" ")]
    for each in page.find_all(True):
        said += [each[name] for name in SPOKEN if each.has_attr(name)]
        said += [value for name, value in each.attrs.items() if name.startswith("data-i18n")]
    text = LINKS.sub(" ", " ".join(said))
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, " ")
    return set(READABLE.findall(text)) - {"am", "pm"}


PEOPLES_WORDS = (
    (WardRow, "name"),
    (OrganisationRow, "name about address"),
    (MemberRow, "name shown_name"),
    (HomeRow, "address"),
    (NeedRow, "words address"),
    (NeedSeriesRow, "words"),
    (OfferRow, "words"),
    (MatchRow, "visit_words"),
    (MatchCostRow, "words"),
    (CredentialWantedRow, "words"),
    (CredentialWaiverRow, "words"),
    (ProofRow, "for_whom"),
    (MemberWishRow, "access_words"),
    (ReportRow, "words"),
    (HeldMessageRow, "words"),
    (InboundTextRow, "body"),
    (ReportReleaseRow, "words"),
    (ConductRow, "words answer"),
    (HiddenMemberRow, "words"),
    (ErasureProposalRow, "words"),
    (ApiTokenRow, "name"),
    (PotRow, "about"),
    (HoursProposalRow, "words"),
    (HoursEventRow, "words"),
    (DeskQuestionRow, "words"),
    (StandardAnswerRow, "name words"),
    (GivenWordingRow, "phrase folded"),
)
"""Where people's words are kept: rows, and which of their columns."""


@pytest.fixture
def greek(app: Flask, place: BuiltPlace, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The pseudo-language from now on; ``greek()`` puts names and people's words into Greek."""
    # The application is used again after this test: it gets its own words back.
    monkeypatch.setattr(get_babel(app).instance, "domain_instance", PseudoDomain())

    def write() -> None:
        with app.app_context(), unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(name=GREEK, contact={"council": GREEK}))
            decided = HoursProposalRow.decided_by.is_not(None)
            uow.session.execute(update(HoursProposalRow).values(decided_words=GREEK).where(decided))
            for row, columns in PEOPLES_WORDS:
                uow.session.execute(update(row).values(dict.fromkeys(columns.split(), GREEK)))
            uow.commit()

    return write


def walk(person: Person, stops: Iterable[Stop]) -> dict[str, set[str]]:
    """Unmarked words by page."""
    found = {}
    for stop in stops:
        person.open(stop.path)
        if stop.answers is not None:
            person.send(**{name: _greek(value) for name, value in stop.answers.items()})
        assert person.answer.status_code < 500, stop
        found[stop.name] = unmarked(person.page)
    return {name: words for name, words in found.items() if words}


def _greek(value: Any) -> Any:
    """What is typed is data: sentences become Greek, codes and telephone numbers stay."""
    if not isinstance(value, str) or " " not in value:
        return value
    return re.sub(r"[A-Za-z][\w./]*", GREEK, value) if "900" in value else GREEK


def test_pages_of_strangers(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    greek()
    someone = person()
    assert walk(someone, strangers_tour(place)) == {}


def test_pages_of_members_and_staff(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    with app.app_context():
        of_hours, scene = set_hours_scene(place), set_scene(place, said=GREEK)
    greek()
    assert walk(sign_in(app, person(), scene.asker), askers_tour(scene)) == {}
    assert walk(sign_in(app, person(), scene.helper), helpers_tour(scene)) == {}
    assert walk(sign_in(app, person(), scene.cafe), organisations_tour(scene)) == {}
    staff = sign_in_staff(app, person(), place)
    greek()
    assert walk(staff, desk_tour(scene)) == {}
    with app.app_context():
        organised = set_organisation_scene(place)
    greek()
    assert walk(person(), registering_tour(place)) == {}
    assert walk(sign_in(app, person(), organised.owner), owners_tour(organised)) == {}
    helper = sign_in(app, person(), organised.helper)
    assert walk(helper, organisation_helpers_tour(organised)) == {}
    registrant = sign_in(app, person(), organised.registrant)
    assert walk(registrant, registrants_tour(organised)) == {}
    assert walk(staff, hours_desk_tour(of_hours)) == {}
    with app.app_context():
        ruled = set_rules_scene(place, name=GREEK, words=GREEK)
    assert walk(staff, rules_desk_tour(ruled)) == {}
    with app.app_context():
        checks = set_checks_scene(place, training=GREEK)
    greek()
    assert walk(staff, checks_desk_tour(checks)) == {}
    assert walk(sign_in(app, person(), checks.helper), checks_helpers_tour(checks)) == {}
    assert walk(sign_in(app, person(), checks.owner), checks_owners_tour(checks)) == {}
    newcomer = enter(app, person().open("/sign-in"), place, "07700 900952")
    assert unmarked(newcomer.page) == set()
    assert unmarked(newcomer.send(name="").page) == set()


def test_pages_of_what_is_looked_at(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    with app.app_context():
        scene = set_signals_scene(place)
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD)
    writer = sign_in(app, person(), scene.asker)
    greek()
    assert walk(writer, writers_tour(scene)) == {}
    assert walk(lead, signals_leads_tour(scene)) == {}


def test_pages_of_safety(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    with app.app_context():
        safety = set_safety_scene(place)
    greek()
    assert walk(sign_in(app, person(), safety.helper), concerned_tour(safety)) == {}
    assert walk(sign_in(app, person(), safety.asker), reporters_tour(safety)) == {}
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD, nth="-lead")
    chief = sign_in_staff(app, person(), place, Role.ADMINISTRATOR, nth="-chief")
    greek()
    assert walk(lead, leads_tour(safety)) == {}
    assert walk(chief, administrators_tour(safety)) == {}


def test_pages_of_rights(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    with app.app_context():
        scene = set_rights_scene(place, said=GREEK)
    member = sign_in(app, person(), scene.asker)
    unasked = sign_in(app, person(), scene.unasked)
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD, nth="-lead")
    chief = sign_in_staff(app, person(), place, Role.ADMINISTRATOR, nth="-chief")
    greek()
    assert walk(person(), rights_strangers_tour(scene)) == {}
    assert walk(member, rights_members_tour(scene)) == {}
    assert walk(unasked, rights_unasked_tour(scene)) == {}
    assert walk(chief, rights_chiefs_tour(scene)) == {}
    assert walk(lead, rights_leads_tour(scene)) == {}


def test_a_word_that_nobody_marked_is_found(greek: Any, person: Any) -> None:
    assert unmarked(BeautifulSoup("<p>Привет <b>Hello</b></p>", "html.parser")) == {"Hello"}
    assert unmarked(BeautifulSoup('<p aria-label="Close">x</p>', "html.parser")) == {"Close"}
