"""An organisation counts on a proof: for its own visits, with a yes, and not a second longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import MemberState, OrganisationState, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.consents import ConsentRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.proofs import ProofReliedRow, ProofRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import colleagues, consents, credentials, matches, proofs, relying
from tests.builders import NOW, BuiltPlace, a_custodian, a_member, a_place, an_organisation
from tests.proofs.relying_scene import (
    Scene,
    answered,
    asked,
    counts,
    reached,
    relied,
    set_scene,
    taken_back,
)
from tests.proofs.scene import BASE, DAY, K, a_proof, carried, refused, rows
from tests.services.acting import acting, assign, said_yes, told
from tests.services.deeds import a_key
from tests.services.test_asking import texts

SECOND = timedelta(seconds=1)
UNTIL = NOW + 20 * DAY
Deed = Callable[[Scene, str], Any]


@pytest.fixture
def scene(place: BuiltPlace) -> Scene:
    return set_scene(place, a_place("farby", west=450_000))


def changed(table: Any, values: dict[str, Any], **which: Any) -> None:
    with unit_of_work() as uow:
        assert uow.session.query(table).filter_by(**which).update(values)
        uow.commit()


def the_yes(place: BuiltPlace, scene: Scene) -> str:
    """Personal care, which the organisation said yes to."""
    care = {"setting": Setting.HOME, "circumstances": (Circumstance.CARE,)}
    return said_yes(a_member(place, "Ann Asker"), scene.carers, category="cleaning", **care)


class TestItCounts:
    def test_from_the_yes_to_the_end_of_the_proof(self, scene: Scene) -> None:
        assert not counts(scene)
        ref = asked(scene)
        assert not counts(scene)
        answered(scene, ref)
        assert counts(scene)
        assert counts(scene, UNTIL - SECOND)
        assert not counts(scene, UNTIL)

    def test_for_a_visit_of_theirs_whose_gap_it_closes(
        self, place: BuiltPlace, scene: Scene
    ) -> None:
        match = the_yes(place, scene)
        with refused("colleague_unchecked", Invalid):
            assign(scene.carers.owner, match, scene.hetty)
        relied(scene)
        assign(scene.carers.owner, match, scene.hetty)
        shown = matches.show(actor=scene.hetty.actor, ref=match, now=NOW)
        assert shown.address is not None
        assert texts("check_back")

    def test_not_for_another_organisation_nor_by_oneself(
        self, place: BuiltPlace, scene: Scene
    ) -> None:
        relied(scene)
        other = an_organisation(place, "Other")
        acting(scene.hetty, other, Role.ORGANISATION_HELPER)
        assert not counts(scene, to=other)
        assert not counts(scene, who=scene.lead)
        with reading() as uow:
            assert K.DBS_ADULTS not in uow.credentials.valid_of((scene.hetty.id, None), NOW)


def _ended_proof(scene: Scene, _: str) -> None:
    proofs.end(actor=scene.there.actor, ref=scene.proof, key=a_key(), now=NOW)


def _revoked(scene: Scene, _: str) -> None:
    credentials.revoke(actor=a_custodian(scene.there.place).actor, ref=scene.check,
                       words="Mistaken.", key=a_key(), now=NOW)  # fmt: skip


def _removed(scene: Scene, _: str) -> None:
    colleagues.remove(actor=scene.carers.owner.actor, ref=scene.carers.ref, who=scene.hetty.ref,
                      key=a_key(), now=NOW)  # fmt: skip


def _withdrawn(scene: Scene, ref: str) -> None:
    assert taken_back(scene, ref)


def _all_withdrawn(scene: Scene, _: str) -> None:
    assert consents.withdraw(actor=scene.hetty.actor, code="rely-proof", key=a_key(), now=NOW)


AT_ONCE: dict[str, tuple[Deed, str]] = {
    "the owner took it back": (_withdrawn, "taken-back"),
    "they took all back": (_all_withdrawn, "taken-back"),
    "they ended the proof": (_ended_proof, "void"),
    "the check was taken back": (_revoked, "void"),
    "they were removed": (_removed, "left"),
}
BY_THE_MOMENT: dict[str, tuple[Deed, str]] = {
    "the proof's owner is suspended there": (
        lambda scene, _: changed(
            MemberRow, {"state": MemberState.SUSPENDED}, id=scene.there.id
        ), "void",
    ),
    "the proof is gone with its account": (
        lambda scene, ref: changed(ProofReliedRow, {"proof_id": None}, ref=ref), "void",
    ),
    "the proof ended": (lambda scene, _: changed(ProofRow, {"ended_at": NOW}), "void"),
    "the role ended": (
        lambda scene, _: changed(RoleRow, {"until_at": NOW}, member_id=scene.hetty.id), "left",
    ),
    "the organisation is suspended": (
        lambda scene, _: changed(
            OrganisationRow, {"state": OrganisationState.SUSPENDED}, id=scene.carers.id
        ), "stopped",
    ),
    "the organisation is refused": (
        lambda scene, _: changed(
            OrganisationRow, {"state": OrganisationState.REFUSED}, id=scene.carers.id
        ), "stopped",
    ),
    "the consent has ended": (
        lambda scene, _: changed(
            ConsentRow, {"withdrawn_at": NOW, "withdrawn_how": "desk"}, wording="rely-proof"
        ), "taken-back",
    ),
}  # fmt: skip


class TestItCountsNoMore:
    @pytest.mark.parametrize("why", AT_ONCE)
    def test_at_once_when(self, scene: Scene, why: str) -> None:
        deed, because = AT_ONCE[why]
        ref = relied(scene)
        deed(scene, ref)
        assert not counts(scene)
        (row,) = rows(ProofReliedRow)
        assert (row.ended_at, row.ended_because) == (NOW, because)
        (consent,) = rows(ConsentRow, wording="rely-proof")
        assert consent.withdrawn_at == NOW

    @pytest.mark.parametrize("why", BY_THE_MOMENT)
    def test_at_the_moment_of_reading_when(self, scene: Scene, why: str) -> None:
        deed, because = BY_THE_MOMENT[why]
        ref = relied(scene)
        deed(scene, ref)
        assert not counts(scene)
        assert relying.end_overdue(now=NOW) == 1
        assert relying.end_overdue(now=NOW) == 0
        (row,) = rows(ProofReliedRow)
        assert row.ended_because == because

    def test_when_its_time_is_over_and_the_consent_says_so(self, scene: Scene) -> None:
        relied(scene)
        assert relying.end_overdue(now=UNTIL - SECOND) == 0
        assert relying.end_overdue(now=UNTIL) == 1
        (consent,) = rows(ConsentRow, wording="rely-proof")
        assert (consent.withdrawn_how, consent.until_at) == ("over", UNTIL)

    def test_nor_again_for_whoever_comes_back(self, scene: Scene) -> None:
        ref = relied(scene)
        _removed(scene, ref)
        acting(scene.hetty, scene.carers, Role.ORGANISATION_HELPER)
        assert not counts(scene)

    @pytest.mark.parametrize("why", sorted(AT_ONCE.keys() - {"they were removed"}))
    def test_and_a_visit_that_stood_on_it_waits_as_when_a_check_ends(
        self, place: BuiltPlace, scene: Scene, why: str
    ) -> None:
        match = the_yes(place, scene)
        ref = relied(scene)
        assign(scene.carers.owner, match, scene.hetty)
        before = len(texts("check_gap_helper"))
        AT_ONCE[why][0](scene, ref)
        assert len(texts("check_gap_helper")) > before
        with reading() as uow:
            gap = uow.credentials.gap(uow.matches.by_ref(None, match).id)
        assert gap is not None
        assert gap.kinds == ("dbs-adults",)
        assert matches.show(actor=scene.hetty.actor, ref=match, now=NOW).address is None


class TestAsking:
    def test_tells_whose_it_is_and_shows_them_no_sooner(self, scene: Scene) -> None:
        ref = asked(scene)
        assert told(scene.hetty) == ["rely_asked"]
        (one,) = relying.of_organisation(actor=scene.lead.actor, ref=scene.carers.ref, now=NOW)
        assert (one.name, one.state, one.counts) == (None, "waits", False)
        assert not rows(SightRow, member_id=scene.hetty.id, why="relied")
        answered(scene, ref)
        (one,) = relying.of_organisation(actor=scene.lead.actor, ref=scene.carers.ref, now=NOW)
        assert (one.name, one.until_at, one.counts) == ("Hetty", UNTIL, True)
        (sight,) = rows(SightRow, member_id=scene.hetty.id, why="relied")
        assert (sight.viewer, sight.what) == (scene.lead.ref, "credential,name")
        view = consents.mine(actor=scene.hetty.actor, now=NOW).standing[-1]
        assert (view.code, view.language, view.until_at) == ("rely-proof", "cy", UNTIL)
        assert view.to is not None

    def test_a_no_is_final(self, scene: Scene) -> None:
        answered(scene, asked(scene), agrees=False)
        assert not rows(ConsentRow, wording="rely-proof")
        assert relying.of_organisation(
            actor=scene.lead.actor, ref=scene.carers.ref, now=NOW
        ) == ()  # fmt: skip
        with refused("relied_declined"):
            asked(scene)

    def test_is_answered_once_by_whose_it_is_while_it_can_count(self, scene: Scene) -> None:
        ref = asked(scene)
        for other in (scene.lead, scene.there):
            with pytest.raises(NotFound):
                relying.answer(actor=other.actor, ref=ref, agrees=True, key=a_key(), now=NOW)
        with refused("relied_already"):
            asked(scene)
        with refused("relied_over"):
            answered(scene, ref, now=UNTIL)
        answered(scene, ref)
        with refused("relied_over"):
            answered(scene, ref)

    def test_is_for_those_who_lead_it_with_the_code_of_the_moment(
        self, place: BuiltPlace, scene: Scene
    ) -> None:
        with refused("relied_code_wrong", Invalid):
            asked(scene, code="000000")
        assert rows(ProofRow)[0].tries == 1
        for other in (scene.hetty, a_member(place)):
            with pytest.raises(NotAllowed):
                asked(scene, by=other)
            with pytest.raises(NotAllowed):
                relying.of_organisation(actor=other.actor, ref=scene.carers.ref, now=NOW)
        with pytest.raises(NotAllowed):
            asked(scene, to=an_organisation(place, "Other"))
        changed(OrganisationRow, {"state": OrganisationState.PAUSED}, id=scene.carers.id)
        with refused("organisation_not_active"):
            asked(scene)

    def test_of_a_proof_that_is_good(self, scene: Scene) -> None:
        shown = carried(scene.there, scene.proof)
        _revoked(scene, "")
        with refused("relied_not_good"):
            relying.ask(
                actor=scene.lead.actor, organisation_ref=scene.carers.ref, token=shown.token or "",
                code=shown.code or "", secrets=wiring().secrets, base_url=BASE, key=a_key(),
                now=NOW,
            )  # fmt: skip

    @pytest.mark.parametrize("who", ["another name", "another number", "not shown", "gone"])
    def test_says_nothing_of_whoever_is_no_colleague(self, scene: Scene, who: str) -> None:
        if who == "another name":
            changed(MemberRow, {"name": "Hal Hands"}, id=scene.hetty.id)
        elif who == "another number":
            reached(scene.there, "+447700900002")
        elif who == "not shown":
            reached(scene.there, "+447700900001", None)
        else:
            changed(RoleRow, {"until_at": NOW}, member_id=scene.hetty.id)
        with refused("relied_no_colleague"):
            asked(scene)
        assert not rows(ProofReliedRow)

    def test_not_of_what_says_something_of_the_other_place(self, place: BuiltPlace) -> None:
        scene = set_scene(place, a_place("farby", west=450_000), K.LIVES_HERE)
        with refused("relied_of_there"):
            asked(scene)

    def test_not_of_ones_own(self, scene: Scene) -> None:
        with unit_of_work() as uow:
            uow.colleagues.end_role(scene.carers.id, scene.hetty.id, NOW)
            uow.commit()
        lead = acting(scene.hetty, scene.carers, Role.ORGANISATION_COORDINATOR)
        with refused("same_person", NotAllowed):
            asked(scene, by=lead)


class TestTheDatabase:
    @pytest.mark.parametrize("values", [
        {"until_at": UNTIL + DAY}, {"kind": K.DBS_BOTH}, {"member_id": 1}, {"digest": "x"},
        {"ended_at": None, "ended_because": None}, {"agreed_at": NOW + DAY},
    ])  # fmt: skip
    def test_lets_nothing_of_it_change(self, scene: Scene, values: dict[str, Any]) -> None:
        taken_back(scene, relied(scene))
        with pytest.raises(DBAPIError):
            changed(ProofReliedRow, values)

    def test_lets_nobody_agree_without_the_consent_to_it(self, scene: Scene) -> None:
        asked(scene)
        (own,) = [one.id for one in rows(ConsentRow, member_id=scene.hetty.id)] or [None]
        with pytest.raises(DBAPIError):
            changed(ProofReliedRow, {"agreed_at": NOW, "consent_id": own})

    def test_keeps_it_no_longer_than_the_proof(self, scene: Scene) -> None:
        with unit_of_work() as uow:
            proof = uow.proofs.by_ref(scene.there.place.id, scene.proof)
            uow.session.add(ProofReliedRow(
                place_id=scene.carers.place.id, ref="ZZZZ", organisation_id=scene.carers.id,
                member_id=scene.hetty.id, proof_id=proof.id, digest="x", kind=K.DBS_ADULTS,
                until_at=UNTIL + SECOND, asked_by="x", asked_at=NOW,
            ))  # fmt: skip
            with pytest.raises(DBAPIError):
                uow.session.flush()

    def test_forgets_it_a_year_after_its_end(self, scene: Scene) -> None:
        relied(scene)
        for day, left in ((UNTIL + 364 * DAY, 1), (UNTIL + 365 * DAY, 0)):
            with unit_of_work() as uow:
                uow.credentials.forget(day)
                uow.commit()
            assert len(rows(ProofReliedRow)) == left


def test_a_second_proof_of_the_same_is_another(scene: Scene) -> None:
    relied(scene)
    a_proof(scene.there, scene.check)
    assert len(relying.mine(actor=scene.hetty.actor, now=NOW)) == 1
