"""papermill's "completed" is not trusted: what must be there before anything is archived."""

import contextlib
import copy
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pipeline.errors import MachineFault, RunFailed
from pipeline.record import execution, kernels, source

CODE = "ABCD-1234"
PARAMETERS = {"week": "2023-04-07", "programme": "params/2023.yaml", "decisions": []}
CONCLUSION = (
    "class C:\n"
    "    def _repr_mimebundle_(self, **_):\n"
    f"        return {{'text/plain': 'x'}}, {{'check_code': '{CODE}'}}\n"
    "C()"
)


@pytest.fixture(scope="module", params=["cold", "forked", "early"])
def warm(request: pytest.FixtureRequest) -> Iterator[kernels.Kernels | None]:
    """Every way to come by a kernel."""
    if request.param == "cold":
        yield None
        return
    if request.param == "forked" and not kernels.can_fork():
        pytest.skip("no fork here")
    with contextlib.closing(kernels.ForkServer() if request.param == "forked" else kernels.EarlyKernels(20)) as made:
        yield made


def execute(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *cells: str,
    kernel: str = "python3",
    warm: kernels.Kernels | None = None,
) -> nbformat.NotebookNode:
    """A notebook of these code cells, with the parameters' cell before and the check code after."""
    listed = [new_code_cell("week = None\nprogramme = None\ndecisions = None", metadata={"tags": ["parameters"]})]
    listed += [new_code_cell(source) for source in (*cells, CONCLUSION)]
    path = tmp_path / "weekly_report.ipynb"
    nbformat.write(new_notebook(cells=listed, metadata={"kernelspec": {"name": kernel, "display_name": kernel}}), path)
    monkeypatch.setattr(source, "NOTEBOOK", path)
    monkeypatch.setattr(execution, "CELL_SECONDS", 4)
    scratch = tmp_path / "有 空格 {x}"
    scratch.mkdir()
    return execution.execute(tmp_path, scratch, PARAMETERS, CODE, warm)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("import os; os._exit(1)", r"笔记本执行到第 [23] 格前后停止：Python 进程意外退出"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
            r"笔记本执行到第 [23] 格前后停止：Python 进程意外退出",
        ),
        ("import sys; sys.exit(0)", "笔记本第 3 格出错：SystemExit: 0"),
        ("import time; time.sleep(60)", "笔记本第 3 格没有执行完：超过 4 秒没有结束"),
        ("1 / 0", "笔记本第 3 格没有执行完：ZeroDivisionError: division by zero"),
        (
            "from pipeline.errors import NoSuchWeek; raise NoSuchWeek('没有 params/2023-04-07.yaml。')",
            "笔记本第 3 格没有执行完：没有 params/2023-04-07.yaml。",
        ),
        ("import sys; print('注意', file=sys.stderr)", "笔记本第 3 格有警告，不能存档：注意"),
    ],
    ids=["dead", "terminated", "sys.exit(0)", "time-out", "error", "Chinese box", "warning"],
)
def test_what_did_not_run_to_its_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, said: str, warm: kernels.Kernels | None
) -> None:
    with pytest.raises(RunFailed) as failed:
        execute(tmp_path, monkeypatch, cell, warm=warm)
    assert re.match(said, str(failed.value))


def test_a_good_run_passes_whatever_kernel_the_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: kernels.Kernels | None
) -> None:
    """The injected cell shows Chinese as Chinese; the kernel is this interpreter."""
    monkeypatch.setitem(PARAMETERS, "decisions", [{"do": "exclude", "reason": "旧表“甲”"}])
    notebook = execute(tmp_path, monkeypatch, "import sys; print(sys.executable, week)", kernel="某人的内核", warm=warm)
    injected = notebook["cells"][1]
    assert injected["source"] == (
        '# Parameters\nweek = "2023-04-07"\nprogramme = "params/2023.yaml"\n'
        'decisions = [{"do": "exclude", "reason": "旧表“甲”"}]\n'
    )
    assert notebook["cells"][2]["outputs"][0]["text"] == f"{sys.executable} 2023-04-07\n"


def test_what_differs_from_run_to_run_is_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(execution.to_bytes(execute(tmp_path / name, monkeypatch, "print(week)")))
    strip = [nbformat.reads(content.decode("utf-8"), as_version=4) for content in made]
    for notebook in strip:  # the source notebooks of this test have random ids of their own
        for cell in notebook["cells"]:
            cell["id"] = "x"
    assert strip[0] == strip[1]
    assert str(tmp_path).encode() not in made[0]


# ---- the gate alone --------------------------------------------------------------------------------------------


@pytest.fixture
def good() -> nbformat.NotebookNode:
    shown = new_output("execute_result", data={"text/plain": "x"}, metadata={"check_code": CODE}, execution_count=2)
    return new_notebook(
        cells=[
            new_code_cell("1", execution_count=1),
            new_markdown_cell("说明"),
            new_code_cell("2", execution_count=2, outputs=[shown]),
        ]
    )


def test_the_gate_lets_a_whole_notebook_pass(good: nbformat.NotebookNode) -> None:
    execution.gate(good, CODE)


def test_the_gate_refuses_each_fault(good: nbformat.NotebookNode) -> None:
    skipped, broken, other, none = (copy.deepcopy(good) for _ in range(4))
    skipped["cells"][0]["execution_count"] = None
    broken["cells"][0]["outputs"] = [new_output("error", ename="E", evalue="v", traceback=[])]
    other["cells"][2]["outputs"][0]["metadata"]["check_code"] = "0000-0000"
    none["cells"][2]["outputs"] = []
    for notebook, said in (
        (skipped, "第 1 格没有执行"), (broken, "第 1 格出错：E: v"), (other, "与计算的 ABCD-1234 不一致"), (none, "（无）"),
    ):  # fmt: skip
        with pytest.raises(RunFailed, match=said):
            execution.gate(notebook, CODE)


def test_a_kernel_that_does_not_start_is_tried_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kernels may be given the same port: that is nobody's fault, and over with the next try."""
    tried, whole = [], execution._by_papermill

    def fails_first(*arguments: Any) -> nbformat.NotebookNode:
        tried.append(1)
        if len(tried) == 1:
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        return whole(*arguments)

    monkeypatch.setattr(execution, "_by_papermill", fails_first)
    assert execute(tmp_path, monkeypatch, "print(week)")["cells"][2]["outputs"][0]["text"] == "2023-04-07\n"
    assert len(tried) == 2


def test_a_kernel_that_never_starts_is_the_machines_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> nbformat.NotebookNode:
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(execution, "_by_papermill", fails)
    with pytest.raises(MachineFault, match="没有启动"):
        execute(tmp_path, monkeypatch, "print(week)")
