"""Who acts for whom, on the pages: asked for, agreed to, used, ended without a word."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from enabler.domain import consents
from enabler.domain.vocabulary import Role
from enabler.doors.words.mandates import digest
from enabler.persistence.tables.mandates import MandateRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.services import mandates
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, rows
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import newest_code, phone_of, sign_in, texts

Browser = Callable[[], Person]


@pytest.fixture
def rose(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Rose Long")


@pytest.fixture
def sam(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Sam Near", at=(900, 900))


def acting(app: Flask, browser: Person, sam: BuiltMember, ref: str) -> Person:
    """Signed in, and acting for somebody."""
    return sign_in(app, browser, sam).open("/for").send(f"/for/{ref}")


def fill(person: Person, **answers: object) -> Person:
    """Fill in the form of the page's main part: the head may have one too."""
    header = person.page.find("header")
    if header is not None:
        header.decompose()
    return person.send(**answers)


def counted(app: Flask, kind: type, **where: object) -> int:
    with app.app_context():
        return len(rows(kind, **where))


class TestAsking:
    def test_a_supporter_asks_and_the_member_says_yes_with_a_code(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        number = phone_of(app, rose)
        page = sign_in(app, person(), sam).open("/for/ask")
        page.send(to=number, scopes=["post-need", "message"], days="30")
        assert page.heading == "We have asked them"
        (told, *_) = [each for each in texts(app, place, number) if "act for you" in each]
        assert "Sam" not in told

        hers = sign_in(app, person(), rose).open("/me/supporters")
        assert "Sam asks to act for you" in hers.words
        link = hers.page.select_one('main a[href*="/asked/"]')
        hers.open(str(link["href"]))  # type: ignore[index]
        assert "They cannot change my phone number" in hers.words
        hers.send(scopes=["post-need"], days="20")
        assert hers.heading == "The code that we sent you", hers.problems
        hers.send(code="000000")
        assert hers.error_at("code").startswith("This is not the code")
        hers.send(code=newest_code(app, place, number))
        assert hers.path == "/me/supporters"
        with app.app_context():
            (mandate,) = rows(MandateRow)
        assert (mandate.member_id, mandate.supporter_id) == (rose.id, sam.id)
        assert (mandate.scopes, (mandate.until_at - mandate.from_at).days) == (["post-need"], 20)

    def test_a_member_asks_and_the_supporter_takes_it_on(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        number, his = phone_of(app, rose), phone_of(app, sam)
        page = sign_in(app, person(), rose).open("/me/supporters/ask")
        page.send(to=his, scopes=["see-match"], days="90")
        page.send(code=newest_code(app, place, number))
        assert page.heading == "We have asked them"
        code = newest_code(app, place, his)
        (told,) = [each for each in texts(app, place, his) if "/for/asked/" in each]
        page = sign_in(app, person(), sam).open(
            "/for/asked/" + told.split("/for/asked/")[1].split()[0]
        )
        assert "Rose" not in page.words
        page.send(code=code)
        assert page.heading == "Do you want to act for Rose?"
        page.send(code=code, answer="yes")
        assert "Rose" in page.words
        assert counted(app, MandateRow, member_id=rose.id, supporter_id=sam.id) == 1

    def test_tells_nobody_who_is_a_member(
        self, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        page = sign_in(app, person(), sam)
        answers = []
        for number in (phone_of(app, rose), "07700 900999"):
            page.open("/for/ask").send(to=number, scopes=["message"], days="30")
            answers.append(_without_chance(page.answer.data))
        assert answers[0] == answers[1]


class TestActing:
    def test_shows_on_every_page_for_whom_and_stops_with_a_press(
        self, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            mandate = a_mandate(rose, sam)
        page = acting(app, person(), sam, mandate.ref)
        for path in ("/for/now", "/", "/needs/new", "/near", "/privacy"):
            assert "You act for Rose" in page.open(path).answer.get_data(as_text=True), path
        page.send("/for/stop")
        assert page.path == "/for"
        assert "You act for Rose" not in page.open("/me").answer.get_data(as_text=True)

    def test_begins_from_ones_own_page(
        self, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        """Whoever signs in to do something for somebody finds it at once; others see nothing."""
        page = sign_in(app, person(), sam).open("/me")
        assert page.page.select_one("main a[href='/for']") is None
        with app.app_context():
            a_mandate(rose, sam)
        assert page.open("/me").page.select_one("main a[href='/for']") is not None
        assert "Rose" not in page.words

    def test_asks_for_help_in_her_name(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            mandate = a_mandate(rose, sam)
        page = acting(app, person(), sam, mandate.ref)
        fill(page.open("/needs/new/what"), category="shopping")
        fill(fill(fill(page, words="Milk and bread"), spot="home"))
        fill(fill(page, when="any"), duration_minutes="30", slots="1")
        fill(page, language="")
        assert page.heading == "Check your answers", page.problems
        fill(page)
        assert page.heading == "You have asked for help for Rose", page.problems
        with app.app_context():
            needs = rows(NeedRow)
        assert (needs[0].asker_id, needs[0].posted_by) == (rose.id, sam.id)

    @pytest.mark.prove("7.3")
    @pytest.mark.parametrize(
        "path",
        ["/me", "/me/details", "/me/supporters", "/hours", "/me/looked", "/me/apart",
         "/me/browsers"],
    )  # fmt: skip
    def test_is_refused_beyond_it_in_a_plain_sentence(
        self, path: str, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            mandate = a_mandate(rose, sam)
        page = acting(app, person(), sam, mandate.ref).open(path)
        assert page.answer.status_code == 403, path
        assert "not among the things that they let you do" in page.words

    def test_leaves_nothing_typed_for_the_other(
        self, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            mandate = a_mandate(rose, sam)
        page = sign_in(app, person(), sam)
        page.open("/needs/new/words").send(words="Something about Sam alone.")
        page.open("/for").send(f"/for/{mandate.ref}")
        assert "Sam alone" not in page.open("/needs/new/words").answer.get_data(as_text=True)

    def test_a_form_of_before_asks_once_more(
        self, app: Flask, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        """In one window he acts for Rose; a form stands open in another, of his own."""
        with app.app_context():
            mandate = a_mandate(rose, sam)
        page = sign_in(app, person(), sam).open("/for/ask")
        form = page.typed()
        page.open("/for").send(f"/for/{mandate.ref}")
        answer = page.client.post("/needs/new/words", data={**form, "words": "Milk, please."})
        assert answer.status_code == 400


class TestTheEnd:
    @pytest.mark.prove("7.3")
    @pytest.mark.parametrize("path", ["/for/now", "/needs/new", "/for", "/me", "/"])
    def test_looks_to_the_supporter_as_if_its_time_were_over(
        self, path: str, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember,
        person: Browser, clock: Clock,
    ) -> None:  # fmt: skip
        """Two mandates alike: the one lapses, the other is ended by the member, a third by a
        lead. Bodies and headers of the supporter's next page, and of the one after, are the same
        to the byte, and nothing is sent."""
        seen = []
        with app.app_context():
            other = a_member(place, "Rose Long")
            third = a_member(place, "Rose Long")
            lead = a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))
            kept = {
                "lapsed": a_mandate(rose, sam, days=10),
                "ended": a_mandate(other, sam, days=90),
                "by-lead": a_mandate(third, sam, days=90),
            }
        pages = {how: acting(app, person(), sam, mandate.ref) for how, mandate in kept.items()}
        clock.pass_by(days=10)
        with app.app_context():
            mandates.end(actor=other.actor, ref=kept["ended"].ref, key=a_key(), now=clock.now)
            mandates.end_by_lead(
                actor=lead.actor, ref=kept["by-lead"].ref, key=a_key(), now=clock.now
            )
        for page in pages.values():
            first = page.client.get(path)
            token = page.client.post("/for/stop", data=_token(first.text))
            after = page.client.get("/for")
            seen.append(
                [
                    (one.status_code, _without_chance(one.data), sorted(_headers(one)))
                    for one in (first, token, after)
                ]
            )
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][0][0] == 403
        assert "Rose" not in seen[0][0][1]
        with app.app_context():
            told = [row.template for row in rows(OutboxRow, member_id=sam.id)]
        assert told == ["mandate_yours"] * 3


def _token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return {"csrf_token": found[1]}


def _without_chance(body: bytes) -> str:
    """The body without what is made anew for every page, whoever reads it."""
    chance = r'(nonce="|nonce-|name="csrf_token"[^>]*value="|name="key"[^>]*value=")[^"]*"'
    return re.sub(chance, r"\1", body.decode())


def _headers(answer: Any) -> list[tuple[str, str]]:
    return [
        (name, re.sub(r"nonce-[^']*'", "", value))
        for name, value in answer.headers
        if name not in ("Set-Cookie", "ETag")
    ]


@pytest.mark.parametrize("wording", sorted(consents.OF_MANDATES))
@pytest.mark.parametrize("language", sorted(consents.MANDATE.digests))
def test_what_is_agreed_to_are_the_words_of_the_version(
    app: Flask, language: str, wording: str
) -> None:
    """A changed wording, in any language, is a new version."""
    with app.app_context(), force_locale(language):
        assert digest(wording) == consents.OF_MANDATES[wording].digests[language]


class TestTwoOfOneName:
    def test_look_unlike_wherever_it_is_said_for_whom(
        self, app: Flask, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, person: Browser
    ) -> None:
        with app.app_context():
            other = a_member(place, "Rose King", at=(700, 700))
            mandate = a_mandate(rose, sam)
            other_mandate = a_mandate(other, sam)
        page = sign_in(app, person(), sam).open("/for")
        heads = [each.get_text() for each in page.page.select("main h2")]
        assert heads == ["Rose K.", "Rose L."]
        page.send(f"/for/{mandate.ref}")
        assert page.heading == "You act for Rose L."
        for path in ("/for/now", "/needs/new"):
            assert "Rose L." in page.open(path).words
        with app.app_context():
            mandates.end(actor=other.actor, ref=other_mandate.ref, key=a_key(), now=NOW)
        assert page.open("/for/now").heading == "You act for Rose"
