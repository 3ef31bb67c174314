"""Why somebody was asked, and why somebody was not: as it was then, whatever has changed since."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from enabler.cli import enabler
from enabler.config import Settings
from enabler.domain import considerations
from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OfferState, Verdict
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import explanations, matches, offers, rounds
from tests.builders import NOW, BuiltPlace, a_custodian, a_helper, a_member, an_offer, share
from tests.services.deeds import a_key, decline, post, the_ask

OPERATOR = Actor.operator("a test")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = Window(NOW + DAY, NOW + DAY + 2 * HOUR)
MONDAYS = [Weekly(0, 540, 600)]
Explain = Callable[..., list[str]]


def became(need_ref: str, offer_ref: str, now: datetime = NOW) -> list[object]:
    """What became of an offer each time, with its place where it could be asked."""
    found = explanations.about_offer(
        actor=OPERATOR, need_ref=need_ref, offer_ref=offer_ref, now=now
    )
    return [one.code if one.place is None else (one.place, one.code) for one in found.findings]


class TestOfANeed:
    def test_tells_what_was_considered_then_not_what_would_hold_now(
        self, place: BuiltPlace
    ) -> None:
        a_helper(place, "Ask")
        an_offer(a_member(place, "Far", at=(3900, 3900)), reach=500)
        busy = an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        need = post(a_member(place), windows=(TOMORROW,))
        before = explanations.about_need(actor=OPERATOR, need_ref=need.ref.lower(), now=NOW)
        a_helper(place, "New")

        after = explanations.about_need(actor=OPERATOR, need_ref=need.ref, now=NOW)

        assert after == before
        (one,) = after.considerations
        assert (one.considered, one.refused, one.wave) == (3, {"reach": 1, "time": 1}, 0)
        assert one.refusals == ((busy, "time"),)
        (ranked,) = one.ranked
        assert (ranked.verdict, ranked.place, ranked.within_metres) == (Verdict.ASKED, 1, 1000)
        assert sum(reason.points for reason in ranked.reasons) == ranked.score
        (asked,) = after.asked
        assert (asked.offer_ref, asked.score) == (ranked.offer_ref, ranked.score)
        assert after.present is None

    def test_tells_what_would_hold_now_to_whoever_wants_it(self, place: BuiltPlace) -> None:
        need = post(a_member(place), windows=(TOMORROW,))
        mondays = an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        new = an_offer(a_member(place, "New"))

        found = explanations.about_need(
            actor=OPERATOR, need_ref=need.ref, now=NOW, present=True
        ).present

        assert found is not None
        assert [(one.offer_ref, one.place) for one in found.possible] == [(new, 1)]
        assert (found.considered, found.refused, found.near_misses) == (
            2, {"time": 1}, {"time": 1}
        )  # fmt: skip
        assert found.refusals == ((mondays, "time"),)
        assert found.other_days == {date(2026, 3, 16): 1}

    def test_up_to_a_moment_leaves_out_what_came_later(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        need = post(a_member(place))
        decline(helper, now=NOW + HOUR)
        rounds.work_due_needs(now=NOW + HOUR)
        for now, waves in ((NOW, [0]), (NOW + HOUR, [0, 1])):
            found = explanations.about_need(actor=OPERATOR, need_ref=need.ref, now=now)
            assert [one.wave for one in found.considerations] == waves

    def test_is_for_custodians_of_the_place(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        asker, stranger = a_member(place), a_custodian(noise)
        offer = an_offer(a_member(place, "Hal"))
        need = post(asker)
        for actor, refused in ((asker.actor, NotAllowed), (stranger.actor, NotFound)):
            with pytest.raises(refused):
                explanations.about_need(actor=actor, need_ref=need.ref, now=NOW)
            with pytest.raises(refused):
                explanations.about_offer(actor=actor, need_ref=need.ref, offer_ref=offer, now=NOW)
        custodian = a_custodian(place).actor
        assert explanations.about_need(actor=custodian, need_ref=need.ref, now=NOW).asked


class TestOfAnOffer:
    def test_tells_its_place_and_what_became_of_it_each_time(self, place: BuiltPlace) -> None:
        crowd = [a_member(place, f"Hal {n}", at=(500 + 300 * n, 500)) for n in range(5)]
        given = [an_offer(one) for one in crowd]
        need = post(a_member(place))
        for helper in crowd[:3]:
            decline(helper, now=NOW + HOUR)
        rounds.work_due_needs(now=NOW + HOUR)
        offers.end(actor=crowd[0].actor, ref=given[0], key=a_key(), now=NOW + 2 * HOUR)

        later = NOW + 2 * HOUR
        assert became(need.ref, given[0], later) == [(1, "asked"), "asked"]
        assert became(need.ref, given[3], later) == [(4, "beyond"), (1, "asked")]
        assert became(need.ref, given[3]) == [(4, "beyond")]

    def test_tells_the_rule_that_refused_it(self, place: BuiltPlace) -> None:
        busy = an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        unchecked = an_offer(a_member(place, "New", credentials=[]))
        need = post(a_member(place), windows=(TOMORROW,))
        assert became(need.ref, busy) == ["time"]
        assert became(need.ref, unchecked) == ["credential"]

    def test_tells_what_follows_from_the_offer_itself(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        far = an_offer(a_member(place, "Far", at=(3900, 3900)), reach=500)
        other = an_offer(a_member(place, "Gardener"), "gardening")
        paused = an_offer(a_member(place, "Paused"), state=OfferState.PAUSED)
        elsewhere = an_offer(a_member(noise, "Elsewhere"))
        need = post(a_member(place))
        new = an_offer(a_member(place, "New"), posted_at=NOW + HOUR)
        for offer, code in (
            (far, "reach"), (other, "category"), (paused, "not-open"), (elsewhere, "place"),
            (new, "too-new"),
        ):  # fmt: skip
            assert became(need.ref, offer) == [code]

    def test_of_a_need_with_a_limit_of_the_askers_own_is_too_far_for_them(
        self, place: BuiltPlace
    ) -> None:
        offer = an_offer(a_member(place, "Hal", at=(2500, 500)))
        assert became(post(a_member(place), reach_metres=800).ref, offer) == ["reach"]

    def test_says_so_where_only_the_number_was_kept(self, place: BuiltPlace) -> None:
        """A round counts whom it refuses."""
        busy = an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        far = an_offer(a_member(place, "Far", at=(2500, 500)))
        need = post(a_member(place), windows=(TOMORROW,), reach_metres=800)
        a_helper(place)
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)
        assert became(need.ref, busy) == ["time", "not-kept"]
        assert became(need.ref, far) == ["reach", "reach"]  # that follows from where it is

    def test_says_so_too_where_some_too_far_away_are_named_and_some_are_not(
        self, place: BuiltPlace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the corner of the box of reach, beyond it, and far: of three refused by the time, the
        last is not named."""
        monkeypatch.setattr(considerations.bounded, "__defaults__", (3,))
        an_offer(a_member(place, "Corner", at=(2500, 2500)), reach=2100)
        an_offer(a_member(place, "Far", at=(3900, 3900)), reach=500)
        busy = [an_offer(a_member(place, f"Busy {n}"), weekly=MONDAYS) for n in range(3)]
        need = post(a_member(place), windows=(TOMORROW,))
        assert [became(need.ref, one) for one in busy] == [["time"], ["time"], ["not-kept"]]

    def test_is_a_sight_of_both_and_of_nobody_where_it_is_an_organisations(
        self, place: BuiltPlace
    ) -> None:
        asker, helper = a_member(place), a_member(place, "Una")
        with unit_of_work() as uow:
            block = BlockRow(place_id=place.id, member_id=helper.id, blocked_id=asker.id, since=NOW)
            uow.session.add(block)
            uow.commit()
        offer, need, custodian = an_offer(helper), post(asker), a_custodian(place)

        found = explanations.about_offer(
            actor=custodian.actor, need_ref=need.ref, offer_ref=offer, now=NOW
        )

        assert [one.code for one in found.findings] == ["blocked"]
        with reading() as uow:
            sights = uow.session.query(SightRow).filter_by(viewer=custodian.ref, what="case")
            assert {row.member_id for row in sights} == {asker.id, helper.id}

    def test_of_another_place_is_told_only_where_the_two_share(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        offer, need = an_offer(a_member(noise, "Over")), post(a_member(place))
        custodian = a_custodian(place).actor
        with pytest.raises(NotFound):
            explanations.about_offer(actor=custodian, need_ref=need.ref, offer_ref=offer, now=NOW)
        share(place, noise)
        assert explanations.about_offer(
            actor=custodian, need_ref=need.ref, offer_ref=offer, now=NOW
        ).findings
        ours, mine = an_offer(a_member(place, "Hal")), post(a_member(place))
        (one,) = explanations.about_need(actor=custodian, need_ref=mine.ref, now=NOW).considerations
        here = {each.offer_ref: each.is_here for each in one.ranked}
        assert (here[ours], here[offer]) == (True, False)


def test_why_a_helper_was_asked_is_what_it_was_then(place: BuiltPlace) -> None:
    """On their own page, too: asks that came since do not change it."""
    helper = a_helper(place)
    post(a_member(place))
    ref = the_ask(helper)
    then = matches.show(actor=helper.actor, ref=ref, now=NOW).reasons
    post(a_member(place, "Second"))
    assert matches.show(actor=helper.actor, ref=ref, now=NOW).reasons == then


class TestTheCommand:
    @pytest.fixture
    def explain(
        self, context: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> Explain:
        """``explain(REF, …)``: what the command prints, on this test's database."""
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
        monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
        Path(settings.instance).mkdir(parents=True, exist_ok=True)

        def run(*arguments: str) -> list[str]:
            told = CliRunner().invoke(
                enabler, ["match", "explain", *arguments, "--at", NOW.isoformat()]
            )
            assert told.exit_code == 0, told.output
            return told.stdout.splitlines()

        return run

    def test_prints_what_was_kept(self, explain: Explain, place: BuiltPlace) -> None:
        given = an_offer(a_member(place, "Hal"))
        busy = an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        need = post(a_member(place), windows=(TOMORROW,))
        lines = explain(need.ref)
        assert lines[0] == f"need {need.ref} shopping open"
        assert f"at {NOW.isoformat()} wave 1 ruleset 1 considered 2" in lines
        (ranked,) = [line for line in lines if line.startswith("ranked")]
        assert ranked.startswith(f"ranked 1 {given} asked ")
        assert "nearness" in ranked
        assert lines[-2:] == ["refused time 1", f"refusal {busy} time"]

    def test_prints_what_would_hold_now_when_asked_to(
        self, explain: Explain, place: BuiltPlace
    ) -> None:
        need = post(a_member(place), windows=(TOMORROW,), reach_metres=800)
        an_offer(a_member(place, "Busy"), weekly=MONDAYS)
        an_offer(a_member(place, "Far", at=(2500, 500)))
        new = an_offer(a_member(place, "New"))
        lines = explain(need.ref, "--now")
        told = lines[lines.index("now considered 3") :]
        assert told[1].startswith(f"ranked 1 {new} possible ")
        assert told[-4:] == ["only reach 1", "only time 1", "day 2026-03-16 1", "within 3200 m 1"]

    def test_says_of_one_offer_why_in_a_sentence(self, explain: Explain, place: BuiltPlace) -> None:
        given = an_offer(a_member(place, "Hal"))
        need, other = post(a_member(place)), an_offer(a_member(place, "Gus"), "gardening")
        at = f"at {NOW.isoformat()} wave 1"
        assert explain(need.ref, "--offer", given.lower()) == [
            f"{at} asked: It was number 1 of 1 who could be asked. It was asked."
        ]
        assert explain(need.ref, "--offer", other) == [
            f"{at} category: It is for other kinds of help."
        ]

    def test_says_when_a_need_has_not_been_worked(
        self, explain: Explain, place: BuiltPlace
    ) -> None:
        given = an_offer(a_member(place, "Hal"))
        need = post(a_member(place), "respite")
        assert explain(need.ref, "--offer", given) == [f"need {need.ref} has not been worked yet"]
