"""What members agree to: each wording by its code, version and digest (pure).

The words themselves are in the catalogue (``doors/words/consents.py``); a test holds the digest of
every version to them, in each language, so that words never change without a new version. The
database keeps version, language and digest, and so exactly what somebody read when they agreed can
be shown to them later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.errors import NotFound

FIRST_LANGUAGE = "en"
HOW = ("page", "text", "desk")
"""How somebody can agree, and take it back: on a page, by text, at a desk with somebody there."""
OVER, REPLACED, NOT_KEPT = "over", "replaced", "not-kept"
"""How else a consent ends: its time is over, newer words took its place, what it was about is
gone."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of something to agree to; ``digests`` are the SHA-256 of its words in UTF-8, by
    language. ``ask_again``: whoever agreed to an older version is asked at their next sign-in."""

    code: str
    version: int
    digests: Mapping[str, str]
    ask_again: bool = False

    def read_in(self, language: str) -> str:
        """The language in which it is read where pages are in ``language``."""
        return language if language in self.digests else FIRST_LANGUAGE

    def digest(self, language: str) -> str:
        """The digest of its words in the language in which they are read."""
        return self.digests[self.read_in(language)]


@dataclass(frozen=True, slots=True)
class Shown:
    """How the words came before somebody's eyes: in which language, on which page (a code), and
    ``how``; at a desk ``by`` is the id of the member of staff."""

    language: str = FIRST_LANGUAGE
    page: str | None = None
    how: str = "page"
    by: int | None = None


ON_A_PAGE = Shown()
SIGN_UP, ACCESS, CARRY, NEWS, COUNCILLOR, RELY, LEARNING = (
    "sign-up", "access-needs", "carry-check", "news", "councillor", "rely-proof", "learning",
)  # fmt: skip
TERMS = frozenset({SIGN_UP})
"""What is no consent in law: the council keeps it to do what the member asked for, and it ends with
the account."""
LASTS: Mapping[str, timedelta] = {COUNCILLOR: timedelta(days=90)}
"""How long what was agreed to lasts at most, where it has an end of its own."""
_ALL = (
    Wording(SIGN_UP, 1, {
        "en": "bb472f5dc3d91181096706dad1c9279e03d983266b471aff8cd20bb4370e324e",
        "cy": "7da9a98311e0fa7060d675f42112a6d856f9186c0403b3c7f0e00bb0fbb579db",
    }),
    Wording(ACCESS, 1, {
        "en": "dc5c4327116ee12feea8c7a065a20dbdff5fd72fbf9aa2ee9d98dee49d103186",
        "cy": "7a8ca1f6e756f0383aac1491c08f2866f153531956fa3f6f2fb708e7763103c4",
    }),
    Wording(CARRY, 1, {
        "en": "663176a24facc0c3b9667638723826a0f8ca291fe12701e777ca533a5e3f5535",
        "cy": "55b7b763f9aca4b4e8734e7f6cb010cc5fc1096acd01cb308ded9d42154b18af",
    }),
    Wording(NEWS, 1, {
        "en": "c9c670171fa637fac9054a992c96e6bdcfeb2a9327f36bd88f7efbe9f187dd3c",
        "cy": "37b5df2a407f2186973312e5818f0c6786c50de37715c0d3f64ac6be0c4526ab",
    }),
    Wording(COUNCILLOR, 1, {
        "en": "f65723ac9dc9cb7c78065a24174f50ef926d7d900574738cf29fa00f5eafb2f7",
        "cy": "f38ed7957dbcfe2c10e6816df6f5b8ac539e64d1f074c32f9496f7622b51c383",
    }),
    Wording(RELY, 1, {
        "en": "4d3ff92ffccb4b9f3d3ee225027b2dc25d6a5cdf22d714483b711855af2471c2",
        "cy": "b6e1be4eb078c44dfba22635f74e025e377a561115f4542d3ba997c0b8705052",
    }),
    Wording(LEARNING, 1, {
        "en": "8b552c51fc1d813c87a1722cf27028eebb5c63925d9edbb4bdb5d598998ab92e",
        "cy": "e944c9e9426dce3c740c9aced87cbf81d9af1e83f0fde9aa4587d94bf65f3b0e",
    }),
)  # fmt: skip
WORDINGS: Mapping[str, tuple[Wording, ...]] = {
    code: tuple(one for one in _ALL if one.code == code) for code in (one.code for one in _ALL)
}
"""All versions of each, the first first. One that was ever shown stays."""
MANDATE = Wording("mandate", 1, {
    "en": "173a70f57ed255106454c78331189f8526f9f4183d19ee1a56f2f7b4e66433da",
    "cy": "d65ba0bff0c90ab3e2db2cd86db4d602702e0b2b7cb74e4892fb2f14a5e400b9",
})  # fmt: skip
MANDATE_BY_TEXT = Wording("mandate-text", 1, {
    "en": "560f2d98f6d5b180974a26a95c944905554b184514f8db2b78c1fb9e41154ebb",
    "cy": "e49320bb5fcb3337c07865b8228ec7f266750a2ecd9a38c0e437e3095d683ec8",
})  # fmt: skip
OF_MANDATES: Mapping[str, Wording] = {one.code: one for one in (MANDATE, MANDATE_BY_TEXT)}
"""What a member agrees to when somebody may act for them, on a page or at a desk, and by text:
kept with the mandate, which is its receipt."""


def newest(code: str) -> Wording:
    """The words that are shown now. Raises NotFound("consent_unknown")."""
    if code not in WORDINGS:
        raise NotFound("consent_unknown")
    return WORDINGS[code][-1]


def known(code: str, version: int) -> Wording | None:
    """A version of a wording."""
    return next((one for one in WORDINGS.get(code, ()) if one.version == version), None)
