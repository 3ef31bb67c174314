"""An organisation on an ordinary morning: who acts for it, what it is asked and said yes to."""

from dataclasses import dataclass, replace
from datetime import date

from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor, RoleGrant
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import OrganisationKind, Role
from enabler.domain.windows import Weekly
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    board,
    conversations,
    hours_events,
    invitations,
    matches,
    mine,
    needs,
    organisations,
    series,
)
from enabler.services.hours_events import EventDraft
from enabler.services.needs import NeedDraft
from enabler.services.organisations import OrganisationDraft
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_offer,
    an_organisation,
)
from tests.web.scene import HOUR, TOMORROW, key
from tests.web.tour import Stop

CAFE = OrganisationDraft(
    kind="business", name="Copper Kettle", about="A café that cooks for neighbours.",
    postcode="", address="2 Market Row", phone="0117 496 0123", mail="hello@kettle.example.org",
    web="kettle.example.org", hours=(Weekly(0, 540, 720), Weekly(0, 780, 1020)),
    can_show=("insurance", "food-hygiene"),
)  # fmt: skip


@dataclass(frozen=True)
class OrganisationScene:
    """The people of the pantry, and the refs of what there is to see."""

    owner: BuiltMember
    helper: BuiltMember
    registrant: BuiltMember
    organisation: str
    held: str  # an organisation that waits for a custodian
    asked: str  # a match that waits for the pantry's answer
    agreed: str  # a match that the helper was chosen for
    invitation: str
    own_need: str  # what the pantry asks for
    own_ask: str  # the match by which a neighbour is asked for it
    series: str  # what the pantry asks for every week
    event: str  # an afternoon of many that the pantry wrote down


def acting(member: BuiltMember, pantry: BuiltOrganisation, role: Role) -> BuiltMember:
    """The member with a part in the organisation from now on."""
    with unit_of_work() as uow:
        uow.members.add_role(
            pantry.place.id, member.id, role, now=NOW - HOUR, organisation_id=pantry.id
        )
        uow.commit()
    return refreshed(member)


def refreshed(member: BuiltMember) -> BuiltMember:
    """The member as their session knows them at this moment: with the roles they hold now."""
    with reading() as uow:
        held = uow.members.roles_of(member.id, NOW)
    grants: tuple[RoleGrant, ...] = tuple(one.grant for one in held)
    actor = Actor("member", member.ref, member.id, member.place.id, grants)
    return replace(member, actor=actor)


def set_organisation_scene(place: BuiltPlace) -> OrganisationScene:
    """Let the morning happen, by the services that pages use."""
    asker = a_member(place, "Rosa Long", address="12 North Street")
    pantry = an_organisation(place, "Elmford Pantry", kind=OrganisationKind.BUSINESS)
    an_offer(pantry, "meals", capacity=5)
    helper = acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER)
    agreed = _ask(asker, pantry, "A warm dinner, please.")
    matches.accept(actor=pantry.owner.actor, match_ref=agreed, key=key(), now=NOW)
    board.assign(actor=pantry.owner.actor, match_ref=agreed, who=helper.ref, key=key(), now=NOW)
    conversations.say(
        actor=asker.actor, match_ref=agreed, words="The bell is broken.", key=key(), now=NOW
    )
    draft = replace(CAFE, postcode=place.postcode_at(1500, 1500))
    registrant = a_member(place, "Carla Kettle", mail=True)
    held = organisations.register(actor=registrant.actor, draft=draft, key=key(), now=NOW)
    invited = invitations.invite(
        actor=pantry.owner.actor, ref=pantry.ref, role="organisation-coordinator",
        to="07700 900977", secrets=wiring().secrets, key=key(), now=NOW,
    )  # fmt: skip
    asked = _ask(asker, pantry, "Soup for two on a cold day.")
    with unit_of_work() as uow:
        uow.organisations.change(
            pantry.id, postcode=place.postcode_at(600, 600), address="1 Market Row"
        )
        uow.commit()
    an_offer(registrant, "moving")
    own = needs.post(
        actor=pantry.owner.actor, key=key(), now=NOW,
        draft=NeedDraft("moving", "Two people to carry our tables.", slots=2, circumstances=NONE_SO,
                        organisation_ref=pantry.ref),
    )  # fmt: skip
    return OrganisationScene(
        pantry.owner, helper, registrant, pantry.ref, held.ref, asked, agreed, invited, own.ref,
        own_ask=mine.everything(actor=registrant.actor, now=NOW).asks[-1].ref,
        series=_every_week(pantry), event=_afternoon(pantry, helper),
    )  # fmt: skip


def _every_week(pantry: BuiltOrganisation) -> str:
    every = Repeat((Weekly(4, 480, 600),), date(2026, 6, 26), skips_bank_holidays=True)
    draft = NeedDraft(
        "cleaning", "Our kitchen floor, once a week.", every=every, organisation_ref=pantry.ref,
        circumstances=NONE_SO,
    )  # fmt: skip
    return series.begin(actor=pantry.owner.actor, draft=draft, key=key(), now=NOW).ref


def _afternoon(pantry: BuiltOrganisation, helper: BuiltMember) -> str:
    """Both were there, one of them for longer; the helper says that it was otherwise."""
    draft = EventDraft(
        organisation_ref=pantry.ref, way="many-to-one", words="Clean-up of Elm Park", minutes=120,
        on_day=date(2026, 3, 7), people=((helper.ref, None), (pantry.owner.ref, 150)),
    )  # fmt: skip
    noted = hours_events.record(actor=pantry.owner.actor, draft=draft, key=key(), now=NOW)
    return noted.ref


def _ask(asker: BuiltMember, pantry: BuiltOrganisation, words: str) -> str:
    draft = NeedDraft(category="meals", words=words, windows=(TOMORROW,), circumstances=NONE_SO)
    needs.post(actor=asker.actor, draft=draft, key=key(), now=NOW)
    return mine.everything(actor=pantry.owner.actor, now=NOW).asks[-1].ref


def registering_tour(place: BuiltPlace) -> list[Stop]:
    """The way through the questions, by a stranger, also with errors."""
    steps = (
        ("kind", {}, {"kind": "business"}),
        ("name", {"name": "", "about": ""}, {"name": "Copper Kettle", "about": "We cook daily."}),
        ("where", {"postcode": "nonsense", "address": "2 Market Row"},
         {"postcode": place.postcode_at(500, 500), "address": "2 Market Row"}),
        ("reach", {"web": "not an address"}, {"phone": "0117 496 0123"}),
        ("hours", {"day0": "late"}, {"day0": "9am to 5pm"}),
        ("papers", None, {"can_show": ["insurance"]}),
    )  # fmt: skip
    stops = [Stop("organising-start", "/organisations/new")]
    for name, wrong, right in steps:
        path = f"/organisations/new/{name}"
        stops.append(Stop(f"organising-{name}", path))
        stops += [] if wrong is None else [Stop(f"organising-{name}-wrong", path, wrong)]
        stops.append(Stop(f"organising-after-{name}", path, right))
    stops.append(Stop("organising-done", "/organisations/new"))
    return [*stops, Stop("organising-check", "/organisations/new/check")]


def owners_tour(scene: OrganisationScene) -> list[Stop]:
    """Pages of whoever leads it."""
    home = f"/organisations/{scene.organisation}"
    person = f"{home}/people/{scene.helper.ref}"
    return [
        Stop("organisation-owner", home), Stop("organisation-change", f"{home}/change"),
        Stop("organisation-change-wrong", f"{home}/change", {"about": "", "mail": "x"}),
        Stop("organisation-hours", f"{home}/hours"),
        Stop("organisation-hours-wrong", f"{home}/hours", {"day1": "9am to 8am"}),
        Stop("organisation-people", f"{home}/people"),
        Stop("organisation-invite", f"{home}/people/invite"),
        Stop("organisation-invite-wrong", f"{home}/people/invite", {"to": "12"}),
        Stop("organisation-person", person), Stop("organisation-remove", f"{person}/remove"),
        Stop("organisation-leave", f"{home}/leave"), Stop("board", f"{home}/board"),
        Stop("board-nobody", f"{home}/board?only=nobody"),
        Stop("board-assign", f"/matches/{scene.agreed}/assign"),
        Stop("board-assign-empty", f"/matches/{scene.agreed}/assign", {}),
        Stop("organisation-ask", f"/matches/{scene.asked}"),
        Stop("organisation-agreed", f"/matches/{scene.agreed}"), Stop("me-owner", "/me"),
        Stop("organisation-need", f"/needs/{scene.own_need}"),
        Stop("organisation-need-start", f"/needs/new?for={scene.organisation}"),
        Stop("organisation-need-what", "/needs/new/what", {"category": "moving"}),
        Stop("organisation-need-words", "/needs/new/words", {"words": "Our tables, please."}),
        Stop("organisation-need-where", "/needs/new/where"),
        Stop("organisation-need-at-ours", "/needs/new/where", {"spot": "home"}),
        Stop("organisation-need-meeting", "/needs/new/meeting", {"setting": "doorstep"}),
        Stop("organisation-need-when", "/needs/new/when"),
        Stop("organisation-need-any", "/needs/new/when", {"when": "any"}),
        Stop("organisation-need-much", "/needs/new/how-much",
             {"duration_minutes": "60", "slots": "2"}),
        Stop("organisation-need-else", "/needs/new/anything-else", {"language": ""}),
        Stop("organisation-need-who", "/needs/new/who"),
        Stop("organisation-need-check", "/needs/new/check"),
        Stop("organisation-series", f"/series/{scene.series}"),
        Stop("organisation-series-edit", f"/series/{scene.series}/edit"),
        Stop("organisation-offer-start", f"/offers/new?for={scene.organisation}"),
        Stop("organisation-offer-when", "/offers/new/when"),
        *_noting(f"{home}/hours/event", scene),
    ]  # fmt: skip


def _noting(path: str, scene: OrganisationScene) -> list[Stop]:
    """An afternoon of many is written down, also with errors."""
    ref = scene.helper.ref
    steps: tuple[tuple[str, dict[str, object], dict[str, object]], ...] = (
        ("what", {"words": ""}, {"words": "First aid"}),
        ("day", {"day": ["1", "3", "2030"]}, {"day": ["9", "3", "2026"]}),
        ("length", {"length": "other", "hours": "20"}, {"length": "60"}),
        ("who", {"people": "ZZZZ"}, {"people": scene.owner.ref}),
    )  # fmt: skip
    stops = [Stop("hours-event-start", path)]
    for name, wrong, right in steps:
        stops.append(Stop(f"hours-event-{name}", f"{path}/{name}"))
        stops.append(Stop(f"hours-event-{name}-wrong", f"{path}/{name}", wrong))
        stops.append(Stop(f"hours-event-after-{name}", f"{path}/{name}", right))
    noted = f"/hours/events/{scene.event}"
    return [
        *stops,
        Stop("hours-event-who-many", f"{path}/who", {"people": f"{ref} 1h30"}),
        Stop("hours-event-check", f"{path}/check"), Stop("hours-event-done", f"{path}/check", {}),
        Stop("hours-event-lead", noted), Stop("hours-take-back", f"{noted}/take-back"),
        Stop("hours-of-organisation", f"/hours?for={scene.organisation}"),
    ]  # fmt: skip


def organisation_helpers_tour(scene: OrganisationScene) -> list[Stop]:
    """Pages of whoever goes for it, and of whoever was asked to join."""
    return [
        Stop("board-helper", f"/organisations/{scene.organisation}/board"),
        Stop("organisation-goes", f"/matches/{scene.agreed}"),
        Stop("hand-back", f"/matches/{scene.agreed}/hand-back"),
        Stop("invitation", f"/invitations/{scene.invitation}?code=123456"),
        Stop("invitation-empty", f"/invitations/{scene.invitation}", {}),
        Stop("organisation-report", f"/organisations/{scene.organisation}/report"),
        Stop("organisation-public", f"/organisations/{scene.organisation}"),
        Stop("hours-promised", "/hours"),
        Stop("hours-event", f"/hours/events/{scene.event}"),
        Stop("hours-not-so", f"/hours/events/{scene.event}/not-so"),
        Stop("hours-not-so-empty", f"/hours/events/{scene.event}/not-so", {}),
        Stop(
            "hours-disputed",
            f"/hours/events/{scene.event}/not-so",
            {"words": "It was only one hour."},
        ),
    ]


def registrants_tour(scene: OrganisationScene) -> list[Stop]:
    """Pages of whoever waits for a custodian, and whom the pantry asks for a hand."""
    return [
        Stop("organisation-asks", f"/matches/{scene.own_ask}"),
        Stop("organising-posted", f"/organisations/new/posted/{scene.held}"),
        Stop("organisation-held", f"/organisations/{scene.held}"),
        Stop("details-mail-remove", "/me/details/mail/remove"),
        Stop("details-mail-remove-code", "/me/details/mail/remove", {}),
        Stop("details-mail-remove-wrong", "/me/details/mail/remove/code", {"code": "12"}),
    ]


def organisations_desk_tour(scene: OrganisationScene) -> list[Stop]:
    """What a custodian sees of it."""
    return [
        Stop("desk-organisation", "/desk"),
        Stop("desk-held-organisation", f"/desk/held/{scene.held}"),
    ]


def written_down_tour(scene: OrganisationScene) -> list[Stop]:
    """What was written down, as a custodian sees it."""
    return [
        Stop("desk-hours-events", "/desk/hours/events"),
        Stop("desk-hours-event", f"/hours/events/{scene.event}"),
        Stop("desk-hours-decide", f"/desk/hours/events/{scene.event}"),
        Stop("desk-hours-decide-empty", f"/desk/hours/events/{scene.event}", {}),
        Stop("desk-hours-record", "/desk/hours/record"),
        Stop("desk-hours-record-empty", "/desk/hours/record", {}),
        Stop("desk-hours-start", "/desk/hours/event"),
        Stop("desk-hours-way-wrong", "/desk/hours/event/way", {"way": "many-to-one"}),
    ]
