"""Settings: what is missing or makes no sense stops the start with one sentence that names it."""

import stat
import threading
from pathlib import Path

import pytest

from enabler.config import Settings, SettingsWrong, load_settings, require_secret_key
from sms.accounts import NotifyAccount, TwilioAccount

KEY = "k" * 32
PRODUCTION = {"ENABLER_ENV": "production", "ENABLER_PUBLIC_BASE_URL": "https://help.example.org"}


def load(instance: Path, **environment: str) -> Settings:
    return load_settings({"ENABLER_INSTANCE": str(instance), **environment})


class TestSettings:
    def test_without_any_are_an_embedded_database_and_a_key_of_its_own(
        self, tmp_path: Path
    ) -> None:
        settings = load(tmp_path / "new")
        assert settings.database_url == f"sqlite:///{tmp_path}/new/enabler.sqlite"
        kept = tmp_path / "new" / "secret_key"
        assert settings.secret_key == kept.read_text()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert load(tmp_path / "new").secret_key == settings.secret_key

    def test_of_the_environment_win_over_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text('port = 9001\nhost = "127.0.0.2"\n')
        settings = load(tmp_path, ENABLER_PORT="9002")
        assert (settings.port, settings.host) == (9002, "127.0.0.2")

    def test_in_production_make_up_no_key(self, tmp_path: Path) -> None:
        settings = load(tmp_path, **PRODUCTION)
        assert not (tmp_path / "secret_key").exists()
        with pytest.raises(SettingsWrong, match="ENABLER_SECRET_KEY"):
            require_secret_key(settings)
        require_secret_key(load(tmp_path, **PRODUCTION, ENABLER_SECRET_KEY=KEY))

    def test_of_tiles_name_one_host_and_whom_to_thank(self, tmp_path: Path) -> None:
        tiles = {"ENABLER_TILE_URL": "https://tiles.example.org/{z}/{x}/{y}.png"}
        assert (
            load(tmp_path, **tiles, ENABLER_TILE_ATTRIBUTION="Us").tile_url
            == tiles["ENABLER_TILE_URL"]
        )
        with pytest.raises(SettingsWrong, match="ENABLER_TILE_ATTRIBUTION"):
            load(tmp_path, **tiles)
        for wrong in ("http://t.example/{z}/{x}/{y}", "https://t.example/{z}/{x}", "https://*/{z}"):
            with pytest.raises(SettingsWrong, match="ENABLER_TILE_URL"):
                load(tmp_path, ENABLER_TILE_URL=wrong, ENABLER_TILE_ATTRIBUTION="Us")

    def test_know_when_pages_are_secure(self, tmp_path: Path) -> None:
        assert not load(tmp_path).secure
        assert load(tmp_path, ENABLER_PUBLIC_BASE_URL="https://help.example.org").secure

    @pytest.mark.parametrize(
        ("given", "address"),
        [
            ({}, "http://127.0.0.1:8000"),
            ({"ENABLER_PORT": "8123"}, "http://127.0.0.1:8123"),
            ({"ENABLER_HOST": "::1"}, "http://[::1]:8000"),
            ({"ENABLER_PUBLIC_BASE_URL": "https://help.example.org"}, "https://help.example.org"),
        ],
    )
    def test_say_where_links_lead(
        self, tmp_path: Path, given: dict[str, str], address: str
    ) -> None:
        assert load(tmp_path, **given).address == address

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("ENABLER_PORT", "eighty"),
            ("ENABLER_PORT", "70000"),
            ("ENABLER_WORKERS", "0"),
            ("ENABLER_TRUSTED_PROXIES", "-1"),
            ("ENABLER_ENV", "live"),
            ("ENABLER_GATEWAY", "pigeon"),
            ("ENABLER_SECRET_KEY", "short"),
            ("ENABLER_PUBLIC_BASE_URL", "help.example.org"),
            ("DATABASE_URL", "mysql://somewhere/enabler"),
            ("DATABASE_URL", "not an address"),
            ("DATABASE_OWNER_URL", "oracle://somewhere/enabler"),
        ],
    )
    def test_that_make_no_sense_are_named(self, tmp_path: Path, name: str, value: str) -> None:
        with pytest.raises(SettingsWrong, match=name) as wrong:
            load(tmp_path, **{name: value})
        assert "\n" not in str(wrong.value)

    @pytest.mark.parametrize("text", ["prot = 1\n", "port = \n"])
    def test_in_a_broken_file_are_told_with_its_path(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "settings.toml").write_text(text)
        with pytest.raises(SettingsWrong, match=r"settings\.toml"):
            load(tmp_path)

    def test_in_production_want_https(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsWrong, match="ENABLER_PUBLIC_BASE_URL"):
            load(tmp_path, ENABLER_ENV="production", ENABLER_PUBLIC_BASE_URL="http://example.org")


ACCOUNT = {
    "ENABLER_GATEWAY": "twilio", "ENABLER_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "ENABLER_TWILIO_AUTH_TOKEN": "secret-1", "ENABLER_TWILIO_SECOND_TOKEN": "secret-2",
    "ENABLER_TWILIO_FROM": "07700 900001", "ENABLER_PENCE_PER_SEGMENT": "3.6",
    "ENABLER_PUBLIC_BASE_URL": "https://help.example.org",
}  # fmt: skip
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
NOTIFY = {
    "ENABLER_GATEWAY": "notify", "ENABLER_NOTIFY_TEMPLATE": TEMPLATE,
    "ENABLER_NOTIFY_KEY": f"secret-{TEMPLATE}-{TEMPLATE}", "ENABLER_PENCE_PER_SEGMENT": "2.4",
    "ENABLER_PUBLIC_BASE_URL": "https://help.example.org",
}  # fmt: skip


class TestTheAccountOfTexts:
    def test_is_none_where_they_are_simulated(self, tmp_path: Path) -> None:
        assert load(tmp_path).account is None

    def test_is_read_whole(self, tmp_path: Path) -> None:
        settings = load(tmp_path, **ACCOUNT)
        assert settings.account == TwilioAccount(
            "AC" + "0" * 32, "secret-1", "secret-2", from_number="+447700900001"
        )
        assert str(settings.pence_per_segment) == "3.6"
        notify = load(tmp_path, **NOTIFY).account
        assert notify == NotifyAccount(NOTIFY["ENABLER_NOTIFY_KEY"], TEMPLATE)

    def test_can_be_written_into_the_file(self, tmp_path: Path) -> None:
        names = {name.removeprefix("ENABLER_").lower(): value for name, value in ACCOUNT.items()}
        lines = [f'{name} = "{value}"' for name, value in names.items()]
        (tmp_path / "settings.toml").write_text("\n".join(lines))
        assert load(tmp_path).account == load(tmp_path, **ACCOUNT).account

    @pytest.mark.parametrize("given", [ACCOUNT, NOTIFY])
    def test_shows_its_secrets_nowhere(self, tmp_path: Path, given: dict[str, str]) -> None:
        assert "secret-" not in repr(load(tmp_path, **given))

    @pytest.mark.parametrize(("given", "name"), [
        (ACCOUNT, "ENABLER_TWILIO_ACCOUNT_SID"), (ACCOUNT, "ENABLER_TWILIO_AUTH_TOKEN"),
        (ACCOUNT, "ENABLER_TWILIO_FROM"), (ACCOUNT, "ENABLER_PENCE_PER_SEGMENT"),
        (ACCOUNT, "ENABLER_PUBLIC_BASE_URL"), (NOTIFY, "ENABLER_NOTIFY_KEY"),
        (NOTIFY, "ENABLER_NOTIFY_TEMPLATE"), (NOTIFY, "ENABLER_PENCE_PER_SEGMENT"),
    ])  # fmt: skip
    def test_that_lacks_something_stops_the_start(
        self, tmp_path: Path, given: dict[str, str], name: str
    ) -> None:
        rest = {key: value for key, value in given.items() if key != name}
        with pytest.raises(SettingsWrong, match=name) as wrong:
            load(tmp_path, **rest)
        assert "\n" not in str(wrong.value)

    @pytest.mark.parametrize(("name", "value"), [
        ("ENABLER_TWILIO_ACCOUNT_SID", "secret-x"), ("ENABLER_TWILIO_FROM", "secret-x"),
        ("ENABLER_TWILIO_MESSAGING_SERVICE", "secret-x"), ("ENABLER_TWILIO_API_URL", "secret-x"),
        ("ENABLER_PENCE_PER_SEGMENT", "secret-x"), ("ENABLER_PENCE_PER_SEGMENT", "-1"),
        ("ENABLER_PENCE_PER_SEGMENT", "NaN"), ("ENABLER_NOTIFY_KEY", "secret-x"),
        ("ENABLER_NOTIFY_TEMPLATE", "secret-x"), ("ENABLER_NOTIFY_API_URL", "secret-x"),
    ])  # fmt: skip
    def test_that_makes_no_sense_is_named_and_not_repeated(
        self, tmp_path: Path, name: str, value: str
    ) -> None:
        with pytest.raises(SettingsWrong, match=name) as wrong:
            load(tmp_path, **(ACCOUNT | {name: value}))
        assert "secret" not in str(wrong.value)


class TestTheKeyOfTheInstance:
    def test_is_one_for_all_that_start_at_once(self, tmp_path: Path) -> None:
        """The web door and the clock start together in a new folder."""
        keys: list[str] = []
        starters = [
            threading.Thread(target=lambda: keys.append(load(tmp_path / "new").secret_key))
            for _ in range(8)
        ]
        for each in starters:
            each.start()
        for each in starters:
            each.join()
        assert len(keys) == 8
        assert len(set(keys)) == 1
        assert [each.name for each in (tmp_path / "new").iterdir()] == ["secret_key"]

    @pytest.mark.parametrize("held", [b"", b"short", b"\xff" * 40])
    def test_that_is_none_stops_the_start(self, tmp_path: Path, held: bytes) -> None:
        (tmp_path / "secret_key").write_bytes(held)
        with pytest.raises(SettingsWrong, match="secret_key"):
            load(tmp_path)

    def test_cannot_be_kept_where_there_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(SettingsWrong, match="ENABLER_INSTANCE"):
            load(tmp_path / "file")


@pytest.mark.parametrize(
    "written", [b"port = ", b"\xff", b"port = 1" + b"0" * 5000, b"a=" + b"[" * 9999]
)
def test_a_file_that_is_no_toml_stops_the_start(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(written)
    with pytest.raises(SettingsWrong, match=r"settings\.toml"):
        load(tmp_path)
