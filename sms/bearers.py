"""Whether a call carries the token that was agreed with a provider."""

import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token that only we and the provider know."""

    token: str = field(repr=False)

    def is_in(self, header: str) -> bool:
        """Whether the header ``Authorization`` has it; how long that takes tells nothing of it."""
        return hmac.compare_digest(header.encode(), f"Bearer {self.token}".encode())
