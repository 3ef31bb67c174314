"""Sentences for what can go wrong when a place is peopled."""

from enabler.doors.words.errors import N_

SENTENCES: dict[str, str] = {
    "place_not_invented": N_("The people of this place are real: nothing is told of them."),
    "place_without_postcodes": N_("This place has no postcodes, so nobody can live there."),
    "invented_numbers_used_up": N_("Every invented number for places is in use."),
    "no_shipped_place": N_("No place comes with this installation: name one with --place."),
}
