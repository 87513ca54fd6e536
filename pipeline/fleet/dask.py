"""Weeks on a Dask cluster, whose workers see the tree under the same path. distributed is an optional extra."""

import contextlib
import logging
import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError
from pipeline.fleet import week
from pipeline.fleet.outcome import Outcome, State
from pipeline.fleet.running import Submit
from pipeline.record import recording

_HOME = Path(__file__).resolve().parents[2]
_LOCKS = ("requirements.txt", "pipeline/requirements-cluster.txt")
_SECONDS_TO_CONNECT = 15
_MOST_NAMED = 5
_LACKING = (
    "在集群上运行还要装 Dask：.venv/bin/python -m pip install --require-hashes -r pipeline/requirements-cluster.txt"
    "（Windows 上是 .venv\\Scripts\\python）。"
)
_NOBODY = "{} 的调度程序没有工作进程。请先启动工作进程，再重新运行。"
_REFUSED = "集群上有{}个进程不能用，没有运行：\n{}"
_NO_PROGRAM = "没有本程序，或不是同一版（{}）。请在同一版程序的文件夹里、用它的 .venv 启动。"
_WHERE = "看得到单位文件夹"  # a fact about the worker's PC, not about its versions


@contextlib.contextmanager
def cluster(address: str, tree: Path) -> Iterator[Submit]:
    """The workers of a scheduler (tcp://HOST:PORT), once each has been found to be like this process.

    PipelineError where distributed is not installed, nobody answers, or a worker is unlike.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise PipelineError(_LACKING) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what breaks is told in Chinese
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # it has a level of its own
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PipelineError(f"连不上调度程序 {address}（{error}）。请检查地址和调度程序。") from None
    try:
        _refuse(client, address, tree)
        yield partial(client.get_executor(pure=False).submit, run, facts())
    finally:
        with contextlib.suppress(OSError, TimeoutError):  # it may have gone
            client.close(timeout=5)


def _refuse(client: Any, address: str, tree: Path) -> None:
    """PipelineError that names every worker that would not make the same records, and why."""
    threads = client.nthreads()
    if not threads:
        raise PipelineError(_NOBODY.format(address))
    with tempfile.NamedTemporaryFile(prefix=".fleet-", dir=tree) as probe:
        found = client.run(facts_there, probe.name, on_error="return")
    why = {worker: _unlike(found.get(worker), threads[worker]) for worker in threads}
    why |= {"调度程序": _of_the_scheduler(client)}
    told = [f"  {worker}：{words}" for worker, words in sorted(why.items()) if words]
    if told:
        raise PipelineError(_REFUSED.format(len(told), "\n".join(told)))


def _of_the_scheduler(client: Any) -> str:
    """It takes the tasks apart, and so must have the program too."""
    try:
        return _differing(facts(), client.run_on_scheduler(facts))
    except Exception as error:  # whatever its own Python says of it
        return _NO_PROGRAM.format(error)


def _unlike(found: object, threads: int) -> str:
    """Why a worker cannot be used; "" if it can."""
    if not isinstance(found, dict):
        return _NO_PROGRAM.format(found)
    if found.pop(_WHERE) != "是":
        return "看不到同一个单位文件夹。它的路径在每台电脑上必须一样。"
    if threads != 1:
        return f"有 {threads} 个线程。请用 --nthreads 1 启动，要用几个核就启动几个进程。"
    return _differing(facts(), found)


def _differing(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    names = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
    said = [f"{name} 这里是 {here.get(name, '没有')}、那里是 {there.get(name, '没有')}" for name in names[:_MOST_NAMED]]
    more = f"等{len(names)}处" if len(names) > _MOST_NAMED else ""
    return f"版本与这里不同（{'，'.join(said)}{more}）。请换成同一版程序和程序包。" if names else ""


# ---- in a worker -----------------------------------------------------------------------------------------------


def run(expected: dict[str, str], root: str, day: str) -> Outcome:
    """The office's week, if this is a worker like those that were looked at; others may have come since."""
    unlike = _differing(expected, facts())
    return Outcome(root, day, State.FAILED, message=unlike) if unlike else week.run(root, day)


def facts_there(probe: str) -> dict[str, str]:
    """`facts` of a worker, and whether it sees a file of the tree."""
    return {**facts(), _WHERE: "是" if Path(probe).is_file() else "否"}


@cache
def facts() -> dict[str, str]:
    """Name -> version of what a record's bytes and the talk with a scheduler depend on: the locked packages too."""
    locks = "".join((_HOME / name).read_text(encoding="utf-8") for name in _LOCKS)
    locked = {name: _version(name) for name in re.findall(r"(?m)^([\w.-]+)==", locks)}
    return {**locked, **recording.versions(), "本程序": recording.program()[:12]}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "没有"
