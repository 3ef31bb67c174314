"""Keys of members' programs, as their member sees them."""

from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.api_tokens import Scope


@dataclass(frozen=True, slots=True)
class ApiTokenView:
    """A key by which somebody can come in now. ``secret`` is the key itself: only where it was
    made, once."""

    ref: str
    name: str
    scope: Scope
    made_at: datetime
    last_used_on: datetime | None
    expires_at: datetime
    secret: str | None = field(default=None, repr=False)
