"""Whose things there are: neighbours in each ward and elsewhere, and what is known of an owner."""

from dataclasses import dataclass
from datetime import timedelta

from tests.builders import BuiltMember, BuiltOrganisation

PARTY, GUEST = "party", "guest"
NEIGHBOURS = {
    "ward": (1600, 600), "beyond": (2600, 600), "elsewhere": (1600, 600), PARTY: (600, 1600),
    GUEST: (600, 2600),
}  # fmt: skip
"""How far east and north of their place's corner they live: each in a square of their own."""
ELSEWHERE = ("elsewhere", "yonder")
"""Whose things are in the other place; of *yonder* only where it is to make no difference."""
HOUR = timedelta(hours=1)
NO_THING = "any"
"""The relation of a route that is about nothing in particular, and whose its links are."""
Refs = dict[tuple[str, str], str]
"""The ref of a thing by its kind and by whose it is: a principal's name, or a neighbour's."""


@dataclass(frozen=True)
class Owner:
    """Whose things are made: who asks, who gives, for whom they give."""

    name: str
    asker: BuiltMember
    helper: BuiltMember
    organisation: BuiltOrganisation | None = None

    @property
    def helper_id(self) -> int:
        """Who goes: of an organisation, somebody else than whoever looks."""
        return self.helper.id if self.organisation is None else self.organisation.owner.id
