"""Reports, a worry with its call list, visits that went wrong and somebody hidden: pages of leads,
administrators and of whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.vocabulary import MatchState, Role
from enabler.domain.working_time import OFFICE
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import cases, erasure_desk, hidden, reports, safeguarding
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.web.tour import DAY, Stop

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SafetyScene:
    """Who is there, and the refs of what there is to see."""

    asker: BuiltMember
    helper: BuiltMember
    lead: BuiltMember
    match: str
    report: str
    worry: str
    told: str
    said: str
    disputed: str
    erasure: str
    leaver: BuiltMember


def set_safety_scene(place: BuiltPlace) -> SafetyScene:
    """Two who met, and what came of it."""
    asker = a_member(place, "Agnes Early", at=(2600, 600))
    helper = a_helper(place, "Hugo Late", "moving", at=(2700, 600))
    lead = a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))
    chief = a_member(place, "Ada Chief", roles=(Role.ADMINISTRATOR,))
    post(asker, "moving", words="A wardrobe down one stair, please.")
    match = accept(helper).ref
    made = {
        kind: reports.report(
            actor=asker.actor, about_kind="match", about_ref=match, kind=kind, words=words,
            key=a_key(), now=NOW,
        )
        for kind, words in (("rude", "He shouted at my dog."), ("worried", "He looked very ill."))
    }  # fmt: skip
    cases.release(
        actor=lead.actor, ref=made["rude"], who=helper.ref, key=a_key(), now=NOW,
        words="We were told that you shouted at a dog. How do you see it?",
    )  # fmt: skip
    safeguarding.propose(
        actor=chief.actor, first=lead.ref, second="", hours=OFFICE, duty_line=None, key=a_key(),
        now=NOW,
    )  # fmt: skip
    _hide(lead, a_member(place, "Faye Far", at=(3500, 3500)))
    with unit_of_work() as uow:
        one = uow.matches.by_ref(place.id, match)
        uow.matches.change(
            one.id, state=MatchState.ARRANGED, visit_start=NOW - 2 * HOUR, visit_end=NOW - HOUR
        )
        said = [_said(uow, place, one.id, helper, asker, kind)
                for kind in ("left-early", "was-rude")]  # fmt: skip
        disputed = uow.conducts.by_ref(place.id, said[1])
        uow.conducts.change(disputed.id, state="disputed", answered_at=NOW, answer="I did not.")
        told = uow.cases.released_to(helper.id)[0].ref
        uow.commit()
    leaver = a_member(place, "Lee Leaver")
    return SafetyScene(
        asker, helper, lead, match, made["rude"], made["worried"], told, said[0], said[1],
        _asked_to_be_deleted(place, leaver), leaver,
    )  # fmt: skip


def _asked_to_be_deleted(place: BuiltPlace, leaver: BuiltMember) -> str:
    return erasure_desk.ask(
        actor=a_custodian(place, "Dora Desk").actor, ref=leaver.ref, key=a_key(), now=NOW,
        words="He wrote a letter, and knew his last visit when I rang him.",
    )  # fmt: skip


def _hide(lead: BuiltMember, who: BuiltMember) -> None:
    hidden.mark(
        actor=lead.actor, ref=who.ref, words="Somebody looks for her.", key=a_key(), now=NOW
    )


def _said(
    uow: UnitOfWork,
    place: BuiltPlace,
    match_id: int,
    about: BuiltMember,
    by: BuiltMember,
    kind: str,
) -> str:
    ref = uow.refs.new(place.id, "conduct")
    uow.conducts.add(
        place_id=place.id, ref=ref, match_id=match_id, by_member_id=by.id,
        about_member_id=about.id, kind=kind, words="I waited.", said_at=NOW,
        answer_by=NOW + timedelta(days=7),
    )  # fmt: skip
    return str(ref)


def concerned_tour(scene: SafetyScene) -> Iterator[Stop]:
    """Pages of whom it concerns."""
    yield Stop("reports-mine", "/reports")
    yield Stop("told", f"/told/{scene.told}")
    yield Stop("told-empty", f"/told/{scene.told}", {})
    yield Stop("visits", "/visits")
    yield Stop("visit", f"/visits/{scene.said}")
    yield Stop("visit-empty", f"/visits/{scene.said}", {})
    yield Stop("visit-disputed", f"/visits/{scene.disputed}")
    yield Stop("visit-went", f"/matches/{scene.match}/visit-went")
    yield Stop("visit-went-empty", f"/matches/{scene.match}/visit-went", {})
    yield Stop("me-apart", "/me/apart")
    yield Stop("match-apart", f"/matches/{scene.match}/apart")


def reporters_tour(scene: SafetyScene) -> Iterator[Stop]:
    """Pages of who told us."""
    yield Stop("reports-told", "/reports")
    yield Stop("report-own", f"/reports/{scene.worry}")
    yield Stop("visits-said", "/visits")
    yield Stop("visit-said", f"/visits/{scene.said}")
    yield Stop("delete-free", "/me/data/delete")
    yield Stop("delete-code", "/me/data/delete/code")
    yield Stop("delete-code-wrong", "/me/data/delete/code", {"code": "12"})


def leads_tour(scene: SafetyScene) -> Iterator[Stop]:
    """Pages of a safeguarding lead."""
    yield Stop("desk-lead", "/desk")
    for deed in ("", "/note", "/stands", "/whose", "/answer", "/release"):
        yield Stop(f"worry{deed.replace('/', '-')}", f"/desk/reports/{scene.worry}{deed}")
    for deed in ("note", "stands", "whose", "answer", "release"):
        yield Stop(f"worry-{deed}-empty", f"/desk/reports/{scene.worry}/{deed}", {})
    yield Stop("report-pass", f"/desk/reports/{scene.report}/pass")
    yield Stop("report-noted", f"/desk/reports/{scene.report}/note",
               {"words": "I rang them both.", "about": ""})  # fmt: skip
    yield Stop("safeguarding", "/desk/safeguarding")
    yield Stop("hidden", "/desk/hidden")
    yield Stop("hide", "/desk/hidden/new")
    yield Stop("hide-empty", "/desk/hidden/new", {})
    yield Stop("hide-none", "/desk/hidden/new", {"ref": "ZZZZ", "words": "x"})
    yield Stop("introduce", "/desk/hidden/introduce")
    yield Stop("introduce-empty", "/desk/hidden/introduce", {})
    yield Stop("erasures", "/desk/erasures")
    yield Stop("erasure-new", "/desk/erasures/new")
    yield Stop("erasure-new-empty", "/desk/erasures/new", {})
    yield Stop("erasure-new-none", "/desk/erasures/new", {"ref": "ZZZZ", "words": "By letter."})
    yield Stop("erasure", f"/desk/erasures/{scene.erasure}")
    yield Stop("erasure-empty", f"/desk/erasures/{scene.erasure}", {})
    yield Stop("erasure-duty", "/desk/erasures/duties/new")
    yield Stop("erasure-duty-empty", "/desk/erasures/duties/new", {})
    yield Stop("erasure-duty-put", "/desk/erasures/duties/new",
               {"ref": scene.leaver.ref, "words": "A court asked for it."})  # fmt: skip
    yield Stop("desk-conducts", "/desk/conduct")
    yield Stop("desk-conduct", f"/desk/conduct/{scene.disputed}")
    yield Stop("desk-conduct-empty", f"/desk/conduct/{scene.disputed}", {})


def administrators_tour(scene: SafetyScene) -> Iterator[Stop]:
    """Pages of an administrator."""
    yield Stop("who-hears", "/desk/safeguarding/change")
    yield Stop("who-hears-empty", "/desk/safeguarding/change", {})
    yield Stop("who-hears-wrong", "/desk/safeguarding/change",
               {"first": scene.lead.ref, "second": scene.lead.ref, "days": ["0"], "opens": "9am",
                "closes": "8am"})  # fmt: skip
    yield Stop("safeguarding-waits", "/desk/safeguarding")
    yield Stop("trusted", "/desk/trusted")
    yield Stop("trusted-new", "/desk/trusted/new")
    yield Stop("trusted-new-wrong", "/desk/trusted/new",
               {"name": "Far Council", "keys": "{}", "until": DAY})  # fmt: skip
