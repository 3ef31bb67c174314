"""What members agree to: each wording by its code, version and digest.

The words themselves are in the catalogue (``doors/words/consents.py``); a test holds the digest of
the newest version to them, so that words never change without a new version. The database keeps
version and digest, and so what exactly somebody agreed to can be shown later.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of something to agree to; ``sha256`` is of its English words in UTF-8."""

    code: str
    version: int
    sha256: str


SIGN_UP = Wording(
    code="sign-up",
    version=1,
    sha256="bb472f5dc3d91181096706dad1c9279e03d983266b471aff8cd20bb4370e324e",
)
MANDATE = Wording(
    code="mandate",
    version=1,
    sha256="173a70f57ed255106454c78331189f8526f9f4183d19ee1a56f2f7b4e66433da",
)
"""What a member agrees to when somebody may act for them."""
MANDATE_IN: dict[str, str] = {
    "en": MANDATE.sha256,
    "cy": "d65ba0bff0c90ab3e2db2cd86db4d602702e0b2b7cb74e4892fb2f14a5e400b9",
}
"""The digest of those words in each language in which they can be read: kept with a mandate is
that of the words which the member read or heard."""
