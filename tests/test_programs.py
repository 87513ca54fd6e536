"""Tests that need a program pass on a machine that has none: skipped, and counted by its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import programs
from tests.refresh_notebook import CHECKOUT

NEEDY = (
    "tests/test_messes.py::test_a_mess_costs_what_it_must_and_is_told[F06-xls-of-libreoffice]",
    "tests/test_messes.py::test_a_mess_costs_what_it_must_and_is_told[F11-docx-of-libreoffice]",
    "tests/test_messes.py::test_a_mess_costs_what_it_must_and_is_told[F16-7z]",
    "tests/test_reading.py::test_a_workbook_of_libreoffice_is_seen_as_a_clerk_sees_it",
    "tests/test_pages.py::test_chromium_opens_the_page_without_a_request_or_a_message",
    "tests/test_verification.py::test_two_runs_in_other_folders_times_zones_and_seeds_are_the_same_bytes[clock1]",
    "tests/test_packed.py",
)


def test_on_a_bare_machine_they_are_skipped_and_counted_by_name_and_pytest_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / Path(sys.executable).name).symlink_to(sys.executable)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--numprocesses=1", *NEEDY]
    variables = {**os.environ, "PATH": str(tmp_path)}
    ran = subprocess.run(command, cwd=CHECKOUT, env=variables, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout
    *_, last = lines = ran.stdout.splitlines()
    assert [line for line in lines if line.startswith("skipped, ")] == [
        "skipped, 7-Zip is not installed: 7",
        "skipped, 7-Zip or bsdtar is not installed: 3",
        "skipped, Chromium is not installed: 1",
        "skipped, LibreOffice is not installed: 4",
        "skipped, bsdtar is not installed: 1",
        "skipped, faketime is not installed: 1",
    ]
    assert " passed, 17 skipped in " in last


def test_a_program_is_known_by_any_of_its_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.path(programs.SEVEN_ZIP) is None
    (tmp_path / "7za").touch(mode=0o755)
    assert programs.path(programs.SEVEN_ZIP) == programs.path(programs.UNPACKER) == str(tmp_path / "7za")
