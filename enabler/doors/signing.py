"""Keys of places in the instance folder, and signatures by joserfc (the port
``services.ports.Signing``): the one module that knows JSON Object Signing.

What is believed is decided here before any signature is: the algorithm belongs to the key, never
to the text; no header that must be understood is understood; keys, and addresses of keys, that a
text brings along are not looked at.
"""

import base64
import binascii
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from enabler.domain.errors import Invalid
from enabler.domain.proofs import LONGEST_TEXT, issuer_in

TYPE = "vc+jwt"
MOST_KEYS = 20
LONGEST_KEYS = 65_536
_ALGORITHMS = {("EC", "P-256"): ("ES256",), ("OKP", "Ed25519"): ("Ed25519", "EdDSA")}
_OURS = "ES256"
_TEXT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_LENIENT = jws.JWSRegistry(
    algorithms=["ES256", "Ed25519", "EdDSA"], strict_check_header=False
)  # RFC 7515 §4: what nobody must understand is passed over


class FolderKeys:
    """A folder for each place, a file for each key, readable by nobody else (mode 0600).

    The folder is no part of the database nor of its backup: whoever has one of those cannot sign.
    """

    def __init__(self, folder: Path, *, makes_keys: bool) -> None:
        self._folder = folder
        self._makes_keys = makes_keys

    @property
    def makes_keys(self) -> bool:
        """Whether a key may be made where none is."""
        return self._makes_keys

    def make(self, slug: str) -> tuple[str, dict[str, Any]]:
        """A new key of a place: its name and its public half."""
        key = ECKey.generate_key("P-256", private=True)
        while (kid := key.thumbprint()).startswith("-"):  # to a command that is an option
            key = ECKey.generate_key("P-256", private=True)
        folder = self._of(slug)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / f"{kid}.json", json.dumps(key.as_dict(private=True)))
        return kid, _public(key, kid)

    def has(self, slug: str, kid: str) -> bool:
        """Whether this machine has the private half."""
        return (self._of(slug) / f"{kid}.json").is_file()

    def sign(self, slug: str, kid: str, key_id: str, claims: Mapping[str, Any]) -> str:
        """A credential in one line of text."""
        text = (self._of(slug) / f"{kid}.json").read_text("ascii")
        header = {"alg": _OURS, "typ": TYPE, "kid": key_id}
        said = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
        key = ECKey.import_key(json.loads(text))
        return jws.serialize_compact(header, said.encode(), key, algorithms=[_OURS])

    def read(
        self, text: str, keys_of: Callable[[str], Iterable[Mapping[str, Any]]]
    ) -> Mapping[str, Any]:
        """What somebody signed whose key is known. Raises Invalid("text", …)."""
        whole = "".join(text[: 4 * LONGEST_TEXT].split())  # a mail breaks long lines
        if len(whole) > LONGEST_TEXT:
            raise Invalid("text", "proof_too_long")
        if _TEXT.fullmatch(whole) is None:
            raise _unreadable()
        header, said = (_part(part) for part in whole.split(".")[:2])
        if header.get("typ") != TYPE or "crit" in header or "b64" in header:
            raise _unreadable()
        known = list(keys_of(issuer_in(said)))[:MOST_KEYS]
        if not known:
            raise Invalid("text", "proof_issuer_unknown", issuer=issuer_in(said)[:200])
        for key in _fitting(known, header):
            with suppress(JoseError, ValueError):
                found = jws.deserialize_compact(
                    whole, key, algorithms=_algorithms(key), registry=_LENIENT
                )
                return _json(found.payload)
        raise Invalid("text", "proof_forged")

    def read_keys(self, text: str) -> tuple[str | None, list[dict[str, Any]]]:
        """Whose and which public keys a file holds. Raises Invalid("keys", …)."""
        if len(text) > LONGEST_KEYS:
            raise _bad_keys()
        try:
            document = _json(text.encode())
        except Invalid:
            raise _bad_keys() from None
        did = document.get("id")
        found = [_checked(jwk) for jwk in _keys_in(document)]
        keys = [jwk for jwk in found if jwk is not None]
        if not keys or len(keys) > MOST_KEYS or not _is_text(did):
            raise _bad_keys()
        return did, keys

    def _of(self, slug: str) -> Path:
        if _SLUG.fullmatch(slug) is None:
            raise ValueError("not the slug of a place")
        return self._folder / slug


def _write(path: Path, text: str) -> None:
    """Put the file there whole: nobody ever reads half a key."""
    descriptor, made = tempfile.mkstemp(prefix=".key-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        os.replace(made, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(made)


def _public(key: ECKey | OKPKey, kid: str) -> dict[str, Any]:
    said = key.as_dict(private=False)
    names = ("kty", "crv", "x", "y")
    return {name: said[name] for name in names if name in said} | {"kid": kid}


def _fitting(known: Iterable[Mapping[str, Any]], header: Mapping[str, Any]) -> Iterator[Any]:
    """The keys that the text may be signed with: by name, where it names one, and algorithm."""
    kid = header.get("kid")
    name = kid.rpartition("#")[2] if isinstance(kid, str) else None
    for jwk in known:
        if name is None or name in (jwk.get("kid"), jwk.get("name")):
            key = _imported(jwk)
            if key is not None and header.get("alg") in _algorithms(key):
                yield key


def _algorithms(key: ECKey | OKPKey) -> list[str]:
    return list(_ALGORITHMS.get((key.key_type, key.curve_name), ()))


def _imported(jwk: Mapping[str, Any]) -> ECKey | OKPKey | None:
    kinds: dict[Any, type[ECKey] | type[OKPKey]] = {"EC": ECKey, "OKP": OKPKey}
    if not all(isinstance(jwk.get(part), str) for part in ("kty", "crv")):
        return None
    kind = kinds.get(jwk.get("kty"))
    plain = {name: jwk[name] for name in ("kty", "crv", "x", "y") if name in jwk}
    if kind is None or (jwk.get("kty"), jwk.get("crv")) not in _ALGORITHMS:
        return None
    with suppress(JoseError, ValueError, TypeError, KeyError, binascii.Error):
        key = kind.import_key(plain)
        key.thumbprint()
        _ = key.raw_value  # a point that lies on no curve is found out here
        return key
    return None


def _keys_in(document: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """(what the key is called, the key itself) in a DID document, a JWK set or a bare key."""
    methods = document.get("verificationMethod")
    if isinstance(methods, list):
        vouching = document.get("assertionMethod")
        for one in methods:
            if isinstance(one, Mapping) and (
                not isinstance(vouching, list) or one.get("id") in vouching or one in vouching
            ):
                yield one.get("id"), one.get("publicKeyJwk")
    elif isinstance(document.get("keys"), list):
        for jwk in document["keys"]:
            yield None, jwk
    else:
        yield None, document


def _checked(named: tuple[Any, Any]) -> dict[str, Any] | None:
    """A public key as we keep it, or None where we cannot use it. Raises Invalid for a private
    one: whoever sent that has given their signature away."""
    called, jwk = named
    if not isinstance(jwk, Mapping):
        return None
    if any(part in jwk for part in ("d", "p", "q", "k")):
        raise Invalid("keys", "keys_private")
    key = _imported(jwk)
    if key is None:
        return None
    name = called.rpartition("#")[2] if isinstance(called, str) else None
    said = name or str(jwk.get("kid") or "")[:200]
    return _public(key, key.thumbprint()) | {"name": said if _is_text(said) else ""}


def _is_text(found: object) -> bool:
    """Whether it can be kept: a word in letters, or nothing."""
    return found is None or (isinstance(found, str) and found.isprintable())


def _part(text: str) -> Mapping[str, Any]:
    try:
        return _json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        raise _unreadable() from None


def _json(raw: bytes | None) -> Mapping[str, Any]:
    """An object that says each thing once."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name stands twice")
        return found

    try:
        found = json.loads(raw or b"", object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(found, dict):
        raise _unreadable()
    return found


def _unreadable() -> Invalid:
    return Invalid("text", "proof_unreadable")


def _bad_keys() -> Invalid:
    return Invalid("keys", "keys_unreadable")
