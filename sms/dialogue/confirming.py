"""All of a need said back in one question, and what comes of a yes.

What is open beside the yes is answered with it: which of the places where such help can happen,
which house (``doorless``: nobody has said it, and help comes to a door), which of two or three
kinds. What is open still after a yes is asked alone (``confirmed``), and its answer posts.
"""

from collections.abc import Sequence

from enabler.domain.categories import TREE, category
from enabler.domain.meeting import AT_A_DOOR, Setting
from sms.dialogue.turns import Deed, Facts, Opening, Turn
from sms.doors_said import House
from sms.houses import house_of
from sms.reading import read
from sms.where import read_postcode_in

NEED, OFFER = "need", "offer"
OTHER, YES, SO, NO, KIND = "other", "yes", "so", "no", "kind"
"""``SO`` says that one of what is said back as not so is so, or may be."""
MOST_SETTINGS = 3
MOST, MOST_AT_A_DOOR = 2, 3
"""Kinds that are put to choice with the rest: so many names fit, shorter ones at the door."""
EMERGENCY = "emergency"


def ask(what: str, asked: str, options: tuple[str, ...], draft: Facts) -> Turn:
    """A question of a draft; words answer all but the confirming one."""
    words = asked != "confirm"
    return Turn(opens=(Opening(f"{what}-{asked}", options, dict(draft), takes_words=words),))


def confirm(what: str, draft: Facts) -> Turn:
    """All of a draft said back, with the answers that post it."""
    if what == OFFER:
        return ask(what, "confirm", (YES, NO), draft)
    return ask(what, "confirm", (*_ways(draft), SO, NO), draft)


def with_kinds(draft: Facts) -> dict[str, object] | None:
    """The draft as it is confirmed while its kind is open, with the ``way`` that is said back;
    None where the kinds are too many for a text, or what is said for one of them would not do for
    another: where it usually happens. An emergency is asked about by itself."""
    kinds = [str(one) for one in draft.get("kinds", ()) if one in TREE and one != EMERGENCY]
    if len(kinds) < 2 or len(kinds) < len(draft["kinds"]):
        return None
    settings = [_settings(one) for one in kinds]
    usual = {each[0] for each in settings}
    if len(usual) == 1 and len(kinds) <= (MOST_AT_A_DOOR if Setting.DOORSTEP in usual else MOST):
        return {**draft, "way": usual.pop().value}
    alone = all(len(each) == 1 for each in settings)
    return dict(draft) if alone and len(kinds) <= MOST else None


def may_need_door(draft: Facts) -> bool:
    """Whether help of this kind, or of one of these, can come to a door."""
    return any(AT_A_DOOR.intersection(_settings(each)) for each in _kinds(draft))


def agreed(what: str, draft: Facts, option: str, words: str) -> Turn:
    """A yes with what was chosen and said beside it."""
    said, _, chosen = option.partition(":")
    facts = dict(draft)
    if said == KIND:
        facts["category"] = chosen
    facts["setting"] = _setting(facts, said, chosen)
    if said == SO:
        facts["so"] = True
    if not facts.get("doorless"):
        return finished(what, facts, words)
    house, beside = house_of(words)
    if house is not None:
        return housed(what, facts, house, words, beside)
    return finished(what, facts, words)


def housed(what: str, draft: Facts, house: House | None, words: str, beside: str) -> Turn:
    """The house is known now: that posts it, unless another postcode was said with it."""
    address = house.typed if house else words
    facts = {**draft, "address": address}
    facts.pop("doorless", None)
    spot = read_postcode_in(read(words))
    if spot is not None and spot.is_whole and _plain(spot.as_typed) != _plain(_postcode(draft)):
        near = {"postcode": spot.as_typed, "landmark": 0, "places": [], "part": False}
        left = {name: each for name, each in facts.items() if name not in _OF_A_YES}
        return confirm(what, left | near)
    return finished(what, facts, beside)


def said_alone(what: str, draft: Facts, house: House) -> Turn:
    """A house without a yes: all is said back with it."""
    left = {name: each for name, each in draft.items() if name not in ("doorless", *_OF_A_YES)}
    return confirm(what, {**left, "address": house.typed})


def with_setting(facts: Facts) -> Facts:
    """The facts with where it happens, where its kind has been said after the yes."""
    return {**facts, "setting": _setting(facts, KIND, "") if not facts.get("so") else None}


def finished(what: str, facts: Facts, words: str) -> Turn:
    """Posted, once nothing is open; else that is asked, alone."""
    open_one = _open(facts)
    if open_one is None:
        left = {name: each for name, each in facts.items() if name not in _FOR_A_YES}
        return Turn(deeds=(Deed(f"{what}.post", words=words, facts=left),))
    said = " / ".join(filter(None, (str(facts["words"]), words)))
    options = (*_kinds(facts), OTHER) if open_one == KIND else ()
    left = {name: each for name, each in facts.items() if name != "letter"}
    return ask(what, open_one, tuple(options), {**left, "words": said, "confirmed": True})


_OF_A_YES = ("setting", "so", "confirmed", "letter")
_FOR_A_YES = ("confirmed", "doorless", "way")


def _open(facts: Facts) -> str | None:
    if "category" not in facts:
        return KIND
    setting = facts.get("setting")
    settings = _settings(str(facts["category"])) if setting is None else (Setting(setting),)
    return "address" if facts.get("doorless") and AT_A_DOOR.intersection(settings) else None


def _setting(facts: Facts, said: str, chosen: str) -> str | None:
    """Where it happens, as far as this yes says it."""
    if "category" not in facts:
        return None
    only = _settings(str(facts["category"]))
    if len(only) == 1:
        return only[0].value
    if said == YES:
        return chosen or None
    return str(facts["way"]) if said == KIND and facts.get("way") and only else None


def _ways(draft: Facts) -> tuple[str, ...]:
    """Yes, once for each place where such help can happen; or once for each kind."""
    if "category" not in draft:
        return tuple(f"{KIND}:{one}" for one in (*_kinds(draft), OTHER))
    settings = _settings(str(draft["category"]))
    if len(settings) > 1:
        return tuple(f"{YES}:{one.value}" for one in settings[:MOST_SETTINGS])
    return (YES,)


def _kinds(draft: Facts) -> Sequence[str]:
    if "category" in draft:
        return (str(draft["category"]),)
    return tuple(str(one) for one in draft.get("kinds", ()))


def _settings(slug: str) -> tuple[Setting, ...]:
    return tuple(category(slug).settings) if slug in TREE else ()


def _postcode(draft: Facts) -> str:
    return str(draft.get("postcode") or "")


def _plain(code: str) -> str:
    return "".join(code.split()).upper()
