"""What the engine's tests share."""

import pytest


@pytest.fixture(scope="session")
def checked(tmp_path_factory):
    """An environment in which machine code checks every index; what is compiled is kept for all."""
    return {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path_factory.mktemp("checked"))}
