"""What we keep about people, why and how long, in the words of the privacy page."""

from collections.abc import Iterable

from flask_babel import gettext, ngettext

from enabler.domain import privacy
from enabler.doors.words.marking import N_, shown
from enabler.services.views.privacy import KeptView

WHAT: dict[str, str] = {
    "member": N_("Your name, your languages, and how you like to be asked"),
    "home": N_("Where you live"),
    "contact": N_("Your phone number and email address"),
    "member_wish": N_("What helps you, and how and when you want to be told"),
    "consent": N_("What you agreed to, and when"),
    "role": N_("What you do for an organisation or the council"),
    "need": N_("What you ask for, and where"),
    "need_window": N_("When you need it"),
    "need_series": N_("What you ask for every week, and where"),
    "series_weekly": N_("At which times of the week you need it"),
    "offer": N_("What you offer"),
    "offer_weekly": N_("At which times of the week you can help"),
    "offer_away": N_("When you are away"),
    "offer_exception": N_("Days on which you do not help"),
    "organisation": N_("How an organisation is reached that you alone act for"),
    "match": N_("What you wrote to each other about a visit"),
    "calendar_feed": N_("That your calendar shows your visits"),
    "conversation_line": N_("The messages that you wrote to each other"),
    "consideration": N_("Who we looked at to help you"),
    "report": N_("What you told us about something that went wrong"),
    "report_note": N_("What people who look after safety wrote about a report"),
    "report_release": N_("What the council wrote to you about a report, and your answer"),
    "conduct": N_("What was said of a visit, by both sides"),
    "hidden_member": N_("If you are hidden: why"),
    "credential": N_("Which checks a helper has"),
    "credential_grant": N_("Whom you let see a check, and until when"),
    "credential_wanted": N_("Which check you asked for, and how you can show it"),
    "credential_waiver": N_("Why somebody may help for a while before a check is seen"),
    "proof": N_("For whom you made a proof of a check"),
    "proof_relied": N_("Which organisation counts on a proof of yours, and until when"),
    "sight_grant": N_("Whom you let see a check or what helps you, and until when"),
    "visit": N_("If you work here: whom you rang about a visit, and how they were"),
    "block": N_("Who you do not want to be brought together with"),
    "sight": N_("Who looked at your details, and when"),
    "look_up": N_("Why somebody at the council looked you up"),
    "look_question": N_("That you asked why somebody looked"),
    "odd_look": N_("That somebody at the council looked at you in an odd way"),
    "case_share": N_("Which councillor may see what you asked for"),
    "complaint": N_("What you complained of, and our answer"),
    "complaint_note": N_("What was done about a complaint"),
    "audit_value": N_("What was changed, and how it was before"),
    "web_session": N_("That you are signed in"),
    "sign_in_code": N_("To which phone we sent a code"),
    "contact_change": N_("That your phone number or email address was changed"),
    "api_token": N_("The keys for programs that you made"),
    "invitation": N_("Who was asked to act for an organisation"),
    "mandate": N_("Who may act for you, in what, and how you agreed to it"),
    "mandate_ask": N_("Whom you asked to act for you, or who asked you"),
    "phone": N_("That we exchange texts with your phone, or that it wants none"),
    "inbound_text": N_("What you texted us"),
    "given_wording": N_("A few of your words that you let us learn from"),
    "prompt": N_("What we asked you by text, and what you had said so far"),
    "untold": N_("That we had to tell you something by letter or phone, and what came of it"),
    "untold_letter": N_("What we could not send you, as you have no phone and no email address"),
    "safe_contact": N_("How we must not reach you, and what you said about it"),
    "mandate_look": N_("Why a person looked at how somebody acts for you"),
    "account_owner": N_("Which account of hours is yours"),
    "hours_event": N_("What you wrote down about an afternoon or a help, and how you know"),
    "hours_event_side": N_(
        "What you wrote when an afternoon or a help was not as it was written down"
    ),
    "transfer_words": N_("What you wrote beside hours that you gave"),
    "hours_proposal": N_("If you work here: why you asked for hours to move, or allowed it"),
    "decision": N_("What we decided about your things, why, and what you said to it"),
    "desk_question": N_("What we asked you about your things, and what you answered"),
    "ruleset_draft": N_("If you work here: why you proposed other rules, or decided about them"),
    "ruleset_ending": N_("If you work here: why you wanted rules to end, or decided about it"),
    "match_cost": N_("What you wrote about money that was spent for somebody"),
    "cost_receipt": N_("Receipts that you added"),
    "signal": N_("Why a person looked at something that you wrote"),
    "held_message": N_("Messages of yours that a person looked at first"),
    "text_print": N_("Marks of what you wrote, to find copies of it"),
    "unheard": N_("What you wrote a moment ago, until it was looked at for danger"),
    "sign_up_trace": N_(
        "Marks of the device that you signed up with, to find many accounts of one"
    ),
    "denial": N_("Why somebody was removed for safety"),
    "denial_mark": N_(
        "Marks of people who were removed for safety, to know them if they come back"
    ),
    "denial_match": N_("That an account may be of somebody who was removed"),
    "member_pause": N_("Until when you want to be left in peace"),
    "erasure": N_("If your account is deleted: who you were, while a duty makes us keep it"),
    "erasure_hold": N_("Which duty makes us keep something about you"),
    "erasure_proposal": N_("How you asked us at the desk to delete your account"),
    "draft": N_("Forms that you began"),
    "outbox": N_("Texts and mails to you"),
    "simulated_message": N_("Texts of the demonstration"),
    "staff_secret": N_("How people who work here sign in"),
}
OTHER = N_("Other things that you tell us")
WHY: dict[str, str] = {
    "account": N_("to know who you are"),
    "matching": N_("to find who fits"),
    "meeting": N_("so that you can meet"),
    "messaging": N_("to reach you"),
    "safety": N_("to keep people safe"),
    "accountability": N_("to show what was done, and by whom"),
    "security": N_("to keep your account safe"),
    "learning": N_("to understand better what people text"),
}
HOW_LONG: dict[str, str] = {
    "while-the-account-lives": N_("While you have an account"),
    "twelve-months-after-the-end": N_("12 months after it ended"),
    "until-it-expires-and-a-year": N_("A year after the check runs out"),
    "ninety-days": N_("90 days"),
    "one-day": N_("1 day"),
    "thirty-days": N_("30 days"),
    "until-the-denial-ends": N_("6 years, or as long as the place says"),
    "two-years": N_("2 years"),
    "two-years-or-erasure": N_("2 years, or until you ask us to delete it"),
}


def in_order(kept: Iterable[KeptView]) -> list[KeptView]:
    """As the page lists them: what matters most to its readers on top."""
    places = list(WHAT)
    return sorted(kept, key=lambda one: places.index(one.what) if one.what in WHAT else len(places))


def what_words(kept: KeptView) -> str:
    """What is kept."""
    return kept_words(kept.what)


def kept_words(table: str) -> str:
    """What a table keeps of somebody."""
    return shown(WHAT, table) if table in WHAT else str(gettext(OTHER))


def why_words(purposes: Iterable[str]) -> str:
    """Why it is kept."""
    said = ", ".join(shown(WHY, purpose) for purpose in purposes)
    return said[:1].upper() + said[1:]


def how_long_kept(keep: str, days: int | None = None) -> str:
    """How long it is kept: in so many days where a place keeps it for less long than others do."""
    if days is None or days == privacy.days().get(keep):
        return shown(HOW_LONG, keep)
    if keep == "twelve-months-after-the-end":
        return str(gettext("%(days)d days after it ended", days=days))
    if keep == "two-years-or-erasure":
        return str(gettext("%(days)d days, or until you ask us to delete it", days=days))
    return str(ngettext("%(num)d day", "%(num)d days", days))
