"""What is said, and asked, by text about who acts for somebody. What can be done says how; none
teaches a word that networks take for themselves: somebody is dropped, not stopped."""

from collections.abc import Mapping

from enabler.doors.words.marking import N_

SAID_OF_SUPPORTERS: Mapping[str, str] = {
    "supporter": N_("%(name)s may %(scopes)s until %(day)s (%(end_code)s)."),
    "supporters_how": N_("To end one text DROP and the number behind it."),
    "supporters_none": N_(
        "Nobody may act for you here. To ask somebody text SUPPORTER and their telephone number."
    ),
    "supporters_again": N_("Text SUPPORTERS again to see who may act for you now."),
    "supporters_open": N_("This waits for your answer:"),
    "supporters_ask_too": N_("Somebody else asks too: answer this first."),
    "drop_one": N_("%(name)s (%(scopes)s, until %(day)s): to end it text DROP %(end_code)s."),
    "drop_ask": N_("%(name)s%(ends)s asks to act for you: to refuse text DROP %(end_code)s."),
    "no_such_supporter": N_(
        "Nobody of that name may act for you. Text SUPPORTERS to see who may, if anybody."
    ),
    "dropped": N_("Done. %(name)s may not act for you any more. We do not tell them."),
    "drop_refused": N_("Done. They may not act for you. We do not tell them."),
    "drop_unknown": N_(
        "That is not a number that we know. Text SUPPORTERS to see who may act for you, each with"
        " its number."
    ),
    "supporter_agreed": N_("Thank you. %(name)s may act for you until %(day)s."),
    "supporter_invited": N_("We ask them now. You hear from us when they say yes."),
    "code_wrong": N_("That is not the code that we sent you. Please look, and try again."),
    "code_over": N_(
        "That code is over, and nothing has changed. To begin again text SUPPORTERS, or SUPPORTER"
        " and a telephone number."
    ),
    "nobody_new": N_("All right. Nobody new may act for you."),
    "act_not_by_text": N_(
        "To act for somebody you need a page, or a call. Go to %(home)s/for or text CALL ME and we"
        " ring you.%(ring)s"
    ),
}
ASKED_OF_SUPPORTERS: Mapping[str, str] = {
    "mandate-agree": N_("%(name)s%(ends)s asks to act for you for %(lasts)s days: %(scopes)s."),
    "mandate-invite": N_(
        "You want to ask the number that ends %(number_end)s to act for you for %(lasts)s days:"
        " %(scopes)s."
    ),
}
LEFT_OUT_QUIETLY = frozenset({"supporters_again", "supporters_ask_too"})
"""What goes without a word that there is more: whoever texts SUPPORTERS again has it."""
CODE_OF: Mapping[str, str] = {
    "mandate-agree": N_(
        "If you want it text %(letter)s %(code)s within 10 minutes. If not: DROP %(end_code)s."
    ),
    "mandate-invite": N_("If you want it text %(letter)s %(code)s within 10 minutes."),
}
"""How each is answered: by nothing but the code that stands in it."""
