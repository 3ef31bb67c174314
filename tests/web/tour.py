"""Every page as its people see it, also with its errors: for the tests that look at all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.builders import BuiltPlace
from tests.web.scene import Scene


@dataclass(frozen=True)
class Stop:
    """A page to open; with ``answers`` its form is filled in and sent, and what follows is seen."""

    name: str
    path: str
    answers: dict[str, Any] | None = field(default=None)


DAY, PAST = ["12", "3", "2026"], ["1", "3", "2026"]


def strangers_tour(place: BuiltPlace) -> Iterator[Stop]:
    """Pages that need no account, in the order of the way through the questions."""
    yield from _lost()
    for path in ("how-it-works", "privacy", "about/data", "cookies", "accessibility", "sign-in",
                 "sign-out", "sign-in/staff", "simulator", "needs/new", "offers/new", "nothing",
                 "report"):  # fmt: skip
        yield Stop(path.replace("/", "-"), f"/{path}")
    yield Stop("home", "/")
    yield Stop("report-stranger-empty", "/report", {})
    yield Stop("offline", "/offline")
    yield Stop("verify", "/verify")
    yield Stop("verify-wrong", "/verify", {"text": "not a proof"})
    yield Stop("verify-empty", "/verify", {})
    yield Stop("home-wrong", "/?postcode=nonsense")
    yield Stop("near", f"/near?postcode={place.postcode_at(500, 500)}")
    yield Stop("near-wrong", "/near?postcode=nonsense&category=childcare&ward=W0")
    yield Stop("near-spot", "/near/W0-7")
    yield Stop("market-hours", "/market/hours")
    yield Stop("market-decisions", "/market/decisions")
    yield Stop("market-rules-stranger", "/market/rules")
    yield Stop("sign-in-wrong", "/sign-in", {"phone": "12"})
    yield Stop("sign-in-staff-empty", "/sign-in/staff", {})
    yield Stop("sign-in-staff-wrong", "/sign-in/staff",
               {"email": "x@example.org", "password": "wrong", "totp": "123456"})  # fmt: skip
    yield from _asking(place)
    yield from _offering()
    yield Stop("code", "/sign-in", {"phone": "07700 900951"})
    yield Stop("code-wrong", "/sign-in/code", {"code": "12"})


def _lost() -> Iterator[Stop]:
    yield Stop("lost", "/sign-in/lost")
    yield Stop("lost-wrong", "/sign-in/lost", {"email": "nonsense"})
    yield Stop("lost-no-mail", "/sign-in/lost/no-mail")
    yield Stop("lost-no-mail-wrong", "/sign-in/lost/no-mail", {"phone": "12"})
    yield Stop("lost-told", "/sign-in/lost/told")
    yield Stop("lost-code", "/sign-in/lost", {"email": "rosa@example.org"})
    yield Stop("lost-code-wrong", "/sign-in/lost/code", {"code": "12"})
    yield Stop("under-18", "/sign-up/under-18")
    yield Stop("stop-no-link", "/mail/stop")
    yield Stop("not-me-no-link", "/not-me")


def _settings() -> Iterator[Stop]:
    """A member's own settings, each question also with its error."""
    yield Stop("details", "/me/details")
    for name, wrong in (
        ("name", {"name": ""}), ("languages", {"languages": []}), ("language", {}),
        ("home", {"postcode": "x"}), ("access", {"words": "π" * 400}),
        ("phone", {"phone": "12"}), ("mail", {"email": "x"}),
    ):  # fmt: skip
        yield Stop(f"details-{name}", f"/me/details/{name}")
        yield Stop(f"details-{name}-wrong", f"/me/details/{name}", dict(wrong))
    yield Stop("details-phone-code", "/me/details/phone", {"phone": "07700 900961"})
    yield Stop("details-phone-code-wrong", "/me/details/phone/code", {"code": "12"})
    yield Stop("details-mail-code", "/me/details/mail", {"email": "rosa@example.org"})
    yield Stop("notices", "/me/notices")
    yield Stop("notices-wrong", "/me/notices", {"news": "mail"})
    yield Stop("notices-times", "/me/notices/times")
    yield Stop(
        "notices-times-wrong", "/me/notices/times", {"quiet_from": "2", "asks_per_week": "x"}
    )
    yield Stop("browsers", "/me/browsers")
    yield Stop("checks", "/me/credentials")
    yield Stop("checks-ask", "/me/credentials/ask")
    yield Stop("checks-ask-wrong", "/me/credentials/ask", {})
    yield Stop("checks-asked", "/me/credentials/ask", {"kind": "dbs-basic", "words": "Fridays"})
    yield Stop("looked", "/me/looked")
    yield Stop("my-data", "/me/data")
    yield Stop("my-data-copy", "/me/data/copy")
    yield Stop("my-data-wrong", "/me/data/wrong?of=role")
    yield Stop("my-data-wrong-empty", "/me/data/wrong", {})
    yield Stop("my-data-code", "/me/data/copy/code")
    yield Stop("my-data-code-wrong", "/me/data/copy/code", {"code": "12"})
    yield Stop("pause", "/me/pause")
    yield Stop("pause-wrong", "/me/pause", {"until": PAST})
    yield Stop("paused", "/me/pause", {})
    yield Stop("pause-back", "/me/pause", {})
    yield Stop("delete", "/me/data/delete")
    yield Stop("deleted", "/deleted")


def _asking(place: BuiltPlace) -> Iterator[Stop]:
    steps: list[tuple[str, dict[str, Any] | None, dict[str, Any]]] = [
        ("what", {}, {"category": "transport"}),
        ("words", {}, {"words": "To the eye clinic, please."}),
        ("where", {"postcode": "nonsense"},
         {"postcode": place.postcode_at(500, 500), "address": "12 North Street"}),
        ("meeting", {"setting": "car"},
         {"setting": "car", "alone": "yes", "child": "no", "appointment": "unsure"}),
        ("when", {"when": "day", "day": PAST, "start": "2", "end": "x"},
         {"when": "day", "day": DAY, "start": "2pm", "end": "5pm"}),
        ("how-much", {"slots": "99"}, {"duration_minutes": "60", "slots": "1"}),
        ("anything-else", {"language": ""}, {"language": "pl"}),
    ]  # fmt: skip
    for name, wrong, right in steps:
        yield Stop(f"asking-{name}", f"/needs/new/{name}")
        if wrong is not None:
            yield Stop(f"asking-{name}-wrong", f"/needs/new/{name}", wrong)
        yield Stop(f"asking-after-{name}", f"/needs/new/{name}", right)
    yield Stop("asking-by", "/needs/new/when", {"when": "by", "by": PAST})
    yield Stop("asking-every", "/needs/new/when", {"when": "every"})
    yield Stop("asking-check", "/needs/new/check")


def _offering() -> Iterator[Stop]:
    steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("what", {}, {"categories": ["transport", "shopping"]}),
        ("words", {}, {"words": "I have a car."}),
        ("how-far", {}, {"reach_metres": "1600"}),
        ("when", {"mostly": "parts", "capacity": "x"},
         {"mostly": "parts", "times": ["1-morning", "4-evening"], "capacity": "2"}),
        ("terms", {"terms": "stated"}, {"terms": "stated", "stated_terms": "The petrol"}),
        ("who", {}, {"languages": ["en", "cy"]}),
    ]  # fmt: skip
    for name, wrong, right in steps:
        yield Stop(f"offering-{name}", f"/offers/new/{name}")
        yield Stop(f"offering-{name}-wrong", f"/offers/new/{name}", wrong)
        yield Stop(f"offering-after-{name}", f"/offers/new/{name}", right)
    yield Stop("offering-exact", "/offers/new/when", {"mostly": "exact"})
    yield Stop("offering-exceptions", "/offers/new/exceptions")
    yield Stop("offering-check", "/offers/new/check")


def _hours(scene: Scene) -> Iterator[Stop]:
    """A member's own hours, and giving some."""
    yield Stop("hours", "/hours?month=all")
    yield Stop("hours-give", "/hours/give")
    yield Stop("hours-give-to", "/hours/give/to")
    yield Stop("hours-give-to-wrong", "/hours/give/to", {"to": "other", "other": "ZZZZ"})
    yield Stop("hours-give-length", "/hours/give/to", {"to": scene.helper.ref})
    yield Stop("hours-give-length-wrong", "/hours/give/length", {"length": "other", "hours": "20"})
    yield Stop("hours-give-words", "/hours/give/length", {"length": "90"})
    yield Stop("hours-give-check", "/hours/give/words", {"words": "Thank you for the soup."})
    yield Stop("hours-given", "/hours/give/check", {})
    yield Stop("hours-year", "/hours/year")
    yield Stop("hours-leave-later", "/hours/leave")


def _asked_by_the_desk(scene: Scene) -> Iterator[Stop]:
    yield Stop("me-asker", "/me")
    yield Stop("decisions-asker", "/decisions")
    yield Stop("question", f"/questions/{scene.question}")
    yield Stop("question-wrong", f"/questions/{scene.question}", {"words": ""})


def askers_tour(scene: Scene) -> Iterator[Stop]:
    """Pages of the asker."""
    yield from _asked_by_the_desk(scene)
    yield Stop("need-asked", f"/needs/{scene.asked_need}")
    yield Stop("need-agreed", f"/needs/{scene.agreed_need}")
    yield Stop("need-unmet", f"/needs/{scene.unmet_need}")
    yield Stop("cost-asker", f"/costs/{scene.cost}")
    yield Stop("cost-asker-wrong", f"/costs/{scene.cost}", {"answer": "wrong", "words": ""})
    yield Stop("need-withdraw", f"/needs/{scene.asked_need}/withdraw")
    yield Stop("need-edit", f"/needs/{scene.asked_need}/edit")
    yield Stop("need-edit-when", f"/needs/{scene.asked_need}/edit/when?change=1")
    yield Stop("need-edit-agreed", f"/needs/{scene.agreed_need}/edit")
    yield Stop("need-anew", f"/needs/{scene.agreed_need}/anew")
    yield Stop("series", f"/series/{scene.series}")
    yield Stop("series-skip", f"/series/{scene.series}/skip?day=2026-03-17")
    yield Stop("series-end", f"/series/{scene.series}/end")
    yield Stop("series-edit", f"/series/{scene.series}/edit")
    yield Stop("series-edit-when", f"/series/{scene.series}/edit/when?change=1")
    yield Stop("calendar", "/me/calendar")
    yield Stop("calendar-on", "/me/calendar", {})
    yield Stop("need-close", f"/needs/{scene.agreed_need}/close")
    yield Stop("need-close-empty", f"/needs/{scene.agreed_need}/close", {})
    yield Stop("match-to-confirm", f"/matches/{scene.done}")
    yield Stop("match-to-correct", f"/matches/{scene.done}/correct")
    yield Stop("match-to-correct-wrong", f"/matches/{scene.done}/correct", {"minutes": "many"})
    yield Stop("offer-held", f"/offers/{scene.held_offer}")
    yield Stop("asking-where-member", "/needs/new/where", {})
    yield Stop("asking-posted", f"/needs/new/posted/{scene.asked_need}")
    yield Stop("offering-posted", f"/offers/new/posted/{scene.held_offer}")
    yield from _settings()
    yield Stop("report", "/report")
    yield Stop("report-empty", "/report", {})
    yield Stop("thanks", "/report/thanks")
    yield Stop("agreed-asker", f"/matches/{scene.agreed}")
    yield Stop("report-told", f"/matches/{scene.agreed}/report",
               {"kind": "worried", "words": "He looked unwell."})  # fmt: skip
    yield Stop("need-report", f"/needs/{scene.agreed_need}/report")
    yield Stop("no-entry", "/desk")
    yield from _hours(scene)
    yield from _keys(scene)


def _keys(scene: Scene) -> Iterator[Stop]:
    """Of programs that act for a member."""
    yield Stop("keys", "/me/tokens")
    yield Stop("keys-empty", "/me/tokens", {})
    yield Stop("keys-made", "/me/tokens", {"name": "My diary", "scope": "write", "days": "90"})
    yield Stop("keys-end", f"/me/tokens/{scene.token}/end")


def helpers_tour(scene: Scene) -> Iterator[Stop]:
    """Pages of the helper."""
    yield Stop("me-helper", "/me")
    yield Stop("decisions", "/decisions")
    yield Stop("statement", f"/decisions/{scene.decision}")
    yield Stop("hours-none", "/hours")
    yield Stop("hours-give-none", "/hours/give")
    yield Stop("near-helper", "/near")
    yield Stop("near-spot-helper", "/near/W0-7")
    yield Stop("ask", f"/matches/{scene.asked}")
    yield Stop("decline", f"/matches/{scene.asked}/decline")
    yield Stop("agreed", f"/matches/{scene.agreed}")
    for name in ("arrange", "done", "release", "report", "apart", "cannot-find", "stay", "stuck"):
        yield Stop(name, f"/matches/{scene.agreed}/{name}")
    yield Stop("arrange-wrong", f"/matches/{scene.agreed}/arrange",
               {"day": PAST, "start": "2pm", "end": "3pm", "words": ""})  # fmt: skip
    yield Stop("done-wrong", f"/matches/{scene.agreed}/done", {"minutes": "many"})
    yield Stop("spent", f"/matches/{scene.agreed}/spent")
    yield Stop("spent-wrong", f"/matches/{scene.agreed}/spent",
               {"kind": "materials", "amount": "3,4", "words": "Milk and bread"})  # fmt: skip
    yield Stop("cost-helper", f"/costs/{scene.cost}")
    yield Stop("cost-helper-empty", f"/costs/{scene.cost}", {})
    yield Stop("offer", f"/offers/{scene.offer}")
    yield Stop("offer-report", f"/offers/{scene.offer}/report")
    yield Stop("offer-away", f"/offers/{scene.offer}/away")
    yield Stop("offer-away-wrong", f"/offers/{scene.offer}/away", {"first": DAY, "last": PAST})
    yield Stop("offer-edit", f"/offers/{scene.offer}/edit")
    yield Stop("offer-edit-exceptions", f"/offers/{scene.offer}/edit/exceptions?change=1")
    yield Stop("offer-pause", f"/offers/{scene.offer}/pause")
    yield Stop("offer-share", f"/offers/{scene.offer}/share")
    yield Stop("offer-shared", f"/o/{scene.offer}")
    yield Stop("offer-end", f"/offers/{scene.offer}/end")
    yield Stop("need-held", f"/needs/{scene.held_need}")


def organisations_tour(scene: Scene) -> Iterator[Stop]:
    """Pages of somebody who acts for an organisation."""
    yield Stop("offer-organisation", f"/offers/{scene.cafe_offer}")
    yield Stop("offer-organisation-edit", f"/offers/{scene.cafe_offer}/edit")
    yield Stop("offer-organisation-shared", f"/o/{scene.cafe_offer}")
    yield Stop("offer-poster", f"/offers/{scene.cafe_offer}/poster")
    yield Stop("hours-leave", "/hours/leave")
    yield Stop("hours-leave-wrong", "/hours/leave", {})
    yield Stop("hours-left", "/hours/leave", {"to": "community"})
    yield Stop("hours-after", "/hours")


def councillors_tour(scene: Scene) -> Iterator[Stop]:
    """Pages of the ward's councillor."""
    yield Stop("ward", "/ward")
    yield Stop("ward-need-not-shared", f"/needs/{scene.unmet_need}")


def _queue_tour(scene: Scene) -> Iterator[Stop]:
    yield Stop("desk-some", "/desk?kind=offer&risk=low&whose=unclaimed")
    for name in ("messages", "answers", "opened"):
        yield Stop(f"desk-{name}", f"/desk/{name}")
    yield Stop("desk-answers-wrong", "/desk/answers", {"name": "", "words": ""})
    yield Stop("desk-answers-one", "/desk/answers",
               {"name": "Ring us", "words": "Please ring us first: 0117 496 0001."})  # fmt: skip
    yield Stop("desk-wordings", "/desk/wordings")
    yield Stop("desk-wordings-wrong", "/desk/wordings", {"phrase": "", "category": ""})
    yield Stop("desk-wordings-one", "/desk/wordings",
               {"phrase": "scran run", "category": "shopping"})  # fmt: skip
    yield Stop("desk-wording", f"/desk/wordings/proposed/{scene.wording}")
    yield Stop("desk-wording-wrong", f"/desk/wordings/proposed/{scene.wording}", {"phrase": ""})
    yield Stop("desk-hands", f"/desk/hands/need/{scene.held_need}")
    yield Stop("desk-edit-offer", f"/desk/held/{scene.held_offer}/edit")
    yield Stop("desk-edit-need-wrong", f"/desk/held/{scene.held_need}/edit", {"edited": ""})
    yield Stop("desk-held-open", f"/desk/held/{scene.unmet_need}")
    yield Stop("desk-held-member", f"/desk/held/{scene.asker.ref}")
    yield Stop("desk-appeal", f"/desk/appeals/{scene.decision}")
    yield Stop("desk-appeal-wrong", f"/desk/appeals/{scene.decision}", {})


def desk_tour(scene: Scene) -> Iterator[Stop]:
    """Pages of the custodian."""
    yield Stop("desk", "/desk")
    yield from _queue_tour(scene)
    yield Stop("overview", "/desk/overview")
    yield Stop("desk-held-offer", f"/desk/held/{scene.held_offer}")
    yield Stop("desk-held-need", f"/desk/held/{scene.held_need}")
    yield Stop("desk-held-empty", f"/desk/held/{scene.held_offer}", {})
    yield Stop("desk-held-no-reason", f"/desk/held/{scene.held_offer}", {"decision": "refuse"})
    yield Stop("desk-held-none", "/desk/held/ABCD")
    yield Stop("desk-credential", "/desk/credentials/new")
    yield Stop("desk-credential-empty", "/desk/credentials/new", {})
    yield Stop("desk-credential-wrong", "/desk/credentials/new",
               {"holder_ref": "ABCD", "kind": "driving", "seen": DAY, "until": PAST})  # fmt: skip
    yield Stop("desk-numbers", "/desk/numbers")
    yield Stop("desk-numbers-wrong", "/desk/numbers", {"who": "nobody", "reason": "asked"})
    yield Stop("desk-numbers-empty", "/desk/numbers", {})
    yield Stop("desk-number-found", "/desk/numbers", {"who": scene.asker.ref, "reason": "asked"})
    yield Stop("desk-number", f"/desk/numbers/{scene.asker.ref}")
    yield Stop("desk-number-empty", f"/desk/numbers/{scene.asker.ref}", {})
    yield Stop("desk-number-code", f"/desk/numbers/{scene.asker.ref}",
               {"words": "She came with her bus pass.", "phone": "07700 900962"})  # fmt: skip
    yield Stop("desk-number-code-wrong", f"/desk/numbers/{scene.asker.ref}/code", {"code": "12"})
    yield Stop("desk-decide", f"/desk/matches/{scene.disputed}/decide")
    yield Stop("desk-decide-wrong", f"/desk/matches/{scene.disputed}/decide", {"minutes": "many"})
    for name in ("", "/limits", "/answer", "/end"):
        yield Stop(f"desk-places{name.replace('/', '-')}", f"/desk/hours/places{name}")
    yield Stop("desk-leavers", "/desk/hours/leave")
    yield Stop("desk-leaver", f"/desk/hours/leave/{scene.leaver.ref}")
    yield Stop("desk-leaver-wrong", f"/desk/hours/leave/{scene.leaver.ref}", {})
    yield Stop("desk-leaver-none", f"/desk/hours/leave/{scene.helper.ref}")
    yield Stop("desk-report", f"/desk/reports/{scene.report}")
    yield Stop("desk-report-empty", f"/desk/reports/{scene.report}", {})
    yield Stop("desk-need", f"/needs/{scene.unmet_need}")
    yield Stop("desk-offer", f"/offers/{scene.held_offer}")
    yield Stop("considered", f"/needs/{scene.asked_need}/considered")
    yield Stop("considered-offer", f"/needs/{scene.asked_need}/considered?offer={scene.offer}")
    yield Stop("considered-wrong", f"/needs/{scene.unmet_need}/considered?offer=NONE")
    yield Stop("considered-never", f"/needs/{scene.held_need}/considered?offer={scene.offer}")
