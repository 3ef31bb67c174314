"""A visit and one's own checks by a program: the same services, the same words as on the pages."""

from datetime import timedelta

import pytest
from flask import Flask

from enabler.services import credentials
from tests.api.programs import Program, a_program
from tests.api.test_nouns import done, refused
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, a_place
from tests.services.deeds import a_key

MINUTE = timedelta(minutes=1)
NEED = {"category": "shopping", "words": "Milk, please.", "circumstances": []}


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody who asks."""
    with app.app_context():
        return a_member(place, "Rosa Long")


@pytest.fixture
def hal(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody who helps."""
    with app.app_context():
        return a_helper(place, "Hal Near")


class TestAVisit:
    @pytest.fixture
    def programs(self, app: Flask, rosa: BuiltMember, hal: BuiltMember) -> tuple[Program, Program]:
        return a_program(app, rosa), a_program(app, hal)

    @pytest.fixture
    def ref(self, programs: tuple[Program, Program]) -> str:
        """One that begins in half an hour."""
        hers, his = programs
        done(hers.post("/needs", NEED), 201)
        (match,) = his.get("/matches").json["matches"]
        assert match["day"] is None
        done(his.post(f"/matches/{match['ref']}/accept"))
        time = {"start": (NOW + 30 * MINUTE).isoformat(), "end": (NOW + 90 * MINUTE).isoformat()}
        done(his.post(f"/matches/{match['ref']}/arrange", time))
        return str(match["ref"])

    def test_has_a_beginning_and_an_end(self, programs: tuple[Program, Program], ref: str) -> None:
        hers, his = programs
        path = f"/matches/{ref}"
        word = done(hers.get(path))["day"]["word"]
        assert done(his.get(path))["day"]["word"] == word
        assert done(his.post(f"{path}/watch"))["day"]["watched"] is True
        arrived = done(his.post(f"{path}/arrive"))["day"]
        assert arrived["arrived_at"] == NOW.isoformat()
        assert {"leave", "stay", "stuck"} <= set(arrived["may"])
        stayed = done(his.post(f"{path}/stay", {"minutes": 45}))["day"]
        assert stayed["until_at"] == (NOW + 45 * MINUTE).isoformat()
        assert refused(his.post(f"{path}/stay", {"minutes": 999}))[0] == 400
        assert done(his.post(f"{path}/leave"))["day"]["left_at"] == NOW.isoformat()
        for verb in ("arrive", "leave", "watch"):
            assert refused(hers.post(f"{path}/{verb}"))[0] == 403

    def test_can_call_for_help_from_both_sides(
        self, programs: tuple[Program, Program], ref: str
    ) -> None:
        hers, his = programs
        path = f"/matches/{ref}"
        assert refused(his.post(f"{path}/wrong-word"))[0] == 403
        assert done(hers.post(f"{path}/wrong-word"))["day"]["stuck_at"] == NOW.isoformat()
        assert "stuck" not in done(his.post(f"{path}/stuck"))["day"]["may"]

    def test_tells_what_a_helper_lacks_and_until_when_the_asker_waits(
        self, app: Flask, place: BuiltPlace, hal: BuiltMember, rosa: BuiltMember
    ) -> None:
        hers, his = a_program(app, rosa), a_program(app, hal)
        done(hers.post("/needs", NEED), 201)
        (match,) = his.get("/matches").json["matches"]
        path = f"/matches/{match['ref']}"
        done(his.post(f"{path}/accept"))
        start = NOW + timedelta(days=3)
        time = {"start": start.isoformat(), "end": (start + 60 * MINUTE).isoformat()}
        done(his.post(f"{path}/arrange", time))
        with app.app_context():
            custodian = a_custodian(place)
            for one in his.get("/me/credentials").json["checks"]:
                credentials.revoke(
                    actor=custodian.actor, ref=one["ref"], words="Not theirs.", key=a_key(),
                    now=NOW,
                )  # fmt: skip
        theirs = done(his.get(path))
        assert (theirs["address"], theirs["day"]["word"]) == (None, None)
        assert "identity" in theirs["day"]["missing"]
        waits = done(hers.get(path))["day"]
        assert (waits["missing"], waits["waits_until"]) == (
            [], (start - timedelta(days=1)).isoformat()
        )  # fmt: skip


class TestYourChecks:
    def test_are_asked_for_shown_and_hidden_again(
        self, app: Flask, place: BuiltPlace, hal: BuiltMember
    ) -> None:
        with app.app_context():
            other = a_place("farby", area="NE")
        his = a_program(app, hal)
        asked = done(his.post("/me/credentials/ask", {"kind": "training", "words": "On Monday."}))
        (wanted,) = asked["wanted"]
        assert (wanted["kind"], wanted["words"]) == ("training", "On Monday.")
        again = his.post("/me/credentials/ask", {"kind": "training"})
        assert refused(again) == (400, "check_wanted_already")
        assert done(his.post(f"/me/credentials/asked/{wanted['ref']}/withdraw"))["wanted"] == []
        check = asked["checks"][0]
        shown = done(his.post(
            f"/me/credentials/{check['ref']}/share", {"to": other.slug, "until": "2026-04-02"}
        ))  # fmt: skip
        (share,) = shown["shares"]
        assert share["kind"] == check["kind"]
        assert done(his.post(f"/me/credentials/shares/{share['ref']}/end"))["shares"] == []

    def test_are_nobody_elses(self, app: Flask, hal: BuiltMember, rosa: BuiltMember) -> None:
        hers, his = a_program(app, rosa), a_program(app, hal)
        (ref, *_) = [one["ref"] for one in done(his.get("/me/credentials"))["checks"]]
        sent = {"to": "farby", "until": "2026-04-02"}
        assert refused(hers.post(f"/me/credentials/{ref}/share", sent))[0] == 404
        assert ref not in {one["ref"] for one in done(hers.get("/me/credentials"))["checks"]}


def test_what_holds_a_need_is_said_to_its_asker_as_on_the_page(
    app: Flask, rosa: BuiltMember
) -> None:
    hers = a_program(app, rosa)
    words = "Milk please, and see http://example.com/pay"
    ref = done(hers.post("/needs", NEED | {"words": words}), 201)["ref"]
    need = done(hers.get(f"/needs/{ref}"))
    assert need["state"] == "held"
    (why,) = need["held_for"]
    assert why["code"].startswith("link")
    assert why["sentence"]


def test_a_message_that_waits_is_told_to_both_and_its_words_to_its_writer(
    app: Flask, rosa: BuiltMember, hal: BuiltMember
) -> None:
    hers, his = a_program(app, rosa), a_program(app, hal)
    done(hers.post("/needs", NEED), 201)
    (match,) = his.get("/matches").json["matches"]
    path = f"/matches/{match['ref']}"
    done(his.post(f"{path}/accept"))
    scam = "Please buy gift cards and send me the codes, http://pay.example.com"
    mine = done(his.post(f"{path}/say", {"words": scam}))["not_passed"]
    assert [(one["mine"], one["words"]) for one in mine] == [(True, scam)]
    theirs = done(hers.get(f"{path}/conversation"))
    assert [(one["mine"], one["words"]) for one in theirs["not_passed"]] == [(False, None)]
    assert scam not in str(theirs)


def test_a_check_is_of_a_kind_that_we_know(app: Flask, hal: BuiltMember) -> None:
    answer = a_program(app, hal).post("/me/credentials/ask", {"kind": "nonsense"})
    assert refused(answer)[0] == 400
