"""fleet: one week of every office below a folder, and a table of what became of each."""

import contextlib
import os
import re
import signal
from pathlib import Path

from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.fleet import local, report, running, tree
from pipeline.fleet.outcome import Outcome, State
from pipeline.fleet.running import Submit

_NO_OFFICE = "{} 下没有单位（有 params/年份.yaml 和 data/ 的文件夹）。"
_NO_WEEK = "各单位的 data/raw/ 下还没有任何一周的文件夹。请先在单位里运行 python -m pipeline new 日期。"
_WRONG = "--on 要写成 processes:4（本机4个进程）或 tcp://主机:端口（Dask 调度程序），不能是 {}。"
_INTERRUPTED = "已中断：已完成的存档保留，重新运行即可接着做。"


def fleet(folder: Path, day: str, on: str) -> int:
    """Record the week (the newest of any office without a date) of every office below the folder."""
    roots = tree.offices(folder)
    if not roots:
        raise PipelineError(_NO_OFFICE.format(folder))
    day = day or tree.newest(roots)
    if not day:
        raise NoSuchWeek(_NO_WEEK)
    graph, left_out = tree.graph(roots, day)
    outcomes = [Outcome(str(root), day, State.FAILED, message=words) for root, words in left_out.items()]
    try:
        with _engine(on, folder, len(graph)) as submit:
            outcomes += report.followed(running.run(graph, day, submit), len(graph))
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise PipelineError(_INTERRUPTED) from None
    print("\n".join(report.lines(outcomes, folder)))
    return report.status(outcomes)


def _engine(on: str, folder: Path, most: int) -> contextlib.AbstractContextManager[Submit]:
    """What runs the weeks."""
    if re.fullmatch(r"(tcp|tls)://\S+:\d+", on):
        from pipeline.fleet import dask  # noqa: PLC0415 - with all that records weeks: here only workers need it

        return dask.cluster(on, folder)
    count = re.fullmatch(r"processes:([1-9]\d{0,3})", on or f"processes:{_cores()}")
    if count is None:
        raise PipelineError(_WRONG.format(on))
    return local.processes(max(1, min(int(count[1]), most)))


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
