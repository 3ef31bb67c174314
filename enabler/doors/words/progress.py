"""How far a need has come, in five words: posted, seen, offered, time agreed, done."""

from dataclasses import dataclass
from datetime import datetime

from enabler.doors.words.marking import N_, shown
from enabler.services.views import NeedView

STAGES: dict[str, str] = {
    "posted": N_("Posted"),
    "seen": N_("Seen"),
    "offered": N_("Offered"),
    "agreed": N_("Time agreed"),
    "done": N_("Done"),
}
_ORDER = tuple(STAGES)
_BY_STATE = {"filled": "offered", "arranged": "agreed", "done": "done"}
_SHOWN_BY = {
    "posted": ("need.posted",), "seen": ("match.asked", "need.handed_over"),
    "offered": ("match.accepted",), "agreed": ("match.arranged",),
    "done": ("match.done", "need.done", "need.closed"),
}  # fmt: skip
_HELPED = ("helped", "partly-helped")


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five: whether it was reached, whether the need stands there, since when."""

    words: str
    reached: bool
    here: bool
    at: datetime | None


def stages(need: NeedView) -> list[Stage]:
    """The five stages of a need that goes on or has ended in help; none of another."""
    where = _stage(need)
    if where is None:
        return []
    far = _ORDER.index(where)
    return [
        Stage(shown(STAGES, code), at <= far, at == far, _since(need, code) if at <= far else None)
        for at, code in enumerate(_ORDER)
    ]


def _stage(need: NeedView) -> str | None:
    state = need.state.value
    if state in ("withdrawn", "refused", "suspended", "draft"):
        return None
    if state == "closed":
        return "done" if need.outcome in _HELPED else None
    if state in _BY_STATE:
        return _BY_STATE[state]
    if need.slots_filled:
        return "offered"
    handed_over = any(entry.what == "need.handed_over" for entry in need.timeline)
    return "seen" if handed_over or (need.asked and not _all_wait(need)) else "posted"


def _all_wait(need: NeedView) -> bool:
    """Whether nobody has been told yet: it is night, and those who were chosen are the first."""
    waves = {entry.at for entry in need.timeline if entry.what == "match.asked"}
    return need.asks_wait and len(waves) <= 1


def _since(need: NeedView, code: str) -> datetime | None:
    times = [entry.at for entry in need.timeline if entry.what in _SHOWN_BY[code]]
    if not times:
        return None
    return times[0] if code in ("posted", "seen") else times[-1]
