"""Places, their wards, cells, postcodes, small areas, rulesets, and who shares with whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from enabler.persistence import spatial
from enabler.persistence.database import Model
from enabler.persistence.tags import plain
from enabler.persistence.types import Json, UtcDateTime


class PlaceRow(Model):
    """A council area: the tenant."""

    __tablename__ = "place"

    id: Mapped[int] = plain(Integer, primary_key=True)
    slug: Mapped[str] = plain(Text, unique=True)
    name: Mapped[str] = plain(Text)
    authority_code: Mapped[str | None] = plain(Text)
    timezone: Mapped[str] = plain(Text)
    languages: Mapped[list[str]] = plain(Json)
    phone: Mapped[str | None] = plain(Text, unique=True, index=True)  # a text is told apart by it
    contact: Mapped[dict[str, Any]] = plain(Json)  # council's name, phone, mail, hours, duty line
    colour: Mapped[str | None] = plain(Text)
    attribution: Mapped[str | None] = plain(Text)
    invented: Mapped[bool] = plain(default=False)
    boundary: Mapped[Any] = plain(spatial.area_column())
    created_at: Mapped[datetime] = plain(UtcDateTime)


class SharingRow(Model):
    """One place lets offers of another take part in its matching (a row for each direction)."""

    __tablename__ = "sharing"
    __table_args__ = (CheckConstraint("place_id <> with_place_id", name="two_places"),)

    place_id: Mapped[int] = plain(ForeignKey("place.id"), primary_key=True)
    with_place_id: Mapped[int] = plain(ForeignKey("place.id"), primary_key=True)


class WardRow(Model):
    """A division of a place."""

    __tablename__ = "ward"
    __table_args__ = (UniqueConstraint("place_id", "code"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    code: Mapped[str] = plain(Text)
    name: Mapped[str] = plain(Text)
    boundary: Mapped[Any] = plain(spatial.area_column())


class CellRow(Model):
    """The square (of one ward) that stands for the homes in it.

    ``west`` and ``south`` are the corner, ``side_metres`` its side; a ward that is one cell has
    the largest side. ``easting`` and ``northing`` are its point: the mean of its postcodes, to
    the metre.
    """

    __tablename__ = "cell"
    __table_args__ = (
        UniqueConstraint("ward_id", "side_metres", "west", "south"),
        CheckConstraint("households >= 0", name="households"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    side_metres: Mapped[int] = plain()
    west: Mapped[int] = plain()
    south: Mapped[int] = plain()
    easting: Mapped[int] = plain()
    northing: Mapped[int] = plain()
    households: Mapped[int] = plain()


class PostcodeRow(Model):
    """A postcode of a place, with its ward and cell."""

    __tablename__ = "postcode"
    __table_args__ = (UniqueConstraint("place_id", "code"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    code: Mapped[str] = plain(Text, index=True)  # as written: "BS3 4QT"
    easting: Mapped[int] = plain()
    northing: Mapped[int] = plain()
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    cell_id: Mapped[int] = plain(ForeignKey("cell.id"), index=True)
    small_area: Mapped[str | None] = plain(Text)
    deprivation_decile: Mapped[int | None] = plain()
    households: Mapped[int | None] = plain()


class SmallAreaRow(Model):
    """A statistical area with its population by age band, where the place's file has one."""

    __tablename__ = "small_area"
    __table_args__ = (UniqueConstraint("place_id", "code"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    code: Mapped[str] = plain(Text)
    population: Mapped[int | None] = plain()
    ages: Mapped[dict[str, int]] = plain(Json)
    deprivation_decile: Mapped[int | None] = plain()


class LandmarkRow(Model):
    """A street or landmark that people name; ``folded`` and ``other_folded`` are compared. What is
    meant lies within ``precision_metres`` of the point."""

    __tablename__ = "landmark"
    __table_args__ = (
        UniqueConstraint("place_id", "folded", "easting", "northing"),
        CheckConstraint("kind IN ('landmark', 'street', 'area')", name="kind"),
        CheckConstraint("precision_metres > 0", name="precision"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"), index=True)
    name: Mapped[str] = plain(Text)
    folded: Mapped[str] = plain(Text)
    other_names: Mapped[list[str]] = plain(Json)
    other_folded: Mapped[list[str]] = plain(Json)
    has_others: Mapped[bool] = plain(default=False)
    easting: Mapped[int] = plain()
    northing: Mapped[int] = plain()
    precision_metres: Mapped[int] = plain()
    kind: Mapped[str] = plain(Text)


class PlaceCategoryRow(Model):
    """What a place changes in the tree of categories: renames for show, adds, switches off."""

    __tablename__ = "place_category"

    place_id: Mapped[int] = plain(ForeignKey("place.id"), primary_key=True)
    slug: Mapped[str] = plain(Text, primary_key=True)
    parent: Mapped[str | None] = plain(Text)
    shown_names: Mapped[dict[str, str]] = plain(Json)  # by language
    off: Mapped[bool] = plain(default=False)


class RulesetRow(Model):
    """A place's policy, a version of it; ``policy`` is read by ``domain.ruleset``."""

    __tablename__ = "ruleset"
    __table_args__ = (UniqueConstraint("place_id", "version"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    version: Mapped[int] = plain()
    policy: Mapped[dict[str, Any]] = plain(Json)
    from_at: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime | None] = plain(UtcDateTime)
    area: Mapped[Any | None] = plain(spatial.area_column(), nullable=True)
