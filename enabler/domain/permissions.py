"""Who may do what: one table and one pure function.

A service calls ``require`` in its second line; doors declare the same action for courtesy.
The table says which roles grant an action inside their place; three relations grant actions
too: *own* (the thing is the actor's), *acting* (the actor acts for its organisation) and
*party* (the actor is the asker or the helper of the match).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from enabler.domain.actions import Action as Action
from enabler.domain.errors import NotAllowed
from enabler.domain.mandates import NEVER_FOR_ANOTHER, Supporting
from enabler.domain.vocabulary import ORGANISATION_LEADS, ORGANISATION_ROLES, Role


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """One role of one actor in one place, for a ward or an organisation where the role has one."""

    role: Role
    place_id: int
    ward_id: int | None = None
    organisation_id: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it. ``kind`` is member, anonymous, system or operator.

    ``name`` is a member's ref, a job's name or the operating-system user: never a person's name.
    ``by``: the supporter who acts for this member under a mandate; then it is the member's side
    that everything is done on, and the supporter who did it. ``texting``: only their number is
    known (``BY_TEXT``), and they have no role.
    """

    kind: str
    name: str
    member_id: int | None = None
    place_id: int | None = None
    grants: tuple[RoleGrant, ...] = field(default=())
    second_factor: bool = False
    by: Supporting | None = None
    texting: bool = False

    @property
    def person_id(self) -> int | None:
        """The member who sits there: the supporter, where one acts for another."""
        return self.member_id if self.by is None else self.by.member_id

    @property
    def person_ref(self) -> str:
        """Their ref; else the name of whoever acts."""
        return self.name if self.by is None else self.by.ref

    @classmethod
    def anonymous(cls, place_id: int | None = None) -> "Actor":
        """Somebody who is not signed in."""
        return cls("anonymous", "anonymous", place_id=place_id)

    def by_text(self) -> "Actor":
        """The same, as far as a text from their number goes."""
        return replace(self, grants=(), second_factor=False, texting=True)

    def texts_as(self, member_id: int) -> bool:
        """Whether it is this member who texts: the answer says it to them, no letter beside it."""
        return self.texting and self.by is None and self.member_id == member_id

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A job, by its name."""
        return cls("system", name)

    @classmethod
    def operator(cls, account: str) -> "Actor":
        """The command line: an administrator of every place, never the second of two people."""
        return cls("operator", account)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Ids of organisations for which the actor holds one of the roles (any role, if none)."""
        return frozenset(
            grant.organisation_id
            for grant in self.grants
            if grant.organisation_id is not None and (not roles or grant.role in roles)
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is done to, as far as leave depends on it. All ids are of the same place.
    ``over_at``: when it was over."""

    place_id: int | None = None
    ward_id: int | None = None
    owner_id: int | None = None
    organisation_id: int | None = None
    party_ids: frozenset[int] = frozenset()
    over_at: datetime | None = None


_R = Role
_STAFF = frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD, _R.ADMINISTRATOR})
BY_ROLE: dict[Action, frozenset[Role]] = {
    Action.SEE_NEED: _STAFF,
    Action.SEE_OFFER: _STAFF,
    Action.SEE_MATCH: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.SEE_ORGANISATION: _STAFF,
    Action.SEE_DESK: _STAFF,
    Action.MODERATE: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.SEE_DECISION: _STAFF,
    Action.DECIDE_APPEAL: _STAFF,
    Action.RECORD_CREDENTIAL: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.WATCH_VISITS: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.SEE_PERSON: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.BAR_PERSON: frozenset({_R.SAFEGUARDING_LEAD}),
    Action.RECORD_HOURS: frozenset({_R.CUSTODIAN}),
    Action.CHANGE_NUMBER: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.KEEP_HOURS: frozenset({_R.CUSTODIAN}),
    Action.DRAFT_RULES: _STAFF,
    Action.APPROVE_RULES: _STAFF,
    Action.BROKER: frozenset({_R.CUSTODIAN}),
    Action.SEE_WARD: frozenset({_R.COUNCILLOR, _R.CUSTODIAN, _R.ADMINISTRATOR}),
    Action.PROPOSE: frozenset({_R.CUSTODIAN}),
    Action.AGREE_LIMITS: frozenset({_R.CUSTODIAN}),
    Action.GRANT_ROLE: frozenset({_R.ADMINISTRATOR}),
    Action.KEEP_PLACE: frozenset({_R.ADMINISTRATOR}),
    Action.KEEP_CASE: _STAFF,
    Action.KEEP_SAFEGUARDING: frozenset({_R.ADMINISTRATOR}),
    Action.AGREE_SAFEGUARDING: frozenset({_R.ADMINISTRATOR, _R.SAFEGUARDING_LEAD}),
    Action.HIDE_MEMBER: frozenset({_R.SAFEGUARDING_LEAD}),
    Action.ERASE_MEMBER: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD}),
    Action.HOLD_ERASURE: frozenset({_R.SAFEGUARDING_LEAD}),
    Action.KEEP_COMPLAINTS: frozenset({_R.ADMINISTRATOR, _R.SAFEGUARDING_LEAD}),
    Action.RECORD_MANDATE: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD, _R.CALL_HANDLER}),
    Action.END_MANDATE: frozenset({_R.SAFEGUARDING_LEAD}),
    Action.TELL_UNTOLD: frozenset({_R.CUSTODIAN, _R.SAFEGUARDING_LEAD, _R.CALL_HANDLER}),
    Action.KEEP_WORDINGS: frozenset({_R.CUSTODIAN}),
}
"""Actions that a role grants in its own place (a councillor's: in the own ward)."""

OF_MEMBERS = frozenset({
    Action.SEE_OWN, Action.CHANGE_OWN, Action.SAY_WHO_ACTS, Action.SET_WAYS, Action.GIVE_HOURS,
    Action.POST_NEED, Action.POST_OFFER, Action.REPORT, Action.REGISTER_ORGANISATION,
    Action.JOIN_ORGANISATION,
})  # fmt: skip
OF_ANYONE = frozenset({Action.SEE_PUBLIC, Action.SIGN_IN, Action.TELL_COUNCIL, Action.FOLLOW_LINK})
OF_OWNERS = frozenset(
    {
        Action.SEE_NEED,
        Action.CHANGE_NEED,
        Action.SEE_OFFER,
        Action.CHANGE_OFFER,
        Action.SEE_ORGANISATION,
        Action.SEE_DECISION,
        Action.APPEAL,
    }
)
_LEAD = ORGANISATION_LEADS
_ANY = ORGANISATION_ROLES
OF_ORGANISATIONS: dict[Action, frozenset[Role]] = {
    Action.POST_NEED: _LEAD,
    Action.SEE_NEED: _LEAD,
    Action.CHANGE_NEED: _LEAD,
    Action.SEE_OFFER: _ANY,
    Action.CHANGE_OFFER: _LEAD,
    Action.POST_OFFER: _LEAD,
    Action.ANSWER_ASK: _LEAD,
    Action.SEE_MATCH: _LEAD,
    Action.RELEASE_MATCH: _LEAD,
    Action.ARRANGE_MATCH: _LEAD,
    Action.CONVERSE: _LEAD,
    Action.FINISH_MATCH: _LEAD,
    Action.CONFIRM_MATCH: _LEAD,
    Action.ASSIGN_MATCH: _LEAD,
    Action.SEE_ORGANISATION: _ANY,
    Action.CHANGE_ORGANISATION: _LEAD,
    Action.RECORD_HOURS: _LEAD,
    Action.SEE_DECISION: _LEAD,
    Action.APPEAL: _LEAD,
    Action.SEE_BOARD: _ANY,
    Action.RECORD_MANDATE: _LEAD,
    Action.SEE_COLLEAGUES: _LEAD,
    Action.KEEP_COLLEAGUES: frozenset({_R.ORGANISATION_OWNER}),
    Action.LEAVE_ORGANISATION: _ANY,
}
"""Actions granted by a role in the organisation that the subject belongs to. An organisation's
helper acts on a match as its party, once it is given to them by name."""
OF_PARTIES = frozenset(
    {
        Action.SEE_MATCH,
        Action.ANSWER_ASK,
        Action.RELEASE_MATCH,
        Action.ARRANGE_MATCH,
        Action.FINISH_MATCH,
        Action.CONFIRM_MATCH,
        Action.HAND_BACK,
        Action.KEEP_APART,
        Action.CONVERSE,
    }
)
BY_TEXT = frozenset({
    Action.SEE_PUBLIC, Action.TELL_COUNCIL, Action.SEE_OWN, Action.SET_WAYS, Action.GIVE_HOURS,
    Action.POST_NEED, Action.SEE_NEED, Action.CHANGE_NEED, Action.POST_OFFER, Action.SEE_OFFER,
    Action.CHANGE_OFFER, Action.REPORT, Action.SAY_WHO_ACTS, *OF_PARTIES,
})  # fmt: skip
"""What somebody may do of whom only a telephone number is known, which proves nothing: not what
changes who they are, where they live or how they are reached, nor what gives another an address.
Who acts for them takes digits that went to that number (``services/mandates_by_text.py``)."""
OF_SYSTEM = frozenset({Action.RUN_JOBS, Action.PROPOSE, Action.SEE_NEED, Action.SEE_OFFER})
_SECOND_FACTOR_ROLES = frozenset(
    {_R.CUSTODIAN, _R.SAFEGUARDING_LEAD, _R.CALL_HANDLER, _R.ADMINISTRATOR, _R.COUNCILLOR}
)


def allowed(actor: Actor, action: Action, subject: Subject | None = None) -> bool:
    """Whether the actor may do this to the subject. Default: no."""
    subject = subject or Subject(place_id=actor.place_id)
    if actor.texting and action not in BY_TEXT:
        return False
    if actor.by is not None:
        return _for_another(actor, actor.by, action, subject)
    if action in OF_ANYONE or actor.kind == "operator":
        return True
    if actor.kind == "system":
        return action in OF_SYSTEM
    if actor.kind != "member" or subject.place_id is None:
        return False
    return (
        _as_member(actor, action, subject)
        or _by_role(actor, action, subject)
        or _for_organisation(actor, action, subject)
    )


def _as_member(actor: Actor, action: Action, subject: Subject) -> bool:
    if actor.place_id != subject.place_id or actor.member_id is None:
        return False
    if action in OF_MEMBERS and subject.organisation_id is None:
        return subject.owner_id in (None, actor.member_id)
    if action in OF_OWNERS and subject.owner_id == actor.member_id:
        return True
    return action in OF_PARTIES and actor.member_id in subject.party_ids


def _for_another(actor: Actor, by: Supporting, action: Action, subject: Subject) -> bool:
    """Where a supporter acts: what the member may do by themself (never by a role), what the
    mandate allows, and what the supporter could do to the like of their own: all three."""
    if action in OF_ANYONE - NEVER_FOR_ANOTHER:
        return True
    if subject.place_id is None or not by.allows(action) or not by.reaches(subject.over_at):
        return False
    own = Actor("member", by.ref, member_id=by.member_id, place_id=actor.place_id)
    of_theirs = replace(
        subject,
        owner_id=by.member_id if subject.owner_id == actor.member_id else subject.owner_id,
        party_ids=frozenset(
            by.member_id if each == actor.member_id else each for each in subject.party_ids
        ),
    )  # fmt: skip
    return _as_member(actor, action, subject) and _as_member(own, action, of_theirs)


def _by_role(actor: Actor, action: Action, subject: Subject) -> bool:
    for grant in actor.grants:
        if grant.role not in BY_ROLE.get(action, frozenset()):
            continue
        if grant.place_id != subject.place_id:
            continue
        if grant.role in _SECOND_FACTOR_ROLES and not actor.second_factor:
            continue
        if grant.ward_id is not None and grant.ward_id != subject.ward_id:
            continue
        return True
    return False


def _for_organisation(actor: Actor, action: Action, subject: Subject) -> bool:
    if subject.organisation_id is None or actor.place_id != subject.place_id:
        return False
    roles = OF_ORGANISATIONS.get(action, frozenset())
    return bool(roles) and subject.organisation_id in actor.organisations(*roles)


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Raises NotAllowed unless the actor may do this to the subject."""
    if not allowed(actor, action, subject):
        if actor.texting and action not in BY_TEXT:
            raise NotAllowed("not_by_text", action=action.value)
        beyond = actor.by is not None and not actor.by.allows(action)
        raise NotAllowed("beyond_mandate" if beyond else None, action=action.value)
