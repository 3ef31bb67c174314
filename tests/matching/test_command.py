"""``python -m enabler.matching``: a problem in, its solution out, or the path of what is wrong."""

import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from enabler.domain.geo import GridPoint, to_lat_lon
from enabler.matching.__main__ import BECAUSE, WRONG, main
from enabler.matching.policy import DEFAULT_WEIGHTS
from enabler.matching.problem import parse

PROJECT = Path(__file__).resolve().parents[2]


def point(east, north=173_000):
    there = to_lat_lon(GridPoint(358_000 + east, north))
    return {"lat": there.lat, "lon": there.lon}


def a_problem(**given):
    """Two needs for shopping, one for meals; a neighbour and a shop."""
    window = ["2026-11-28T10:00:00+00:00", "2026-11-28T12:00:00+00:00"]
    needs = [
        {"id": "n1", **point(0), "category": "shopping", "windows": [window], "member": 5},
        {"id": "n2", **point(50), "category": "shopping", "windows": None, "slots": 2},
        {"id": "n3", **point(0), "category": "meals"},
    ]
    neighbour = {"weekly": [[5, "09:00", "24:00"]], "helped": {"5": 2}, "balance_minutes": -90}
    offers = [
        {"id": "o1", **point(600), "categories": ["shopping"], "reach_metres": 3000, **neighbour},
        {"id": "o2", **point(900), "categories": ["shopping"], "reach_metres": 1000,
         "organisation": "shop", "capacity": 2},
    ]  # fmt: skip
    return {"now": "2026-11-27T14:10:00Z", "needs": needs, "offers": offers} | given


def solved(problem):
    answer, complaint = StringIO(), StringIO()
    status = main(BytesIO(json.dumps(problem).encode()), answer, complaint)

    assert (status, complaint.getvalue()) == (0, "")
    return json.loads(answer.getvalue())


def complaint_about(written):
    answer, complaint = StringIO(), StringIO()
    status = main(BytesIO(written), answer, complaint)

    assert (status, answer.getvalue()) == (2, "")
    return complaint.getvalue()


def test_runs_as_a_command():
    ran = subprocess.run(
        [sys.executable, "-m", "enabler.matching"],
        input=json.dumps(a_problem()), capture_output=True, text=True, cwd=PROJECT, check=False,
    )  # fmt: skip

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["optimal"] is True


def test_exits_with_2_and_the_path_of_the_wrong_field():
    problem = a_problem()
    problem["offers"][1]["reach_metres"] = "far"
    ran = subprocess.run(
        [sys.executable, "-m", "enabler.matching"],
        input=json.dumps(problem), capture_output=True, text=True, cwd=PROJECT, check=False,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "offers[1].reach_metres: this must be a whole number.\n"


class TestSolution:
    def test_matches_with_reasons_that_add_up(self):
        answer = solved(a_problem())

        assert [(m["need"], m["offer"], m["distance_metres"]) for m in answer["matches"]] == [
            ("n1", "o2", 900),
            ("n2", "o1", 550),
            ("n2", "o2", 850),
        ]
        for match in answer["matches"]:
            assert match["score"] == sum(reason["points"] for reason in match["reasons"])
            assert all(reason["sentence"].endswith(".") for reason in match["reasons"])

    def test_has_the_keys_of_the_contract(self):
        answer = solved(a_problem())

        assert set(answer) == {"matches", "unmatched", "prices", "objective", "optimal", "seconds"}
        assert set(answer["seconds"]) == {"edges", "solve", "total"}
        assert set(answer["prices"]["needs"]) == {"n1", "n2", "n3"}
        assert set(answer["prices"]["offers"]) == {"o1", "o2"}
        assert answer["unmatched"] == [{"need": "n3", "because": {"category": 2}}]
        assert answer["objective"] == sum(match["score"] for match in answer["matches"])

    def test_is_the_same_for_every_order_of_the_file(self):
        turned = a_problem()
        turned["needs"].reverse()
        turned["offers"].reverse()
        one, other = solved(a_problem()), solved(turned)
        del one["seconds"], other["seconds"]

        assert one == other

    def test_keeps_ids_that_are_numbers(self):
        problem = a_problem()
        problem["needs"][0]["id"], problem["offers"][1]["id"] = 17, 4
        answer = solved(problem)

        assert (answer["matches"][0]["need"], answer["matches"][0]["offer"]) == (17, 4)
        assert "17" in answer["prices"]["needs"]

    def test_of_nothing_is_nothing(self):
        answer = solved(a_problem(needs=[], offers=[]))

        assert (answer["matches"], answer["unmatched"], answer["objective"]) == ([], [], 0)

    def test_follows_the_policy(self):
        policy = {"category_credentials": {"shopping": ["dbs"]}, "weights": {"nearness": 0}}
        answer = solved(a_problem(policy=policy))

        assert answer["matches"] == []
        assert answer["unmatched"][0]["because"] == {"credential": 2}

    def test_knows_a_helper_of_a_member_whose_id_is_a_number(self):
        problem = parse(json.dumps(a_problem()))

        assert problem.needs[0].member in problem.offers[0].helped


def test_every_factor_has_its_sentences():
    assert set(BECAUSE) == set(DEFAULT_WEIGHTS)


def broken(path, value):
    """The problem with the value at the path changed; a path is keys and positions."""
    problem = a_problem(policy={})
    at = problem
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(problem).encode()


@pytest.mark.parametrize(
    ("path", "value", "shown", "code"),
    [
        (("now",), "yesterday", "now", "not_a_time"),
        (("now",), "2026-11-27T14:10:00", "now", "no_offset"),
        (("now",), "2226-11-27T14:10:00Z", "now", "out_of_range"),
        (("extra",), 1, "extra", "unknown_key"),
        (("needs",), {}, "needs", "not_a_list"),
        (("needs", 1), [], "needs[1]", "not_an_object"),
        (("needs", 1, "colour"), 1, "needs[1].colour", "unknown_key"),
        (("needs", 1, "id"), "n1", "needs[1].id", "given_twice"),
        (("needs", 1, "id"), True, "needs[1].id", "not_a_text"),
        (("needs", 1, "id"), "  ", "needs[1].id", "empty"),
        (("needs", 1, "lat"), "51", "needs[1].lat", "not_a_number"),
        (("needs", 1, "lat"), 91, "needs[1].lat", "out_of_range"),
        (("needs", 1, "lat"), 10**400, "needs[1].lat", "out_of_range"),
        (("offers", 0, "lon"), 100.0, "offers[0].lat", "point_outside_grid"),
        (("needs", 1, "slots"), 1.0, "needs[1].slots", "not_whole"),
        (("needs", 1, "slots"), True, "needs[1].slots", "not_whole"),
        (("needs", 1, "slots"), 2**31, "needs[1].slots", "out_of_range"),
        (("needs", 1, "priority"), 0, "needs[1].priority", "out_of_range"),
        (("needs", 1, "duration_minutes"), 0, "needs[1].duration_minutes", "out_of_range"),
        (("needs", 0, "windows", 0, 0), 9, "needs[0].windows[0][0]", "not_a_text"),
        (("needs", 0, "windows", 0, 1), "2026-01-01T10:00:00Z", "needs[0].windows[0]",
         "ends_before_start"),
        (("needs", 0, "windows", 0), [], "needs[0].windows[0]", "not_a_span"),
        (("needs", 0, "held"), 0, "needs[0].held", "not_true_or_false"),
        (("needs", 0, "preferences"), ["ok", "time"], "needs[0].preferences[1]", "is_a_rule"),
        (("needs", 0, "requires"), "dbs", "needs[0].requires", "not_a_list"),
        (("offers", 0, "weekly", 0, 0), 7, "offers[0].weekly[0][0]", "out_of_range"),
        (("offers", 0, "weekly", 0, 1), "9:00", "offers[0].weekly[0][1]", "not_a_clock_time"),
        (("offers", 0, "weekly", 0, 2), "24:01", "offers[0].weekly[0][2]", "not_a_clock_time"),
        (("offers", 0, "weekly", 0, 2), "08:60", "offers[0].weekly[0][2]", "not_a_clock_time"),
        (("offers", 0, "weekly", 0, 2), "08:00", "offers[0].weekly[0]", "ends_before_start"),
        (("offers", 0, "weekly", 0), "Monday", "offers[0].weekly[0]", "not_a_weekly_block"),
        (("offers", 0, "helped"), [], "offers[0].helped", "not_an_object"),
        (("offers", 0, "helped", "x y"), -1, "offers[0].helped.x y", "out_of_range"),
        (("offers", 0, "acceptance"), 1.5, "offers[0].acceptance", "out_of_range"),
        (("policy", "timezone"), "Mars/Base", "policy.timezone", "unknown_zone"),
        (("policy", "weights"), {"charm": 1}, "policy.weights.charm", "unknown_factor"),
        (("policy", "weights"), {"nearness": -1}, "policy.weights.nearness", "out_of_range"),
        (("policy", "sharing"), [["a"]], "policy.sharing[0]", "not_a_pair"),
        (("policy",), 3, "policy", "not_an_object"),
    ],
)  # fmt: skip
def test_names_the_wrong_field(path, value, shown, code):
    found = complaint_about(broken(path, value))

    assert found.startswith(f"{shown}: ")
    assert found.count("\n") == 1
    start = WRONG[code].partition("{")[0]
    assert found.removeprefix(f"{shown}: ").startswith(start)


@pytest.mark.parametrize("name", ["now", "needs", "offers"])
def test_names_what_is_missing(name):
    problem = a_problem()
    del problem[name]

    assert complaint_about(json.dumps(problem).encode()) == f"{name}: {WRONG['missing']}\n"


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"\xff\xfe\x00", b'{"now": NaN}', b"[" * 100_000, b"1" * 5000, b"'single'"],
)
def test_what_is_no_json_is_said_so(written):
    assert WRONG["not_json"] in complaint_about(written)


@pytest.mark.parametrize("written", [b"[]", b"null", b'"text"', b"3"])
def test_json_that_is_no_problem_is_said_so(written):
    assert complaint_about(written) == f"problem: {WRONG['not_an_object']}\n"


@pytest.mark.parametrize(
    ("needs", "path"),
    [
        (b'[], "needs": []', "needs"),
        (b'[{"id": 1, "slots": 1, "slots": 2}]', "needs[0].slots"),
    ],
)
def test_a_key_that_stands_twice_is_not_guessed_at(needs, path):
    written = b'{"now": "2026-11-27T14:00:00Z", "offers": [], "needs": ' + needs + b"}"

    assert complaint_about(written) == f"{path}: this key stands here twice.\n"


def test_strange_keys_are_shown_on_one_line():
    assert complaint_about(b'{"a\\nb\\ud800": 1}').startswith("a\\nb\\ud800: ")


def test_strange_ids_come_back_as_they_were():
    problem = a_problem()
    problem["offers"][1]["id"] = "\ud800\u202e\U0001f600"

    assert solved(problem)["matches"][0]["offer"] == problem["offers"][1]["id"]
