"""Another community's history, replayed: which of its accounts is which of ours."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import plain


class ReplayAccountRow(Model):
    """An account of the place of replays, by the name that the file has for it (a pseudonym)."""

    __tablename__ = "replay_account"

    name: Mapped[str] = plain(Text, primary_key=True)
    account_id: Mapped[int] = plain(ForeignKey("account.id"), unique=True)
