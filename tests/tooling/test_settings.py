"""Settings: what is wrong stops the start with a sentence; where browsers find us."""

from pathlib import Path

import pytest

from enabler.config import SettingsWrong, load_settings


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"ENABLER_PORT": "8123"}, "http://127.0.0.1:8123"),
        ({"ENABLER_HOST": "::1"}, "http://[::1]:8000"),
        ({"ENABLER_PUBLIC_BASE_URL": "https://help.example.org"}, "https://help.example.org"),
    ],
)
def test_links_lead_to_where_the_pages_are_served(
    tmp_path: Path, given: dict[str, str], address: str
) -> None:
    assert load_settings({"ENABLER_INSTANCE": str(tmp_path), **given}).address == address


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ENABLER_PORT": "many"}, "ENABLER_PORT"),
        ({"ENABLER_ENV": "party"}, "ENABLER_ENV"),
        ({"ENABLER_PUBLIC_BASE_URL": "help.example.org"}, "ENABLER_PUBLIC_BASE_URL"),
        ({"ENABLER_ENV": "production"}, "ENABLER_PUBLIC_BASE_URL"),
        ({"ENABLER_SECRET_KEY": "short"}, "ENABLER_SECRET_KEY"),
        ({"DATABASE_URL": "mysql://somewhere"}, "DATABASE_URL"),
    ],
)
def test_a_sentence_names_what_is_wrong(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsWrong, match=rf"^{named} .*\.$"):
        load_settings({"ENABLER_INSTANCE": str(tmp_path), **given})
