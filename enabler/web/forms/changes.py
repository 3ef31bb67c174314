"""Keeping a change: of which version it was made, so that no other window's is lost unseen."""

from collections.abc import Callable
from datetime import date

from wtforms import HiddenField

from enabler.domain.errors import Invalid, WrongMoment
from enabler.doors.wiring import wiring
from enabler.web.forms.base import KeyedForm


class Save(KeyedForm):
    """Keep what was changed."""

    version = HiddenField()

    @property
    def of_version(self) -> int:
        """The version that the page showed; 0, which there never is, for nonsense."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def begin(self, version: int) -> None:
        """Show the version that there is now."""
        self.version.data = str(version)

    def kept(self, act: Callable[[], object]) -> bool:
        """Whether it was kept; if not, the form says why, and another press is another wish."""
        try:
            act()
        except (Invalid, WrongMoment) as wrong:
            self.refuse("version", wrong)
            self.key.data = wiring().secrets.token()
            return False
        return True


class LeaveOut(KeyedForm):
    """Leave out one day of a series."""

    day = HiddenField()

    @property
    def on(self) -> date:
        """The day. Raises Invalid where it is none."""
        try:
            return date.fromisoformat(str(self.day.data or ""))
        except ValueError as wrong:
            raise Invalid("day", "day_not_of_series") from wrong
