"""Members of staff, with what they have in hand to sign in."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.members import StaffSecretRow
from enabler.services import sign_in
from tests.identity.town import NOW, Town, columns

MAIL = "sue@example.org"


@dataclass(frozen=True)
class Keys:
    """What somebody of staff has in hand."""

    password: str
    totp_secret: str

    def code(self, now: datetime = NOW) -> str:
        """What the phone's app shows at a moment."""
        return pyotp.TOTP(self.totp_secret).at(now)


def enrol(town: Town, role: Role = Role.CUSTODIAN, mail: str = MAIL, **other: object) -> Keys:
    """A new member of staff."""
    added = town.add(role, mail=mail, **other)
    assert added.password is not None
    assert added.totp_secret is not None
    return Keys(added.password, added.totp_secret)


def come_in(town: Town, keys: Keys, *, now: datetime = NOW, **other: object) -> str:
    """Sign in, with something else where it is given."""
    said = {
        "place_id": town.place_id, "mail": MAIL, "password": keys.password,
        "totp": keys.code(now), "secrets": town.secrets, **other,
    }  # fmt: skip
    return sign_in.staff(now=now, **said)


def secret_holders() -> list[tuple[int]]:
    """The ids of those who have secrets."""
    return columns(StaffSecretRow, "member_id", key="member_id")  # type: ignore[return-value]
