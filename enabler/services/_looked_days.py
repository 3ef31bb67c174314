"""Looks at a member, gathered: the same viewer, day and reason is one line of their page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from enabler.domain.errors import NotFound
from enabler.domain.history import Sight
from enabler.domain.mandates import Mandate
from enabler.domain.members import Member
from enabler.domain.vocabulary import STAFF_ROLES
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views import LookedDayView

_OF_A_MATCH = frozenset({"match", "message"})
_ROLES_OWN = frozenset({"moderation", "report", "safeguarding", "hidden", "overdue", "lost-phone"})
"""Why people look for their work: whoever acts for somebody besides does not look as that then."""


@dataclass(frozen=True, slots=True)
class LookedDay:
    """Looks of one viewer on one local day, by one reason, about one thing."""

    viewer: str
    day: date
    why: str
    reason: str | None
    reason_words: str | None
    subject_ref: str | None
    sights: tuple[Sight, ...]

    @property
    def by_day(self) -> tuple[str, date]:
        """What a member asks about."""
        return self.viewer, self.day

    @property
    def what(self) -> tuple[str, ...]:
        """All that was seen, each once."""
        return tuple(sorted({code for one in self.sights for code in one.what}))

    @property
    def as_role(self) -> str | None:
        """The role by which staff saw it."""
        return next((one.as_role for one in self.sights if one.as_role), None)


def days_of(viewers: "Viewers", sights: Iterable[Sight]) -> list[LookedDay]:
    """Gathered, the newest first. What is of an agreement stays by its agreement."""
    gathered: dict[tuple[object, ...], list[Sight]] = {}
    for one in sights:
        of = one.subject_ref if one.why in _OF_A_MATCH else None
        day = one.at.astimezone(viewers.zone).date()
        gathered.setdefault(
            (one.viewer, day, one.why, one.reason, one.reason_words, of, one.as_role), []
        ).append(one)
    return [
        LookedDay(
            some[0].viewer, some[0].at.astimezone(viewers.zone).date(), some[0].why,
            some[0].reason, some[0].reason_words,
            some[0].subject_ref if some[0].why in _OF_A_MATCH else None, tuple(some),
        )
        for some in gathered.values()
    ]  # fmt: skip


def _by_nobody(viewer: str) -> str:
    return "stranger" if viewer.startswith("anonymous:") else "operator"


@dataclass
class Viewers:
    """Those who looked, each looked up once."""

    uow: UnitOfWork
    member: Member
    now: datetime
    roles: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    askers: dict[str, tuple[int | None, str | None]] = field(default_factory=dict)
    given: dict[int, list[Mandate]] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """In which the member's days are."""
        return ZoneInfo(self.uow.places.by_id(self.member.place_id).timezone)

    def view(self, one: LookedDay, mark: str, asked_ref: str | None) -> LookedDayView:
        """As the member reads of it."""
        who, role, organisation = self._who(one)
        times = [sight.at for sight in one.sights]
        return LookedDayView(
            day=one.day, first=min(times), last=max(times), times=len(set(times)), who=who,
            role=role, organisation=organisation, what=one.what, why=one.why, reason=one.reason,
            reason_words=one.reason_words, subject_ref=one.subject_ref, mark=mark,
            asked_ref=asked_ref, may_ask=asked_ref is None and self.may_ask(one),
        )  # fmt: skip

    def may_ask(self, one: LookedDay) -> bool:
        """Whether it was the council's look: of what members see of each other they can tell us."""
        return self._who(one)[0] in ("staff", "operator")

    def _who(self, one: LookedDay) -> tuple[str, str | None, str | None]:
        if ":" in one.viewer:
            return _by_nobody(one.viewer), None, None
        if one.as_role is not None:
            return "staff", one.as_role, None
        viewer_id, role = self._known(one.viewer)
        if one.why not in _ROLES_OWN and self._acts_for(viewer_id, self.member.id):
            return "supporter", None, None
        of_match = one.why in _OF_A_MATCH and one.subject_ref is not None
        found = None
        if of_match and "case" not in one.what:
            found = self._of_match(one.subject_ref or "", viewer_id)
        return found or (("staff", role, None) if role is not None else ("member", None, None))

    def _of_match(self, ref: str, viewer_id: int) -> tuple[str, str | None, str | None] | None:
        """What they are to the member by an agreement."""
        asker, organisation = self._asker(ref)
        if asker == self.member.id:
            return "helper", None, organisation
        if asker == viewer_id:
            return "asker", None, None
        if asker is not None and self._acts_for(viewer_id, asker):
            return "askers-supporter", None, None
        return None

    def _acts_for(self, viewer_id: int, member_id: int) -> bool:
        """Whether the viewer acts, or acted, for somebody: by themself, or for what they lead."""
        if member_id not in self.given:
            self.given[member_id] = self.uow.mandates.of_member(member_id)
        return any(
            one.supporter_id == viewer_id
            or (
                one.organisation_id is not None
                and self.uow.colleagues.one(one.organisation_id, viewer_id, self.now) is not None
            )
            for one in self.given[member_id]
        )

    def _known(self, ref: str) -> tuple[int, str | None]:
        if ref not in self.roles:
            self.roles[ref] = self._look_up(ref)
        return self.roles[ref]

    def _look_up(self, ref: str) -> tuple[int, str | None]:
        try:
            viewer = self.uow.homes.member_by_ref(None, ref)
        except NotFound:
            return 0, None
        held = (one.grant.role for one in self.uow.members.roles_of(viewer.id, self.now))
        return viewer.id, next((role.value for role in held if role in STAFF_ROLES), None)

    def _asker(self, match_ref: str) -> tuple[int | None, str | None]:
        if match_ref not in self.askers:
            self.askers[match_ref] = self._asker_of(match_ref)
        return self.askers[match_ref]

    def _asker_of(self, match_ref: str) -> tuple[int | None, str | None]:
        """Who asked, and for which organisation the helper goes."""
        try:
            match = self.uow.matches.by_ref(self.member.place_id, match_ref)
        except NotFound:  # a match of a place that shares
            return None, None
        organisation_id = self.uow.offers.by_id(match.offer_id).organisation_id
        name = None
        if organisation_id is not None:
            name = self.uow.organisations.by_id(organisation_id).name
        return self.uow.needs.by_id(match.need_id).asker_id, name
