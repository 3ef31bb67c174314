"""Whatever check of leave, place or ward is taken out, a test turns red."""

import pytest

from tests.mutants.hunting import hunt, summary
from tests.mutants.nearest import draw
from tests.mutants.sites import mutants


@pytest.mark.prove("4.1")
@pytest.mark.only_at_full_size
def test_no_check_can_go_unnoticed(capsys: pytest.CaptureFixture[str]) -> None:
    def tell(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)  # noqa: T201

    tell(f"which test runs which check was known after {draw():.0f} s")
    said = summary(hunt(range(len(mutants())), tell))
    tell(said)
    assert "survived 0" in said.splitlines()[0], said
