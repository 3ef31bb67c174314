"""Every column is tagged: personal or not, and if it is, why, how long, and whose."""

from collections import Counter

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from enabler.persistence import tables
from enabler.persistence.database import Base
from enabler.persistence.tags import Keep, Personal, Purpose
from enabler.persistence.whose import Unwalkable, ways

assert tables


def untagged(metadata: MetaData) -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if "personal" not in column.info
    ]


class TestColumns:
    def test_are_all_tagged(self) -> None:
        assert untagged(Base.metadata) == []

    def test_that_are_personal_stand_in_one_way_to_their_person(self) -> None:
        personal = [
            column
            for table in Base.metadata.tables.values()
            for column in table.columns
            if isinstance(column.info["personal"], Personal)
        ]
        walked = Counter(column for way in ways(Base.metadata) for column in way.columns)
        assert walked == Counter(personal)

    def test_without_a_tag_are_seen(self) -> None:
        metadata = MetaData()
        Table("bad", metadata, Column("name", Integer))
        assert untagged(metadata) == ["bad.name"]


@pytest.mark.parametrize(
    "whose",
    ["nobody_known", "count", "need", "need.count", "need.nobody_known", "count.asker",
     "contact:nobody_known", "door:count", "", "member."],
)  # fmt: skip
def test_a_tag_that_leads_to_nobody_is_refused(whose: str) -> None:
    metadata = MetaData()
    Table("member", metadata, Column("id", Integer, primary_key=True))
    Table(
        "need", metadata, Column("id", Integer, primary_key=True), Column("count", Integer),
        Column("asker", ForeignKey("member.id")),
    )  # fmt: skip
    tag = {"personal": Personal(Purpose.SAFETY, Keep.CASE, whose)}
    Table(
        "bad", metadata, Column("id", Integer, primary_key=True), Column("count", Integer),
        Column("need", ForeignKey("need.id")), Column("member", ForeignKey("member.id")),
        Column("words", Integer, info=tag),
    )  # fmt: skip
    with pytest.raises(Unwalkable, match="bad"):
        ways(metadata)
