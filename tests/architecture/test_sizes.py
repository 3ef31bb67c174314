"""Nothing needs much scrolling: the limits of size hold, everywhere."""

import pytest

from tests.architecture import sizes
from tests.architecture.sources import EVERYTHING, HOUSE, complaints, files


def function_of(lines: int, decorator: str = "") -> str:
    body = "    x = 1\n" * (lines - 1)
    return f"{decorator}def f():\n{body}"


class TestTheHouse:
    def test_has_no_long_file(self) -> None:
        paths = files([folder for folder in EVERYTHING if folder != "tests"], ".py")
        assert paths
        assert complaints(paths, lambda text: sizes.too_long(text, sizes.FILE)) == []

    def test_has_no_long_test_file(self) -> None:
        paths = files(["tests"], ".py")
        assert paths
        assert complaints(paths, lambda text: sizes.too_long(text, sizes.TEST_FILE)) == []

    def test_has_no_long_function(self) -> None:
        assert complaints(files(EVERYTHING, ".py"), sizes.long_functions) == []

    def test_has_no_long_template(self) -> None:
        paths = files(HOUSE, ".html", ".txt", ".xml")
        assert complaints(paths, lambda text: sizes.too_long(text, sizes.TEMPLATE)) == []


class TestTheChecks:
    def test_count_the_lines_of_a_file(self) -> None:
        assert sizes.too_long("a\n" * 300, 300) == []
        assert sizes.too_long("a\n" * 301, 300) == ["1: 301 lines, at most 300"]

    def test_count_the_lines_of_a_function(self) -> None:
        assert sizes.long_functions(function_of(40)) == []
        assert sizes.long_functions(function_of(41)) == ["1: f has 41 lines, at most 40"]

    def test_let_a_test_play_a_long_story(self) -> None:
        told = '    """A\n' + "    b\n" * 50 + '    """\n'
        assert sizes.long_functions(f"def test_f():\n{told}    play()\n") == []
        assert sizes.long_functions(f"def test_f():\n{told}    a()\n    b()\n") != []
        assert sizes.long_functions(f"def f():\n{told}    play()\n") != []

    @pytest.mark.parametrize("decorator", ['@pages.get("/x")\n', '@route("/x", "GET")\n'])
    def test_hold_a_view_to_less(self, decorator: str) -> None:
        assert sizes.long_functions(function_of(25, decorator)) == []
        assert sizes.long_functions(function_of(26, decorator)) == ["2: f has 26 lines, at most 25"]
