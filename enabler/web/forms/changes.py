"""Keeping a change: of which version it was made, so that no other window's is lost unseen."""

from wtforms import HiddenField

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

    def begin_anew(self) -> None:
        """Another press is another wish: with a key of its own."""
        self.key.data = wiring().secrets.token()
