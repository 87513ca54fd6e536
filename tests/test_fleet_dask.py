"""fleet on Dask: two workers on loopback, the same bytes, and what becomes of a run whose worker or scheduler is killed."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.errors import PipelineError
from pipeline.fleet import dask, placing, week
from pipeline.fleet.outcome import State
from pipeline.record import recording
from tests import fleets, programs
from tests.fleets import COUNTIES, DAY
from tests.refresh_notebook import CHECKOUT

needs_dask = programs.needs(programs.DASK)
LOST = "调度程序断开，已完成的存档保留，重新运行即可接着做。\n"


class Cluster:
    """A scheduler and its workers, started as README says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: list[psutil.Popen] = []
        file = folder / "scheduler.json"
        self.scheduler = self._started("scheduler", "--host=127.0.0.1", "--port=0", f"--scheduler-file={file}")
        fleets.until(lambda: file.is_file() and '"address"' in file.read_text(encoding="utf-8"))
        self.address = next(
            line.split('"')[3] for line in file.read_text(encoding="utf-8").splitlines() if '"address"' in line
        )

    def workers(self, *options: str, folder: Path = CHECKOUT) -> None:
        """Start some, and wait until they have come."""
        before = self._threads()
        options = (f"--local-directory={self.folder}", *options)
        self._started("worker", self.address, *options, folder=folder)
        fleets.until(lambda: self._threads() > before)

    def _threads(self) -> int:
        from distributed import Client  # noqa: PLC0415 - it may not be there

        with Client(self.address, set_as_default=False) as client:
            return sum(client.nthreads().values())

    def _started(self, what: str, *options: str, folder: Path = CHECKOUT) -> psutil.Popen:
        command = [sys.executable, "-m", "dask", what, *options, "--no-dashboard"]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = psutil.Popen(command, cwd=folder, **silent)
        self._all.append(process)
        return process

    def end(self) -> None:
        """All that was started here."""
        for process in self._all:
            started = [process, *process.children(recursive=True)] if process.is_running() else []
            for one in reversed(started):
                with contextlib.suppress(psutil.Error):
                    one.kill()
        for process in self._all:
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    yield started
    started.end()


@needs_dask
def test_the_same_records_though_a_worker_is_killed_and_a_rerun_after_the_scheduler_was(
    cluster: Cluster, tmp_path: Path
) -> None:
    source = fleets.city(tmp_path / "source")
    here, there = fleets.copied(source, tmp_path / "here"), fleets.copied(source, tmp_path / "there")
    for name in (*COUNTIES, "市"):
        placing.take_up(here / name, DAY)
        recording.run_week(str(here / name), DAY)
    cluster.workers("--nthreads=1", "--nworkers=2")

    running = fleets.fleet(there, "--on", cluster.address)
    fleets.until(lambda: fleets.at_work(there))
    fleets.kill(fleets.at_work(there).pop())
    status, printed, said = fleets.ran(running)
    assert (status, said) == (1, "")
    assert "共3个单位：定稿 2、初稿 1；新存档3份。" in printed
    assert fleets.revisions(there) == {"乙县": ["r1"], "市": ["r1"], "甲区": ["r1"]}
    assert fleets.records(there) == fleets.records(here)

    third = fleets.copied(source, tmp_path / "third")
    running = fleets.fleet(third, "--on", cluster.address)
    fleets.until(lambda: fleets.at_work(third))
    cluster.scheduler.kill()
    assert fleets.ran(running) == (2, "", LOST)
    fleets.until(lambda: not fleets.building(third))  # a worker ends the week that it is at
    status, printed, said = fleets.ran(fleets.fleet(third))
    assert (status, said) == (1, "")
    assert fleets.records(third) == fleets.records(here)


@needs_dask
def test_who_would_make_other_records_is_refused_in_words(cluster: Cluster, tmp_path: Path) -> None:
    tree = fleets.city(tmp_path / "tree")
    nobody = fleets.ran(fleets.fleet(tree, "--on", cluster.address))
    assert nobody == (2, "", f"{cluster.address} 的调度程序没有工作进程。请先启动工作进程，再重新运行。\n")
    cluster.workers("--nthreads=2")
    cluster.workers("--nthreads=1", folder=tmp_path)
    status, printed, said = fleets.ran(fleets.fleet(tree, "--on", cluster.address))
    assert (status, printed) == (2, "")
    assert "集群上有2个进程不能用，没有运行：\n" in said
    assert "有 2 个线程。请用 --nthreads 1 启动" in said
    assert "没有本程序，或不是同一版" in said
    assert fleets.revisions(tree) == {"乙县": [], "市": [], "甲区": []}


@needs_dask
def test_without_a_scheduler_it_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_SECONDS_TO_CONNECT", 1)
    with (
        pytest.raises(PipelineError, match=r"^连不上调度程序 tcp://127.0.0.1:1（"),
        dask.cluster("tcp://127.0.0.1:1", tmp_path),
    ):
        pass


# ---- without it ------------------------------------------------------------------------------------------------


def test_without_distributed_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = "--require-hashes -r pipeline/requirements-cluster.txt"
    with pytest.raises(PipelineError, match=said), dask.cluster("tcp://127.0.0.1:1", tmp_path):
        pass


def test_a_worker_of_other_versions_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "run", lambda *_: 1 // 0)
    outcome = dask.run({**dask.facts(), "numpy": "0.1"}, str(tmp_path), DAY)
    assert outcome.state is State.FAILED
    assert "numpy 这里是 0.1、那里是" in outcome.message


def test_what_differs_is_named_and_the_facts_hold_python_the_program_and_the_locked_packages() -> None:
    facts = dask.facts()
    assert {"python", "本程序", "distributed", "pandas", "tornado", "zlib"} <= set(facts)
    for name in ("python", "本程序", "distributed", "pandas"):
        assert f"{name} 这里是 {facts[name]}、那里是 x" in dask._unlike({**facts, name: "x", dask._WHERE: "是"}, 1)
    assert dask._unlike({**facts, dask._WHERE: "是"}, 1) == ""
    assert "看不到同一个单位文件夹" in dask._unlike({**facts, dask._WHERE: "否"}, 1)
    assert "等9处" in dask._differing({str(number): "1" for number in range(9)}, {})


def test_a_worker_says_whether_it_sees_the_tree(tmp_path: Path) -> None:
    (tmp_path / "probe").touch()
    assert dask.facts_there(str(tmp_path / "probe"))[dask._WHERE] == "是"
    assert dask.facts_there(str(tmp_path / "other"))[dask._WHERE] == "否"
