"""What the invented say and are called: every kind of help, many ways, nothing about anybody."""

import re

import pytest

from enabler.domain.demo.material import read_material
from enabler.domain.vocabulary import CATEGORIES, OrganisationKind

MATERIAL = read_material()
TELLS_TOO_MUCH = re.compile(r"[@\d]|\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)


class TestTheTexts:
    @pytest.mark.parametrize("slug", CATEGORIES)
    def test_ask_for_each_kind_of_help_in_many_ways(self, slug: str) -> None:
        assert len(set(MATERIAL.asking[slug].words)) >= 8

    @pytest.mark.parametrize("slug", CATEGORIES)
    def test_offer_each_kind_of_help_in_many_ways(self, slug: str) -> None:
        assert len(set(MATERIAL.giving[slug].words)) >= 6

    def test_are_of_no_other_kind(self) -> None:
        assert set(MATERIAL.asking) == set(MATERIAL.giving) == set(CATEGORIES)

    def test_name_no_number_no_address_and_no_day(self) -> None:
        said = [w for asking in MATERIAL.asking.values() for w in asking.words]
        said += [w for giving in MATERIAL.giving.values() for w in giving.words]
        assert [text for text in said if TELLS_TOO_MUCH.search(text)] == []

    def test_are_said_once(self) -> None:
        said = [w for asking in MATERIAL.asking.values() for w in asking.words]
        assert len(said) == len(set(said)) > 190


class TestTheNames:
    def test_share_out_the_whole_city(self) -> None:
        assert sum(community.share for community in MATERIAL.communities) == 1000

    def test_are_there_for_every_generation(self) -> None:
        for community in MATERIAL.communities:
            assert set(community.first_names) == {"older", "middle", "younger"}
            assert all(community.first_names.values())


class TestTheOrganisations:
    def test_are_of_every_sort(self) -> None:
        assert {template.kind for template in MATERIAL.templates} == set(OrganisationKind)

    def test_give_what_there_is_and_say_when(self) -> None:
        for template in MATERIAL.templates:
            assert set(template.categories) <= set(CATEGORIES), template.name
            assert template.opening, template.name
            assert (template.terms == "stated") == (template.stated_terms is not None)
