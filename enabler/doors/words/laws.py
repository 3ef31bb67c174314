"""What ``enabler check`` counts, in a few words for those who keep the machine."""

from enabler.doors.words.marking import N_

LAWS: dict[str, str] = {
    "needs_past_their_next_step": N_("open needs more than 15 minutes past their next step"),
    "needs_passed_over": N_("open needs that the clock has passed over for 15 minutes"),
    "clock_is_dead": N_("clocks that ticked here once and not for the last hour"),
    "balances_not_as_their_rows": N_("accounts of hours whose balance is not what its rows say"),
    "sums_not_zero": N_("places whose hours do not add up to nothing"),
    "floors_broken": N_("accounts of hours below their lowest balance"),
    "borders_not_paired": N_("hours that left one place and did not come to another"),
    "hours_rows_wrong": N_("rows of hours that should not be"),
    "help_not_settled_once": N_("confirmed help whose hours did not move exactly once"),
    "promises_left_over": N_("promises of hours that stand though the help is over"),
    "events_not_moved_once": N_("hours written down that did not move as they stand there"),
    "slots_miscounted": N_("needs whose filled slots are not their live matches"),
    "capacities_exceeded": N_("offers with more matches in a week than they can do"),
    "days_overfilled": N_("offers with more matches on a day than they can do"),
    "messages_accepted_twice": N_("messages accepted twice"),
    "messages_in_doubt": N_("messages of which nobody knows for 15 minutes"),
    "messages_unanswered": N_("messages that came in and were not answered"),
    "matched_though_closed": N_("matches of things that are held, refused or suspended"),
    "asked_without_credential": N_("helpers asked without the check that it needs"),
    "cells_too_small": N_("cells of fewer than 100 homes that are not all of their ward"),
    "homes_not_in_their_cell": N_("homes and needs that are not in their postcode's cell"),
    "offers_measured_exactly": N_("members' offers not measured from their cell"),
    "sights_missing": N_("messages that showed a person, without a sight"),
    "changes_without_audit": N_("needs, offers and matches whose state has no audit"),
    "rows_across_places": N_("rows of one place that belong to another"),
    "texts_in_quiet_hours": N_("texts sent in quiet hours"),
    "texts_over_the_cap": N_("people sent more texts in a day than allowed"),
    "texts_after_stop": N_("texts sent after STOP"),
}
