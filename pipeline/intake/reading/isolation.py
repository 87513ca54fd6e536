"""Readers that are not our own run in a process apart: an abort, a hang or a flood of memory costs one file.

Not multiprocessing: it would run the caller's __main__ again. The worker is started when it is first needed, imports
the readers only, and answers one question at a time through its standard input and output.

What a file may cost is the budget's to say. Behind it stands a backstop of CPU time and memory, for what no count
foresaw: hit, the file is tried again in a fresh worker; hit twice, it is this machine's fault and never the town's.
"""

import atexit
import contextlib
import os
import pickle
import queue
import struct
import subprocess
import threading
import time
from collections.abc import Callable
from typing import IO

from pipeline import apart
from pipeline.intake.reading.book import CUT_OFF, DAMAGED, NO_HELPER, Book, CannotReadHere, Unreadable
from pipeline.intake.reading.budget import Budget

Read = Callable[[bytes, Budget], Book]

_SERVE = "from pipeline.intake.reading.isolation import serve; serve(int(sys.argv[1]))"
_SECONDS_TO_START = 60.0  # by the clock: an office PC that scans every file it opens
_SECONDS_AT_REST = 60.0  # by the clock: a worker that does nothing for so long will never answer
_LOOK_EVERY = 0.02
_LENGTH = struct.Struct("<Q")


class _CutOff(Exception):
    """The backstop was hit, or the process has ended."""


class Worker:
    """One process that reads one file after the other; whatever ends it, the next file starts another."""

    def __init__(self, seconds: float = 10.0, memory: int = 1 << 30) -> None:
        """seconds: of CPU time for one file. memory: in bytes."""
        self._seconds, self._memory = seconds, memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def run(self, read: Read, content: bytes, budget: Budget) -> Book:
        """What `read` gives for the content; Unreadable if it refuses, CannotReadHere if the worker came to grief twice."""
        with self._lock:
            try:
                answer, spent = self._answered(read, content, budget)
            except _CutOff:
                answer, spent = self._answered_by_another(read, content, budget)
        budget.lower_to(spent)
        if not isinstance(answer, Book):
            raise answer
        for sheet in answer.sheets:
            sheet.budget = budget
        return answer

    def _answered_by_another(self, read: Read, content: bytes, budget: Budget) -> tuple[Book | Unreadable, Budget]:
        self.stop()
        try:
            return self._answered(read, content, budget)
        except _CutOff:
            return CannotReadHere(CUT_OFF), budget

    def _answered(self, read: Read, content: bytes, budget: Budget) -> tuple[Book | Unreadable, Budget]:
        process = self._started()
        reply = self._asked(process, pickle.dumps((read, content, budget)), self._seconds)
        if not reply or _memory_of(process) > self._memory // 2:  # what it does not give back, the next would pay
            self.stop()
        answer: tuple[Book | Unreadable, Budget] | None = pickle.loads(reply) if reply else None
        if answer is None:
            raise _CutOff
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            try:
                self._process = subprocess.Popen(
                    apart.command(_SERVE, str(self._memory)),
                    env=apart.variables(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
                is_ready = bool(self._asked(self._process, b"", _SECONDS_TO_START))
            except (OSError, _CutOff):
                is_ready = False
            if not is_ready or self._process is None:
                self.stop()
                raise CannotReadHere(NO_HELPER)
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], question: bytes, seconds: float) -> bytes:
        """The answer, or nothing if the process ended. Left in any other way, an answer may still be to come.

        Nobody waits for that one any more, and it would be taken for the next file's: so the process goes.
        """
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_exchange, args=(process, question, answers), daemon=True).start()
        before = busy = _seconds_of(process)
        since = time.monotonic()
        try:
            while True:
                with contextlib.suppress(queue.Empty):
                    return answers.get(timeout=_LOOK_EVERY)
                now = _seconds_of(process)
                if now > busy:
                    busy, since = now, time.monotonic()
                is_at_rest = time.monotonic() - since > _SECONDS_AT_REST
                if busy - before > seconds or is_at_rest or _memory_of(process) > self._memory:
                    raise _CutOff
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process, if there is one, and leave nothing of it."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()


def _exchange(process: subprocess.Popen[bytes], question: bytes, answers: queue.SimpleQueue[bytes]) -> None:
    """Put the answer, or nothing if the process has ended."""
    assert process.stdin and process.stdout
    answer = b""
    with contextlib.suppress(OSError, ValueError):
        _send(process.stdin, question)
        answer = _received(process.stdout)
    answers.put(answer)


def _memory_of(process: subprocess.Popen[bytes]) -> int:
    import psutil  # noqa: PLC0415 - most weeks have no file that is read apart

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


def _seconds_of(process: subprocess.Popen[bytes]) -> float:
    """CPU seconds since it began."""
    import psutil  # noqa: PLC0415 - see _memory_of

    try:
        times = psutil.Process(process.pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    """One message; b"" if there is none to come."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    length = _LENGTH.unpack(head)[0]
    data = pipe.read(length)
    return data if len(data) == length else b""


# ---- in the worker ---------------------------------------------------------------------------------------------


def serve(memory: int) -> None:
    """Answer until the questions end. What a reader prints goes nowhere."""
    _limit(memory)
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _received(questions)
    _send(answers, b"ready")
    while question := _received(questions):
        _send(answers, _answer(question))


def _answer(question: bytes) -> bytes:
    """The book or the refusal, and what is left of the budget; nothing where memory did not suffice."""
    try:
        read, content, budget = pickle.loads(question)
        return pickle.dumps((_read(read, content, budget), budget))
    except MemoryError:
        return b""


def _read(read: Read, content: bytes, budget: Budget) -> Book | Unreadable:
    try:
        return read(content, budget)
    except MemoryError:
        raise
    except Unreadable as refusal:
        return refusal
    except BaseException:  # a reader may raise anything, SystemExit too
        return Unreadable(DAMAGED)


def _limit(memory: int) -> None:
    """No more address space than allowed, and no core dumps, where the system can see to it."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - there is none on Windows

        import psutil  # noqa: PLC0415 - see _memory_of

        allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = psutil.Process().memory_info().vms + memory
        if allowed != resource.RLIM_INFINITY:  # of a PC that has less
            most = min(most, allowed)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


read_apart = Worker().run
