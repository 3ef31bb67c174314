"""Hours that people give each other: what they wrote with them, and with whom they have met."""

from collections.abc import Iterable

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import MatchState, MemberState, OrganisationState
from enabler.persistence.chunks import chunked
from enabler.persistence.hidden import hidden_ids
from enabler.persistence.tables.hours import TransferWordsRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import BlockRow, MemberRow, OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow

_MET = (
    MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.CONFIRMED,
    MatchState.DISPUTED,
)  # fmt: skip
"""While a match stands here the two have been brought together and know each other's names."""
_HERE = (MemberState.ACTIVE, MemberState.PAUSED)


class Gifts:
    """Words beside transfers, and who may be named to whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_words(self, seq: int, member_id: int, words: str) -> None:
        """Keep what a member wrote beside hours that they gave."""
        row = {"seq": seq, "by_member_id": member_id, "words": words}
        self._session.execute(insert(TransferWordsRow).values(row))

    def words_of(self, seqs: Iterable[int]) -> dict[int, str]:
        """What was written beside these transfers, while it is kept."""
        row = TransferWordsRow
        return {
            found.seq: found.words
            for some in chunked(seqs)
            for found in self._session.execute(
                select(row.seq, row.words).where(row.seq.in_(some))
            )
        }  # fmt: skip

    def met(self, member_id: int) -> frozenset[int]:
        """Members with whom a match brought this one together, as people: not for organisations."""
        both = (
            select(NeedRow.asker_id, MatchRow.helper_id)
            .join_from(MatchRow, NeedRow, NeedRow.id == MatchRow.need_id)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .where(MatchRow.state.in_(_MET), MatchRow.helper_id.is_not(None))
            .where(NeedRow.organisation_id.is_(None), OfferRow.organisation_id.is_(None))
            .where(or_(NeedRow.asker_id == member_id, MatchRow.helper_id == member_id))
        )
        found = {each for pair in self._session.execute(both) for each in pair}
        return frozenset(found - {member_id, None})

    def kept_apart(self, member_id: int) -> frozenset[int]:
        """Members who want nothing of this one, or of whom this one wants nothing; and whoever is
        hidden: they too are as unknown as nobody at all."""
        row = BlockRow
        pairs = self._session.execute(
            select(row.member_id, row.blocked_id)
            .where(or_(row.member_id == member_id, row.blocked_id == member_id))
        )  # fmt: skip
        hidden = frozenset(self._session.scalars(hidden_ids()))
        return (frozenset({each for pair in pairs for each in pair}) | hidden) - {member_id}

    def names(self, place_id: int, member_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Ref and shown name of those of the members who are in this place, and not hidden."""
        row = MemberRow
        return {
            found.id: (found.ref, found.shown_name)
            for some in chunked(member_ids)
            for found in self._session.execute(
                select(row.id, row.ref, row.shown_name)
                .where(row.id.in_(some), row.place_id == place_id, row.state.in_(_HERE))
                .where(row.id.not_in(hidden_ids()))
            )
        }  # fmt: skip

    def organisations(self, place_id: int) -> list[tuple[str, str]]:
        """Ref and name of the organisations that are open in a place, by name."""
        row = OrganisationRow
        found = self._session.execute(
            select(row.ref, row.name)
            .where(row.place_id == place_id, row.state == OrganisationState.ACTIVE)
            .order_by(row.name, row.ref)
        )  # fmt: skip
        return [(each.ref, each.name) for each in found]
