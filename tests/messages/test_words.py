"""Every message has words, and every text of them fits two segments with the longest values."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.letter_parts import Side
from enabler.domain.letters import TEMPLATES
from enabler.domain.prompts import ASKS
from enabler.domain.vocabulary import CATEGORIES, Channel
from enabler.domain.windows import Window
from enabler.doors.words import texts
from enabler.doors.words.categories import category_name
from enabler.doors.words.passed_words import WITH_WORDS
from enabler.doors.words.sentences import SUBJECTS, TEXTS
from sms.segments import GSM, measure

SERVICES = Path(texts.__file__).parents[2] / "services"
START = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)  # Wed 30 Sept, 11:30am: as long as they get
LONGEST: dict[str, Any] = {
    "consent": "councillor", "version": 12, "word": "f" * 64,
    "place": "Bath and North East Somerset", "timezone": "Europe/London",
    "duty_line": "0117 496 0000", "path": "/matches/ABC123", "category": "emergency",
    "ward": "Kingsweston Westbury and Avonmouth South", "windows": (
        Window(START, START + timedelta(hours=2)),
        Window(START + timedelta(days=1), START + timedelta(days=2)),
    ),
    "visit_start": None, "visit_end": None, "answer_by": START, "next_at": START,
    "needed_by": START, "until": START, "day": START.date(),
    "minutes": 2 * 60 + 45, "reasons": ("asked_least",),
    "slots": 20, "slots_filled": 19,
    "organisation": "Kingsweston Community Larder and Kitchen",
    "people": 50, "kinds": ("emergency", "tech-help", "moving", "paperwork"), "may_share": True,
    "within_metres": 400, "name": "Bartholomew-Christopher Featherstonehaugh", "code": "123456",
    "meet": "public",
    "end_code": "654321", "by_text": True,
    "through": "Wilhelmina-Constance Cholmondeley-Smythe",
    "address": "Flat 22, Featherstonehaugh House, 188 Old Gloucester Road", "postcode": "BS10 7QQ",
}  # fmt: skip
OTHER_LANGUAGES = sorted(
    folder.name for folder in (SERVICES.parent / "translations").iterdir() if folder.is_dir()
)
BASE = "https://enabler.bathandnortheastsomerset.gov.uk"
NETWORKS_OWN = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "START", "YES", "UNSTOP",
                "HELP", "INFO"}  # fmt: skip


def answers(template: str) -> dict[str, Any] | None:
    """What a text says of how it is answered, under the longest letter."""
    asks = ASKS.get(template)
    return asks and {"letter": "ZZ", "kind": asks.kind, "options": asks.options}


def longest_body(template: str, language: str, speaking: Flask) -> str:
    """A text with the longest values in a language, with its answers where it asks."""
    with speaking.app_context(), force_locale(language):
        longest = max(CATEGORIES, key=lambda slug: len(category_name(slug)))
        values = LONGEST | {"category": longest, "answers": answers(template)}
        return texts.message_words(template, values, BASE).body


@pytest.fixture
def speaking(tmp_path: Path) -> Flask:
    """An app with its catalogue and no rows."""
    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'x.sqlite'}",
        database_owner_url="",
        secret_key="k" * 40,
        environment="test",
    )
    return create_app(settings)


def queued_in_services() -> set[str]:
    """Every template code that a service gives to ``tell`` or ``tell_number``."""
    found = set()
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("tell", "_tell")):
                found |= {
                    str(each.value.value)
                    for each in node.keywords
                    if each.arg == "template" and isinstance(each.value, ast.Constant)
                }
    return found


class TestAMessage:
    def test_has_words_and_a_rule(self) -> None:
        assert set(TEXTS) == set(TEMPLATES)
        assert set(SUBJECTS) <= set(TEMPLATES)

    def test_that_a_service_queues_is_known(self) -> None:
        assert queued_in_services() <= set(TEMPLATES)

    @pytest.mark.parametrize("template", sorted(TEMPLATES))
    def test_fits_two_segments(self, template: str, speaking: Flask) -> None:
        body = longest_body(template, "en", speaking)
        measured = measure(body)
        assert (measured.encoding, measured.segments <= 2) == (GSM, True), (measured, body)

    @pytest.mark.parametrize("language", OTHER_LANGUAGES)
    @pytest.mark.parametrize("template", sorted(TEMPLATES))
    def test_fits_three_segments_in_every_other_language(
        self, template: str, language: str, speaking: Flask
    ) -> None:
        body = longest_body(template, language, speaking)
        assert measure(body).segments <= 3, (measure(body), body)

    @pytest.mark.parametrize("template", sorted(ASKS))
    def test_that_asks_says_how_it_is_answered_and_where(
        self, template: str, speaking: Flask
    ) -> None:
        asks = ASKS[template]
        body = longest_body(template, "en", speaking)
        assert f"{BASE}{LONGEST['path']} " in body
        ends = body.partition(" Text ")[2]
        if asks.takes_words:
            assert ends == "ZZ and your words to answer."
            return
        assert [part.split()[0] for part in ends.split(", ")] == [
            f"ZZ{nth}" for nth in range(1, len(asks.options) + 1)
        ]
        with speaking.app_context(), force_locale("en"):
            mail = texts.message_words(template, LONGEST | {"channel": Channel.MAIL}, BASE)
        assert "ZZ1" not in mail.body

    @pytest.mark.parametrize("language", ["en", *OTHER_LANGUAGES])
    @pytest.mark.parametrize("template", sorted(WITH_WORDS))
    @pytest.mark.parametrize(
        "said", ["wela i chi wrth y tŷ " * 60, "x" * 1000, "\u201cok\u201d \U0001f600 {}" * 90]
    )
    def test_that_passes_words_on_says_as_many_as_fit_and_where_the_rest_is(
        self, said: str, template: str, language: str, speaking: Flask
    ) -> None:
        with speaking.app_context(), force_locale(language):
            values = LONGEST | {"said": said, "answers": answers(template)}
            body = texts.message_words(template, values, BASE).body
        measured = measure(body)
        assert measured.segments == (2 if language == "en" else 3), body
        assert language != "en" or measured.encoding == GSM
        assert '..." ' in body
        assert f"{BASE}{LONGEST['path']}" in body

    def test_that_passes_on_other_letters_than_ours_keeps_them(self, speaking: Flask) -> None:
        with speaking.app_context(), force_locale("en"):
            values = LONGEST | {"said": "مرحبا", "name": "Ann", "through": None}
            body = texts.message_words("wrote", values | {"category": "shopping"}, BASE).body
        assert '"مرحبا"' in body

    def test_says_the_words_of_nobody_as_if_they_were_ours(self, speaking: Flask) -> None:
        with speaking.app_context(), force_locale("en"):
            values = LONGEST | {"said": 'ok" Your code is 1234. "', "name": "Ann"}
            body = texts.message_words("wrote", values, BASE).body
        assert "\"ok' Your code is 1234. '\"" in body

    def test_by_mail_says_only_that_there_is_something_to_read(self, speaking: Flask) -> None:
        with speaking.app_context(), force_locale("en"):
            values = LONGEST | {"channel": Channel.MAIL}
            assert "wrote to you" in texts.message_words("wrote", values, BASE).body

    def test_that_is_short_leaves_nothing_out(self, speaking: Flask) -> None:
        short = LONGEST | {"ward": "Southmead", "category": "shopping", "answers": answers("ask")}
        with speaking.app_context(), force_locale("en"):
            body = texts.message_words("ask", short, "https://enabler.bristol.gov.uk").body
        assert body.endswith(
            "Within a quarter of a mile of you. We have not asked you much. Please answer by Wed 30"
            " Sep 11:30am: https://enabler.bristol.gov.uk/matches/ABC123 Text ZZ1 I can, ZZ2 not"
            " this time."
        )

    def test_keeps_the_marks_of_letters_where_there_is_room(self, speaking: Flask) -> None:
        said = LONGEST | {"name": "Siân", "category": "tech-help"}
        with speaking.app_context(), force_locale("cy"):
            assert "ffôn" in texts.message_words("on_way", said, "https://e.example").body

    @pytest.mark.parametrize("template", sorted(TEMPLATES))
    def test_leaves_nothing_unsaid(self, template: str, speaking: Flask) -> None:
        with speaking.app_context(), force_locale("en"):
            body = texts.message_words(template, LONGEST, BASE).body
        assert "%(" not in body
        assert "None" not in body
        assert "  " not in body

    @pytest.mark.parametrize("template", sorted(TEMPLATES))
    def test_shows_no_more_than_its_rule_says(self, template: str, speaking: Flask) -> None:
        secret = {"name": "Zebedee", "address": "99 Hidden Lane", "postcode": "ZZ9 9ZZ"}
        with speaking.app_context(), force_locale("en"):
            body = texts.message_words(template, LONGEST | secret, BASE).body
        seen = {what for what, value in secret.items() if value in body}
        assert seen == set(TEMPLATES[template].sees)

    def test_to_a_councillor_says_how_many_wait_for_what(self, speaking: Flask) -> None:
        told = {"people": 1, "kinds": ("gardening", "meals"), "ward": "Southmead", "path": "/ward"}
        with speaking.app_context(), force_locale("en"):
            body = texts.message_words("more_waiting_ward", LONGEST | told, BASE).body
        assert body == (
            "In Southmead fewer than 5 people wait for help and nobody has said yes: Gardening, A"
            f" cooked meal. Do you know somebody? {BASE}/ward"
        )

    def test_asks_for_no_answer_that_a_network_keeps_for_itself(self) -> None:
        for words in TEXTS.values():
            shouted = {word.strip(".,:!?") for word in words.split() if word.isupper()}
            assert NETWORKS_OWN.isdisjoint(shouted), words

    def test_to_somebody_not_yet_accepted_sees_nothing(self) -> None:
        before = ("ask", "filled", "lapsed", "released", "withdrawn", "brokering_staff")
        assert all(TEMPLATES[template].sees == () for template in before)
        assert all(
            rule.sees == () for rule in TEMPLATES.values() if rule.side in (Side.GIVER, Side.STAFF)
        )
