"""Fixtures of all tests, and what stands at the end of a run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import apart
from tests import programs
from tests.helpers import Office
from tests.weeks import Desk

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of three invented towns: 甲镇 with two villages, 乙镇 with one, 丙镇 with none."""
    return Office(tmp_path / "办公室 一")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Where one odd file after the other is sent, in a week of its own."""
    return Desk(tmp_path_factory.mktemp("office") / "办公室")


@pytest.fixture(scope="module")
def readers_of_the_tests() -> Iterator[None]:
    """A reading worker finds the program alone; with this, readers of the tests too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "variables", lambda: {**os.environ, "PYTHONPATH": str(CHECKOUT)})
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped tests by the program they lack; pytest's own closing line comes after it."""
    skipped = terminalreporter.getreports("skipped")
    for line in programs.summary(report.longrepr[2] for report in skipped):  # path, line, reason
        terminalreporter.write_line(line)
