"""Kernels that are warm before they are needed: in nothing else unlike a cold one, and gone when their owner is."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from pipeline.record import execution, kernels, source
from pipeline.record.kernels import EarlyKernels, ForkServer, Kernels
from tests.refresh_notebook import CHECKOUT

CODE = "ABCD-1234"
WORLD = """\
import os, sys, threading
print(os.getcwd(), sys.path, hash("户厕"), sys.flags.utf8_mode, sys.stdin.isatty(), os.read(0, 1), __name__)
print({name: os.environ.get(name) for name in ("MPLBACKEND", "PYTHONHASHSEED", "IPYKERNEL_CELL_NAME", "PYTHONPATH")})
print(sorted(thread.name.split("-")[0] for thread in threading.enumerate()))"""
CONCLUSION = f"""\
class C:
    def _repr_mimebundle_(self, **_):
        return {{'text/plain': 'x'}}, {{'check_code': '{CODE}'}}
C()"""

LAUNCHED = "import sys; from pipeline.record import kernels; print('launched by itself:', kernels.COLD in ' '.join(sys.orig_argv))"
STARTED_COLD = b"launched by itself: True"
needs_fork = pytest.mark.skipif(not kernels.can_fork(), reason="no fork here")
KINDS = [pytest.param(ForkServer, marks=needs_fork, id="forked"), pytest.param(lambda: EarlyKernels(3), id="early")]


def execute(folder: Path, warm: Kernels | None, *cells: str) -> bytes:
    """The executed notebook of these cells as a file; it works in `folder`."""
    listed = [new_code_cell("week = None", metadata={"tags": ["parameters"]}, id="a")]
    listed += [new_code_cell(source, id=f"c{number}") for number, source in enumerate((*cells, CONCLUSION))]
    (folder / "scratch").mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=listed), folder / "source.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "NOTEBOOK", folder / "source.ipynb")
        return execution.to_bytes(execution.execute(folder, folder / "scratch", {"week": "x"}, CODE, warm))


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_cannot_see_how_its_kernel_came_about(tmp_path: Path, kind: Callable[[], Kernels]) -> None:
    with closing(kind()) as warm:
        assert execute(tmp_path, warm, WORLD) == execute(tmp_path, None, WORLD)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_notebook_is_left_for_the_next(tmp_path: Path, kind: Callable[[], Kernels]) -> None:
    left = "import os, matplotlib, pipeline.week; os.environ['LEFT'] = 'x'; matplotlib.rcParams['font.size'] = 3; x = 1"
    look = "import os, matplotlib, pipeline.week; print('LEFT' in os.environ, matplotlib.rcParams['font.size'], 'x' in dir())"
    with closing(kind()) as warm:
        execute(tmp_path, warm, left)
        assert b"False 10.0 False" in execute(tmp_path, warm, look)


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_the_weeks_notebook_imports_is_there_already(tmp_path: Path, kind: Callable[[], Kernels]) -> None:
    before = "import sys; before = set(sys.modules)"
    cells = [cell["source"] for cell in nbformat.read(source.NOTEBOOK, as_version=4)["cells"]]
    imports = [line for line in "\n".join(cells).splitlines() if line.startswith(("import ", "from "))]
    after = "print('new:', sorted(name for name in set(sys.modules) - before if 'pipeline' in name or 'matplotlib' in name))"
    with closing(kind()) as warm:
        assert b"new: []" in execute(tmp_path, warm, before, *imports, after)
    assert len(imports) > 2


@needs_fork
def test_the_server_has_no_threads_that_a_fork_would_lose_and_leaves_no_dead_behind(tmp_path: Path) -> None:
    with closing(ForkServer()) as warm:
        execute(tmp_path, warm, "1")
        server = psutil.Process(warm._process.pid)
        assert server.num_threads() == 1
        assert gone(server.children)
    assert not server.is_running()


def gone(living: Callable[[], Any], seconds: float = 10.0) -> bool:
    """Whether nothing is left within that time."""
    until = time.monotonic() + seconds
    while living() and time.monotonic() < until:
        time.sleep(0.05)
    return not living()


# ---- signals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_kernel_can_be_interrupted_and_killed(tmp_path: Path, kind: Callable[[], Kernels]) -> None:
    async def run(warm: Kernels) -> tuple[str, bool, bool]:
        manager = type("M", (execution._ThisInterpreter,), {"office": str(tmp_path), "warm": warm})()
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        asked = client.execute("import time; time.sleep(60)")
        await asyncio.sleep(1)
        await manager.interrupt_kernel()
        while (reply := await client.get_shell_msg(timeout=30))["parent_header"]["msg_id"] != asked:
            pass
        was = await manager.is_alive()
        await manager.shutdown_kernel(now=True)
        client.stop_channels()
        return reply["content"]["ename"], was, await manager.is_alive()

    with closing(kind()) as warm:
        assert asyncio.run(run(warm)) == ("KeyboardInterrupt", True, False)


# ---- who goes, and what is left --------------------------------------------------------------------------------


@needs_fork
def test_without_the_server_a_kernel_is_started_cold(tmp_path: Path) -> None:
    with closing(ForkServer()) as warm:
        warm._process.kill()
        warm._process.wait()
        assert STARTED_COLD in execute(tmp_path, warm, LAUNCHED)


def test_without_the_early_process_a_kernel_is_started_cold(tmp_path: Path) -> None:
    with closing(EarlyKernels(1)) as warm:
        process = warm._next
        assert process
        process.kill()
        process.wait()
        for _ in range(2):  # then none is expected any more
            assert STARTED_COLD in execute(tmp_path, warm, LAUNCHED)


OWNER = """\
import sys
from pathlib import Path
from tests.test_kernels import *
with closing({kind}) as warm:
    execute(Path(sys.argv[1]), warm, "import os, time; print(os.getpid(), flush=True); open('begun', 'w'); time.sleep(60)")
"""


@pytest.mark.skipif(os.name == "nt", reason="kills processes the POSIX way")
@pytest.mark.parametrize("kind", [pytest.param("ForkServer()", marks=needs_fork), "EarlyKernels(2)"])
def test_nothing_outlives_an_owner_that_is_killed(tmp_path: Path, kind: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    owner = subprocess.Popen([sys.executable, "-c", OWNER.format(kind=kind), str(tmp_path)], env=environment)
    assert gone(lambda: not (tmp_path / "begun").exists(), 60)
    family = psutil.Process(owner.pid).children(recursive=True)
    assert len(family) == 2  # server and kernel, or kernel and the next one
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert gone(lambda: [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE])


def in_worker(folder: str, results: Any) -> None:
    with kernels.warm(1) as warm:
        results.put(execute(Path(folder), warm, "print(6 * 7)"))


def test_a_daemonic_worker_of_multiprocessing_can_have_them(tmp_path: Path) -> None:
    """Such a process may not start children by multiprocessing."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    worker = context.Process(target=in_worker, args=(str(tmp_path), results), daemon=True)
    worker.start()
    assert b'"42\\n"' in results.get(timeout=120)
    worker.join()
