"""Where a need is, as far as the words of its draft say it: at a postcode, near what the place
knows by name, at home, or to be asked.

A door with its street is where they mean, and is never compared with where they live: an answer
that told *their street* from another would tell where somebody lives.
"""

from collections.abc import Sequence

from enabler.domain.landmarks import Landmark, fold_name, named_in
from sms.dialogue.turns import Caller, Facts
from sms.doors_said import House
from sms.postcodes_said import words_of
from sms.reading import Said
from sms.understanding.drafted import Understood

NOWHERE: dict[str, object] = {"places": [], "landmark": 0}
MOST_PLACES = 4
"""Of so many of one name one is asked which it is; a postcode says it as well."""


def placed(
    said: Said, house: House | None, found: Understood, caller: Caller
) -> dict[str, object]:  # fmt: skip
    """Where a need is that begins with this text. A street that the place does not know is asked
    for, as a part of a postcode is."""
    draft = spot(found) | ({} if house is None else {"address": house.typed})
    if _is_open(draft, caller):
        return draft | (near(caller.landmarks) if caller.landmarks else {})
    if "postcode" in draft or not caller.has_address:
        return draft
    if house is not None:
        known = named_in(house.typed, caller.landmarks)
        return draft | (near(known) if known else {"postcode": "", "part": True})
    there = _stayed_at(said, caller.landmarks)
    return draft | (near(there) if there else {})


def spot(found: Understood) -> dict[str, object]:
    """The postcode that is said, or that a part of one is."""
    if found.postcode is None:
        return {}
    return {"postcode": found.postcode if found.is_whole else "", "part": not found.is_whole}


def near(found: Sequence[Landmark]) -> dict[str, object]:
    """The rough place that is named; of several each with its ward, to be asked which it is."""
    places = [[one.id, one.name, one.ward, one.precision_metres] for one in found[:MOST_PLACES]]
    if len(found) > 1:
        return {**NOWHERE, "places": places, "landmark_name": found[0].name}
    return _near_one(places[0])


def one_of(draft: Facts, option: str | None) -> dict[str, object] | None:
    """What was chosen of several places."""
    chosen = [one for one in draft.get("places", ()) if f"at:{one[0]}" == option]
    return _near_one(chosen[0]) if chosen else None


def _near_one(place: Sequence[object]) -> dict[str, object]:
    return {
        "postcode": "", "part": False, "places": [], "landmark": place[0],
        "landmark_name": place[1], "landmark_metres": place[3],
    }  # fmt: skip


def _is_open(draft: Facts, caller: Caller) -> bool:
    """Whether it is not known where: what names no postcode is at home where that is known,
    unless it says that somebody is elsewhere."""
    return bool(draft.get("part")) or ("postcode" not in draft and not caller.has_home)


def _stayed_at(said: Said, known: Sequence[Landmark]) -> tuple[Landmark, ...]:
    """Those of the names at which somebody stands or lives: *mum on Mill Lane*, *im at the Elm*.
    Behind other words a name is where they go, or says where a shop is."""
    stays, at_which = words_of("stays"), words_of("stays_at")
    for at in range(1, len(said.words) - 1 if known else 0):
        if said.words[at] in at_which and said.words[at - 1] in stays:
            behind = f"{fold_name(said.typed(at + 1))} "
            found = [
                one for one in known
                if any(behind.startswith(f"{name} ") for name in one.folded_names)
            ]  # fmt: skip
            if found:
                return tuple(found)
    return ()
