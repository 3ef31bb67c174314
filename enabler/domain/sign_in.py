"""How people sign in: the limits of codes, tries and sessions, and what they mean at a moment.

Nothing here is kept, sent or looked up. ASVS is OWASP's Application Security Verification
Standard, version 5.0; where no source is named the number is the platform's own policy.
"""

import hmac
import ipaddress
import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.errors import Invalid, LimitReached

CODE_LIFE = timedelta(minutes=10)
"""A code by text is good for at most ten minutes (ASVS 6.5.5), once (6.5.1), in the browser that
asked for it (6.6.2)."""
CODE_DIGITS = 6
TRIES_PER_CODE = 5
"""With the cap on all codes of a day, 10,000 tries at a million codes: one account in a hundred
days can be expected to be guessed open, however many accounts are tried (ASVS 6.6.3)."""
LONGEST_CODE_TYPED = 40
SAID_AGAIN_WITHIN = timedelta(minutes=1)
"""A form that is sent twice comes twice within moments; what comes later is a second use."""

PROOF_LIFE = timedelta(minutes=5)
"""What shows or ends everything is done so soon after its owner proved who they are
(ASVS 7.5.3)."""
SEEN_EVERY = timedelta(hours=1)
SEEN_EVERY_WHEN_SHORT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``count`` codes in ``period``, whoever or whatever it counts for."""

    code: str
    count: int
    period: timedelta

    def check(self, nth_newest: datetime | None, now: datetime) -> None:
        """``nth_newest``: when the ``count``-th newest code was asked for, None if there is none.

        Raises LimitReached with ``until`` and the whole ``minutes`` until then.
        """
        until = None if nth_newest is None else nth_newest + self.period
        if until is not None and now < until:
            minutes = math.ceil((until - now).total_seconds() / 60)
            raise LimitReached(self.code, until=until, minutes=minutes)


NUMBER_CAPS = (
    Cap("codes_number_soon", 3, timedelta(minutes=15)),
    Cap("codes_number_day", 6, timedelta(days=1)),
)
"""For one phone number: its owner's peace, and at most 30 guesses a day."""
ADDRESS_CAP = Cap("codes_address", 20, timedelta(hours=1))
"""For one network address: a household, a library, a mast of a phone company."""
EVERYONE_CAP = Cap("codes_everyone", 2_000, timedelta(days=1))
"""For all together: what a flood of sign-ups can cost, and what guessing can win."""
DRAFT_KEPT = timedelta(days=1)
"""What was typed in a form that was never sent."""
DRAFT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts: without being seen, and at most."""

    idle: timedelta
    absolute: timedelta


RESIDENT_LIFETIME = Lifetime(idle=timedelta(days=30), absolute=timedelta(days=365))
SHARED_LIFETIME = Lifetime(idle=timedelta(minutes=10), absolute=timedelta(hours=10))
STAFF_LIFETIME = Lifetime(idle=timedelta(minutes=15), absolute=timedelta(hours=10))
PROVED_NUMBER_LIFETIME = Lifetime(idle=timedelta(hours=1), absolute=timedelta(hours=1))
"""A number was proved and nobody has signed up with it yet (ASVS 7.3.1, 7.3.2 for all four)."""


@dataclass(frozen=True, slots=True)
class SignInCode:
    """A code that was asked for, as the hall works with it; the digits follow from the nonce."""

    id: int
    place_id: int
    phone: str
    nonce: str
    expires_at: datetime
    tries: int
    used_at: datetime | None

    def refuse(self, now: datetime) -> None:
        """Raises Invalid("code", …) where no digits at all would do any more."""
        if self.used_at is not None:
            raise Invalid("code", "code_used")
        if now >= self.expires_at:
            raise Invalid("code", "code_expired")
        if self.tries >= TRIES_PER_CODE:
            raise Invalid("code", "code_too_many_tries")

    def may_be_said_again(self, now: datetime) -> bool:
        """Whether it was used so lately that the same form may have come twice."""
        if self.used_at is None or self.tries >= TRIES_PER_CODE:
            return False
        return now < min(self.used_at + SAID_AGAIN_WITHIN, self.expires_at)

    def wrong(self) -> Invalid:
        """What to say to other digits than these, which is one more try; ``left``: how many yet."""
        left = TRIES_PER_CODE - self.tries - 1
        if left == 0:
            return Invalid("code", "code_too_many_tries")
        return Invalid("code", "code_wrong", left=left)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session, as the hall works with it."""

    id: int
    place_id: int
    member_id: int | None
    verified_phone: str | None
    second_factor: bool
    shared_device: bool
    last_seen_at: datetime
    expires_at: datetime
    begun_at: datetime | None = None
    proved_at: datetime | None = None
    acting_id: int | None = None

    @property
    def lifetime(self) -> Lifetime:
        """How long a session of its kind lasts."""
        return lifetime_of(
            member=self.member_id is not None,
            second_factor=self.second_factor,
            shared_device=self.shared_device,
        )

    def is_over(self, now: datetime) -> bool:
        """Whether it was left alone for too long, or is too old."""
        return now >= self.expires_at or now >= self.last_seen_at + self.lifetime.idle

    def proved_until(self) -> datetime | None:
        """Until when it may do what asks for a fresh proof: a code that was typed, or the signing
        in itself, a moment ago."""
        proofs = [at for at in (self.begun_at, self.proved_at) if at is not None]
        return max(proofs) + PROOF_LIFE if proofs else None

    def wants_to_be_seen(self, now: datetime) -> bool:
        """Whether it is time to write that it was seen: hourly, short sessions each minute."""
        short = self.lifetime.idle <= SEEN_EVERY
        return now >= self.last_seen_at + (SEEN_EVERY_WHEN_SHORT if short else SEEN_EVERY)


def lifetime_of(*, member: bool, second_factor: bool, shared_device: bool) -> Lifetime:
    """How long a session lasts. A second factor makes it staff's."""
    if not member:
        return PROVED_NUMBER_LIFETIME
    if second_factor:
        return STAFF_LIFETIME
    return SHARED_LIFETIME if shared_device else RESIDENT_LIFETIME


def read_code(typed: str) -> str:
    """The digits somebody typed, in any script, with or without spaces and dashes.

    Raises ``Invalid("code", …)``: ``code_missing``, ``code_malformed``.
    """
    letters = [c for c in typed if unicodedata.category(c)[0] not in "ZPC"]
    if not letters:
        raise Invalid("code", "code_missing")
    digits = [unicodedata.decimal(c, None) for c in letters]
    if len(typed) > LONGEST_CODE_TYPED or len(digits) != CODE_DIGITS or None in digits:
        raise Invalid("code", "code_malformed")
    return "".join(str(digit) for digit in digits)


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())


def network_of(address: str) -> str:
    """What a cap on addresses counts: the address, or of IPv6 the 64 bits that one household has.

    What is no address at all counts as one.
    """
    try:
        known = ipaddress.ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((int(known), 64), strict=False))
