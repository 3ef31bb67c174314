"""What the words of a message are made of: its subject, where it leads, what the key gives."""

from collections.abc import Mapping
from typing import Any

from enabler.domain.letters import About, Party
from enabler.domain.messages import House, Outgoing, Receiver
from enabler.domain.notices import ALWAYS
from enabler.domain.vocabulary import Channel
from enabler.services import _links
from enabler.services.ports import Secrets


def values_of(
    about: About, house: House, shown: Mapping[str, tuple[Party, str]]
) -> dict[str, Any]:  # fmt: skip
    """What the words are made of, by name: what was read, and what is shown of another."""
    visit = about.visit
    return {
        "place": house.name, "timezone": house.timezone, "duty_line": house.duty_line,
        "path": _PATHS[about.kind] + about.ref,
        "category": about.category, "category_name": about.category_name, "ward": about.ward,
        "windows": about.windows, "visit_start": visit and visit.start,
        "visit_end": visit and visit.end, "answer_by": about.answer_by,
        "slots": about.slots, "slots_filled": about.slots_filled, "may_share": about.may_share,
        "next_at": about.next_step_at, "needed_by": about.needed_by, "minutes": about.minutes,
        "day": about.day, "check": about.check, "word": about.word,
        "consent": about.consent, "version": about.version, "people": about.people,
        "reasons": about.reasons, "within_metres": about.within_metres, "kinds": about.kinds,
        "name": about.organisation, "organisation": about.organisation,
    } | {what: value for what, (_, value) in shown.items()}  # fmt: skip


_PATHS = {
    "match": "/matches/", "need": "/needs/", "offer": "/offers/", "code": "/sign-in",
    "report": "/desk/reports/", "number": "/", "change": "/", "series": "/series/",
    "account": "/desk/denied",
    "outcome": "/reports/", "release": "/told/", "conduct": "/visits/",
    "organisation": "/organisations/", "invitation": "/invitations/", "token": "/me/tokens",
    "gift": "/hours?gift=", "hours-proposal": "/hours?moved=", "flag": "/desk",
    "leaver": "/desk/hours/leave/", "event": "/hours/events/",
    "limits": "/desk/hours/places", "decision": "/decisions/", "question": "/questions/",
    "desk": "/desk", "texts-money": "/desk/overview",
    "rules": "/desk/rules/drafts/", "rules-ending": "/desk/rules/endings/",
    "check": "/me/credentials", "own": "/me",
    "complaint": "/desk/complaints/", "relied": "/me/relied/", "ward": "/ward",
    "own-complaint": "/your-data/complaints/", "consent": "/me/consents/",
    "mandate": "/me/supporters/",
    "mandate-look": "/desk/supporters/looks#",
    "mandate-ask": "/me/supporters/asked/", "mandate-offer": "/for/asked/",
}  # fmt: skip


_LISTS = {
    "more_reports_lead": "/desk", "report_unread_staff": "/desk",
    "more_waiting_staff": "/desk?kind=unmet", "more_waiting_ward": "/ward",
    "hidden_met_staff": "/desk/hidden", "mandate_yours": "/for", "hours_left": "/hours",
    "complaint_unread_staff": "/desk", "copied": "/me/browsers",
    "proofs_lost": "/me/facts",
}  # fmt: skip
"""Where a message leads that is about more than one thing."""


def signed_values(
    row: Outgoing, receiver: Receiver, about: About, secrets: Secrets
) -> dict[str, Any]:
    """What only the secret key can give: digits, and links that work without signing in."""
    values: dict[str, Any] = {"channel": row.channel}
    if about.nonce is not None and about.needed_by is not None:
        values |= {"code": secrets.code(about.nonce), "until": about.needed_by}
    if row.template in _LISTS:
        values["path"] = _LISTS[row.template]
    if about.kind == "change":
        values["path"] = f"/not-me?c={_links.sign(secrets, _links.REFUSE, about.ref)}"
    if row.channel is Channel.MAIL and receiver.ref is not None and row.priority not in ALWAYS:
        values["stop_path"] = f"/mail/stop?m={_links.sign(secrets, _links.STOP, receiver.ref)}"
    return values
