"""What services need from outside, as Protocols; implemented by doors, wired in ``enabler.app``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from enabler.domain.segments import Measure as Measure
from enabler.domain.staff import StaffSecret
from enabler.domain.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Sent:
    """What the provider said when it took a message."""

    provider_ref: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words. What follows the body is a mail's: its subject, the same in HTML, the
    name it comes from, and the address at which one press stops all mails."""

    body: str
    subject: str | None = None
    html: str | None = None
    sender_name: str | None = None
    stop_link: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """By what a message is known again in a record that does not keep our references: when and as
    whose number it was handed over, how many ``rivals`` there are (others to the same receiver of
    which nobody knows either; ``twins``: those of them with the very same words), whether the
    record's name for a message is that of another one of ours, and ``whose`` words a body is: this
    one's (True), a rival's (False), or nobody knows (None)."""

    handed_at: datetime
    sender: str | None
    rivals: int
    is_another: Callable[[str], bool]
    whose: Callable[[str], bool | None] = lambda body: None
    twins: int = 0


@dataclass(frozen=True, slots=True)
class Arrived:
    """A text that came, as the provider's record tells it. ``opt_out``: what the provider took it
    for, where it did (STOP, START, HELP)."""

    provider_ref: str
    sent_from: str
    sent_to: str
    body: str
    sent_at: datetime | None
    opt_out: str | None = None


class MessageGateway(Protocol):
    """One way out of the house: texts or mails."""

    @property
    def simulated(self) -> bool:
        """Whether no text really leaves: the only gateway that sends for an invented place."""
        ...

    def simulates(self, channel: Channel) -> bool:
        """Likewise, of texts or of mails."""
        ...

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The message in words. ``values`` are refs, numbers, times and what the service read;
        ``values["channel"]`` says whether it is a text or a mail."""
        ...

    def measure(self, body: str) -> Measure:
        """How many segments the body takes."""
        ...

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Hand the message over, once.

        Raises ProviderFailed(code, retry=bool, doubt=bool, wait_seconds=int): ``retry`` when it
        was surely not taken and may be tried again; ``doubt`` when nobody knows whether it was
        taken (no answer came), so that ``find`` is asked before anything else. The code
        ``opted_out`` says that the receiver wants no texts.
        """
        ...

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """The provider's own record of a message that may have been handed over, or None.

        Raises ProviderFailed(code, this_one=bool) when the record cannot be asked (a mail server
        keeps none), or, with ``this_one``, when it can but does not tell this one from others.
        """
        ...


class TextProvider(MessageGateway, Protocol):
    """A gateway to real phones: what came is asked of it, and what calls us is proved by it."""

    def received(self, since: datetime) -> Iterable[Arrived]:
        """The texts that came since then, as the provider kept them, in no order.

        Raises ProviderFailed when it cannot be asked.
        """
        ...


class Secrets(Protocol):
    """What must not be guessed: codes, tokens and digests, from the secret key."""

    def token(self) -> str:
        """A fresh token of 256 bits, fit for a cookie or an address."""
        ...

    def token_of(self, nonce: str) -> str:
        """The token that belongs to a nonce, as hard to guess: never stored, always the same."""
        ...

    def digest(self, text: str) -> str:
        """A keyed digest, by which a token is looked up without being stored."""
        ...

    def code(self, nonce: str) -> str:
        """The six-digit code that belongs to a nonce: never stored, always the same."""
        ...


@dataclass(frozen=True, slots=True)
class StaffProof:
    """Somebody proved to be who they say. ``step`` is a moment as a number: what was proved once
    is no proof a second time, so each must be later than the last."""

    step: int


@dataclass(frozen=True, slots=True)
class LikelyKind:
    """A kind of help that words sound like. ``likely``: how likely it is beside all others, 0 to
    1; near 0 also where a list alone names it."""

    slug: str
    likely: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody's words sound like: at most three ``kinds``, the likeliest first, none where
    they speak for none; ``danger``: as if somebody were in danger, better once too often."""

    kinds: tuple[LikelyKind, ...] = ()
    danger: bool = False


class Understands(Protocol):
    """What listens to words while they are written; nothing is kept of them."""

    def __call__(
        self, words: str, *, language: str, own: Sequence[tuple[str, str]] = ()
    ) -> Heard:  # fmt: skip
        """What they sound like. ``language``: of the page, by its code; ``own``: the place's own
        phrases, each with its kind of help."""
        ...


class StaffIdentity(Protocol):
    """How staff prove who they are: a password and a code of their phone's app now
    (``services._password``); an OpenID Connect provider's answer is another implementation."""

    def prove(
        self, evidence: Mapping[str, str], kept: StaffSecret | None, now: datetime
    ) -> StaffProof | None:
        """What the evidence proves against what is kept; None if nothing, in the same time.

        ``kept`` is None where nobody is known by that name: it must take no less long.
        """
        ...


class ErasureList(Protocol):
    """Who was erased, kept outside the database and its backups: the place's slug, the ref and the
    moment, and nothing else."""

    def lines(self) -> Sequence[tuple[str, str, datetime]]:
        """All that stands in it, oldest first. Raises OSError where it cannot be read."""
        ...

    def add(self, lines: Sequence[tuple[str, str, datetime]]) -> None:
        """Write these below, on the disk for good when it returns."""
        ...


class Signing(Protocol):
    """The keys that places sign with, and signatures read.

    The private halves never leave what implements this: services see public keys (as JSON Web
    Keys, RFC 7517), names of keys, and texts.
    """

    @property
    def makes_keys(self) -> bool:
        """Whether a key may be made where none is: not in production, where an operator does."""
        ...

    def make(self, slug: str) -> tuple[str, dict[str, Any]]:
        """A new key of a place: its name (the thumbprint, RFC 7638) and its public half."""
        ...

    def has(self, slug: str, kid: str) -> bool:
        """Whether this machine has the private half."""
        ...

    def sign(self, slug: str, kid: str, key_id: str, claims: Mapping[str, Any]) -> str:
        """A credential in one line of text (``application/vc+jwt``). ``key_id``: by what address
        others find the public half."""
        ...

    def read(
        self, text: str, keys_of: Callable[[str], Iterable[Mapping[str, Any]]]
    ) -> Mapping[str, Any]:
        """What somebody signed whose key is known. ``keys_of`` gives the public keys that are
        believed of an issuer, none where it is nobody.

        Raises Invalid("text", …): proof_unreadable, proof_too_long, proof_issuer_unknown,
        proof_forged.
        """
        ...

    def read_keys(self, text: str) -> tuple[str | None, list[dict[str, Any]]]:
        """Whose (if it says so) and which public keys a file holds: a DID document or a JWK set.

        Raises Invalid("keys", "keys_unreadable" or "keys_private").
        """
        ...
