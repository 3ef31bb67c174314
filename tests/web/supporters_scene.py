"""Who acts for whom: a daughter for her mother, a library, one that lapsed, what waits; the pages
of all of them, of the desk and of a lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from enabler.domain.mandates import Scope
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import mandate_asks, mandate_going_on, mandate_witness
from enabler.services.mandate_witness import Seen
from tests.builders import NOW, BuiltMember, BuiltOrganisation, BuiltPlace, a_helper, a_member
from tests.builders import an_organisation as an_organisation_
from tests.services.acting import refreshed
from tests.services.deeds import a_key, accept, post
from tests.services.mandating import DAY, a_mandate, as_for
from tests.web.tour import Stop


@dataclass(frozen=True)
class SupportersScene:
    """Who is there, and the refs of what there is to see."""

    rose: BuiltMember
    daughter: BuiltMember
    librarian: BuiltMember
    library: BuiltOrganisation
    helper: BuiltMember
    mandate: str
    of_library: str
    need: str
    match: str
    asked: str
    goes_on: str
    offered: str
    seen: str
    untold: str


def set_supporters_scene(place: BuiltPlace, *, said: str = "She nodded.") -> SupportersScene:
    """An afternoon in which something is done for Rose."""
    rose = a_member(place, "Rose Long", address="12 North Street")
    daughter = a_member(place, "Dora Near", at=(900, 900))
    helper = a_helper(place, "Ben Gives", "shopping", at=(900, 900))
    library = an_organisation_(place, "Central Library")
    mandate = a_mandate(rose, daughter, days=10)
    of_library = a_mandate(rose, library, Scope.POST_NEED)
    a_mandate(rose, a_member(place, "Lou Past"), days=5, now=NOW - 30 * DAY)
    acts = as_for(daughter, mandate)
    ref = post_for(acts)
    match = accept(helper).ref
    with unit_of_work() as uow:
        uow.mandate_looks.add(mandate, ["never_alone", "number_changed"], NOW)
        uow.commit()
    return SupportersScene(
        rose, daughter, refreshed(library.owner), library, helper, mandate.ref, of_library.ref,
        need=ref, match=match, asked=_asked(rose, a_member(place, "Nell Asks")),
        goes_on=_goes_on(rose, daughter, mandate.ref), offered=_offered(rose),
        seen=_seen(place, daughter, said), untold=_untold(place, library),
    )  # fmt: skip


def post_for(acts: object) -> str:
    """Help is asked for in Rose's name."""
    return post(_As(acts), "shopping").ref  # type: ignore[arg-type]


@dataclass(frozen=True)
class _As:
    actor: object


def _asked(rose: BuiltMember, who: BuiltMember) -> str:
    with unit_of_work() as uow:
        number = uow.contacts.of(rose.id)["phone"].value
    return mandate_asks.ask(
        actor=who.actor, to=number, scopes=("post-need", "message"), days=30,
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip


def _goes_on(rose: BuiltMember, daughter: BuiltMember, mandate: str) -> str:
    """The daughter asks if she may go on."""
    mandate_going_on.ask(
        actor=daughter.actor, ref=mandate, secrets=wiring().secrets, key=a_key(), now=NOW
    )
    with unit_of_work() as uow:
        return uow.mandate_asks.to_go_on(uow.mandates.by_ref(rose.place.id, mandate), NOW)[0].ref


def _offered(rose: BuiltMember) -> str:
    """Rose asks somebody else; as if she had typed her code."""
    with unit_of_work() as uow:
        kept = uow.mandate_asks.add(
            place_id=rose.place.id, ref=uow.refs.new(rose.place.id, "mandate-ask"),
            asked_by="member", by_member_id=rose.id, member_id=rose.id, kind="phone",
            value="+447700900444", nonce="offered", scopes=(Scope.SEE_MATCH,), days=30,
            basis="own-reply", language="en", asked_at=NOW, expires_at=NOW + 7 * DAY,
        )  # fmt: skip
        uow.commit()
    return kept.ref


def _seen(place: BuiltPlace, daughter: BuiltMember, said: str) -> str:
    """Somebody without a phone, seen by one of two."""
    vera = a_member(place, "Vera Still", phone=False)
    first = a_member(place, "Cass First", roles=(Role.CUSTODIAN,))
    seen = Seen(
        "Vera Still", place.postcode_at(vera.east, vera.north), daughter.ref, ("post-need",), 60,
        "staff-witness", None, said, "en",
    )  # fmt: skip
    return mandate_witness.witness(
        actor=first.actor, seen=seen, secrets=wiring().secrets, key=a_key(), now=NOW
    )[1]


def _untold(place: BuiltPlace, library: BuiltOrganisation) -> str:
    """Somebody who has neither phone nor mail, and for whom the library acts."""
    wyn = a_member(place, "Wyn Quiet", phone=False)
    a_mandate(wyn, library, Scope.POST_NEED)
    with unit_of_work() as uow:
        one = uow.untold.open_of(wyn.id)
    assert one is not None
    return one.ref


def members_tour(scene: SupportersScene) -> Iterator[Stop]:
    """Rose's own pages."""
    yield Stop("supporters", "/me/supporters")
    yield Stop("supporters-one", f"/me/supporters/{scene.mandate}")
    yield Stop("supporters-renew", f"/me/supporters/{scene.mandate}/renew")
    yield Stop("supporters-renew-wrong", f"/me/supporters/{scene.mandate}/renew", {"days": "x"})
    yield Stop("supporters-ask", "/me/supporters/ask")
    yield Stop("supporters-ask-wrong", "/me/supporters/ask", {"to": "12", "days": ""})
    yield Stop("supporters-asked", f"/me/supporters/asked/{scene.asked}")
    yield Stop("supporters-goes-on", f"/me/supporters/asked/{scene.goes_on}")
    yield Stop("supporters-asked-wrong", f"/me/supporters/asked/{scene.asked}", {"days": "900"})
    right = {"scopes": ["post-need"], "days": "30"}
    yield Stop("supporters-code", f"/me/supporters/asked/{scene.asked}", right)
    code = f"/me/supporters/asked/{scene.asked}/code"
    yield Stop("supporters-code-wrong", code, {"code": "12"})
    yield Stop("supporters-need", f"/needs/{scene.need}")
    yield Stop("supporters-match", f"/matches/{scene.match}")
    yield Stop("for-nobody", "/for")


def supporters_tour(scene: SupportersScene) -> Iterator[Stop]:
    """The daughter's, before she acts for anybody."""
    yield Stop("for", "/for")
    yield Stop("for-go-on-sent", "/for/asked")
    yield Stop("for-ask", "/for/ask")
    yield Stop("for-ask-wrong", "/for/ask", {"to": "", "days": "0"})
    asking = {"to": "07700 900445", "scopes": ["message"], "days": "30"}
    yield Stop("for-ask-sent", "/for/ask", asking)
    yield Stop("for-asked", f"/for/asked/{scene.offered}")
    yield Stop("for-asked-wrong", f"/for/asked/{scene.offered}", {"code": "12"})


def acting_tour(scene: SupportersScene) -> Iterator[Stop]:
    """While she acts for Rose."""
    yield Stop("acting", "/for/now")
    yield Stop("acting-ask", "/needs/new")
    yield Stop("acting-need", f"/needs/{scene.need}")
    yield Stop("acting-match", f"/matches/{scene.match}")
    yield Stop("acting-refused", "/me/details")
    yield Stop("acting-whom", "/for")


def librarys_tour(scene: SupportersScene) -> Iterator[Stop]:
    """At the library's own desk."""
    ref = scene.library.ref
    yield Stop("library", f"/organisations/{ref}")
    yield Stop("library-desk", f"/organisations/{ref}/supporters")
    yield Stop("library-desk-wrong", f"/organisations/{ref}/supporters", {"to": "x", "days": ""})
    right = {"to": "07700 900446", "why": "Here she is", "scopes": ["post-need"], "days": "90"}
    yield Stop("library-code", f"/organisations/{ref}/supporters", right)
    yield Stop("library-code-wrong", f"/organisations/{ref}/supporters/code", {"code": "12"})


def council_desk_tour(scene: SupportersScene) -> Iterator[Stop]:
    """At the council's."""
    yield Stop("desk-supporters", "/desk/supporters")
    yield Stop("desk-supporters-wrong", "/desk/supporters", {"to": "", "why": ""})
    yield Stop("desk-seen", "/desk/supporters/seen")
    yield Stop("desk-seen-wrong", "/desk/supporters/seen", {"name": "", "evidence": ""})
    yield Stop("desk-calls", "/desk/supporters/calls")
    yield Stop("desk-calls-wrong", "/desk/supporters/calls", {"who": ""})
    rings = {"who": scene.rose.ref, "reason": "asked"}
    yield Stop("desk-call", "/desk/supporters/calls", rings)
    yield Stop("desk-call-wrong", f"/desk/supporters/calls/{scene.rose.ref}", {"words": ""})
    yield Stop("desk-waiting", "/desk/supporters/waiting")
    yield from _untold_tour(f"/desk/untold/{scene.untold}")
    yield Stop("desk-second", f"/desk/supporters/waiting/{scene.seen}")
    yield Stop("desk-second-wrong", f"/desk/supporters/waiting/{scene.seen}", {"words": ""})


def _untold_tour(path: str) -> Iterator[Stop]:
    yield Stop("desk-untold", "/desk/untold")
    yield Stop("desk-untold-one", path)
    yield Stop("desk-untold-wrong", path, {})
    yield Stop("desk-untold-where", f"{path}/where")
    yield Stop("desk-untold-where-wrong", f"{path}/where", {})
    yield Stop("desk-untold-shown", f"{path}/where", {"reason": "delivery"})
    yield Stop("desk-untold-letter", f"{path}/letter")
    yield Stop("desk-untold-never", f"{path}/never")
    yield Stop("desk-untold-barred", f"{path}/never", {"no_calls": "y", "words": "He answers."})


def leads_tour(scene: SupportersScene) -> Iterator[Stop]:
    """A safeguarding lead's."""
    yield Stop("desk-looks", "/desk/supporters/looks")
    yield Stop("desk-end", f"/desk/supporters/{scene.mandate}/end")
