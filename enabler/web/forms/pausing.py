"""What somebody decides before they rest: until when, and which needs stay open."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from enabler.domain.errors import Invalid
from enabler.doors.local_time import local_day, start_of_day
from enabler.doors.words.categories import category_name
from enabler.services.views.pausing import PauseView
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Day, Some

BRIEF = 60


class Pause(KeyedForm):
    """Rest, or come back: ``what``."""

    what = HiddenField()
    until = Day(
        _("When should we ask you again? (optional)"),
        description=_("If you leave it empty, we wait until you come back."),
    )
    kept = Some(
        _("You have asked for help that is still open. Keep looking for it?"), choices=list,
        description=_("We take back what you do not tick, and tell whoever said yes."),
    )  # fmt: skip

    def know(self, shown: PauseView) -> None:
        """Offer the open needs, all of them kept until somebody says otherwise."""
        if shown.paused or not shown.needs:
            del self.kept
            return
        self.kept.choose_among(
            (need.ref, f"{category_name(need.category)}: {_brief(need.words)}")
            for need in shown.needs
        )
        if not self.is_submitted():
            self.kept.data = [need.ref for need in shown.needs]

    @property
    def kept_refs(self) -> tuple[str, ...]:
        """The needs that stay open."""
        return tuple(self.kept.data or ()) if "kept" in self else ()

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The beginning of that day; None where none was typed. Raises Invalid("until", code)."""
        if self.until.data is None:
            return None
        if self.until.data <= local_day(now, zone):
            raise Invalid("until", "day_is_past")
        return start_of_day(self.until.data, zone)


def _brief(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= BRIEF else f"{flat[: BRIEF - 1].rstrip()}…"
