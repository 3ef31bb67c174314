"""The glossary: the words that all rooms share, as enums stored by their value.

place        a council area, the tenant; it has a boundary, wards, a ruleset, a phone number
ward         a division of a place, with its councillors
cell         the square that stands for a home until its owner accepts somebody
member       a person with an account; the *asker* or the *helper* of one match
organisation a business, community group or public service; members act for it
need, offer  what is asked, with its slots; what is given, for nothing, for hours, or on terms
match        one need with one offer, with its score and reasons
custodian    council staff who keep the market; councillor: elected, brokers in the ward
credential   a checked fact about a helper, with expiry
ruleset      a place's policy, as a versioned row
consideration who was looked at for a need at one moment, who was asked, and why others were not
conversation what the two sides of a match write to each other through the platform, line by line
sight        a logged view of someone's personal data
ref          the short public id in addresses and texts
"""

from enum import StrEnum

from enabler.domain.codes_for import CodeFor as CodeFor


class NeedState(StrEnum):
    """Where a need stands."""

    DRAFT = "draft"
    HELD = "held"
    OPEN = "open"
    FILLED = "filled"
    ARRANGED = "arranged"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class OfferState(StrEnum):
    """Where an offer stands."""

    HELD = "held"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class MatchState(StrEnum):
    """Where a match stands."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"
    ARRANGED = "arranged"
    DONE = "done"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class MemberState(StrEnum):
    """Where a member's account stands. *Held*: a person at the council looks at it first."""

    HELD = "held"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    ERASED = "erased"


class OrganisationState(StrEnum):
    """Where an organisation stands: *held* until a custodian has looked at it."""

    HELD = "held"
    ACTIVE = "active"
    PAUSED = "paused"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    ERASED = "erased"


class Role(StrEnum):
    """What a member may be in a place. *Supporter* is a relation, not a role."""

    RESIDENT = "resident"
    ORGANISATION_OWNER = "organisation-owner"
    ORGANISATION_COORDINATOR = "organisation-coordinator"
    ORGANISATION_HELPER = "organisation-helper"
    COUNCILLOR = "councillor"
    CUSTODIAN = "custodian"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    CALL_HANDLER = "call-handler"
    ADMINISTRATOR = "administrator"


STAFF_ROLES = frozenset(
    {Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.CALL_HANDLER, Role.ADMINISTRATOR, Role.COUNCILLOR}
)
"""Roles that sign in with a password and a second factor, never by text alone."""

ORGANISATION_ROLES = frozenset(
    {Role.ORGANISATION_OWNER, Role.ORGANISATION_COORDINATOR, Role.ORGANISATION_HELPER}
)


ORGANISATION_LEADS = frozenset({Role.ORGANISATION_OWNER, Role.ORGANISATION_COORDINATOR})
"""Roles that answer for an organisation; its helpers do what is given to them by name."""


class LineKind(StrEnum):
    """What a line of a conversation is."""

    SAID = "said"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ON_WAY = "on-way"
    CANNOT_FIND = "cannot-find"


class OrganisationKind(StrEnum):
    """What sort of organisation gives or asks."""

    BUSINESS = "business"
    COMMUNITY_GROUP = "community-group"
    PUBLIC_SERVICE = "public-service"


class ExceptionKind(StrEnum):
    """How an offer does not hold though its week says so."""

    DAYS = "days"
    SEASON = "season"
    BANK_HOLIDAYS = "bank-holidays"


class Terms(StrEnum):
    """On what terms an offer is made."""

    FREE = "free"
    HOURS = "hours"
    STATED = "stated"


class Risk(StrEnum):
    """How much can go wrong in a kind of help; unknown means highest."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class CredentialKind(StrEnum):
    """Checked facts about helpers. ``dbs-adults``, ``dbs-children``, ``dbs-both``: enhanced, with
    the lists of people barred from such work. ``lives-here`` ends when its holder moves. What a
    higher one covers: ``domain.checks``."""

    IDENTITY = "identity"
    DBS_BASIC = "dbs-basic"
    DBS_STANDARD = "dbs-standard"
    DBS_ENHANCED = "dbs-enhanced"
    DBS_ADULTS = "dbs-adults"
    DBS_CHILDREN = "dbs-children"
    DBS_BOTH = "dbs-both"
    INSURANCE = "insurance"
    FOOD_HYGIENE = "food-hygiene"
    DRIVING = "driving"
    TRAINING = "training"
    REFERENCE = "reference"
    LIVES_HERE = "lives-here"
    ADULT = "adult"


class Preference(StrEnum):
    """What an asker may wish of a helper, where the ruleset lists it with its reason."""

    WOMAN = "woman"
    MAN = "man"


class PreferenceReason(StrEnum):
    """Why a ruleset lets somebody be chosen by what they are, not by what they can."""

    CARE_AT_HOME = "care-at-home"
    ALONE_TOGETHER = "alone-together"


class Outcome(StrEnum):
    """How a need ended, as a person said."""

    HELPED = "helped"
    PARTLY_HELPED = "partly-helped"
    NO_LONGER_NEEDED = "no-longer-needed"
    HELPED_ELSEWHERE = "helped-elsewhere"
    NOBODY_FOUND = "nobody-found"
    COULD_NOT_BE_REACHED = "could-not-be-reached"
    NOT_SUITABLE = "not-suitable"


class Verdict(StrEnum):
    """What became of an offer that no rule kept from a need, when the need was worked.

    *beyond*: the wave asked others first. *late*: no ask could have reached them in time. *cap*:
    they were asked elsewhere as often as may be meanwhile. *not-chosen*: the best choice for all
    needs of a round gave this one to others. *changed*: it did not hold any more when the ask was
    to go. *full*: on no day on which it could happen had they room left.
    """

    ASKED = "asked"
    BEYOND = "beyond"
    LATE = "late"
    CAP = "cap"
    NOT_CHOSEN = "not-chosen"
    CHANGED = "changed"
    FULL = "full"


class NextStep(StrEnum):
    """What happens next to an open need, at the time kept beside it."""

    ASK_FIRST = "ask-first"
    ASK_MORE = "ask-more"
    AWAIT_ANSWERS = "await-answers"
    AWAIT_CUSTODIAN = "await-custodian"
    BROKER = "broker"
    ARRANGE = "arrange"
    VISIT = "visit"
    CONFIRM = "confirm"
    CHASE = "chase"


class Channel(StrEnum):
    """How a message leaves."""

    TEXT = "text"
    MAIL = "mail"


class Priority(StrEnum):
    """How an outgoing message is treated against quiet hours and caps."""

    CODE = "code"
    SAFETY = "safety"
    ANSWER = "answer"
    MATCH = "match"
    REMINDER = "reminder"
    BULLETIN = "bulletin"


class Way(StrEnum):
    """How a member wants to hear of a kind of thing."""

    TEXT = "text"
    MAIL = "mail"
    BOTH = "both"
    PAGE = "page"


class AccessNeed(StrEnum):
    """What somebody who comes to help should know, so that the help fits."""

    STEP_FREE = "step-free"
    WHEELCHAIR = "wheelchair"
    HARD_OF_HEARING = "hard-of-hearing"
    BSL = "bsl"
    LOW_SIGHT = "low-sight"
    NEEDS_TIME = "needs-time"


class OutboxState(StrEnum):
    """Where an outgoing message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


CATEGORIES = (
    "shopping", "prescriptions", "transport", "meals", "befriending", "phone-chat",
    "dog-walking", "pet-care", "gardening", "repairs", "moving", "cleaning", "tech-help",
    "paperwork", "childcare", "language-help", "goods", "lending", "space", "skills",
    "advice", "walking-company", "respite", "emergency",
)  # fmt: skip
"""The slugs of the tree's leaves: a contract with everyone who calls us."""
