"""The desk of checks and the visits that are watched over, with something of each on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.vocabulary import CredentialKind, Role
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    carrying,
    checks_ending,
    credential_desk,
    details,
    letting,
    matches,
    my_checks,
    proofs,
    relying,
    visits,
    watching,
)
from enabler.services._proofs import code_at
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_organisation,
)
from tests.services.deeds import a_key, accept, post
from tests.web.tour import DAY, PAST, Stop

HOUR = timedelta(hours=1)
K = CredentialKind


@dataclass(frozen=True)
class ChecksScene:
    """Who is there, and the refs of what there is to see."""

    helper: BuiltMember  # inside a visit that is overdue, with checks of every kind
    asker: BuiltMember
    lapsed: BuiltMember  # said yes, and a check of theirs has ended since
    gap: str
    overdue: str  # the match that nobody has come out of
    check: str
    wanted: str
    waiver: str
    shop: str
    owner: BuiltMember
    proof: str
    link: str  # of that proof
    relied: str  # on it, which the shop has asked


def set_checks_scene(place: BuiltPlace, training: str = "First aid") -> ChecksScene:
    """Let it happen, by the services that pages use; the overdue visit was in the morning."""
    asker, carol = a_member(place, "Ida Inside", at=(700, 2600)), a_custodian(place)
    helper = a_helper(place, "Hugo Here", at=(800, 2700))
    overdue = _overdue(asker, helper)
    gap, lapsed = _lapsed(place)
    shop = an_organisation(place, "Corner Shop")
    check = _shared(carol, helper, shop.ref, training)
    wanted = my_checks.want(
        actor=helper.actor, kind=K.DBS_ADULTS, words="On Fridays.", key=a_key(), now=NOW
    )
    my_checks.want(actor=shop.owner.actor, kind=K.INSURANCE, organisation_ref=shop.ref,
                   key=a_key(), now=NOW)  # fmt: skip
    waiver = credential_desk.ask_to_waive(
        actor=carol.actor, holder_ref=helper.ref, kind=K.REFERENCE, until=NOW + 40 * 24 * HOUR,
        words="The vicar knows him well.", key=a_key(), now=NOW,
    ).ref  # fmt: skip
    return ChecksScene(
        helper, asker, lapsed, gap, overdue, check, wanted, waiver, shop.ref, shop.owner,
        *_proof(helper, check, shop.ref, shop.owner),
    )  # fmt: skip


def _overdue(asker: BuiltMember, helper: BuiltMember) -> str:
    early = NOW - 5 * HOUR
    post(asker, now=early)
    ref = accept(helper, now=early).ref
    start = early + HOUR
    matches.arrange(actor=helper.actor, match_ref=ref, start=start, end=start + HOUR, key=a_key(),
                    now=early)  # fmt: skip
    visits.arrive(actor=helper.actor, match_ref=ref, key=a_key(), now=start)
    while watching.ring_due(now=NOW):
        pass
    return ref


def _lapsed(place: BuiltPlace) -> tuple[str, BuiltMember]:
    helper = a_helper(place, "Lena Late", at=(3200, 3200), credentials=[])
    ends = NOW - HOUR
    with unit_of_work() as uow:
        uow.credentials.add(
            place_id=place.id, holder=(helper.id, None), kind=K.IDENTITY, seen_on=LONG_AGO,
            valid_until=ends, checked_by="a test",
        )  # fmt: skip
        uow.commit()
    early = NOW - 2 * HOUR
    post(a_member(place, "Ada Asks", at=(3300, 3300)), now=early)
    ref = accept(helper, now=early).ref
    checks_ending.look_at_ended(now=NOW)
    return ref, helper


def _shared(carol: BuiltMember, helper: BuiltMember, shop: str, training: str) -> str:
    """A check that ends soon, which the shop may see."""
    with unit_of_work() as uow:
        one = uow.credentials.add(
            place_id=carol.place.id, holder=(helper.id, None), kind=K.TRAINING, seen_on=LONG_AGO,
            valid_until=NOW + 20 * 24 * HOUR, checked_by=carol.ref, note=training,
            last_characters="7781",
        )  # fmt: skip
        uow.commit()
    carrying.let_see(actor=helper.actor, ref=one.ref, to=shop, until=NOW + 10 * 24 * HOUR,
                     key=a_key(), now=NOW)  # fmt: skip
    return one.ref


def _proof(helper: BuiltMember, check: str, shop: str, owner: BuiltMember) -> tuple[str, str, str]:
    """A proof of the helper's, and its link; the shop may see what helps them, and asks to count on
    it for the visits that the helper goes on for them."""
    details.need_access(
        actor=helper.actor,
        needs=["step-free"],
        words="Ring twice.",
        consented=True,
        key=a_key(),
        now=NOW,
    )
    letting.let_see(actor=helper.actor, what=letting.WHAT_HELPS, to=shop, key=a_key(), now=NOW,
                    until=NOW + 10 * 24 * HOUR)  # fmt: skip
    ref = proofs.make(
        actor=helper.actor, ref=check, for_whom="The scouts", until=NOW + 10 * 24 * HOUR,
        named=True, secrets=wiring().secrets, signing=wiring().signing, key=a_key(), now=NOW,
    )  # fmt: skip
    with reading() as uow:
        proof = uow.proofs.by_ref(helper.place.id, ref)
    token = wiring().secrets.token_of(proof.nonce)
    with unit_of_work() as uow:
        uow.members.add_role(
            helper.place.id, helper.id, Role.ORGANISATION_HELPER, now=LONG_AGO,
            organisation_id=uow.organisations.by_ref(helper.place.id, shop).id,
        )  # fmt: skip
        uow.commit()
    asked = relying.ask(
        actor=owner.actor, organisation_ref=shop, token=token, base_url="https://example.org",
        code=code_at(proof, wiring().secrets, NOW)[0], secrets=wiring().secrets, key=a_key(),
        now=NOW,
    )  # fmt: skip
    return ref, f"/verify/{token}", asked


def checks_desk_tour(scene: ChecksScene) -> Iterator[Stop]:
    """Pages of a custodian."""
    desk = "/desk/credentials"
    yield Stop("checks-desk", desk)
    yield Stop("checks-desk-one", f"{desk}/{scene.check}")
    yield Stop("checks-desk-revoke", f"{desk}/{scene.check}/revoke")
    yield Stop("checks-desk-revoke-empty", f"{desk}/{scene.check}/revoke", {})
    yield Stop("checks-desk-wanted", f"{desk}/wanted/{scene.wanted}")
    yield Stop("checks-desk-wanted-empty", f"{desk}/wanted/{scene.wanted}", {})
    yield Stop("checks-desk-waive", f"{desk}/waivers/new")
    yield Stop("checks-desk-waive-wrong", f"{desk}/waivers/new",
               {"holder_ref": "ABCD", "kind": "identity", "until": PAST, "words": "x"})  # fmt: skip
    yield Stop("checks-desk-waiver", f"{desk}/waivers/{scene.waiver}")
    yield Stop("checks-desk-waiver-empty", f"{desk}/waivers/{scene.waiver}", {})
    yield Stop("checks-desk-shown", f"{desk}/shown")
    yield Stop("checks-desk-record", f"{desk}/new?holder={scene.helper.ref}&kind=dbs-standard")
    yield Stop("checks-desk-record-wrong", f"{desk}/new?holder={scene.helper.ref}",
               {"kind": "dbs-standard", "seen": PAST, "until": DAY})  # fmt: skip
    yield Stop("proofs-bring", f"{desk}/bring?holder={scene.helper.ref}")
    yield Stop("proofs-bring-wrong", f"{desk}/bring?holder={scene.helper.ref}",
               {"text": "not a proof", "sure": "y"})  # fmt: skip
    yield Stop("visits-desk", "/desk/visits")
    yield Stop("visits-desk-one", f"/desk/visits/{scene.overdue}")
    yield Stop("visits-desk-one-empty", f"/desk/visits/{scene.overdue}", {})


def checks_helpers_tour(scene: ChecksScene) -> Iterator[Stop]:
    """Pages of somebody who has checks, and is inside a visit."""
    yield Stop("checks-mine", "/me/credentials")
    yield Stop("checks-share", f"/me/credentials/{scene.check}/share")
    yield Stop("checks-share-wrong", f"/me/credentials/{scene.check}/share",
               {"to": "nowhere", "until": DAY})  # fmt: skip
    yield Stop("facts", "/me/facts")
    yield Stop("facts-prove", f"/me/facts/{scene.check}/prove")
    yield Stop("facts-prove-wrong", f"/me/facts/{scene.check}/prove", {"until": PAST})
    yield Stop("facts-proof", f"/me/facts/proofs/{scene.proof}")
    yield Stop("verify-link", scene.link)
    yield Stop("verify-link-wrong", scene.link, {"code": "000000"})
    yield Stop("shared", "/me/shared")
    yield Stop("relied", f"/me/relied/{scene.relied}")
    yield Stop("relied-empty", f"/me/relied/{scene.relied}", {})
    yield Stop("shared-new", "/me/shared/new")
    yield Stop("shared-new-wrong", "/me/shared/new", {"to": "nobody", "until": DAY})
    yield Stop("visit-inside", f"/matches/{scene.overdue}")
    yield Stop("visit-stay", f"/matches/{scene.overdue}/stay")
    yield Stop("visit-stay-wrong", f"/matches/{scene.overdue}/stay", {"minutes": "1"})
    yield Stop("visit-stuck", f"/matches/{scene.overdue}/stuck")


def checks_owners_tour(scene: ChecksScene) -> Iterator[Stop]:
    """Pages of who leads an organisation."""
    yield Stop("checks-organisation", f"/organisations/{scene.shop}/checks")
    yield Stop("checks-organisation-ask", f"/organisations/{scene.shop}/checks/ask")
    yield Stop("shown-organisation", f"/me/organisations/{scene.shop}/shown")
    yield Stop("shown-me", "/me/shown")
    yield Stop("people-relied", f"/organisations/{scene.shop}/people")
    yield Stop("verify-rely-wrong", f"{scene.link}/rely?organisation={scene.shop}",
               {"code": "000000"})  # fmt: skip
