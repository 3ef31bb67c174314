"""Keeps what a place's files say: rows are matched by their natural keys, so that ids stay.

What vanished from the files goes, and nothing is left pointing at it: homes, needs, offers and
organisations move to the cell and ward that stand for them now.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from enabler.domain.cells import Cells
from enabler.domain.landmarks import fold_name
from enabler.domain.place_pack import PlaceFacts, PlacePack
from enabler.persistence.merging import Merged, change, merge, remove
from enabler.persistence.place_people import PlacePeople
from enabler.persistence.place_settling import Settling
from enabler.persistence.rulesets import Rulesets
from enabler.persistence.tables.places import (
    CellRow,
    LandmarkRow,
    PlaceRow,
    PostcodeRow,
    RulesetRow,
    SharingRow,
    SmallAreaRow,
    WardRow,
)
from enabler.persistence.tables.ruleset_drafts import RulesetDraftRow

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class KeptPlace:
    """The place, and how many rows of each kind were added, changed or removed."""

    place_id: int
    changes: dict[str, int] = field(default_factory=dict)
    absent_neighbours: tuple[str, ...] = ()
    councillors: list[tuple[int, str]] = field(default_factory=list)  # id and ref of the member

    def count(self, kind: str, number: int) -> None:
        """Note so many changes."""
        if number:
            self.changes[kind] = self.changes.get(kind, 0) + number


class PlaceImports:
    """One place's files, kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, pack: PlacePack, cells: Cells, now: datetime, progress: Progress) -> KeptPlace:
        """Make the rows of the place as the pack says; ``cells`` are those of its postcodes."""
        kept = KeptPlace(0)
        kept.place_id = self._keep_place(pack, now, kept)
        wards = self._keep_wards(pack, kept)
        cell_ids, old_cells = self._keep_cells(pack, cells, wards, kept)
        self._keep_postcodes(pack, cells, wards, cell_ids, kept, progress)
        self._keep_small_areas(pack, kept)
        self._keep_landmarks(pack, wards, kept)
        settling = Settling(self._session, kept.place_id)
        kept.count("settled", settling.settle())
        remove(self._session, CellRow, old_cells.stale)
        kept.count("ward_ended", settling.end_wards(wards.stale, now))
        self._keep_neighbours(pack.facts, kept)
        self._keep_ruleset(pack.facts, now, kept)
        people = PlacePeople(self._session, kept.place_id, pack)
        kept.count("organisation", people.keep_organisations(pack.organisations, now))
        kept.councillors = people.keep_councillors(pack.councillors, now)
        kept.count("councillor", len(kept.councillors))
        return kept

    def _keep_place(self, pack: PlacePack, now: datetime, kept: KeptPlace) -> int:
        row = {**_stated(pack.facts), "boundary": pack.boundary}
        known = self._session.scalar(select(PlaceRow.id).where(PlaceRow.slug == pack.facts.slug))
        if known is None:
            row = {"invented": False, "contact": {}, **row, "created_at": now}
        merged = merge(self._session, PlaceRow, PlaceRow.slug == pack.facts.slug, ["slug"], [row])
        kept.count("place", merged.added + merged.changed)
        return merged.ids[pack.facts.slug,]

    def _keep_wards(self, pack: PlacePack, kept: KeptPlace) -> Merged:
        rows = [
            {
                "place_id": kept.place_id,
                "code": ward.code,
                "name": ward.name,
                "boundary": ward.outline,
            }
            for ward in pack.wards
        ]
        merged = merge(self._session, WardRow, WardRow.place_id == kept.place_id, ["code"], rows)
        kept.count("ward", merged.added + merged.changed)
        return merged

    def _keep_cells(
        self, pack: PlacePack, cells: Cells, wards: Merged, kept: KeptPlace
    ) -> tuple[list[int], Merged]:
        """Ids of the cells in their order, and what became of the rows."""
        ward_ids = [wards.ids[ward.code,] for ward in pack.wards]
        columns = zip(
            [ward_ids[ward] for ward in cells.ward.tolist()],
            cells.side_metres.tolist(), cells.west.tolist(), cells.south.tolist(),
            cells.easting.tolist(), cells.northing.tolist(), cells.households.tolist(),
            strict=True,
        )  # fmt: skip
        names = ("ward_id", "side_metres", "west", "south", "easting", "northing", "households")
        rows = [
            {"place_id": kept.place_id, **dict(zip(names, row, strict=True))} for row in columns
        ]
        keys = names[:4]
        merged = merge(self._session, CellRow, CellRow.place_id == kept.place_id, keys, rows)
        kept.count("cell", merged.added + merged.changed + len(merged.stale))
        return [merged.ids[tuple(row[key] for key in keys)] for row in rows], merged

    def _keep_postcodes(
        self,
        pack: PlacePack,
        cells: Cells,
        wards: Merged,
        cell_ids: list[int],
        kept: KeptPlace,
        progress: Progress,
    ) -> None:
        codes = pack.postcodes
        ward_ids = [wards.ids[ward.code,] for ward in pack.wards]
        columns = zip(
            codes.code, codes.easting.tolist(), codes.northing.tolist(),
            [ward_ids[ward] for ward in codes.ward.tolist()],
            [cell_ids[cell] for cell in cells.of_postcode.tolist()],
            codes.small_area, codes.deprivation_decile, codes.households,
            strict=True,
        )  # fmt: skip
        names = ("code", "easting", "northing", "ward_id", "cell_id",
                 "small_area", "deprivation_decile", "households")  # fmt: skip
        rows = [
            {"place_id": kept.place_id, **dict(zip(names, row, strict=True))} for row in columns
        ]
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            progress("keeping", done, len(rows))

        scope = PostcodeRow.place_id == kept.place_id
        merged = merge(self._session, PostcodeRow, scope, ["code"], rows, told)
        gone = remove(self._session, PostcodeRow, merged.stale)
        kept.count("postcode", merged.added + merged.changed + gone)

    def _keep_small_areas(self, pack: PlacePack, kept: KeptPlace) -> None:
        rows = [
            {
                "place_id": kept.place_id,
                "code": area.code,
                "population": area.population,
                "ages": dict(area.ages),
                "deprivation_decile": area.deprivation_decile,
            }
            for area in pack.small_areas
        ]
        scope = SmallAreaRow.place_id == kept.place_id
        merged = merge(self._session, SmallAreaRow, scope, ["code"], rows)
        gone = remove(self._session, SmallAreaRow, merged.stale)
        kept.count("small_area", merged.added + merged.changed + gone)

    def _keep_landmarks(self, pack: PlacePack, wards: Merged, kept: KeptPlace) -> None:
        rows = [
            {
                "place_id": kept.place_id,
                "ward_id": wards.ids[pack.wards[one.ward].code,],
                "name": one.name,
                "folded": fold_name(one.name),
                "other_names": list(one.other_names),
                "other_folded": [fold_name(name) for name in one.other_names],
                "has_others": bool(one.other_names),
                "easting": one.point.easting,
                "northing": one.point.northing,
                "precision_metres": one.precision_metres,
                "kind": one.kind.value,
            }
            for one in pack.landmarks
        ]
        scope = LandmarkRow.place_id == kept.place_id
        merged = merge(
            self._session, LandmarkRow, scope, ["folded", "easting", "northing"], rows
        )  # fmt: skip
        gone = remove(self._session, LandmarkRow, merged.stale)
        kept.count("landmark", merged.added + merged.changed + gone)

    def _keep_neighbours(self, facts: PlaceFacts, kept: KeptPlace) -> None:
        """This place lets its neighbours' offers take part, as far as they are here."""
        found = self._session.execute(
            select(PlaceRow.slug, PlaceRow.id).where(PlaceRow.slug.in_(facts.neighbours))
        )
        known: dict[str, int] = dict(found.all())
        kept.absent_neighbours = tuple(s for s in facts.neighbours if s not in known)
        scope = SharingRow.place_id == kept.place_id
        present = set(self._session.scalars(select(SharingRow.with_place_id).where(scope)))
        wanted = set(known.values()) - {kept.place_id}
        for other in sorted(wanted - present):
            self._session.add(SharingRow(place_id=kept.place_id, with_place_id=other))
        for other in sorted(present - wanted):
            self._session.execute(
                delete(SharingRow).where(scope, SharingRow.with_place_id == other)
            )
        self._session.flush()
        kept.count("neighbour", len(wanted ^ present))

    def _keep_ruleset(self, facts: PlaceFacts, now: datetime, kept: KeptPlace) -> None:
        """A first ruleset in any case; a new version when the file states another policy than it
        did before. What custodians approved since stands until the file says something new."""
        latest = self._latest_of_files(kept.place_id)
        stated = None if facts.ruleset is None else dict(facts.ruleset)
        if latest is not None and stated in (None, latest.policy):
            return
        if latest is not None and latest.until_at is None:
            change(self._session, RulesetRow, [{"id": latest.id, "until_at": now}])
        Rulesets(self._session).add(kept.place_id, stated or {}, now, None, None)
        kept.count("ruleset", 1)

    def _latest_of_files(self, place_id: int) -> RulesetRow | None:
        """The newest version that came with the place's files: one without a draft."""
        approved = select(RulesetDraftRow.ruleset_id).where(
            RulesetDraftRow.place_id == place_id, RulesetDraftRow.ruleset_id.is_not(None)
        )
        return self._session.scalar(
            select(RulesetRow)
            .where(RulesetRow.place_id == place_id, RulesetRow.id.not_in(approved))
            .order_by(RulesetRow.version.desc())
            .limit(1)
        )


def _stated(facts: PlaceFacts) -> Mapping[str, Any]:
    """Columns of the place that its file speaks of: what it leaves out stays as it is."""
    row: dict[str, Any] = {
        "slug": facts.slug,
        "name": facts.name,
        "timezone": facts.timezone,
        "languages": list(facts.languages),
        "authority_code": facts.authority_code,
        "phone": facts.phone.e164 if facts.phone else None,
        "attribution": facts.attribution,
    }
    if facts.contact:
        row["contact"] = dict(facts.contact)
    if facts.colour is not None:
        row["colour"] = facts.colour
    if facts.invented is not None:
        row["invented"] = facts.invented
    return row
