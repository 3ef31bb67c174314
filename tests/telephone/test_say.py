"""``enabler sms``: a phone that texts, time that passes, and what it costs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler import cli
from enabler.config import Settings
from enabler.domain.vocabulary import Priority
from enabler.jobs import Job, passing
from enabler.persistence.tables.clock import JobRunRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import clock
from enabler.services._tell import tell_contact
from tests.builders import NOW, a_place
from tests.telephone.at_elmford import PHONE, PLACE_PHONE, a_town, texted, texts_kept

EVENING = NOW.replace(hour=23)
"""Within quiet hours."""
MIDNIGHT = datetime(2026, 3, 11, tzinfo=UTC)


@dataclass
class Machine:
    """Commands typed one after the other."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str, str]:
        """A command: how it ended, what it printed, what it said."""
        self.monkeypatch.setattr("sys.argv", ["enabler", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self.capsys.readouterr()
        return int(str(ended.value.code)), printed.out, printed.err

    def say(self, words: str, at: datetime = NOW, *more: str, phone: str = PHONE) -> list[str]:
        """What is printed when somebody texts."""
        code, out, err = self.run("sms", "say", phone, words, "--at", at.isoformat(), *more)
        assert (code, err) == (0, "")
        return out.splitlines()

    def wait(self, until: datetime) -> list[str]:
        """What is printed while time passes."""
        code, out, err = self.run("sms", "wait", "--at", until.isoformat())
        assert (code, err) == (0, "")
        return out.splitlines()


@pytest.fixture
def machine(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Machine:  # fmt: skip
    """A machine on which a place with a number is set up."""
    monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENABLER_ENV", "test")
    with app.app_context():
        a_town()
    return Machine(monkeypatch, capsys)


def a_note(app: Flask, to: str, due: datetime) -> None:
    """A text that waits to be sent."""
    with app.app_context():
        texted(to, NOW, number=to)
        with unit_of_work() as uow:
            kept = uow.inbound.by_provider_ref(to)
            assert kept is not None
            uow.inbound.settle(kept.id, "answered", NOW)
            says = [{"code": "menu", "facts": {}}]
            tell_contact(
                uow, place_id=kept.place_id, kind="phone", value=to, template="answer",
                parameters={"text": kept.id, "asks": [], "says": says}, now=due,
                priority=Priority.ANSWER, dedupe_key=to,
            )  # fmt: skip
            uow.commit()


class TestSaying:
    def test_prints_what_left_a_number_and_a_text_on_each_line(self, machine: Machine) -> None:
        [line] = machine.say("menu")
        number, words = line.split("\t")
        assert number == PHONE
        assert "Elmford" in words

    def test_keeps_it_as_a_real_text(self, app: Flask, machine: Machine) -> None:
        for _ in range(2):
            machine.say("menu", phone="07700 900123")
        with app.app_context():
            kept = texts_kept()
            with reading() as uow:
                moments = set(uow.session.scalars(select(InboundTextRow.received_at)))
        assert [(body, came) for _, body, came in kept] == [
            ("menu", "answered"), ("menu", "nothing")
        ]  # fmt: skip
        assert len({ref for ref, _, _ in kept}) == 2
        assert moments == {NOW}

    @pytest.mark.parametrize(
        "words", ["", " ", "\udcff\udcfe", "D\u0175r \U0001f600\n\n\tmenu", "'--"]
    )
    def test_takes_whatever_a_phone_can_hold(self, machine: Machine, words: str) -> None:
        lines = machine.say(words)
        assert all(line.count("\t") == 1 for line in lines)

    def test_is_answered_in_quiet_hours(self, machine: Machine) -> None:
        assert len(machine.say("menu", EVENING)) == 1

    @pytest.mark.parametrize("phone", ["12", "", "\x00", "+1 202 555 0100", "0900 1234567", "me"])
    def test_from_no_phone_is_bad_input(self, machine: Machine, phone: str) -> None:
        code, out, err = machine.run("sms", "say", phone, "menu")
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        assert err.strip()

    @pytest.mark.parametrize("at", ["tomorrow", "2026-03-10T10:00", "", "\x00"])
    @pytest.mark.parametrize("command", [["say", PHONE, "menu"], ["wait"]])
    def test_at_no_time_is_bad_input(
        self, machine: Machine, command: list[str], at: str
    ) -> None:  # fmt: skip
        code, out, err = machine.run("sms", *command, "--at", at)
        assert (code, out) == (2, "")
        assert "--at" in err

    def test_asks_which_of_several_places(self, app: Flask, machine: Machine) -> None:
        with app.app_context():
            other = a_place("farby", area="EX", west=300_000, south=90_000)
            with unit_of_work() as uow:
                uow.session.execute(_phone_of(other.id, "+447700900002"))
                uow.commit()
        code, out, err = machine.run("sms", "say", PHONE, "menu")
        assert (code, out) == (2, "")
        assert PLACE_PHONE in err
        assert "+447700900002" in err
        for more in (["--to", "07700 900002"], ["--place", "farby"]):
            lines = machine.say("menu", NOW, *more, phone=f"+4477009008{len(more[1]):02}")
            assert len(lines) == 1
            assert "Farby" in lines[0]
        for more in (["--to", "07700 900099"], ["--place", "nowhere"]):
            assert machine.run("sms", "say", PHONE, "menu", *more)[0] == 2

    def test_is_not_for_real_phones(self, machine: Machine) -> None:
        machine.monkeypatch.setenv("ENABLER_PUBLIC_BASE_URL", "https://help.example.org")
        machine.monkeypatch.setenv("ENABLER_SECRET_KEY", "k" * 40)
        machine.monkeypatch.setenv("ENABLER_ENV", "production")
        for command in (["say", PHONE, "menu"], ["wait", "--at", NOW.isoformat()]):
            code, out, err = machine.run("sms", *command)
            assert (code, out) == (3, "")
            assert "simulated" in err


def _phone_of(place_id: int, phone: str) -> Any:
    return update(PlaceRow).where(PlaceRow.id == place_id).values(phone=phone)


class TestWaiting:
    def test_lets_texts_leave_when_they_fall_due_in_order(
        self, app: Flask, machine: Machine
    ) -> None:
        machine.say("menu", NOW)
        later, sooner = "+447700900802", "+447700900801"
        a_note(app, later, NOW + timedelta(minutes=50))
        a_note(app, sooner, NOW + timedelta(minutes=20, seconds=7))
        a_note(app, "+447700900803", NOW + timedelta(minutes=90))
        lines = machine.wait(NOW + timedelta(hours=1))
        assert [line.split("\t")[0] for line in lines] == [sooner, later]
        with app.app_context(), reading() as uow:
            sent = {row.to_value: row.sent_at for row in uow.session.scalars(select(OutboxRow))}
        assert sent[sooner] == NOW + timedelta(minutes=20, seconds=10)
        assert sent[later] == NOW + timedelta(minutes=50)

    def test_says_nothing_where_nothing_falls_due(self, machine: Machine) -> None:
        machine.say("menu", NOW)
        assert machine.wait(NOW + timedelta(hours=2)) == []

    def test_goes_on_where_the_last_one_ended(self, app: Flask, machine: Machine) -> None:
        machine.wait(NOW)
        a_note(app, "+447700900801", NOW + timedelta(minutes=5))
        a_note(app, "+447700900802", NOW + timedelta(minutes=15))
        assert len(machine.wait(NOW + timedelta(minutes=10))) == 1
        assert len(machine.wait(NOW + timedelta(minutes=20))) == 1
        with app.app_context():
            assert clock.passed_until(now=NOW + timedelta(days=1)) == NOW + timedelta(minutes=20)

    def test_needs_a_time(self, machine: Machine) -> None:
        assert machine.run("sms", "wait")[0] == 2


class TestTimeThatPasses:
    def test_runs_each_slot_once_in_order(self, app: Flask) -> None:
        """A minute's, ten minutes' and a night's, over a day and a half."""
        with app.app_context():
            a_place()
            clock.note_passed(until=NOW)
        ran: list[tuple[str, datetime]] = []

        def job(name: str, **when: Any) -> Job:
            return Job(name, lambda _ports, now: ran.append((name, now())), **when)

        jobs = (
            job("minute", seconds=60), job("ten", seconds=600),
            job("night", at=time(3, 30)),
        )  # fmt: skip
        until = NOW + timedelta(hours=36)
        passing.let_pass(app, until, jobs)
        assert [moment for _, moment in ran] == sorted(moment for _, moment in ran)
        of = {name: [moment for one, moment in ran if one == name] for name, _ in ran}
        assert of["minute"] == [NOW + timedelta(minutes=5 * n) for n in range(1, 36 * 12 + 1)]
        assert of["ten"] == [NOW + timedelta(minutes=30 * n) for n in range(1, 36 * 2 + 1)]
        assert of["night"] == [datetime(2026, 3, 11, 3, 30, tzinfo=UTC)]

    def test_goes_on_after_a_job_that_fails(self, app: Flask) -> None:
        with app.app_context():
            a_place()
            clock.note_passed(until=NOW)
        ran: list[datetime] = []

        def fails(_ports: Any, now: Any) -> None:
            ran.append(now())
            raise ZeroDivisionError

        passing.let_pass(app, NOW + timedelta(minutes=17), (Job("fails", fails, seconds=60),))
        assert [moment.minute for moment in ran] == [5, 10, 15, 17]

    def test_leaves_the_clock_alone(self, app: Flask, machine: Machine) -> None:
        """Neither a lease nor a run of a job's slot: a clock beside it does what it would do."""
        machine.wait(NOW + timedelta(hours=1))
        with app.app_context(), reading() as uow:
            assert set(uow.session.scalars(select(JobRunRow.name))) == {clock.PASSING}
            assert uow.clock.last_tick(clock.CLOCK) is None


class TestCosts:
    def test_are_told_by_how_pressing_by_kind_and_by_day(
        self, app: Flask, machine: Machine
    ) -> None:
        machine.say("menu", MIDNIGHT - timedelta(minutes=10))
        a_note(app, "+447700900801", MIDNIGHT + timedelta(minutes=10))
        a_note(app, "+447700900802", MIDNIGHT - timedelta(minutes=5))
        machine.wait(MIDNIGHT + timedelta(minutes=10))
        machine.monkeypatch.setenv("ENABLER_PENCE_PER_SEGMENT", "3.5")
        code, out, err = machine.run("sms", "costs", "--month", "2026-03", "--json")
        assert (code, err) == (0, "")
        [found] = json.loads(out)
        assert (found["place"], found["month"]) == ("elmford", "2026-03")
        assert found["total"]["texts"] == 3, found
        assert found["total"]["pence"] == found["total"]["segments"] * 3.5
        assert {one["name"]: one["texts"] for one in found["by_priority"]} == {
            "answer": 3
        }  # fmt: skip
        assert {one["name"] for one in found["by_kind"]} == {"answer"}
        assert [one["name"] for one in found["by_day"]] == ["2026-03-10", "2026-03-11"]
        assert found["limits"]["texts_per_day"] == 8
        assert machine.run("sms", "costs", "--month", "2026-02")[1].count("month\t0\t0\t0.0") == 1

    def test_are_printed_as_lines(self, machine: Machine) -> None:
        machine.say("menu", NOW)
        code, out, _ = machine.run("sms", "costs", "--place", "elmford", "--month", "2026-03")
        assert code == 0
        lines = [line.split("\t") for line in out.splitlines()]
        assert ["what", "texts", "segments", "pence"] in lines
        assert any(line[0] == "priority answer" and line[1] == "1" for line in lines)
        assert any(line[0] == "limit texts_per_day" for line in lines)

    @pytest.mark.parametrize("month", ["2026-13", "March", "2026-1", "0000-01", "\u0662026-01"])
    def test_of_no_month_are_bad_input(self, machine: Machine, month: str) -> None:
        assert machine.run("sms", "costs", "--month", month)[0] == 2

    def test_of_no_place_are_bad_input(self, machine: Machine) -> None:
        assert machine.run("sms", "costs", "--place", "nowhere")[0] == 2
