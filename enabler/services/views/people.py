"""Who is signed in, and members as those see them who may."""

from dataclasses import dataclass, field

from enabler.domain.places import Place
from enabler.domain.vocabulary import MemberState, Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a browser's session is, as doors need it for the actor and the page's head."""

    session_id: int
    place_id: int
    member_id: int | None
    member_ref: str | None
    shown_name: str | None
    language: str
    verified_phone: str | None  # a new number whose owner has yet to sign up
    roles: tuple[Role, ...]
    organisations: tuple[tuple[str, str], ...]  # (ref, name) the member acts for
    second_factor: bool
    place: Place | None = None  # where it was read with the session
    acting_id: int | None = None  # the mandate under which the browser acts for another
    rests: bool = False  # they asked for peace, and have not come back
    has_hours: bool = False  # something was promised to them or by them, or has moved


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, as those see them who may look up a person."""

    ref: str
    name: str
    shown_name: str
    state: MemberState
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class AddedMember:
    """A member whom staff added. What a new member of staff signs in with is told once, here."""

    ref: str
    created: bool  # False: they had an account and were given the role
    waits: bool = False  # for the safeguarding lead's look
    password: str | None = field(default=None, repr=False)
    totp_secret: str | None = field(default=None, repr=False)
    otpauth: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CallerView:
    """What somebody who has lost their phone is asked about, for whoever changes their number.

    ``phone_end``: the last three digits of the number that we have.
    """

    ref: str
    name: str
    state: MemberState
    has_mail: bool
    address: str | None = field(repr=False)
    postcode: str | None = field(repr=False)
    phone_end: str | None
