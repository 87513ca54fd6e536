"""One office's week as a task: strings in, a small record out. It may be run anywhere that sees the folder, and again."""

import os
import time
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import archive, machine
from pipeline.errors import KernelLost, NoSuchWeek, PipelineError
from pipeline.fleet import placing
from pipeline.fleet.outcome import Outcome, State
from pipeline.record import kernels, recording
from pipeline.record.kernels import ForkServer, Kernels
from pipeline.record.recording import Recorded

_MOST_WEEKS = 1_000_000  # more than one process will ever run


def run(root: str, day: str) -> Outcome:
    """What members have sealed is taken up, then the week is recorded. Whatever breaks is the outcome."""
    began, spent = time.perf_counter(), _spent()
    try:
        found = _recorded(root, day, placing.take_up(Path(root), day))
    except NoSuchWeek:
        found = {"state": State.ABSENT}
    except Exception as error:
        found = {"state": State.FAILED, "message": _in_words(error)}
    return Outcome(root, day, **found, seconds=time.perf_counter() - began, cpu_seconds=_spent() - spent)


def _recorded(root: str, day: str, told: list[str]) -> dict[str, Any]:
    warm = _kernels() if not archive.revisions(Path(root), day) else None  # most of those need none
    recorded = _tried_twice(root, day, warm)
    return {
        "state": State.FINAL if archive.manifest(recorded.revision).status == "final" else State.DRAFT,
        "revision": int(recorded.revision.name[1:]),
        "is_new": recorded.is_new,
        "message": "\n".join(told),
    }


def _tried_twice(root: str, day: str, warm: Kernels | None) -> Recorded:
    """A kernel that was killed says nothing of the week."""
    try:
        return recording.run_week(root, day, "", warm)
    except PipelineError as error:
        if not isinstance(error.__cause__, KernelLost):
            raise
    return recording.run_week(root, day, "", warm)


def _in_words(error: Exception) -> str:
    if isinstance(error, PipelineError):
        return str(error)
    return str(machine.fault(error) or f"程序出错：{type(error).__name__}: {error}")


@cache
def _kernels() -> Kernels:
    """Warm from the first week on that this process records; they end with it."""
    return kernels.warm(_MOST_WEEKS).__enter__()


def _spent() -> float:
    """CPU seconds of this process so far, of those that it has waited for, and of its kernels."""
    own = sum(os.times()[:4])
    warm = _kernels() if _kernels.cache_info().currsize else None
    return own + (warm.cpu_seconds() if isinstance(warm, ForkServer) else 0.0)
