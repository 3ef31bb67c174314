"""An invented place: people it, and say whom to sign in as.

Everybody in it is made up, and only the simulator ever sends for it. A place that has people is
left as it is. The staff's password and second factor follow from the installation's secret key,
so that they can be told again, and from nothing that is public.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyotp import TOTP

from enabler.domain.demo.invention import invent
from enabler.domain.demo.past import Storyteller
from enabler.domain.demo.people import HISTORY_DAYS
from enabler.domain.demo.safety import required
from enabler.domain.errors import LimitReached, NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.places import Place
from enabler.domain.vocabulary import NeedState, Role
from enabler.persistence.peopling.changes import ACTOR
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._could_have import CouldHave
from enabler.services._demo_supporters import invent_supporters
from enabler.services._once import once
from enabler.services._password import PASSWORD_AND_CODE
from enabler.services._past_hours import past_hours
from enabler.services.ports import Secrets
from enabler.timebank.transfers import Reason, Transfer

Progress = Callable[[str, int, int], None]
PLACE_PHONES = 447_700_900_000, 447_700_900_099
"""The numbers for drama that places have."""


@dataclass(frozen=True, slots=True)
class Peopled:
    """What peopling came to. ``already``: somebody was there, and nothing was changed."""

    slug: str
    name: str
    already: bool
    invented: bool
    residents: int = 0
    staff: int = 0
    organisations: int = 0
    offers: int = 0
    needs: int = 0
    open_needs: int = 0
    matches: int = 0


@dataclass(frozen=True, slots=True)
class SignInHint:
    """Somebody whom to sign in as in an invented place; ``part``: resident, helper, organisation
    or a role. Residents sign in by ``phone``; staff by mail, password and the code of now."""

    part: str
    name: str
    ward: str | None = None
    organisation: str | None = None
    phone: str | None = None
    mail: str | None = None
    password: str | None = None
    totp_secret: str | None = None
    totp_code: str | None = None


def people_place(
    *, actor: Actor, place_slug: str, size: int, seed: int, secrets: Secrets, key: str,
    now: datetime, progress: Progress = lambda *_: None,
) -> Peopled:  # fmt: skip
    """Fill a place with ``size`` invented residents, its staff, and what they give and ask.

    The same seed, size and moment give the same people. A place in which somebody lives, asks or
    offers is left as it is. Raises NotFound, NotAllowed, Invalid("size", "out_of_range").
    """
    with unit_of_work() as uow:
        place = uow.places.by_slug(place_slug)
        require(actor, Action.KEEP_PLACE, Subject(place_id=place.id))
        if uow.peopling.has_people(place.id):
            return Peopled(place.slug, place.name, already=True, invented=place.invented)
        peopled: list[Peopled] = []

        def act() -> dict[str, int]:
            peopled.append(_people(uow, place, size, seed, secrets, now, progress))
            return {"size": size, "seed": seed}

        arguments = {"place": place.slug, "size": size, "seed": seed}
        once(
            uow, "demo.people_place", actor=actor, key=key, arguments=arguments, now=now, act=act
        )  # fmt: skip
        uow.commit()
    return peopled[0]


def _people(
    uow: UnitOfWork, place: Place, size: int, seed: int, secrets: Secrets, now: datetime,
    progress: Progress,
) -> Peopled:  # fmt: skip
    uow.peopling.mark_invented(place, _phone(uow, place), now)
    town, ruleset = uow.peopling.town(place), uow.rulesets.in_force(place.id, now)
    requires = required(ruleset)
    invention = invent(town, size=size, seed=seed, ruleset=ruleset, requires=requires, now=now)
    could = CouldHave(invention, town, ruleset, requires, now, progress)
    stories = Storyteller(
        invention, could.candidates, timezone=place.timezone, ruleset=ruleset, seed=seed, now=now
    ).tell()
    book = uow.peopling.keep(
        place, invention, stories, could.scored, ruleset_id=ruleset.id, now=now, progress=progress
    )
    password = PASSWORD_AND_CODE.enrol(_password(secrets, place.slug)).password_hash
    staff = [row for row, each in enumerate(invention.members) if each.staff_role is not None]
    for row in staff:
        secret = _totp_secret(secrets, book.member_refs[row])
        uow.staff.add(place.id, book.members[row], password_hash=password, totp_secret=secret)
    invent_supporters(uow, ACTOR, invention, book, now)
    past = past_hours(
        book, invention, stories, ruleset, gift_ref=uow.refs.new(place.id, "gift"), now=now
    )  # fmt: skip
    pot = _fill_pot(uow, place.id, IN_THE_POT + past.by_pot, now - timedelta(days=2 * HISTORY_DAYS))
    uow.peopling.keep_hours(book, invention, past, pot)
    uow.audit.record(
        ACTOR, "place.peopled", place_id=place.id, subject=("place", place.id, place.slug),
        now=now, columns=("invented", "phone"),
    )  # fmt: skip
    return Peopled(
        place.slug, place.name, already=False, invented=True, residents=size, staff=len(staff),
        organisations=len(invention.organisations), offers=len(invention.offers),
        needs=len(invention.needs), matches=len(book.matches),
        open_needs=sum(story.state is NeedState.OPEN for story in stories),
    )  # fmt: skip


def _fill_pot(uow: UnitOfWork, place_id: int, minutes: int, at: datetime) -> int:
    """The community's pot, with a grant, so that it can step in for help from the first day; its
    account. One that is there already is granted as much."""
    uow.purses.wait_for_pots(place_id)
    ref = uow.refs.new(place_id, "pot")
    pot = uow.purses.community_pot(place_id) or uow.purses.open_pot(
        place_id, ref=ref, now=at, kind="community", pays=True
    )
    issue = uow.purses.issue(place_id)
    grant = Transfer(
        f"grant:{ref}", place_id, issue.number, pot.account, minutes, Reason.GRANT
    )  # fmt: skip
    uow.ledger.post(grant, at)
    return pot.account


def _phone(uow: UnitOfWork, place: Place) -> str:
    """The place's own number, if nobody can have it; else the first that is free."""
    first, last = PLACE_PHONES
    if place.phone is not None and first <= int(place.phone[1:]) <= last:
        return place.phone
    free = uow.peopling.free_phone(first, last)
    if free is None:
        raise LimitReached("invented_numbers_used_up")
    return free


def who(*, place_slug: str, secrets: Secrets, now: datetime) -> tuple[SignInHint, ...]:
    """Whom to sign in as, with the staff's codes of this moment.

    No sight is logged, for nobody of them exists. Raises NotFound, and
    NotAllowed("place_not_invented"): of real people nothing is told.
    """
    with reading() as uow:
        place = uow.places.by_slug(place_slug)
        if not place.invented:
            raise NotAllowed("place_not_invented")
        residents = uow.peopling.first_residents(place.id, len(_PARTS))
        hints = [
            SignInHint(
                part=part, name=shown.name, ward=shown.ward, phone=shown.phone, mail=shown.mail,
                organisation=shown.organisation if part == "organisation" else None,
            )
            for part, shown in zip(_PARTS, residents, strict=False)
        ]  # fmt: skip
        ward = residents[0].ward if residents else None
        for role in _STAFF:
            hints += _staff_hint(uow, place, role, ward, secrets, now)
        return tuple(hints)


IN_THE_POT = 200 * 60
"""Minutes that are in the community's pot of an invented place after its past."""
_PARTS = ("resident", "helper", "organisation")
_STAFF = (
    Role.COUNCILLOR, Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.CALL_HANDLER, Role.ADMINISTRATOR,
)  # fmt: skip


def _staff_hint(
    uow: UnitOfWork, place: Place, role: Role, ward: str | None, secrets: Secrets, now: datetime
) -> list[SignInHint]:
    """The first who holds the role and whose way in follows from our key: whom we invented. Of
    councillors the one of this ward, who sees what the shown resident asks for in vain."""
    staff = uow.peopling.staff_with(place.id, role)
    for shown in sorted(staff, key=lambda one: one.ward not in (None, ward)):
        if shown.totp_secret == _totp_secret(secrets, shown.ref):
            hint = SignInHint(
                part=role.value, name=shown.name, ward=shown.ward, mail=shown.mail,
                password=_password(secrets, place.slug), totp_secret=shown.totp_secret,
                totp_code=TOTP(shown.totp_secret).at(now),
            )  # fmt: skip
            return [hint]
    return []


def _password(secrets: Secrets, slug: str) -> str:
    digest = secrets.digest(f"demo-password:{slug}")
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


def _totp_secret(secrets: Secrets, ref: str) -> str:
    return base64.b32encode(bytes.fromhex(secrets.digest(f"demo-totp:{ref}"))[:20]).decode()
