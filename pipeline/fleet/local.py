"""Weeks in processes of this PC. Each runs one after another, so that it imports once, and keeps its kernels warm.

They are plain subprocesses that are told of a week in a line and answer in one: those of multiprocessing would look for
the program on a path where it is not, and run a caller's `__main__` again.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from pipeline import apart
from pipeline.fleet.outcome import Outcome, State
from pipeline.fleet.running import Submit

_SERVE = "sys.modules['rfc3987_syntax'] = None; from pipeline.fleet.local import serve; serve()"  # see __main__
_TRIES = 3
_SECONDS_TO_END = 20.0
_LOST = f"运行这一周的进程{_TRIES}次意外退出（可能内存不足，或被安全软件结束），没有存档。请稍后重新运行。"


@contextlib.contextmanager
def processes(most: int) -> Iterator[Submit]:
    """Up to that many at once; at the end of the `with` all have ended, what was under way put away."""
    workers = [_Worker() for _ in range(most)]
    idle: queue.LifoQueue[_Worker] = queue.LifoQueue()  # the last one is warm
    for worker in workers:
        idle.put(worker)
    threads = ThreadPoolExecutor(most)
    try:
        yield lambda root, day: threads.submit(_in_the_next, idle, root, day)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.interrupt()
        for worker in workers:
            worker.end()


def _in_the_next(idle: "queue.LifoQueue[_Worker]", root: str, day: str) -> Outcome:
    worker = idle.get()
    try:
        return worker.run(root, day)
    finally:
        idle.put(worker)


class _Worker:
    """A process that runs weeks, made when there is one, and anew when it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._is_over = False

    def run(self, root: str, day: str) -> Outcome:
        """A week whose process is lost is tried again: it is the same week."""
        for _ in range(_TRIES):
            if not self._is_over and (answer := self._answer(json.dumps([root, day]))):
                return Outcome.of(json.loads(answer))
        return Outcome(root, day, State.FAILED, message=_LOST)

    def _answer(self, asked: str) -> str:
        """Empty if the process has ended."""
        if self._process is None or self._process.poll() is not None:
            self._process = _started()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(f"{asked}\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self._process.wait()
        return answer

    def interrupt(self) -> None:
        """As Ctrl-C does. (On Windows it has had that itself; one that waits ends without.)"""
        self._is_over = True
        if self._process and os.name != "nt":
            self._process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """By force, if it must be."""
        if self._process is None:
            return
        try:
            self._process.communicate(timeout=_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _started() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        apart.command(_SERVE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # bars of many weeks at once; what breaks is told by the outcome
        env=apart.variables(),
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C is for the owner
    )


# ---- in such a process -----------------------------------------------------------------------------------------


def serve() -> None:
    """Run the week of each line of standard input, until its owner has gone, or interrupts."""
    from pipeline.fleet import week  # noqa: PLC0415 - with all that records weeks: its owner needs none of it

    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, contextlib.suppress(KeyboardInterrupt):
        os.dup2(2, 1)  # only we write there: neither a library nor a child that outlives us
        for line in sys.stdin:
            print(json.dumps(week.run(*json.loads(line)).plain()), file=answers, flush=True)
