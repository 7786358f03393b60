"""What all tests share: one deterministic profile of hypothesis, the option that writes the golden files anew, and the
folders of a run: of compiled code for the processes that they start, and of schemas that are prepared.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run; `HYPOTHESIS_PROFILE=search pytest` looks for new ones.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the files of tests/golden anew; look at `git diff` then"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def without_saxon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program does where the extra `saxon` is not installed."""
    from tei_edition.validation.schematron import compiling

    monkeypatch.setattr(compiling, "saxon_is_installed", lambda: False)


@pytest.fixture(scope="session", autouse=True)
def _folders_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Processes that tests start compile the program once a run, even where Python is told to keep no such files; a
    schema is prepared once, and what the user has in the cache makes no difference.
    """
    base = tmp_path_factory.getbasetemp()
    folder: Path = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    os.environ["TEI_EDITION_CACHE"] = str(folder / "cache")
