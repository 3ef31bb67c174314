"""What a member carries elsewhere, as its owner sees it, and as whoever it is shown to does."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import CredentialKind
from enabler.services.views.credentials import CredentialView


@dataclass(frozen=True, slots=True)
class FactView:
    """Something that the council has checked of the reader. ``until_at``: how long a proof of it
    can last; None where none can be made of it."""

    check: CredentialView
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProofView:
    """A proof that its owner has made. ``state``: good, ended (by the owner), over (its time), void
    (the council does not vouch for it any more)."""

    ref: str
    kind: CredentialKind
    for_whom: str
    named: bool
    made_at: datetime
    until_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class FactsView:
    """What was checked of the reader, and the proofs that they have made of it."""

    facts: tuple[FactView, ...]
    proofs: tuple[ProofView, ...]


@dataclass(frozen=True, slots=True)
class CarriedView:
    """A proof to be shown: the word of its link, its text, and the code that its owner reads out,
    with the moment at which there is another. All None unless it is good."""

    proof: ProofView
    detail: str | None
    name: str | None
    token: str | None
    text: str | None
    code: str | None
    code_until: datetime | None


@dataclass(frozen=True, slots=True)
class VerifiedView:
    """What whoever checks a proof hears.

    ``state``: good, early, over, void, or a code why it is believed by nobody (``proof_…``). Who
    vouches is said of what was signed by them; the fact, its end and a name only while it is good.
    ``holder`` says what a code that was typed has shown: same, wrong, wait (too many tries), or
    None where none was. ``ours``: it was looked up at the place itself, this very moment.
    """

    state: str
    issuer: str | None = None
    did: str | None = None
    kind: CredentialKind | None = None
    detail: str | None = None
    name: str | None = None
    until_at: datetime | None = None
    checked_until: datetime | None = None
    holder: str | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key of a place. ``here``: this machine has its private half. ``state``: signs, retired
    (what was signed with it can still be checked), gone, lost."""

    place: str
    kid: str
    state: str
    here: bool
    made_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrustView:
    """Another place that is believed here. ``thumbprints`` of its keys, to be read out over the
    phone; ``state``: holds, ended, over."""

    ref: str
    did: str
    name: str
    kinds: tuple[str, ...]
    thumbprints: tuple[str, ...]
    from_at: datetime
    until_at: datetime
    state: str
