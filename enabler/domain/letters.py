"""Which message may still be said, and to whom: a row for each template (pure).

A message waits in the outbox while the world goes on. Just before it is sent, what it is about is
read again and held against this table: what no longer holds is dropped, never said.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from enabler.domain.letter_parts import Side, Template, when
from enabler.domain.letters_of_rights import OF_RIGHTS
from enabler.domain.mandate_letters import OF_MANDATES
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, NeedState, OfferState, OrganisationState
from enabler.domain.windows import Window

_M, _N, _O, _G = MatchState, NeedState, OfferState, OrganisationState
_AGREED = when(_M.ACCEPTED, _M.ARRANGED)
_MET = _AGREED | when(_M.DONE, _M.CONFIRMED, _M.DISPUTED)
_LOOKED_AT = when(_N.OPEN, _N.FILLED, _N.ARRANGED, _N.DONE, _N.CLOSED, _O.OPEN, _O.PAUSED, _O.ENDED)
TEMPLATES: dict[str, Template] = {
    "sign_in_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "contact_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "old_contact_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "proof_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "lost_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "erase_code": Template(Side.NUMBER, frozenset({"waiting"})),
    "answer": Template(Side.NUMBER, frozenset({"said"})),
    "erased": Template(Side.NUMBER, frozenset({"erased"})),
    "contact_changed": Template(Side.NUMBER, frozenset({"fresh"})),
    "phone_lost": Template(Side.NUMBER, frozenset({"fresh"})),
    "phone_reported": Template(Side.NUMBER, frozenset({"known"})),
    "ask": Template(Side.ANSWERER, when(_M.ASKED)),
    "accepted_asker": Template(Side.ASKER, when(_M.ACCEPTED), ("name",)),
    "accepted_helper": Template(Side.HELPER, _AGREED, ("name",)),
    "filled": Template(Side.HELPER, when(_M.WITHDRAWN, _M.LAPSED, _M.PROPOSED)),
    "lapsed": Template(Side.HELPER, when(_M.LAPSED)),
    "released": Template(Side.ASKER, when(_M.RELEASED)),
    "released_helper": Template(Side.HELPER, when(_M.RELEASED)),
    "arranged": Template(Side.EITHER, when(_M.ARRANGED), ("name",)),
    "done_asker": Template(Side.ASKER, when(_M.DONE), ("name",)),
    "done_helper": Template(Side.HELPER, when(_M.DONE)),
    "confirmed_helper": Template(Side.HELPER, when(_M.CONFIRMED)),
    "disputed": Template(Side.EITHER, when(_M.DISPUTED)),
    "corrected": Template(Side.EITHER, when(_M.DONE)),
    "decided": Template(Side.EITHER, when(_M.CONFIRMED)),
    "decided_none": Template(Side.EITHER, when(_M.WITHDRAWN)),
    "withdrawn": Template(Side.HELPER, when(_M.WITHDRAWN)),
    "offer_back": Template(Side.GIVER, when(_O.OPEN)),
    "still_right": Template(Side.GIVER, when(_O.OPEN)),
    "pause_over": Template(Side.GIVER, frozenset({"active"})),
    "number_unreached": Template(Side.GIVER, frozenset({"unreached"})),
    "series_over": Template(Side.GIVER, frozenset({"over"})),
    "changed": Template(Side.HELPER, _AGREED),
    "address": Template(Side.HELPER, _AGREED, ("address", "name", "postcode")),
    "held": Template(Side.GIVER, when(_N.HELD, _O.HELD)),
    "approved": Template(Side.GIVER, _LOOKED_AT),
    "decision_refused": Template(Side.ANSWERER, frozenset({"stands"})),
    "decision_held": Template(Side.ANSWERER, frozenset({"stands"})),
    "decision_suspended": Template(Side.ANSWERER, frozenset({"stands"})),
    "decision_edited": Template(Side.ANSWERER, frozenset({"stands"})),
    "decision_over": Template(Side.ANSWERER, frozenset({"over"})),
    "appeal_decided": Template(Side.ANSWERER, frozenset({"stands", "over"})),
    "appeal_won": Template(Side.ANSWERER, frozenset({"stands", "over"})),
    "question_asked": Template(Side.ANSWERER, frozenset({"waiting"})),
    "desk_due_staff": Template(Side.STAFF, frozenset({"waiting"})),
    "texts_money_short_staff": Template(Side.LEAD, frozenset({"short"})),
    "texts_money_spent_staff": Template(Side.LEAD, frozenset({"short"})),
    "no_one_yet": Template(Side.GIVER, when(_N.OPEN)),
    "brokering": Template(Side.GIVER, when(_N.OPEN)),
    "brokering_staff": Template(Side.STAFF, when(_N.OPEN)),
    "still_needed": Template(Side.GIVER, when(_N.OPEN)),
    "wrote": Template(Side.EITHER, _MET, ("name",)),
    "proposed": Template(Side.EITHER, _AGREED, ("name",)),
    "no_time_yet": Template(Side.EITHER, when(_M.ACCEPTED)),
    "was_done": Template(Side.EITHER, when(_M.ARRANGED)),
    "reminder": Template(Side.EITHER, when(_M.ARRANGED), ("name",)),
    "on_way": Template(Side.ASKER, when(_M.ARRANGED), ("name",)),
    "cannot_find": Template(Side.ASKER, when(_M.ARRANGED), ("name",)),
    "went_wrong_lead": Template(Side.LEAD, frozenset({"open", "seen"})),
    "worried_lead": Template(Side.LEAD, frozenset({"open"})),
    "more_reports_lead": Template(Side.LEAD, frozenset({"open", "seen", "settled"})),
    "worry_waits_lead": Template(Side.LEAD, frozenset({"open"})),
    "report_unread_staff": Template(Side.ANSWERER, frozenset({"open", "seen"})),
    "account_waits_lead": Template(Side.LEAD, frozenset({"waiting"})),
    "report_passed_lead": Template(Side.LEAD, frozenset({"open"})),
    "report_yours_staff": Template(Side.LEAD, frozenset({"open", "seen"})),
    "report_answered_lead": Template(Side.LEAD, frozenset({"open", "seen", "settled"})),
    "report_outcome": Template(Side.GIVER, frozenset({"told"})),
    "report_released": Template(Side.GIVER, frozenset({"told"})),
    "conduct_said": Template(Side.HELPER, frozenset({"open"})),
    "conduct_answered": Template(Side.ASKER, frozenset({"disputed", "counts"})),
    "conduct_taken_back": Template(Side.HELPER, frozenset({"taken-back"})),
    "conduct_counts": Template(Side.EITHER, frozenset({"counts"})),
    "conduct_decided": Template(Side.EITHER, frozenset({"counts", "does-not-count"})),
    "assigned": Template(Side.HELPER, _AGREED, ("name",)),
    "stood_down": Template(Side.HELPER, _AGREED),
    "handed_back": Template(Side.ANSWERER, _AGREED),
    "other_helper": Template(Side.ASKER, _AGREED),
    "organisation_held": Template(Side.ANSWERER, when(_G.HELD)),
    "organisation_approved": Template(Side.ANSWERER, when(_G.ACTIVE)),
    "invitation": Template(Side.NUMBER, frozenset({"waiting"})),
    "joined": Template(Side.ANSWERER, when(_G.ACTIVE)),
    "role_changed": Template(Side.CONCERNED, when(_G.ACTIVE)),
    "role_ended": Template(Side.CONCERNED, when(*_G)),
    "token_made": Template(Side.GIVER, frozenset({"holds"})),
    "cost_noted": Template(Side.ASKER, _MET, ("name",)),
    "cost_answered": Template(Side.HELPER, _MET),
    "check_ends": Template(Side.ANSWERER, frozenset({"holds"})),
    "check_ended": Template(Side.ANSWERER, frozenset({"over"})),
    "check_revoked": Template(Side.ANSWERER, frozenset({"revoked"})),
    "check_seen": Template(Side.ANSWERER, frozenset({"seen"})),
    "check_refused": Template(Side.ANSWERER, frozenset({"refused"})),
    "check_gap_helper": Template(Side.HELPER, _AGREED),
    "check_gap_asker": Template(Side.ASKER, _AGREED),
    "check_back": Template(Side.EITHER, _AGREED),
    "check_released": Template(Side.HELPER, when(_M.RELEASED)),
    "mate_gone": Template(Side.HELPER, _AGREED),
    "mate_found": Template(Side.HELPER, _AGREED),
    "more_waiting_staff": Template(Side.STAFF, frozenset(_N)),
    "more_waiting_ward": Template(Side.STAFF, frozenset({"waiting"})),
    "mate_late_helper": Template(Side.HELPER, _AGREED),
    "mate_late_asker": Template(Side.ASKER, _AGREED),
    "mate_none_helper": Template(Side.HELPER, when(_M.RELEASED)),
    "mate_none_asker": Template(Side.ASKER, when(_M.RELEASED)),
    "visit_not_arrived": Template(Side.HELPER, _MET),
    "visit_overdue": Template(Side.HELPER, frozenset(_M)),
    "visit_overdue_staff": Template(Side.STAFF, frozenset(_M)),
    "hidden_met_staff": Template(Side.STAFF, _AGREED),
    "visit_stuck_staff": Template(Side.STAFF, frozenset(_M)),
    "hours_given": Template(Side.ANSWERER, frozenset({"given"}), ("name",)),
    "hours_paid": Template(Side.HELPER, when(_M.CONFIRMED)),
    "hours_as_gift": Template(Side.HELPER, when(_M.CONFIRMED)),
    "hours_granted": Template(Side.ANSWERER, frozenset({"grant"})),
    "hours_undone": Template(Side.ANSWERER, frozenset({"reversal"})),
    "hours_count": Template(Side.EITHER, when(_M.CONFIRMED)),
    "hours_do_not_count": Template(Side.EITHER, when(_M.CONFIRMED)),
    "hours_left": Template(Side.GIVER, frozenset({"left"})),
    "hours_leaver_staff": Template(Side.STAFF, frozenset({"waiting"})),
    "hours_wait_staff": Template(Side.STAFF, frozenset({"waiting"})),
    "hours_limits_staff": Template(Side.STAFF, frozenset({"waiting"})),
    "hours_noted_in": Template(Side.ANSWERER, frozenset({"open"})),
    "hours_noted_out": Template(Side.ANSWERER, frozenset({"open"})),
    "hours_noted_of": Template(Side.ANSWERER, frozenset({"open"})),
    "hours_noted_staff": Template(Side.STAFF, frozenset({"open"})),
    "hours_taken_back": Template(Side.ANSWERER, frozenset({"over"})),
    "hours_decided": Template(Side.ANSWERER, frozenset({"open", "disputed", "over"})),
    "rules_proposed": Template(Side.ANSWERER, frozenset({"proposed"})),
    "rules_approved": Template(Side.ANSWERER, frozenset({"approved"})),
    "rules_rejected": Template(Side.CONCERNED, frozenset({"rejected"})),
    "rules_lapsed": Template(Side.CONCERNED, frozenset({"lapsed"})),
    "rules_ending_proposed": Template(Side.ANSWERER, frozenset({"proposed"})),
    "rules_ending_approved": Template(Side.ANSWERER, frozenset({"approved"})),
    "rules_ending_rejected": Template(Side.CONCERNED, frozenset({"rejected"})),
    "rules_ending_lapsed": Template(Side.CONCERNED, frozenset({"lapsed"})),
    **OF_RIGHTS,
    **OF_MANDATES,
}

TO_SUSPENDED = frozenset(
    {"decision_suspended", "decision_over", "appeal_decided", "appeal_won", "erase_asked", "answer"}
)
"""What also whoever is suspended is told: why, what came of their appeal, and that somebody asked
to delete their account: their appeal would go with it. Who texts us is answered, danger above all;
of others they hear nothing."""


STAND_THOUGH_APART = frozenset(
    {
        "released", "released_helper", "withdrawn", "filled", "lapsed", "decided_none",
        "handed_back", "stood_down", "other_helper", "confirmed_helper", "hours_paid",
        "hours_as_gift", "hours_count", "hours_do_not_count", "cost_answered", "disputed",
        "visit_overdue", "visit_overdue_staff", "visit_stuck_staff",
    }
)  # fmt: skip
"""What may be told of a match though its two are kept apart by now: none of it names anybody."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a match: a member with the name that others read."""

    member_id: int
    shown_name: str


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, read when it is sent. Times are UTC.

    ``asker`` is the asker of a need or match, by the name that a helper reads (an organisation's
    own, where that asks); ``askers`` are the ids of those who may be told as such. ``helpers`` are
    the ids of those on the helper's side, or who may read a report; ``answerers`` of those who
    answer for it: of an organisation its owners and coordinators. ``concerned`` is the member of
    whom an organisation's message speaks.
    ``through`` is the supporter who asked, wrote or agreed in the asker's name, where whoever reads
    it may know of them.
    ``may_share``: whether its asker may let their councillor see it.
    ``people`` and ``kinds``: how many wait in a ward, as ``domain/waiting.py`` tells it, and the
    slugs of what they wait for.
    ``spot`` is the address and postcode: it leaves here only by ``address``.
    """

    kind: str
    ref: str
    state: str
    need_state: str | None = None
    offer_state: str | None = None
    category: str | None = None
    category_name: str | None = None
    ward: str | None = None
    ward_id: int | None = None
    asker: Party | None = None
    askers: frozenset[int] = frozenset()
    through: Party | None = None
    helper: Party | None = None
    helpers: frozenset[int] = frozenset()
    answerers: frozenset[int] = frozenset()
    concerned: int | None = None
    organisation: str | None = None
    windows: tuple[Window, ...] = ()
    visit: Window | None = None
    needed_by: datetime | None = None
    next_step_at: datetime | None = None
    answer_by: datetime | None = None
    minutes: int | None = None
    check: str | None = None
    word: str | None = None
    consent: str | None = None
    version: int | None = None
    day: date | None = None
    slots: int = 1
    slots_filled: int = 0
    reasons: tuple[str, ...] = ()
    within_metres: int | None = None
    may_share: bool = False
    people: int | None = None
    kinds: tuple[str, ...] = ()
    spot: tuple[str, str] = field(default=("", ""), repr=False)
    nonce: str | None = field(default=None, repr=False)
    introduced: frozenset[int] = frozenset()  # who, being hidden, a lead let the other side know


def holds(template: str, about: About, now: datetime) -> bool:
    """Whether the message is still true."""
    if about.state not in TEMPLATES[template].states:
        return False
    if template == "ask":
        stands = about.need_state == NeedState.OPEN and about.offer_state == OfferState.OPEN
        return stands and (about.answer_by or now) > now
    if template == "handed_back":
        return about.helper is None
    return True


def is_for(template: str, about: About, member_id: int | None, *, on_duty: bool) -> bool:
    """Whether this member (None: a number) may be told. ``on_duty``: staff of the ward or place."""
    rule = TEMPLATES[template]
    asker = member_id in about.askers
    helper = member_id in about.helpers
    current = about.helper is not None and member_id == about.helper.member_id
    if rule.sees:  # of the other side only the one who goes learns anything
        helper = helper and current
    if template == "stood_down":  # and has not been chosen again meanwhile
        helper = helper and not current
    return {
        Side.NUMBER: member_id is None,
        Side.ASKER: asker,
        Side.HELPER: helper,
        Side.ANSWERER: member_id in about.answerers,
        Side.CONCERNED: member_id is not None and member_id == about.concerned,
        Side.EITHER: asker or helper,
        Side.GIVER: asker or helper,
        Side.STAFF: on_duty,
        Side.LEAD: helper,
    }[rule.side]


def address_window(about: About, rules: Ruleset) -> Window | None:
    """When the address may go to the accepted helper as a text; None when nothing says when.

    From ``address_text_hours_before`` the visit until ``address_hours_after`` its end; before a
    visit is arranged, the need's first window and its last moment stand for it.
    """
    start = about.visit.start if about.visit else None
    end = about.visit.end if about.visit else about.needed_by
    if start is None and about.windows:
        start = about.windows[0].start
    start = start or end
    if start is None or end is None:
        return None
    return Window(
        start - timedelta(hours=rules.address_text_hours_before),
        end + timedelta(hours=rules.address_hours_after),
    )
