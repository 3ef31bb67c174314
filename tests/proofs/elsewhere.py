"""A place of another installation, which signs proofs of its own."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from enabler.domain.proofs import Fact, Proof, claims, issuer_of
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.signing import FolderKeys
from tests.builders import NOW

DAY = timedelta(days=1)
K = CredentialKind


class Elsewhere:
    """A place of another installation that signs proofs."""

    def __init__(self, folder: Path, host: str = "enabler.far.example") -> None:
        self.issuer = issuer_of(f"https://{host}", "far", "Far")
        self.keys = FolderKeys(folder, makes_keys=True)
        self.kid, self.public = self.keys.make("far")

    def document(self) -> str:
        """Its did.json."""
        method = {"id": f"{self.issuer.did}#{self.kid}", "type": "JsonWebKey",
                  "controller": self.issuer.did, "publicKeyJwk": self.public}  # fmt: skip
        return json.dumps({"id": self.issuer.did, "verificationMethod": [method]})

    def proof(
        self, name: str | None = "Hal Holder", kind: CredentialKind = K.DBS_ENHANCED, *,
        nonce: str = "one", made: datetime = NOW, lasts: timedelta = 30 * DAY,
        check: timedelta = 400 * DAY,
    ) -> str:  # fmt: skip
        """A proof that it signs."""
        proof = Proof(1, 1, "ABCD", 1, 1, nonce, 7, name is not None, "x", made, made + lasts,
                      None, 0, None)  # fmt: skip
        said = claims(proof, Fact(kind, NOW + check, None, name), self.issuer, made)
        return self.keys.sign("far", self.kid, f"{self.issuer.did}#{self.kid}", said)
