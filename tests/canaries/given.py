"""What constraints ask of columns that the planting cannot know of: a value, or how to get one."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from enabler.domain.mandates import Basis, Ended
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.texts import PhoneRow
from tests.builders import LONG_AGO, NOW, BuiltMember

if TYPE_CHECKING:
    from tests.canaries.planting import Aviary

Finds = Callable[["Aviary", BuiltMember, BuiltMember], Any]
"""Of the aviary, whose row it is, and the other."""

KEPT = frozenset({
    "member.language", "member.home_id", "home.postcode", "home.cell_id", "home.ward_id",
    "member.quiet_from", "member.quiet_until", "account_owner.member_id",
})  # fmt: skip
"""What stays as the people were built, so that they can be read as members still."""


def browser_of(member: BuiltMember) -> str:
    """The digest of the browser with which a member signed up."""
    return f"canary-browser-{member.ref}-digest"


def _day(aviary: "Aviary", *_: BuiltMember) -> str:
    return (date(2030, 1, 1) + timedelta(days=next(aviary.numbers) - 710_000)).isoformat()


def _next(aviary: "Aviary", *_: BuiltMember) -> int:
    return next(aviary.numbers)


def _last_four(aviary: "Aviary", *_: BuiltMember) -> str:
    return f"{next(aviary.numbers):x}"[-4:]


def _letter(aviary: "Aviary", *_: BuiltMember) -> str:
    return f"{chr(65 + next(aviary.numbers) % 26)}"


def _mine(table: str) -> Finds:
    return lambda aviary, mine, theirs: aviary.row(table, mine, theirs)


def _purse(which: int) -> Finds:
    return lambda aviary, *both: aviary.purse(both[which])


def _transfer(aviary: "Aviary", mine: BuiltMember, _: BuiltMember) -> int:
    return aviary.transfer(mine)


def _phone(aviary: "Aviary", mine: BuiltMember, theirs: BuiltMember) -> int:
    """The one of their number: a number is there once."""
    row = PhoneRow
    query = select(row.id).where(row.number == aviary.phones[mine.id])
    return aviary.session.scalar(query) or aviary.row("phone", mine, theirs)


_HOURS = {"debit_id": _purse(0), "credit_id": _purse(1)}
_STRETCH = {"weekday": 3, "start_minute": 611, "end_minute": 677}

GIVEN: Mapping[str, Mapping[str, Any]] = {
    "api_token": {"scope": "read", "expires_at": NOW + timedelta(days=30)},
    "case_share": {
        "need_id": _mine("need"), "councillor_id": lambda aviary, mine, theirs: theirs.id,
    },
    "complaint": {
        "how": "page", "state": "answered", "outcome": "right", "answered_at": NOW,
        "answer_by": date(2026, 4, 9),
    },
    "complaint_note": {"kind": "note"},
    "consent": {"how": "page", "withdrawn_how": "page"},
    "contact": {"kind": "mail"},
    "contact_change": {"kind": "mail"},
    "conduct": {"kind": "was-rude", "state": "counts", "ended_at": NOW},
    "conversation_line": {"side": "helper"},
    "cost_receipt": {"kind": "image/png"},
    "credential": {
        "last_characters": _last_four, "revoked_at": NOW, "revoked_by": "a test",
        "valid_until": NOW + timedelta(days=300),
    },
    "credential_grant": {
        "credential_id": _mine("credential"), "to_organisation_id": _mine("organisation"),
    },
    "credential_waiver": {"state": "agreed", "ended_at": NOW, "ended_by": "another test"},
    "credential_wanted": {"state": "refused", "ended_at": NOW},
    "decision": {
        "kind": "refuse", "subject_kind": "member", "appealed_at": NOW, "scope": "whole",
        "subject_id": lambda aviary, mine, _: mine.id,
        "subject_ref": lambda aviary, mine, _: mine.ref,
    },
    "denial": {"reason": "other", "until_at": NOW + timedelta(days=365)},
    "denial_match": {"decided_at": NOW, "decision": "let-in"},
    "denial_mark": {"kind": "phone"},
    "desk_question": {"subject_kind": "need", "answered_at": NOW, "ended_at": NOW},
    "erasure": {"by_kind": "self", "erased_at": None, "listed_at": NOW},
    "erasure_hold": {"ended_at": NOW, "ended_by": lambda aviary, mine, theirs: theirs.id},
    "erasure_proposal": {
        "state": "withdrawn", "decided_at": NOW,
        "decided_by": lambda aviary, mine, theirs: theirs.id,
    },
    "held_message": {"state": "passed", "decided_at": NOW, "side": "helper"},
    "hours_event": {"way": "many-to-one", "on_day": date(2026, 3, 7), "ended_at": NOW},
    "hours_event_side": {
        "payer_id": _purse(0), "earner_id": _purse(1), "state": "left-out", "ended_at": NOW,
        "nth": 1, "minutes": 30, "by_pot": 0, "unpaid": 0,
    },
    "hours_proposal": _HOURS | {"kind": "grant", "state": "refused", "decided_at": NOW},
    "inbound_text": {
        "phone_id": _phone, "answered_at": NOW, "came_of": "answered", "over_at": NOW,
    },
    "invitation": {"kind": "phone", "role": Role.ORGANISATION_HELPER},
    "look_question": {"day": date(2026, 3, 7)},
    "mandate": {
        "organisation_id": _mine("organisation"), "basis": Basis.ATTORNEY,
        "witness_id": lambda aviary, mine, theirs: theirs.id, "ended_because": Ended.MEMBER,
    },
    "mandate_ask": {"asked_by": "member", "kind": "phone"},
    "match": {
        "state": "withdrawn", "offer_id": _mine("offer"), "distance_metres": 400, "score": 5,
    },
    "match_cost": {"kind": "fare", "state": "disputed", "pence": 250},
    "member_pause": {"since": LONG_AGO},
    "member_wish": {
        "asks_by": "text", "news_by": "text", "reminders_by": "text", "bulletins_by": "text",
    },
    "need": {
        "state": "withdrawn", "category": "shopping", "duration_minutes": 30, "ended_at": NOW,
        "circumstance": 3,
    },
    "need_series": {"first_on": "2026-03-10", "last_on": "2026-04-10", "category": "shopping",
                    "duration_minutes": 30, "ended_at": NOW},
    "odd_look": {"day": date(2026, 3, 7)},
    "phone": {"idle_since": NOW},
    "prompt": {"phone_id": _phone, "letter": _letter},
    "proof": {
        "credential_id": lambda aviary, mine, theirs: aviary.row(
            "credential", mine, theirs, revoked_at=None, revoked_by=None, revoked_because=None
        ),
        "status_index": _next, "made_at": NOW, "until_at": NOW + timedelta(days=30),
    },
    "proof_relied": {
        "proof_id": lambda aviary, mine, theirs: aviary.row("proof", mine, theirs),
        "organisation_id": _mine("organisation"), "asked_at": NOW, "ended_at": None,
        "until_at": NOW + timedelta(days=29, hours=7), "ended_because": None,
    },
    "offer": {"state": "ended", "ended_at": NOW, "terms": "free", "reach_metres": 1000},
    "offer_exception": {"kind": "days", "first_on": _day, "last_on": _day},
    "offer_weekly": _STRETCH,
    "series_weekly": _STRETCH,
    "report": {"state": "settled", "settled_at": NOW, "kind": "other", "about_kind": "member"},
    "role": {"role": Role.RESIDENT},
    "ruleset_draft": {
        "state": "rejected", "decided_at": NOW, "answer_by": NOW + timedelta(days=7),
    },
    "ruleset_ending": {"state": "rejected", "decided_at": NOW},
    "sign_up_trace": {"browser_hash": lambda aviary, mine, _: browser_of(mine)},
    "sight_grant": {"to_member_id": lambda aviary, mine, theirs: theirs.id},
    "signal": {"kind": "need", "ended_at": NOW},
    "simulated_message": {"direction": "in"},
    "text_print": {"kind": "need"},
    "transfer_words": {"seq": _transfer},
    "unheard": {"kind": "need"},
    "untold": {"came_of": "call"},
    "visit": {"cleared_at": NOW, "stage": 0},
    "report_note": {"kind": "note"},
}  # fmt: skip

VARIANTS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "outbox": ({"to_value": None}, {"member_id": None}),
    "inbound_text": ({"number": None}, {"member_id": None}),
    "prompt": ({"number": None}, {"member_id": None}),
}
"""Rows in which columns of different people exclude each other: one row of each."""
