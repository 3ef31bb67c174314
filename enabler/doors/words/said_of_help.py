"""What is said, and asked, of help that is there: of asks, visits, help that was given, and hours.

Each sentence stands for itself: what does not fit is left out from the end.
"""

from collections.abc import Mapping

from enabler.doors.words.marking import N_

SAID_OF_HELP: Mapping[str, str] = {
    # Asks
    "accepted": N_("Thank you! You are helping %(name)s: %(category)s, %(when)s."),
    "meet_in_public": N_("As you are new: meet in a public place first, please."),
    "meet_at_the_door": N_("As you are new: meet at the door, please, not inside."),
    "ask_filled": N_(
        "Thank you for saying so. Somebody was quicker. If they cannot come, we ask you first."
    ),
    "ask_declined": N_("Thank you for telling us. We ask others."),
    "handed_back": N_("Thank you for telling us. Your group chooses somebody else."),
    "released": N_("Thank you for telling us. We tell them, and look for somebody else."),
    "still_coming": N_("Thank you. Then all stays as it is: %(category)s, %(when)s."),
    "knows_nobody": N_("Thank you. We keep looking."),
    "settled": N_("That has been settled already. Text MY to see what is open."),
    "passed_on": N_("We have passed on what you wrote."),
    "passed_to": N_("Passed on to %(name)s."),
    "passed_bare": N_(
        "Passed on to %(name)s. For something else text NEED and what you need, or CALL ME."
    ),
    "to_whom": N_("Who is that for? Text %(letters)s first and then your words."),
    "words_wait": N_("Somebody at the council reads what you wrote before it is passed on."),
    # A time to meet
    "agreed": N_("Agreed: %(category)s, %(when)s, with %(name)s."),
    "time_proposed": N_("We ask %(name)s whether %(until)s is all right."),
    "see_you": N_("Good, thank you. See you then: %(when)s."),
    "released_by_asker": N_("We have told them, and look for somebody else for you."),
    "need_withdrawn": N_("It is taken back, and we have told everybody. Text NEED to ask again."),
    # The day of a visit
    "on_way": N_("We have told them that you are on the way: %(category)s."),
    "on_way_later": N_(
        "%(category)s, %(when)s: text us that you are on the way in the 2 hours before you meet,"
        " and we tell them."
    ),
    "arrived": N_("Thank you. Please text us when you have left."),
    "not_there_yet": N_("Thank you for telling us. Take care on the way."),
    "left": N_("Good, thank you. When the job is done text DONE %(ref)s and how long it took."),
    "staying": N_("All right. We ask you again after %(until)s."),
    "help_called": N_("We have told the council now. If you are in danger, ring 999.%(ring)s"),
    # Help that was given
    "done_said": N_("Thank you! We ask %(name)s to agree: %(category)s, %(minutes)s."),
    "done_agreed": N_(
        "All done and agreed: %(category)s, %(minutes)s. Text THANKS %(ref)s and a few words, and"
        " we pass them on."
    ),
    "done_agreed_helper": N_(
        "All done and agreed: %(category)s, %(minutes)s. Thank you for helping!"
    ),
    "done_waits": N_("You have said so already. We wait for %(name)s to agree."),
    "minutes_corrected": N_("Thank you. We ask %(name)s whether it was %(minutes)s."),
    "minutes_changed": N_("That is %(minutes)s now. Text DONE %(ref)s if that is right."),
    "dispute_kept": N_("Thank you. Somebody at the council looks at it and gets in touch."),
    "receipt_needed": N_(
        "Then we have to see the receipt before it is done. Keep it, please.%(ring)s"
    ),
    "thanked": N_("Your thanks are on their way to %(name)s."),
    "welcome": N_("You are welcome!"),
    # Is it still so?
    "need_changed": N_("Thank you. We look for somebody: %(category)s, %(when)s."),
    "offer_stands": N_("Thank you. We keep asking you: %(category)s."),
    "offer_ended": N_("Nobody is asked for it any more. Text OFFER to offer help again."),
    "noted_right": N_("Thank you. Then those hours count."),
    # Hours
    "hours_are": N_("You have %(minutes)s."),
    "hours_none": N_("You have no hours yet. You can ask for help all the same."),
    "hours_owed": N_("You have had %(minutes)s more than you gave. You can still ask for help."),
    "hours_promised": N_("Set aside for help to come: %(minutes)s."),
    "hours_in": N_("You were given %(minutes)s."),
    "hours_out": N_("You gave %(minutes)s."),
    "hours_in_for": N_("You were given %(minutes)s for %(category)s."),
    "hours_out_for": N_("%(minutes)s went to your helper for %(category)s."),
    "hours_not_here": N_("Hours are not counted here: help is given for nothing."),
    "gave": N_("Done. You have given %(minutes)s."),
    "gave_nothing": N_("All right. Nothing was given."),
    "give_too_much": N_(
        "By text you can give %(minutes)s in a day, no more. You can give more here:"
        " %(home)s%(ring)s"
    ),
    # What is open
    "my_ask": N_(
        "%(letter)s: we asked you for %(category)s, %(when)s. Text %(letter)s1 if you can."
    ),
    "my_promise": N_("%(letter)s: you help with %(category)s, %(when)s."),
    "my_helper": N_("%(letter)s: %(name)s helps you with %(category)s, %(when)s."),
    "my_said_done": N_("%(letter)s: %(category)s is done. We wait for the other side to agree."),
    "my_confirm": N_(
        "%(letter)s: %(category)s is done, they say. Text DONE %(letter)s if that is right."
    ),
    "my_disputed": N_("%(letter)s: the council looks at %(category)s."),
    "my_need": N_("%(letter)s: we look for somebody for %(category)s, %(when)s."),
    "my_need_held": N_("%(letter)s: somebody reads what you asked for: %(category)s."),
    "my_offer": N_("%(letter)s: you offer help with %(category)s."),
    "my_offer_held": N_("%(letter)s: somebody reads what you offer: %(category)s."),
    "my_offer_paused": N_("%(letter)s: your offer rests: %(category)s."),
    "my_nothing": N_("Nothing is open. Text NEED and what you need, or OFFER and what you offer."),
    "my_how": N_("Text DONE or CAN'T with its code."),
    "my_how_else": N_("To take it back text CAN'T with its code."),
    "which_one": N_("Which one? Text the word again with its code."),
    "one_of": N_("%(ref)s is %(category)s, %(when)s."),
    "none_such": N_("We find nothing open for that. Text MY to see what is."),
    # Why they were asked
    "why_asked": N_("Why we asked you: you offer help like %(category)s."),
    "why_nearness": N_("You are close by."),
    "why_time_fit": N_("You are free at that time."),
    "why_asked_least": N_("You have not been asked much lately."),
    "why_acceptance": N_("You often say yes."),
    "why_reciprocity": N_("You have had help yourself."),
    "why_language": N_("You speak the language."),
    "why_rotation": N_("It is the turn of your group."),
    "why_offer": N_("You can always say no."),
}
"""By code, each with what the facts beside it and the moment at which it leaves give it."""
ASKED_OF_HELP: Mapping[str, str] = {
    "time-when": N_(
        "When can you meet? Text %(letter)s and a day and time, like %(letter)s tue 10am."
    ),
    "whose-words": N_("You wrote %(category)s. Is that for %(name)s?"),
    "not-then": N_("What would you like instead?"),
    "done-said": N_(
        "Did it take %(minutes)s? If not, text %(letter)s and how long, like %(letter)s 1h30."
    ),
    "done-length": N_("How long did it take? Text %(letter)s and the time, like %(letter)s 1h30."),
    "done-why": N_(
        "What went wrong? Text %(letter)s and tell us. Somebody at the council reads it."
    ),
    "no-money": N_("Did you spend any of their money?"),
    "noted-why": N_("What is not right? Text %(letter)s and tell us. Somebody reads it."),
    "still-when": N_("When do you need it now? Text %(letter)s and a day, like %(letter)s friday."),
    "know-who": N_(
        "Who is it? Text %(letter)s with the name and how to reach them. Somebody reads it."
    ),
    "give-confirm": N_("Give %(minutes)s to %(name)s (%(member)s)?"),
    "give-which": N_("Give %(minutes)s or %(longer_length)s to %(name)s (%(member)s)?"),
}
"""By kind of question; ``letter`` is its own."""
OPTIONS_OF_HELP: Mapping[str, Mapping[str, str]] = {
    "not-then": {
        "time": N_("another time"), "other": N_("another helper"), "none": N_("no help any more"),
    },
    "whose-words": {"yes": N_("pass it on"), "no": N_("it is something else")},
    "done-said": {"yes": N_("right")},
    "done-length": {"none": N_("nobody came, or it went wrong")},
    "no-money": {"no": N_("no money was spent"), "yes": N_("money was spent")},
    "still-when": {"any": N_("any time")},
    "give-confirm": {"yes": N_("give them"), "no": N_("give nothing")},
    "give-which": {"minutes": N_("minutes"), "hours": N_("hours"), "no": N_("give nothing")},
}  # fmt: skip
"""By kind of question and code of the answer."""
