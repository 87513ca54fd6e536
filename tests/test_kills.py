"""Nothing is lost: whatever kills a run, the office holds the old or the new state, and a rerun completes."""

import os
import random
import resource
import shutil
import signal
from pathlib import Path

import pytest

from pipeline import archive, cli
from tests import kills
from tests.helpers import Office

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes the POSIX way")


def test_a_sealing_killed_at_any_change_of_the_disc_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    root = kills.office(tmp_path / "office").root
    states = []
    for change in range(200):
        shutil.rmtree(root / archive.OUTPUT, ignore_errors=True)
        lived = kills.dies_at(root, change)
        states.append(kills.state(root))
        assert kills.dies_at(root, 10_000)
        assert kills.state(root) == "new"
        assert kills.leftovers(root) == []
        assert kills.is_registered(root)
        if lived:
            break
    moved = states.index("new")
    assert states == ["old"] * moved + ["new"] * (len(states) - moved)
    assert moved > 10
    assert len(states) - moved > 1  # killed between the rename and the end


def test_real_reports_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    """The short form of `python -m tests.kills`."""
    root = kills.office(tmp_path / "office").root
    found = kills.kill_reports(root, 2, 4.0, random.Random(7))
    assert found["old"] + found["new"] == 2


def test_a_leftover_is_cleaned_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = kills.office(tmp_path / "office").root
    assert not kills.dies_at(root, 8)
    (left,) = kills.leftovers(root)
    assert cli.main(["report", kills.DAY, "--root", str(root)]) == 0
    assert f"清理了上次中断留下的临时文件夹 data/output/{left}" in capsys.readouterr().out
    assert kills.leftovers(root) == []


def test_a_running_reports_folder_is_never_swept(tmp_path: Path) -> None:
    office = kills.office(tmp_path / "office")
    mine = archive.open_building(office.root)
    assert archive.sweep(office.root) == []
    assert mine.is_dir()


def test_a_full_disc_keeps_the_old_state_and_is_told(tmp_path: Path) -> None:
    """The limit on the size of files stands for a full disc: every write beyond it fails."""
    office = kills.office(tmp_path / "office")
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
        try:
            office.archive(kills.DAY)
        except OSError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert kills.state(office.root) == "old"
    assert Office.at(office.root).archive(kills.DAY).name == "r1"


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = kills.office(tmp_path / "office")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert cli.main(["report", kills.DAY, "--root", str(office.root)]) == 2
    assert "不能写入" in capsys.readouterr().err
