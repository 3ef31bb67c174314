"""What we know about a member, who has looked at it and why, and what they agreed to."""

from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.history import Sight
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import STAFF_ROLES, Role
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._own import own
from enabler.services._own_details import details_view
from enabler.services.views import ConsentView, LookedView, SightView

MOST_SIGHTS = 100
_OF_A_MATCH = frozenset({"match", "message"})


def show(*, actor: Actor, now: datetime) -> LookedView:
    """Everything of it, to the member alone.

    Who looked is said by what they are to the member, never by name: a name is another's, and
    stands with its sight where the member may read it. Raises NotAllowed.
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        viewers = _Viewers(uow, member, now)
        return LookedView(
            details=details_view(uow, member),
            sights=tuple(viewers.view(each) for each in uow.sights.of(member.id, MOST_SIGHTS)),
            consents=tuple(
                ConsentView(one.wording, one.version, one.given_at, one.withdrawn_at)
                for one in uow.members.consents_of(member.id)
            ),
        )


@dataclass
class _Viewers:
    """Those who looked, each looked up once."""

    uow: UnitOfWork
    member: Member
    now: datetime
    roles: dict[str, tuple[int, Role | None]] = field(default_factory=dict)
    askers: dict[str, int | None] = field(default_factory=dict)

    def view(self, sight: Sight) -> SightView:
        """A sight as the member reads of it."""
        who, role = self._who(sight)
        return SightView(
            at=sight.at, who=who, role=role, what=sight.what, why=sight.why,
            subject_ref=sight.subject_ref if sight.why in _OF_A_MATCH else None,
        )  # fmt: skip

    def _who(self, sight: Sight) -> tuple[str, Role | None]:
        if sight.viewer.startswith("anonymous:"):
            return "stranger", None
        if ":" in sight.viewer:
            return "operator", None
        viewer_id, role = self._known(sight.viewer)
        if sight.why in _OF_A_MATCH and sight.subject_ref is not None and "case" not in sight.what:
            asker = self._asker(sight.subject_ref)
            if asker == self.member.id:
                return "helper", None
            if asker == viewer_id:
                return "asker", None
        return ("staff", role) if role is not None else ("member", None)

    def _known(self, ref: str) -> tuple[int, Role | None]:
        if ref not in self.roles:
            self.roles[ref] = self._look_up(ref)
        return self.roles[ref]

    def _look_up(self, ref: str) -> tuple[int, Role | None]:
        try:
            viewer = self.uow.homes.member_by_ref(None, ref)
        except NotFound:
            return 0, None
        held = (one.grant.role for one in self.uow.members.roles_of(viewer.id, self.now))
        return viewer.id, next((role for role in held if role in STAFF_ROLES), None)

    def _asker(self, match_ref: str) -> int | None:
        if match_ref not in self.askers:
            self.askers[match_ref] = self._asker_of(match_ref)
        return self.askers[match_ref]

    def _asker_of(self, match_ref: str) -> int | None:
        try:
            match = self.uow.matches.by_ref(self.member.place_id, match_ref)
        except NotFound:  # a match of a place that shares
            return None
        return self.uow.needs.by_id(match.need_id).asker_id
