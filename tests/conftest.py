"""Fixtures of all tests."""

from pathlib import Path

import pytest

from tests.helpers import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of three invented towns: 甲镇 with two villages, 乙镇 with one, 丙镇 with none."""
    return Office(tmp_path / "办公室 一")
