"""Staff by password and a one-time code of their phone's app (the port ``StaffIdentity``)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pyotp import TOTP, random_base32

from enabler.domain.errors import Invalid
from enabler.domain.sign_in import read_code, same
from enabler.domain.staff import LONGEST_PASSWORD, StaffSecret, check_password
from enabler.services.ports import StaffProof

STEP_SECONDS = 30
STEPS_AROUND = 1
"""A code of the step before or after is taken too: clocks differ (RFC 6238 §5.2)."""
ISSUER = "Enabler"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new way in. ``password`` and ``totp_secret`` are to be shown once, and only now."""

    password: str = field(repr=False)
    password_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)

    def otpauth(self, mail: str) -> str:
        """The address that a phone's app reads, mostly as a picture."""
        return TOTP(self.totp_secret).provisioning_uri(name=mail, issuer_name=ISSUER)


class PasswordAndCode:
    """Argon2id hashes (OWASP's first choice: 19 MiB, two passes, one lane); codes by RFC 6238."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

    @cached_property
    def _nobody(self) -> StaffSecret:
        """What a stranger's evidence is held against, for as long as a colleague's."""
        made = self.enrol()
        return StaffSecret(0, made.password_hash, made.totp_secret, 0, 0, None)

    def enrol(self, password: str | None = None, totp_secret: str | None = None) -> Enrolment:
        """A new way in, made up where it is not given. Raises Invalid("password", …)."""
        if password is not None:
            check_password(password)
        chosen = password or secrets.token_urlsafe(15)
        return Enrolment(chosen, self._hasher.hash(chosen), totp_secret or random_base32())

    def prove(
        self, evidence: Mapping[str, str], kept: StaffSecret | None, now: datetime
    ) -> StaffProof | None:
        """Both the ``password`` and the ``totp`` code are right, and the code was never used."""
        nobody = self._nobody
        known = kept or nobody
        password_right = self._verified(known.password_hash, evidence.get("password", ""))
        step = _step(known, evidence.get("totp", ""), now)
        if kept is None or not password_right or step is None:
            return None
        return StaffProof(step)

    def _verified(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False


def _step(known: StaffSecret, typed: str, now: datetime) -> int | None:
    """The step in time whose code this is, later than any that was used."""
    try:
        code = read_code(typed)
    except Invalid:
        code = ""
    codes = TOTP(known.totp_secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    around = range(current - STEPS_AROUND, current + STEPS_AROUND + 1)
    right = [step for step in around if same(codes.generate_otp(step), code)]
    return next((step for step in right if step > known.totp_last_step), None)


PASSWORD_AND_CODE = PasswordAndCode()
