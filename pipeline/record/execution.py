"""The notebook executed by papermill, and the gate before anything is archived.

papermill's own "completed" cannot be trusted: after a killed kernel, a time-out or `sys.exit(0)` the file still says
so. What counts is that every code cell ran, without error or warning, and that the last one gave the check code.
"""

import base64
import json
import logging
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from papermill.translators import PythonTranslator, papermill_translators
from traitlets import Unicode

from pipeline import apart
from pipeline.errors import KernelLost, MachineFault, RunFailed
from pipeline.record import kernels, source
from pipeline.record.kernels import Kernels

FILE_NAME = "weekly_report.ipynb"
CELL_SECONDS = 600
Notebook = nbformat.NotebookNode
_NOT_STARTED = "执行笔记本的 Python 进程没有启动（电脑太忙、内存不足，或被安全软件拦住），没有存档，已有存档不受影响。请稍后重新运行同一条命令。"
CHECK_CODE = "check_code"  # key in the metadata of the last cell's output


class _ReadableParameters(PythonTranslator):  # type: ignore[misc]
    """Parameters as a person reads them: Chinese stays Chinese in the injected cell."""

    @classmethod
    def translate(cls, value: Any) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        return str(PythonTranslator.translate.__func__(cls, value))


class _ThisInterpreter(AsyncKernelManager):
    """Every kernelspec name means the running interpreter, working in the office's folder.

    An analyst's JupyterLab may have saved another kernel's name into the notebook, and a stale `python3` of the
    user's may hide the environment's own.
    """

    office = Unicode()
    warm: Kernels | None = None
    connection_file = Unicode()  # not in the user's own folder, which may be missing
    transport_encryption = "auto"  # the kernel's TCP ports are encrypted; without it ipykernel warns

    @property
    def launcher(self) -> list[str]:
        """What starts a cold kernel; ipykernel's arguments follow."""
        return apart.command(kernels.COLD, self.office)

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[*self.launcher, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"supported_encryption": "curve"},
        )

    async def _async_start_kernel(self, **options: Any) -> None:
        self.provisioner = _Provisioner(kernel_id=str(uuid.uuid4()), kernel_spec=self.kernel_spec, parent=self)
        self.connection_file = kernels.own(f"kernel-{uuid.uuid4()}.json")
        options["cwd"] = kernels.own()
        options["env"] = kernels.environment()
        options["stderr"] = subprocess.DEVNULL  # what breaks a kernel is told by the run
        await super()._async_start_kernel(**options)

    start_kernel = _async_start_kernel


class _Provisioner(LocalProvisioner):
    """Takes a warm kernel if there is one; from then on it is like one that jupyter_client started itself."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        manager: Any = self.parent
        process = manager.warm.start(cmd[len(manager.launcher) :], manager.office) if manager.warm else None
        if process is None:
            return await super().launch_kernel(cmd, **options)
        self.process, self.pid, self.pgid = process, process.pid, process.pid  # it leads a group of its own
        return self.connection_info


class _SavedAtTheEnd(NBClientEngine):  # type: ignore[misc]
    """papermill saves the notebook before and after each cell, charts and all: 64 times a week. Once will do: at the
    end, whether it ran through or broke."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        saving, nb_man.save = nb_man.save, lambda **_: None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        finally:
            nb_man.save = saving


def execute(
    office: Path, scratch: Path, parameters: Mapping[str, Any], check_code: str, warm: Kernels | None = None
) -> Notebook:
    """The executed notebook, canonical, after the gate. Its last state lies in `scratch` whatever happens.

    warm: kernels that are at hand; else one is started. RunFailed, with the cell and the reason in Chinese, if the
    notebook did not run to its end. A kernel that does not start is tried once more; then it is a MachineFault.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what breaks is told by the run, in Chinese
    papermill_translators.register("python", _ReadableParameters)
    papermill_engines.register(_SavedAtTheEnd.__name__, _SavedAtTheEnd)
    manager = type("Manager", (_ThisInterpreter,), {"office": Unicode(str(office)), "warm": warm})
    written = scratch / FILE_NAME
    try:
        executed = _executed(written, parameters, manager)
    except Exception as error:  # papermill, nbclient and jupyter_client each have their own exceptions
        if _is_not_started(error):
            raise MachineFault(_NOT_STARTED) from error
        failure = KernelLost if isinstance(error, DeadKernelError) else RunFailed
        raise failure(_reason(written, error)) from error
    gate(executed, check_code)
    return canonical(executed)


def _executed(written: Path, parameters: Mapping[str, Any], manager: type[_ThisInterpreter]) -> Notebook:
    """By papermill, in place; once more if the first kernel does not start (two may be given the same port)."""
    try:
        return _by_papermill(written, parameters, manager)
    except Exception as error:
        if not _is_not_started(error):
            raise
        return _by_papermill(written, parameters, manager)


def _is_not_started(error: Exception) -> bool:
    """jupyter_client has no exception of its own for it."""
    return isinstance(error, RuntimeError) and str(error).startswith(("Kernel died before", "Kernel didn't respond"))


def _by_papermill(written: Path, parameters: Mapping[str, Any], manager: type[_ThisInterpreter]) -> Notebook:
    written.write_text(json.dumps(source.program(), ensure_ascii=False), encoding="utf-8")
    executed: Notebook = papermill.execute_notebook(
        _literal(written),
        _literal(written),
        parameters=dict(parameters),
        engine_name=_SavedAtTheEnd.__name__,
        kernel_name="python3",
        language="python",
        progress_bar={"desc": "执行笔记本", "unit": "格"} if sys.stderr.isatty() else False,
        execution_timeout=CELL_SECONDS,
        iopub_timeout=60,
        record_timing=False,
        coalesce_streams=True,
        shutdown_kernel="immediate",
        kernel_manager_class=manager,
    )
    return executed


def _literal(path: Path) -> str:
    """papermill formats paths; a brace in a folder's name must stay one."""
    return str(path).replace("{", "{{").replace("}", "}}")


def gate(notebook: Notebook, check_code: str) -> None:
    """RunFailed unless every code cell ran to its end and the last one gave this check code."""
    for number, cell in _code_cells(notebook):
        if cell.get("execution_count") is None:
            raise RunFailed(f"笔记本第 {number} 格没有执行，运行中途停止，不能存档。")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                raise RunFailed(f"笔记本第 {number} 格出错：{output['ename']}: {output['evalue']}")
            if output.get("name") == "stderr":
                raise RunFailed(f"笔记本第 {number} 格有警告，不能存档：{output['text'].strip()[:300]}")
    given = [
        output["metadata"][CHECK_CODE] for output in _outputs(notebook) if CHECK_CODE in output.get("metadata", {})
    ]
    if given != [check_code]:
        raise RunFailed(f"笔记本给出的校验码 {given or '（无）'} 与计算的 {check_code} 不一致，不能存档。")


def _reason(written: Path, error: Exception) -> str:
    """Which cell broke, and why, from what papermill left on disc (its own status says `completed` of every cell)."""
    why = _words(error)
    left = list(_code_cells(nbformat.read(written, as_version=4))) if written.is_file() else []  # type: ignore[no-untyped-call]
    started = [number for number, cell in left if cell.get("execution_count") is not None]
    if isinstance(error, CellTimeoutError) and started:
        return f"笔记本第 {started[-1]} 格没有执行完：{why}"
    if isinstance(error, DeadKernelError) and started:  # it may die before it says that it has begun the next cell
        return f"笔记本执行到第 {started[-1]} 格前后停止：{why}"
    for number, cell in left:
        if number not in started or any(output["output_type"] == "error" for output in cell["outputs"]):
            return f"笔记本第 {number} 格没有执行完：{why}"
    return f"笔记本没有执行完：{why}"


def _words(error: Exception) -> str:
    """What broke the run; of an exception in a cell its last line."""
    if isinstance(error, CellTimeoutError):
        return f"超过 {CELL_SECONDS} 秒没有结束"
    if isinstance(error, DeadKernelError):
        return "Python 进程意外退出（可能内存不足，或被安全软件结束）"
    lines = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().splitlines()
    return lines[-1] if lines else type(error).__name__


def _code_cells(notebook: Notebook) -> Iterator[tuple[int, Notebook]]:
    """(number, cell) of every code cell that holds something; papermill's own notes on an error are not counted."""
    cells = [cell for cell in notebook["cells"] if "papermill-error-cell-tag" not in cell["metadata"].get("tags", [])]
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] == "code" and cell["source"].strip():
            yield number, cell


def _outputs(notebook: Notebook) -> Iterator[Notebook]:
    for _, cell in _code_cells(notebook):
        yield from cell["outputs"]


def pictures(notebook: Notebook) -> dict[str, bytes]:
    """name -> PNG of every chart that the notebook shows: the record's files are these very bytes."""
    by_name = {}
    for output in _outputs(notebook):
        name = output.get("metadata", {}).get("image/png", {}).get("name")
        if name:
            by_name[name] = base64.b64decode(output["data"]["image/png"])
    return by_name


def canonical(notebook: Notebook) -> Notebook:
    """Without what differs from run to run: times, durations, machine paths, random ids, the patch of Python."""
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"]["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"].pop("papermill", None)
        cell["metadata"].pop("execution", None)
        if source.INJECTED in cell["metadata"].get("tags", []):
            cell["id"] = f"injected-{number}"
    return notebook


def to_bytes(notebook: Notebook) -> bytes:
    """The notebook's file: UTF-8, Chinese readable, one newline on every system."""
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode("utf-8")
